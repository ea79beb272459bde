# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The standard views of a run: what each shows, in which colours and on which fixed scale, and how a panel is drawn.

A scale is the same for every run, so that pictures of different runs may be laid side by side; what lies beyond it has the colour of its
end. Skin that deforms is drawn as it lies.
"""

import dataclasses
import typing

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.tri import Triangulation

import cutis_drawing as drawing
from cutis_output import Snapshot

# Cells per mm³ that a value of 1 stands for: solver/model/reactions/cell_count.h.
FIBROBLASTS, FREE, BOUND = 3000.0, 500.0, 2500.0
EPIDERMIS = "#b5714a"
EPIDERMIS_SHOWN = 0.05  # of the depth, above the surface: thicker than it is, to be seen
MATERIALS = {"plla_mass_concentration": "PLLA", "msc_lasting": "stromal cells", "filler_slow": "filler"}
FEW_FIBRES = 0.1  # of the collagen of young skin: with less, a direction says nothing
OUTLINE = 0.1  # of the largest value of a run: where there is material
ROOM_FOR_MARK = 0.42  # inches, beside a scale
LAYERS = {"hypodermis": "fat", "papillary dermis": "papillary", "reticular dermis": "reticular"}
# Of a symmetric tensor xx, xy, xz, yy, yz, zz: the components in a plane, by the axes of the plane.
IN_PLANE = {(0, 1): (0, 1, 3), (0, 2): (0, 2, 5), (1, 2): (3, 4, 5)}


def total(snapshot, *names):
    """Sum of those of the fields that there are."""
    return sum(snapshot[name] for name in names if name in snapshot)


@dataclasses.dataclass(frozen=True)
class View:
    title: str
    unit: str
    needs: tuple  # fields without which there is nothing to show
    values: typing.Callable  # of a snapshot, at its nodes
    colours: str
    low: float
    high: float
    usual: tuple = ()  # (value, whose it is), marked on the scale
    lines: str = ""  # tensor whose main direction is drawn over it


def collagen(snapshot):
    return 100 * snapshot["collagen_total"]


VIEWS = {
    "collagen": View("Collagen", "% of young skin", ("collagen_total",), collagen, "Blues", 0, 160, (100, "young")),
    "inflammation": View(
        "Inflammatory cells",
        "per mm³",
        ("macrophage",),
        lambda s: FREE * total(s, "macrophage", "leukocyte") + BOUND * total(s, "plla_macrophage", "bound_macrophage"),
        "RdPu",
        0,
        3000,
        (FREE, "healthy"),
    ),
    "vessels": View("Vessels", "% of healthy skin", ("vessel",), lambda s: 100 * s["vessel"], "Reds", 0, 300, (100, "healthy")),
    "fibres": View("Direction of the fibres, over collagen", "% of young skin", ("collagen_total", "fibre_mature"), collagen, "Blues", 0, 160,
                   (100, "young"), lines="fibre_mature"),
    "damage": View("Damaged tissue", "damage signal, 1: freshly wounded", ("damage_signal",), lambda s: s["damage_signal"], "YlOrBr", 0, 1),
    "denatured": View("Denatured collagen", "% of young skin", ("denatured_collagen",), lambda s: 100 * s["denatured_collagen"], "YlOrBr",
                      0, 100),
    "cells": View(
        "Fibroblasts and myofibroblasts",
        "per mm³",
        ("fibroblast",),
        lambda s: FIBROBLASTS * total(s, "fibroblast", "myofibroblast"),
        "Greens",
        0,
        9000,
        (FIBROBLASTS, "healthy"),
    ),
}


@dataclasses.dataclass
class Panel:
    """A plane snapshot with the axes of the block that it shows (0: width, 1: length or, in a plane run, depth, 2: depth)."""

    snapshot: Snapshot
    axes: tuple
    at: typing.Optional[float] = None  # where a block is cut [mm]: the depth of what is seen from above, else the length
    from_above: bool = False

    def __post_init__(self):
        self.places = self.snapshot.nodes.copy()
        if "displacement" in self.snapshot:
            self.places += self.snapshot["displacement"][:, list(self.axes)]
        self.mesh = Triangulation(*self.places.T, self.snapshot.triangles())

    def row(self, depth):
        """Numbers of the nodes at a depth [mm], along the skin; none if it is no interface of the mesh."""
        rows = np.flatnonzero(np.abs(self.snapshot.nodes[:, 1] + depth) < 1e-6)
        return rows[np.argsort(self.snapshot.nodes[rows, 0])]

    def inside(self, points):
        """Whether points lie below the surface of a section, which may gape; from above all do."""
        if self.from_above:
            return np.ones(len(points), bool)
        return points[:, 1] < np.interp(points[:, 0], *self.places[self.row(0.0)].T)


def plane_of(run, above=None):
    """
    (depth, length) of the plane in which a block is looked at [mm], one of them None: from above in the depth that is wanted, or in half
    of the depth if it is of one layer of skin; else a depth section at the length of what was treated, or through the middle.
    """
    nodes = run.fields[-1].nodes
    if above is not None or nodes.shape[1] == 2:
        return above, None
    if len(run.layers()) == 1:
        return -0.5 * nodes[:, 2].min(), None
    low, high = nodes[:, 1].min(), nodes[:, 1].max()
    treated = run.treated_at()
    return None, treated if treated is not None and low <= treated <= high else 0.5 * (low + high)


def panel_of(snapshot, depth=None, length=None):
    """A section as it is; of a block what is seen from above in a `depth` [mm], or the depth section at a `length` [mm]."""
    if snapshot.dimension == 2:
        return Panel(snapshot, (0, 1))
    if depth is not None:
        return Panel(snapshot.section(z=-depth), (0, 1), depth, from_above=True)
    return Panel(snapshot.section(y=length), (0, 2), length)


def views_of(snapshots, least=0.01):
    """Names of the views that there is something to see in: fields are there and, of damage, more than `least` of the scale."""
    names = []
    for name, view in VIEWS.items():
        if not all(field in snapshot for snapshot in snapshots for field in view.needs):
            continue
        if view.usual or max(view.values(snapshot).max() for snapshot in snapshots) > least * view.high:
            names.append(name)
    return names


def material_of(snapshots):
    """(field, what it is, value of its outline) of what was brought in, if anything."""
    for field, name in MATERIALS.items():
        if all(field in snapshot for snapshot in snapshots):
            largest = max(snapshot[field].max() for snapshot in snapshots)
            if largest > 1e-6:
                return field, name, OUTLINE * largest
    return None


def draw_directions(ax, panel, name, count=26):
    """Short lines along the main direction of a tensor in the plane, the longer the more aligned, where there is collagen."""
    low, high = panel.places.min(axis=0), panel.places.max(axis=0)
    step = (high[0] - low[0]) / count
    columns = np.arange(low[0] + 0.5 * step, high[0], step)
    levels = np.arange(low[1] + 0.35 * step, high[1], 0.7 * step)
    points = np.stack([axis.ravel() for axis in np.meshgrid(columns, levels)], axis=1)
    tensor = panel.snapshot[name][:, list(IN_PLANE[panel.axes])]
    columns = {**{str(c): tensor[:, c] for c in range(3)}, "collagen": panel.snapshot["collagen_total"]}
    at = Snapshot(0.0, panel.places, panel.snapshot.cells, columns)
    xx, xy, yy, amount = (at.sample(column, points) for column in columns)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    aligned = np.hypot(xx - yy, 2 * xy) / np.maximum(xx + yy, 1e-9)
    there = np.isfinite(aligned) & (amount > FEW_FIBRES) & panel.inside(points)
    length = 0.9 * step * aligned[there]
    half = 0.5 * np.stack([length * np.cos(angle[there]), length * np.sin(angle[there])], axis=1)
    ends = np.stack([points[there] - half, points[there] + half])
    ax.plot(*np.moveaxis(ends, 2, 0), color="#3a2a12", linewidth=0.9, solid_capstyle="round")


def draw_skin(ax, panel, interfaces, layers):
    """Interfaces between layers, and the epidermis where it covers the skin; from above its rim."""
    if panel.from_above:
        if "epidermis" in panel.snapshot and np.ptp(panel.snapshot["epidermis"]) > 0.5:
            ax.tricontour(panel.mesh, panel.snapshot["epidermis"], levels=[0.5], colors=EPIDERMIS, linewidths=1.5)
        return
    for depth in interfaces:
        row = panel.row(depth)
        ax.plot(*panel.places[row].T, color=drawing.GREY, linewidth=0.5)
    top = panel.row(0.0)
    cover = panel.snapshot["epidermis"][top] > 0.5 if "epidermis" in panel.snapshot else np.ones(len(top), bool)
    x, y = panel.places[top].T
    thickness = EPIDERMIS_SHOWN * np.ptp(panel.places[:, 1])
    ax.fill_between(x, y, y + thickness, where=cover, color=EPIDERMIS, linewidth=0)
    ax.plot(x, y, color=drawing.BLACK, linewidth=0.6)
    ends = [0.0, *interfaces, -panel.snapshot.nodes[:, 1].min()]
    for name, upper, lower in zip(layers, ends, ends[1:]):
        if lower - upper > 0.12 * ends[-1]:
            ax.annotate(LAYERS.get(name, name), (0, -0.5 * (upper + lower)), xycoords=("axes fraction", "data"), xytext=(-3, 0),
                        textcoords="offset points", ha="right", va="center", fontsize=6.5, color=drawing.GREY, rotation=0)


def draw_scale_bar(ax, panel):
    """A length that is a fifth of the width or less, as a round number of millimetres."""
    low, high = panel.places.min(axis=0), panel.places.max(axis=0)
    width = high[0] - low[0]
    length = max(l for l in (d * 10.0**e for e in range(-3, 3) for d in (1, 2, 5)) if l <= 0.2 * width)
    x, y = high[0] - 0.03 * width - length, low[1] + 0.1 * (high[1] - low[1])
    halo = [effects.withStroke(linewidth=2.5, foreground="white")]
    ax.plot([x, x + length], [y, y], color="black", linewidth=2, solid_capstyle="butt", path_effects=halo)
    ax.annotate(f"{length:g} mm", (x + 0.5 * length, y), xytext=(0, 2.5), textcoords="offset points", ha="center", va="bottom", fontsize=6.5,
                path_effects=halo)


def draw_panel(ax, panel, view, interfaces=(), layers=(), material=None, with_bar=True):
    """A view of a plane snapshot, with a bar for its lengths if wanted; returns the mappable for a colour bar."""
    picture = ax.tripcolor(panel.mesh, view.values(panel.snapshot), shading="gouraud", cmap=view.colours, vmin=view.low, vmax=view.high,
                           rasterized=True)
    if view.lines:
        draw_directions(ax, panel, view.lines)
    if material and panel.snapshot[material[0]].max() > material[2]:
        ax.tricontour(panel.mesh, panel.snapshot[material[0]], levels=[material[2]], colors="black", linestyles="--", linewidths=0.8)
    draw_skin(ax, panel, interfaces, layers)
    if with_bar:
        draw_scale_bar(ax, panel)
    low, high = panel.places.min(axis=0), panel.places.max(axis=0)
    ax.set_xlim(low[0], high[0])
    ax.set_ylim(low[1], high[1] + (0 if panel.from_above else EPIDERMIS_SHOWN * (high[1] - low[1])))
    ax.set_aspect("equal")
    ax.set_axis_off()
    return picture


def draw_colour_bar(figure, picture, view, axes, width):
    """The scale beside panels that are so wide together [inches], with room between for whose value is marked."""
    bar = figure.colorbar(picture, ax=axes, shrink=0.9, pad=ROOM_FOR_MARK / width, aspect=10, extend="max")
    bar.set_ticks([view.low, view.usual[0] if view.usual else 0.5 * (view.low + view.high), view.high])
    bar.ax.tick_params(labelsize=7)
    bar.outline.set_linewidth(0.5)
    if view.usual:
        value, whose = view.usual
        bar.ax.axhline(value, color="black", linewidth=1.2)
        mark = bar.ax.annotate(whose, (0, value), xycoords=("axes fraction", "data"), xytext=(-2, 0), textcoords="offset points", ha="right",
                               va="center", fontsize=6.5)
        mark.set_in_layout(False)  # or scales with and without a mark would stand in different places
