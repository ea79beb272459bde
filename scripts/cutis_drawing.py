# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The common look of all pictures: names and colours of the quantities, time axis, maps of fields over the depth."""

import pathlib

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.tri import Triangulation
from PIL import Image

DAYS_PER_MONTH = 365.25 / 12

BLUE, ORANGE, GREEN, RED = "#0072b2", "#e69f00", "#009e73", "#d55e00"
PURPLE, SKY, BLACK, GREY = "#cc79a7", "#56b4e9", "#222222", "#8a8a8a"

# Of every field: what to call it, its unit where it is not relative to healthy skin, and the colours of its map.
FIELDS = {
    "collagen_total": ("collagen", "relative to young skin", "YlGnBu"),
    "collagen_new": ("new collagen", "relative to young skin", "YlGnBu"),
    "collagen_mature": ("mature collagen", "relative to young skin", "YlGnBu"),
    "collagen3_total": ("type III collagen", "relative to young skin", "YlGnBu"),
    "type_III_share": ("type III share", "of all collagen", "PuBuGn"),
    "tgf_beta": ("TGF-β", "relative to healthy", "OrRd"),
    "plla_mass_concentration": ("PLLA particles", "mg/cm³", "Greys"),
    "plla_macrophage": ("macrophages on PLLA", "share of 2500 per mm³", "RdPu"),
    "msc_early": ("stromal cells that are lost early", "3000 per mm³", "YlGn"),
    "msc_lasting": ("stromal cells that stay", "3000 per mm³", "YlGn"),
    "hgf": ("HGF", "10 ng/mL", "Purples"),
    "mmp": ("MMP", "relative to healthy", "Oranges"),
    "filler_slow": ("filler that stays", "of the volume", "Greys"),
    "macrophage": ("macrophages", "relative to healthy", "RdPu"),
    "fibroblast": ("fibroblasts", "relative to healthy", "BuGn"),
    "myofibroblast": ("myofibroblasts", "relative to healthy fibroblasts", "BuGn"),
    "damage_signal": ("damage signal", "", "YlOrBr"),
    "vessel": ("vessels", "relative to healthy", "Reds"),
}


def field_label(name):
    """Title and unit of a field; a field without an entry goes by its key."""
    label, unit, _ = FIELDS.get(name, (name.replace("_", " "), "", ""))
    return label, unit


def title_with_unit(name):
    label, unit = field_label(name)
    return f"{label} [{unit}]" if unit else label


def limits_of(snapshots, name, least=0.0):
    """
    Smallest and largest value of a field in the snapshots; None if they differ by no more than `least` times the larger of
    1 and the largest value, which is round-off for fields that are relative to health.
    """
    low = min(snapshot[name].min() for snapshot in snapshots)
    high = max(snapshot[name].max() for snapshot in snapshots)
    return (low, high) if high - low > least * max(1.0, abs(high)) else None


def use_style():
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "savefig.dpi": 130,
            "savefig.bbox": "tight",
            "font.size": 9,
            "axes.titlesize": 10,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.formatter.useoffset": False,
            "grid.color": "#e6e6e6",
            "grid.linewidth": 0.6,
            "lines.linewidth": 1.8,
            "legend.frameon": False,
            "legend.fontsize": 8,
        }
    )


def time_unit(end):
    """(days per unit, name) that suit a run of `end` days."""
    if end > 5 * 365.25:
        return 365.25, "years"
    return (DAYS_PER_MONTH, "months") if end > 120 else (1.0, "days")


def day_and_month(day):
    return f"day {day:g}" if day < 28 else f"day {day:g} (month {day / DAYS_PER_MONTH:.0f})"


def time_axis(ax, end, sessions=()):
    """Scale and name the time axis and mark the sessions; give the data in days divided by the returned factor."""
    factor, name = time_unit(end)
    last = end / factor
    ax.set_xlim(0, round(last) if abs(last - round(last)) < 0.01 * last else last)
    ax.set_xlabel(f"time [{name}]")
    if name == "months":
        ax.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 3, 6, 10], integer=True))
    for session in sessions:
        ax.axvline(session / factor, color=GREY, linewidth=0.8, linestyle=":", zorder=0)
    return factor


def honest_limits(ax, values, span=0.01):
    """Keep the axis from blowing up changes that are less than `span` of the value itself."""
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    if not len(values):
        return
    low, high = values.min(), values.max()
    least = span * max(abs(low), abs(high), 1e-12)
    if high - low < least:
        middle = 0.5 * (low + high)
        ax.set_ylim(middle - least, middle + least)


def depth_axes(ax):
    """Millimetres along the skin and down into it, at equal scale."""
    ax.set_aspect("equal")
    ax.autoscale(tight=True)
    ax.grid(False)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda z, _: f"{-z:g}" if z else "0"))
    ax.set_xlabel("along the skin [mm]")
    ax.set_ylabel("depth [mm]")


def draw_field(ax, snapshot, name, limits, interfaces=()):
    """Map of a plane snapshot over the depth, with the interfaces of the layers; returns the mappable for a colour bar."""
    mesh = Triangulation(*snapshot.nodes.T, snapshot.triangles())
    _, _, colours = FIELDS.get(name, ("", "", "viridis"))
    low, high = limits
    if not high > low:
        high = low + max(1e-12, 1e-3 * abs(low))
    picture = ax.tripcolor(mesh, snapshot[name], shading="gouraud", cmap=colours, vmin=low, vmax=high, rasterized=True)
    for depth in interfaces:
        ax.axhline(-depth, color=GREY, linewidth=0.5)
    depth_axes(ax)
    return picture


def save(figure, path, colours=None):
    """Write a picture; a chart with few colours takes a third of the space if it is told so."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    plt.close(figure)
    if colours:
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(colours)
        small.save(path, optimize=True)
    print(f"Picture: {path}")
