#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw the outcome of a run: DIR/timeseries.png (what happens over time) and DIR/fields.png (where it happens).

Usage: scripts/python scripts/plot_run.py DIR [--days 0,90,365] [--fields tgf_beta,collagen_total] [--into FOLDER]
"""

import argparse
import pathlib

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

import cutis_drawing as drawing
import cutis_main
from cutis_drawing import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY
from cutis_output import OutputError, Run

# Title, axis label, and the curves: column of the time series, its name, its colour, and what one unit of it is on the
# axis. Absent columns are left out. A cell density of 1 stands for 500 macrophages or 2500 on particles per mm³.
PANELS = [
    ("PLLA particles", "mass left [mg]", [("plla_mass", "", BLACK, 1)]),
    ("Stromal cells", "thousands alive", [("msc_count", "", BLACK, 1e-3)]),
    ("HGF", "of 10 ng/mL", [("max_hgf", "largest", SKY, 1), ("mean_hgf", "dermal mean", BLUE, 1)]),
    ("Filler", "volume left [mm³]", [("filler_volume", "", BLACK, 1)]),
    (
        "Macrophages",
        "cells per mm³ of dermis",
        [("mean_macrophage", "free", PURPLE, 500), ("mean_plla_macrophage", "on the particles", RED, 2500)],
    ),
    (
        "TGF-β",
        "relative to healthy skin",
        [("max_tgf_beta", "largest", SKY, 1), ("mean_tgf_beta", "dermal mean", BLUE, 1)],
    ),
    (
        "Fibroblasts",
        "relative to healthy skin",
        [("mean_fibroblast", "fibroblasts", GREEN, 1), ("mean_myofibroblast", "myofibroblasts", ORANGE, 1)],
    ),
    (
        "Collagen, dermal mean",
        "% of young skin",
        [
            ("collagen_total", "total", BLACK, 100),
            ("collagen_mature", "mature", BLUE, 100),
            ("collagen_new", "new", GREEN, 100),
        ],
    ),
    (
        "Denatured collagen, dermal mean",
        "% of young skin",
        [("mean_denatured_collagen", "", RED, 100)],
    ),
    (
        "What is being made, in a biopsy",
        "relative to healthy skin",
        [
            ("collagen_I_synthesis", "type I", BLUE, 1),
            ("collagen_III_synthesis", "type III", GREEN, 1),
            ("elastin_synthesis", "elastin", ORANGE, 1),
        ],
    ),
    ("Open needle tracks", "% of the surface", [("open_surface", "", BLACK, 100)]),
    ("Type III collagen", "% of all collagen", [("type_III_share", "", BLUE, 100)]),
    ("Inflammation", "cells above health [per mm³]", [("inflammation", "", RED, 1)]),
    ("Stained type I collagen in a biopsy", "relative to the start", [("collagen_area_fraction", "", BLUE, 1)]),
    (
        "Thickness of the dermis",
        "mm",
        [("dermal_thickness_at_site", "at the treated site", BLUE, 1), ("dermal_thickness", "mean", BLACK, 1)],
    ),
    (
        "Vessels and oxygen",
        "relative to healthy skin",
        [("mean_vessel", "vessels", RED, 1), ("mean_oxygen", "oxygen", SKY, 1)],
    ),
    ("Hyaluronan (hydration)", "relative to healthy skin", [("hydration", "", SKY, 1)]),
]
MAPS = [
    "plla_mass_concentration",
    "plla_macrophage",
    "msc_early",
    "msc_lasting",
    "hgf",
    "filler_slow",
    "denatured_collagen",
    "damage_signal",
    "tgf_beta",
    "fibroblast",
    "collagen_total",
    "type_III_share",
]
MILESTONES = [0, 30, 90, 180, 365, 730, 3650, 18250]


def panels_of(series):
    """The panels that this run can fill, with the curves it has."""
    for title, label, curves in PANELS:
        there = [curve for curve in curves if curve[0] in series and series[curve[0]].notna().any()]
        if there:
            yield title, label, there


def draw_timeseries(run):
    series, end = run.timeseries, run.timeseries.index[-1]
    panels = list(panels_of(series))
    if not panels:
        raise OutputError(f"The time series of {run.directory} has none of the columns that this picture shows.")
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(3.6 * columns, 2.5 * rows + 0.5), squeeze=False)
    for ax, (title, label, curves) in zip(grid.flat, panels):
        factor = drawing.time_axis(ax, max(end, 1e-9), run.sessions())
        for column, name, colour, scale in curves:
            ax.plot(series.index / factor, scale * series[column], color=colour, label=name)
        drawing.honest_limits(ax, [scale * series[column] for column, _, _, scale in curves])
        ax.set_title(title)
        ax.set_ylabel(label if title != "PLLA particles" or not run.is_plane() else "mass left in 1 mm of skin [mg]")
        if len(curves) > 1:
            ax.legend()
    for ax in grid.flat[len(panels) :]:
        ax.set_visible(False)
    figure.suptitle(run.title + (" (dotted: sessions)" if run.sessions() else ""), x=0.01, ha="left")
    figure.tight_layout(rect=(0, 0, 1, 0.99))
    return figure


def default_days(run):
    """Start and end of the run and at most three milestones in between."""
    end = run.fields.times[-1]
    days = [day for day in MILESTONES if day < 0.95 * end] + [end]
    return [days[i] for i in sorted({round(i) for i in np.linspace(0, len(days) - 1, 5)})]


def plane(snapshot):
    """The snapshot itself, or of a 3-D one the depth section through its middle."""
    if snapshot.dimension == 2:
        return snapshot
    return snapshot.section(y=0.5 * (snapshot.nodes[:, 1].min() + snapshot.nodes[:, 1].max()))


def changing(snapshots, names):
    """Those of the fields that differ from one value by more than round-off, anywhere or at any time."""
    return [name for name in names if drawing.limits_of(snapshots, name, least=1e-6) is not None]


def draw_maps(run, snapshots, names):
    width, depth = np.ptp(snapshots[0].nodes, axis=0)
    size = 2.6
    shape = (size * len(snapshots) + 1.0, (size * depth / width + 0.42) * len(names) + 0.8)
    figure, grid = plt.subplots(
        len(names), len(snapshots), figsize=shape, squeeze=False, sharex=True, sharey=True, constrained_layout=True
    )
    for row, name in zip(grid, names):
        limits = drawing.limits_of(snapshots, name) or (0.0, 0.0)
        for ax, snapshot in zip(row, snapshots):
            picture = drawing.draw_field(ax, snapshot, name, limits, run.layer_interfaces())
            ax.label_outer()
        text = drawing.title_with_unit(name)
        above = {"xycoords": "axes fraction", "xytext": (0, 4), "textcoords": "offset points"}
        row[0].annotate(text, (0, 1), **above).set_in_layout(False)  # or a long name would widen the first column
        bar = figure.colorbar(picture, ax=list(row), shrink=0.95, pad=0.01, aspect=8)
        bar.locator = MaxNLocator(nbins=3)
        bar.update_ticks()
    for ax, snapshot in zip(grid[0], snapshots):
        ax.set_title(drawing.day_and_month(snapshot.time), pad=20)
    section = "" if run.is_plane() else ", depth section through the middle"
    layers = ", ".join(run.layers())
    figure.suptitle(run.title + section + (f" (lines: borders of {layers})" if layers else ""), x=0.01, ha="left")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, metavar="DIR", help="output folder of a run")
    parser.add_argument("--days", help="output times of the maps, separated by commas")
    parser.add_argument("--fields", help="fields of the maps, separated by commas")
    parser.add_argument("--into", type=pathlib.Path, help="folder for the pictures, DIR if not given")
    options = parser.parse_args()
    drawing.use_style()
    run = Run(options.directory)
    into = options.into or options.directory
    drawing.save(draw_timeseries(run), into / "timeseries.png", colours=256)
    days = [float(day) for day in options.days.split(",")] if options.days else default_days(run)
    snapshots = [plane(run.fields.nearest(day)) for day in days]
    there = [name for name in MAPS if name in snapshots[-1]]
    names = options.fields.split(",") if options.fields else changing(snapshots, there)
    if not names:
        raise OutputError(f"Name the fields of the maps with --fields; there are: {', '.join(snapshots[-1].names)}.")
    drawing.save(draw_maps(run, snapshots, names), into / "fields.png")


if __name__ == "__main__":
    cutis_main.run(main, OutputError)
