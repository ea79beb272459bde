#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What the model says about tension, fibres and stiffness: each figure has the sentence it shows and whether these runs
bear it out.

  (a) new collagen lies along the tension        (d) PLLA leaves the dermis stiffer
  (b) gravity is slowed down by treatment        (e) treated skin lifts less under suction
  (c) a wound gapes and is drawn together        (f) tension of the treated skin

Runs tension_lines, gravity_ageing, gravity_treated, wound_mechanics, plla_mechanics and none_mechanics of parameters/ into
results/mechanics_figures/; runs that are there already and unchanged are reused. All of them take six minutes.

Usage: scripts/python scripts/mechanics_figures.py [--into FOLDER] [--set PATH=VALUE ...] [--jobs N]
"""

import matplotlib.pyplot as plt
import numpy as np

import cutis_drawing as drawing
from cutis_drawing import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED
from cutis_figure import make_picture
from cutis_runs import Variant
from plla_figures import verdict

CASES = ("tension_lines", "gravity_ageing", "gravity_treated", "wound_mechanics", "plla_mechanics", "none_mechanics")
YEAR = 365.25


def draw_alignment(ax, runs):
    """(a) Anisotropy of new and of all collagen; the angle in the verdict."""
    run = runs["tension_lines"]
    series = run.timeseries
    factor = drawing.time_axis(ax, series.index[-1], [])
    ax.plot(series.index / factor, series["new_fibre_anisotropy"], color=BLUE, label="new collagen")
    ax.plot(series.index / factor, series["fibre_anisotropy"], color=BLACK, label="all collagen")
    ax.set_ylabel("anisotropy of the fibres")
    ax.set_ylim(0, None)
    ax.legend()
    given = float(run.parameters["Mechanics/Tension angle"].split()[0])
    angle = float(series["new_fibre_angle"].iloc[-1])
    numbers = f"{angle:.1f} degrees in the end under tension at {given:g} degrees"
    verdict(ax, "(a) New collagen lies along the tension", abs(angle - given) < 0.5, numbers)


def draw_gravity(ax, runs):
    """(b) Sag over the years with and without treatment."""
    sags = {}
    for name, label, colour in (("gravity_ageing", "untreated", BLACK), ("gravity_treated", "PLLA", BLUE)):
        series = runs[name].timeseries
        sags[name] = 1000 * series["sag"]
        ax.plot(series.index / YEAR, sags[name], color=colour, label=label)
    ax.set_xlabel("years")
    ax.set_ylabel("sag of the surface [µm]")
    ax.set_ylim(0, None)
    ax.legend()
    end = {name: float(sag.iloc[-1]) for name, sag in sags.items()}
    numbers = f"{end['gravity_ageing']:.1f} µm untreated, {end['gravity_treated']:.1f} µm treated, after 30 years"
    verdict(ax, "(b) Treated skin sags less", end["gravity_treated"] < end["gravity_ageing"], numbers)


def draw_wound(ax, runs):
    """(c) Width of the wound, in a section, relative to what was cut out."""
    series = runs["wound_mechanics"].timeseries
    area = 100 * (1 - series["site_contraction"])
    factor = drawing.time_axis(ax, series.index[-1], [])
    ax.plot(area.index / factor, area, color=RED)
    ax.axhline(100, color=GREY, linewidth=1, linestyle="--", label="as cut")
    ax.set_ylabel("width of the wound [% of what was cut]")
    ax.legend()
    smallest = float(area.iloc[1:].min())
    taken_back = (area.max() - smallest) / (area.max() - 100)
    numbers = f"{area.max():.0f} % at its widest, {smallest:.0f} % at its smallest, {100 * taken_back:.0f} % of the gape"
    verdict(ax, "(c) A wound gapes and is drawn together", area.max() > 100 and taken_back > 0.5, numbers)


def draw_difference(ax, runs, columns, label, title, holds):
    """A column of the treated skin over that of the untreated one."""
    treated, untreated = runs["plla_mechanics"], runs["none_mechanics"]
    factor = drawing.time_axis(ax, treated.timeseries.index[-1], treated.sessions())
    last = {}
    for column, name, colour in columns:
        series = treated.timeseries[column]
        measure = np.interp(series.index, untreated.timeseries.index, untreated.timeseries[column])
        change = 100 * (series / measure - 1)
        last[name] = float(change.iloc[-1])
        ax.plot(change.index / factor, change, color=colour, label=name)
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set_ylabel(label)
    ax.legend()
    numbers = ", ".join(f"{name} {value:+.1f} %" for name, value in last.items()) + " in the end"
    verdict(ax, title, holds(last.values()), numbers)


def draw(runs, path):
    drawing.use_style()
    figure, grid = plt.subplots(2, 3, figsize=(14.5, 7.6))
    draw_alignment(grid[0, 0], runs)
    draw_gravity(grid[0, 1], runs)
    draw_wound(grid[0, 2], runs)
    against = "% against untreated skin"
    draw_difference(
        grid[1, 0],
        runs,
        (("stiffness_along", "along the lines", BLUE), ("stiffness_across", "across them", ORANGE)),
        f"stiffness, {against}",
        "(d) PLLA leaves the dermis stiffer",
        lambda values: min(values) > 0,
    )
    draw_difference(
        grid[1, 1],
        runs,
        (("suction_displacement", "lift", GREEN), ("dermal_thickness", "thickness of the dermis", PURPLE)),
        against,
        "(e) Treated skin lifts less under suction",
        lambda values: min(values) < 0,
    )
    draw_difference(
        grid[1, 2],
        runs,
        (("tension_along", "along the lines", BLUE), ("tension_across", "across them", ORANGE)),
        f"tension, {against}",
        "(f) Retained collagen adds to the tension",
        lambda values: min(values) > 0,
    )
    figure.tight_layout()
    drawing.save(figure, path, colours=256)


def variants(common):
    for case in CASES:
        yield case, [Variant(case, common)]


if __name__ == "__main__":
    make_picture(__doc__, "mechanics_figures", variants, draw)
