#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Draw the outcome of a run: DIR/timeseries.png (what happens over time) and DIR/fields.png (where it happens).

Usage: scripts/python scripts/plot_run.py DIR [--days 0,90,365] [--fields tgf_beta,collagen_total] [--into FOLDER]
"""

import argparse
import pathlib
import sys

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
from cutis_drawing import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY
from cutis_output import OutputError, Run

# Title, axis label, and the curves: column of the time series, its name and colour. Absent columns are left out.
PANELS = [
    ("PLLA particles", "mass left [mg]", [("plla_mass", "", BLACK)]),
    (
        "Macrophages",
        "dermal mean",
        [("mean_macrophage", "free, rel. to healthy", PURPLE), ("mean_plla_macrophage", "on PLLA, of 2500/mm³", RED)],
    ),
    (
        "TGF-β",
        "relative to healthy",
        [("max_tgf_beta", "largest", SKY), ("mean_tgf_beta", "dermal mean", BLUE)],
    ),
    (
        "Fibroblasts",
        "dermal mean, rel. to healthy",
        [("mean_fibroblast", "fibroblasts", GREEN), ("mean_myofibroblast", "myofibroblasts", ORANGE)],
    ),
    (
        "Collagen",
        "dermal mean, rel. to young skin",
        [("collagen_total", "total", BLACK), ("collagen_mature", "mature", BLUE), ("collagen_new", "new", GREEN)],
    ),
    ("Type III share", "of all collagen", [("type_III_share", "", BLUE)]),
    ("Inflammation", "cells above health [1/mm³]", [("inflammation", "", RED)]),
    ("Histology", "collagen area fraction", [("collagen_area_fraction", "", BLUE)]),
    (
        "Dermis",
        "thickness [mm]",
        [("dermal_thickness_at_site", "at the treated site", BLUE), ("dermal_thickness", "mean", BLACK)],
    ),
    (
        "Stiffness",
        "tangent modulus [kPa]",
        [("stiffness_along", "along the lines", BLACK), ("stiffness_across", "across", ORANGE)],
    ),
    ("Vessels and oxygen", "dermal mean", [("mean_vessel", "vessels", RED), ("mean_oxygen", "oxygen", SKY)]),
    ("Hydration and strength", "relative to healthy", [("hydration", "hydration", SKY), ("strength", "strength", GREEN)]),
    ("Stem cells", "number", [("msc_count", "", PURPLE)]),
    ("Filler", "volume [mm³]", [("filler_volume", "", PURPLE)]),
]
MAPS = ["plla_mass_concentration", "plla_macrophage", "damage_signal", "tgf_beta", "fibroblast", "collagen_total", "type_III_share"]
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
        for column, name, colour in curves:
            ax.plot(series.index / factor, series[column], color=colour, label=name)
        drawing.honest_limits(ax, series[[column for column, _, _ in curves]])
        ax.set_title(title)
        ax.set_ylabel(label)
        if len(curves) > 1:
            ax.legend()
    for ax in grid.flat[len(panels) :]:
        ax.set_visible(False)
    figure.suptitle(run.title + (" (dotted: sessions)" if run.sessions() else ""), x=0.01, ha="left")
    figure.tight_layout()
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


def draw_maps(run, days, names):
    snapshots = [plane(run.fields.nearest(day)) for day in days]
    width, depth = np.ptp(snapshots[0].nodes, axis=0)
    size = 2.5
    shape = (size * len(snapshots) + 1.2, (size * depth / width + 0.75) * len(names) + 0.6)
    figure, grid = plt.subplots(
        len(names), len(snapshots), figsize=shape, squeeze=False, sharex=True, sharey=True, constrained_layout=True
    )
    for row, name in zip(grid, names):
        low = min(snapshot[name].min() for snapshot in snapshots)
        high = max(snapshot[name].max() for snapshot in snapshots)
        for ax, snapshot in zip(row, snapshots):
            picture = drawing.draw_field(ax, snapshot, name, (low, high), run.layer_interfaces())
            ax.label_outer()
        label, unit = drawing.field_label(name)
        row[0].set_title(label)
        figure.colorbar(picture, ax=list(row), label=unit, shrink=0.9, pad=0.01)
    for ax, snapshot in zip(grid[0], snapshots):
        ax.set_title(f"day {snapshot.time:g}", loc="right", fontweight="normal", color=GREY)
    section = "" if run.fields[0].dimension == 2 else ", depth section through the middle"
    figure.suptitle(run.title + section, x=0.01, ha="left")
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
    into.mkdir(parents=True, exist_ok=True)
    drawing.save(draw_timeseries(run), into / "timeseries.png")
    days = [float(day) for day in options.days.split(",")] if options.days else default_days(run)
    last = run.fields[len(run.fields) - 1]
    names = options.fields.split(",") if options.fields else [name for name in MAPS if name in last]
    if not names:
        raise OutputError(f"Name the fields of the maps with --fields; there are: {', '.join(last.names)}.")
    drawing.save(draw_maps(run, days, names), into / "fields.png")


if __name__ == "__main__":
    try:
        main()
    except OutputError as error:
        sys.exit(f"Error: {error}")
