#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How wounds heal in the model, beside what was measured on people:

  (a) a disc under tension gapes, is drawn together and opens again; seen from above on some days
  (b) its area over that of the gape, at tensions from 5 to 60 kPa
  (c) the strength of an incision
  (d) what is open of a wound: in health, in diabetes, and with stromal cells

Runs excision_disc_3d (at five tensions), incision, healing_disc, diabetic_ulcer, msc_on_ulcer and msc_into_ulcer of
parameters/ into results/wound_figures/; runs that are there already and unchanged are reused.

Usage: scripts/python scripts/wound_figures.py [--into FOLDER] [--set PATH=VALUE ...] [--jobs N]
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.tri import LinearTriInterpolator, Triangulation

import cutis_drawing as drawing
from cutis_drawing import BLACK, BLUE, GREEN, GREY, PURPLE, RED
from cutis_figure import make_picture
from cutis_runs import Variant

TENSIONS = (5, 13.5, 20, 28, 60)  # kPa
DAYS = (0, 28, 84, 182)
# Human full-thickness excisions: 37 +- 2 % of the closure on day 21 is by contraction (Ramirez 1969).
HUMAN = (21, 0.63, 0.02)
# Breaking strength of incisions over that of skin: weeks 3, 5 to 6, and months 3 on (quoted in textbooks).
INCISIONS = ((21, 0.2, 0.2), (39, 0.5, 0.5), (100, 0.7, 0.8))


def draw_disc(ax, run, day, radius=4.0):
    """Collagen on the deformed surface; the quarter that was solved is mirrored to the whole."""
    snapshot = run.fields.nearest(day)
    top = snapshot.nodes[:, 2] > -1e-9
    nodes = snapshot.nodes[top][:, :2] - snapshot.nodes[top][:, :2].min(axis=0)
    moved = nodes + snapshot["displacement"][top][:, :2]
    collagen = snapshot["collagen_total"][top]
    mesh = Triangulation(*nodes.T)
    angle = np.linspace(0, np.pi / 2, 60)
    edge = radius * np.column_stack((np.cos(angle), np.sin(angle)))
    shift = np.column_stack([LinearTriInterpolator(mesh, (moved - nodes)[:, axis])(*edge.T) for axis in (0, 1)])
    for x in (1, -1):
        for y in (1, -1):
            part = Triangulation(x * moved[:, 0], y * moved[:, 1], mesh.triangles)
            picture = ax.tripcolor(part, collagen, shading="gouraud", cmap="viridis", vmin=0, vmax=1.4, rasterized=True)
            ax.plot(*((edge + shift) * (x, y)).T, color="white", linewidth=1)
            ax.plot(*(edge * (x, y)).T, color="white", linewidth=0.7, linestyle=":")
    ax.set_aspect("equal")
    ax.set_xlim(-8, 8)
    ax.set_ylim(-8, 8)
    ax.grid(False)
    ax.set_title(f"day {snapshot.time:g}")
    return picture


def draw_contraction(ax, runs):
    for tension, colour in zip(TENSIONS, (PURPLE, BLUE, BLACK, GREY, RED)):
        area = 1 - runs[f"disc_{tension:g}"].timeseries["site_contraction"]
        ax.plot(area.index, area / area.iloc[0], color=colour, label=f"{tension:g} kPa: gapes {area.iloc[0]:.2f} x the cut")
    ax.errorbar(*HUMAN[:2], yerr=HUMAN[2], color=GREEN, marker="s", linestyle="none", label="human excisions")
    ax.set_xlabel("days")
    ax.set_ylabel("area of the wound over that of the gape")
    ax.set_ylim(0.5, 1.02)
    ax.legend(fontsize="small")
    ax.set_title("(b) Contraction under tension")


def draw_strength(ax, runs):
    series = runs["incision"].timeseries
    ax.plot(series.index, series["strength_at_site"], color=BLUE, label="strength")
    ax.plot(series.index, series["collagen_at_site"], color=GREY, label="collagen")
    for day, low, high in INCISIONS:
        middle = 0.5 * (low + high)
        ax.errorbar(day, middle, yerr=0.5 * (high - low), color=GREEN, marker="s", linestyle="none")
    ax.plot([], [], color=GREEN, marker="s", linestyle="none", label="published strength")
    ax.set_xlabel("days")
    ax.set_ylabel("over that of the skin around it")
    ax.set_ylim(0, 1)
    ax.legend(fontsize="small")
    ax.set_title("(c) An incision")


def draw_closure(ax, runs):
    cases = (
        ("healing_disc", "health", BLACK),
        ("diabetic_ulcer", "diabetes", RED),
        ("msc_on_ulcer", "cells printed on day 14", BLUE),
        ("msc_into_ulcer", "cells injected on day 14", GREEN),
    )
    for name, label, colour in cases:
        opened = runs[name].timeseries["open_wound"]
        ax.plot(opened.index, opened / opened.iloc[0], color=colour, label=label)
    ax.set_xlabel("days")
    ax.set_ylabel("open surface over that of the cut")
    ax.set_ylim(0, None)
    ax.legend(fontsize="small")
    ax.set_title("(d) Closure by epidermis, 8 mm")


def draw(runs, path):
    drawing.use_style()
    figure = plt.figure(figsize=(14.5, 7.6))
    above, below = figure.add_gridspec(2, 1, hspace=0.28, left=0.05, right=0.97, top=0.95, bottom=0.07)
    discs = above.subgridspec(1, 5, width_ratios=(1, 1, 1, 1, 0.05))
    for column, day in enumerate(DAYS):
        ax = figure.add_subplot(discs[column])
        picture = draw_disc(ax, runs["disc_20"], day)
        if column == 0:
            ax.set_ylabel("(a) a disc under 20 kPa [mm]")
    scale = figure.add_subplot(discs[4])
    scale.grid(False)
    figure.colorbar(picture, cax=scale, label="collagen")
    panels = below.subgridspec(1, 3, wspace=0.18)
    for column, panel in enumerate((draw_contraction, draw_strength, draw_closure)):
        panel(figure.add_subplot(panels[column]), runs)
    drawing.save(figure, path, colours=256)


def variants(common):
    yield "excision_disc_3d", [
        Variant(
            f"disc_{tension:g}",
            (("Mechanics/Tension along", f"{tension} kPa"), ("Mechanics/Tension across", f"{tension} kPa"), *common),
        )
        for tension in TENSIONS
    ]
    for case in ("incision", "healing_disc", "diabetic_ulcer", "msc_on_ulcer", "msc_into_ulcer"):
        yield case, [Variant(case, common)]


if __name__ == "__main__":
    make_picture(__doc__, "wound_figures", variants, draw)
