#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A bolus of filler in a block of skin: where the gel is in the deformed section, what tension it makes around it, and how the
surface is lifted along the width and over time.

Runs parameters/filler_3d.prm into results/filler_figure/, which takes some minutes; a run that is there already and unchanged is reused.

Usage: scripts/python scripts/filler_figure.py [--into FOLDER] [--set PATH=VALUE ...] [--picture FILE]
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.tri import Triangulation

import cutis_drawing as drawing
from cutis_drawing import GREY
from cutis_figure import make_picture
from cutis_runs import Variant

XX = 0  # of the six numbers of a tensor: along the width
DAYS = (0, 7, 28)
LEAST_STRESS = 15.0  # kPa; that of the dermis at rest is 24, and fat has next to none


def gel(run, section):
    """Volume of swollen gel per volume of tissue, as solver/model/modules/filler.h counts it."""
    swelling = float(run.parameters["Filler/Swelling"].split()[0])
    return (1 + swelling) * (section["filler_fast"] + section["filler_slow"]) - swelling * section["filler_dry"]


def deformed(section):
    """The section as it lies, the displacement of a block being along width, length and height."""
    moved = section["displacement"][:, [0, 2]]
    return Triangulation(*(section.nodes + moved).T, section.triangles())


def draw_map(ax, section, values, label, colours, interfaces, low):
    """A map on the deformed section. Values below `low` are not told apart."""
    picture = ax.tripcolor(deformed(section), values, shading="gouraud", cmap=colours, rasterized=True, vmin=low)
    for depth in interfaces:
        rows = np.abs(section.nodes[:, 1] + depth) < 1e-6
        line = (section.nodes + section["displacement"][:, [0, 2]])[rows]
        ax.plot(*line[np.argsort(line[:, 0])].T, color=GREY, linewidth=0.6)
    ax.set_aspect("equal")
    ax.set_xlim(-6, 6)
    ax.set_xlabel("along the skin [mm]")
    ax.set_ylabel("height [mm]")
    ax.grid(False)
    ax.figure.colorbar(picture, ax=ax, label=label, location="bottom", aspect=40, extend="min" if low else "neither")


def draw_lift(ax, run):
    """Height of the surface over the width, in the plane through the middle of the bolus."""
    for day in DAYS:
        section = run.fields.nearest(day).section(y=0.0)
        top = np.abs(section.nodes[:, 1]) < 1e-9
        order = np.argsort(section.nodes[top, 0])
        ax.plot(section.nodes[top, 0][order], section["displacement"][top, 2][order], label=f"day {section.time:g}")
    ax.set_xlabel("along the skin [mm]")
    ax.set_ylabel("lift of the surface [mm]")
    ax.set_ylim(0, None)
    ax.legend()


def draw(runs, path):
    run = runs["filler_3d"]
    section = run.fields.nearest(DAYS[1]).section(y=0.0)
    interfaces = (0.0, *run.layer_interfaces())
    drawing.use_style()
    figure, axes = plt.subplots(1, 3, figsize=(15, 3.9), width_ratios=(1.25, 1.25, 1), layout="constrained")
    draw_map(axes[0], section, gel(run, section), "gel [volume per volume]", "Blues", interfaces, 0.0)
    axes[0].set_title(f"(a) The gel on day {section.time:g}")
    draw_map(axes[1], section, section["stress"][:, XX], "stress along the skin [kPa]", "viridis", interfaces, LEAST_STRESS)
    axes[1].set_title("(b) Tension around it")
    draw_lift(axes[2], run)
    axes[2].set_title("(c) Lift of the surface")
    drawing.save(figure, path, colours=256)


def variants(common):
    yield "filler_3d", [Variant("filler_3d", common)]


if __name__ == "__main__":
    make_picture(__doc__, "filler_figure", variants, draw)
