#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Arms side by side: one table and one figure of several runs on the same skin.

Usage: scripts/python scripts/compare.py DIR... [--names A,B,...] [--untreated DIR] [--days 90,365,730] [--above 1.1] [--into FOLDER]
       scripts/python scripts/compare.py --run FILE [--set PATH=VALUE ...] [--into FOLDER] [--jobs N]

The first form compares output folders. The second makes the runs first: FILE is a JSON with `arms`, each a `name`, a file of
`parameters` (from the root of the repository) and what to `set`, and with what all of them `set`; the arm called `untreated` is the measure of the others. Runs that are there
already and unchanged are reused.

Written are compare.csv (every outcome of every arm), compare.md (the same as a table for people, with the limits that the runs tell of
themselves) and compare.png.
"""

import argparse
import json
import pathlib
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import cutis_drawing as drawing
import cutis_main
from cutis_campaign import Campaign
from cutis_lock import FolderLock
from cutis_output import OutputError, Run
from cutis_runs import ROOT, RunError, Variant

# Column of the time series, what it is called, its unit in the table, and what one unit of it is there. Changes are
# against the untreated arm on the same day, or against the first row if there is none.
OUTCOMES = [
    ("collagen_total", "collagen", "% of young skin", 100),
    ("collagen_area_fraction", "stained type I", "% of the start", 100),
    ("type_III_share", "type III share", "points", 100),
    ("dermal_thickness_at_site", "thickness at the site", "mm", 1),
    ("stiffness_along", "stiffness along", "kPa", 1),
    ("hydration", "hydration", "% of healthy", 100),
    ("mean_vessel", "vessels", "% of healthy", 100),
    ("inflammation", "inflammation", "cells/mm³", 1),
]
COLOURS = ["#222222", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a8a", "#6a3d9a", "#b15928"]


class Arms:
    """Runs by their names, and the one that is the measure of the others."""

    def __init__(self, runs, untreated=None):
        self.runs = runs
        self.untreated = untreated

    def change(self, run, column):
        """A column of a run over time, less that of the untreated arm on the same days, or less its first value."""
        values = run.timeseries[column]
        if self.untreated is None:
            return values - values.iloc[0]
        measure = self.untreated.timeseries[column]
        if measure.index[-1] < values.index[-1]:
            raise OutputError(
                f"The untreated arm ends on day {measure.index[-1]:g}, {run.directory} on day {values.index[-1]:g}."
            )
        return values - np.interp(values.index, measure.index, measure)

    def tells(self, run, column):
        """Whether a run has a column, and the untreated arm as well."""
        return column in run.timeseries and (self.untreated is None or column in self.untreated.timeseries)

    def outcomes(self, run, days, above):
        """All outcomes of an arm by name; what it does not say is absent."""
        row = {}
        for column, name, unit, scale in OUTCOMES:
            if not self.tells(run, column):
                continue
            change = scale * self.change(run, column)
            for day in days:
                if day <= change.index[-1]:
                    row[f"{name}, day {day:g} [{unit}]"] = np.interp(day, change.index, change)
            peak = change.abs().idxmax()
            row[f"{name}, largest [{unit}]"] = change[peak]
        row[f"stained type I above {above:g} [d]"] = time_above(run.timeseries, "collagen_area_fraction", above)
        return row


def time_above(series, column, limit):
    """Days for which a column is above a limit, its values joined by straight lines."""
    if column not in series:
        return np.nan
    times, values = series.index.to_numpy(), series[column].to_numpy()
    fine = np.linspace(times[0], times[-1], 20001)
    return float(np.mean(np.interp(fine, times, values) > limit) * (times[-1] - times[0]))


def limits_of(run):
    """Sentences on where this run leaves what the model describes."""
    sentences = []
    for name, account in run.summary.get("interventions", {}).items():
        sentences += [f"{name}: {sentence}" for sentence in account.get("limits", [])]
    return sentences


def in_words(value, outcome):
    """A number of the table; differences that are round-off and the error of the steps are 0."""
    if pd.isna(value):
        return ""
    if "above" in outcome:
        return f"{value:.0f}"
    return "0" if abs(value) < 1e-5 else f"{value:+.3g}"


def write_markdown(path, table, arms):
    """Outcomes down, arms across."""
    lines = ["| change against untreated skin | " + " | ".join(table.index) + " |", "|---" * (len(table) + 1) + "|"]
    if arms.untreated is None:
        lines[0] = lines[0].replace("change against untreated skin", "change since the start")
    for outcome in table.columns:
        cells = [in_words(value, outcome) for value in table[outcome]]
        lines.append(f"| {outcome} | " + " | ".join(cells) + " |")
    said = {}  # sentence -> arms
    for name, run in arms.runs.items():
        for sentence in limits_of(run):
            said.setdefault(sentence, []).append(name)
    if said:
        lines += ["", "What the model does not say:", ""]
        lines += [f"- {sentence} ({', '.join(names)})" for sentence, names in said.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def draw(arms, above):
    there = [o for o in OUTCOMES if any(arms.tells(run, o[0]) for run in arms.runs.values())]
    columns = min(4, len(there))
    rows = -(-len(there) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(3.5 * columns, 2.6 * rows + 0.7), squeeze=False)
    end = max(run.timeseries.index[-1] for run in arms.runs.values())
    for ax, (column, name, unit, scale) in zip(grid.flat, there):
        factor = drawing.time_axis(ax, end, [])
        for (arm, run), colour in zip(arms.runs.items(), COLOURS * 9):
            if arms.tells(run, column):
                change = scale * arms.change(run, column)
                ax.plot(change.index / factor, change, color=colour, label=arm)
        ax.set_title(name)
        ax.set_ylabel(unit)
    for ax in grid.flat[len(there) :]:
        ax.set_visible(False)
    handles = [plt.Line2D([], [], color=colour) for _, colour in zip(arms.runs, COLOURS * 9)]
    figure.legend(handles, list(arms.runs), loc="lower center", ncols=min(6, len(arms.runs)))
    against = "less untreated skin of the same day" if arms.untreated is not None else "less the first day"
    figure.suptitle(f"Arms side by side: {against}", x=0.01, ha="left")
    figure.tight_layout(rect=(0, 0.07, 1, 0.98))
    return figure


def run_arms(file, more, into, jobs):
    """Make the runs of a JSON file, with more settings for all; the arms."""
    try:
        plan = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        listed = [(arm["name"], arm["parameters"], {**plan.get("set", {}), **arm.get("set", {}), **more}) for arm in plan["arms"]]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise RunError(f"{file} is no list of arms: {error}. It needs `arms`, each with `name` and `parameters`.") from error
    names = [name for name, _, _ in listed]
    if len(set(names)) != len(names):
        raise RunError(f"Several arms of {file} have the same name.")
    arms = [Variant(name, tuple(settings.items()), ROOT / parameters) for name, parameters, settings in listed]
    runs = {}
    for outcome in Campaign(None, into, jobs=jobs).run(arms):
        if outcome.exit_code != 0:
            print(f"The arm '{outcome.variant.name}' has failed and is left out.", file=sys.stderr)
            continue
        runs[outcome.variant.name] = Run(outcome.directory)
    untreated = runs.pop("untreated", None)
    if not runs:
        raise RunError("No arm is left to compare.")
    return Arms(runs, untreated)


def read_arms(options):
    names = options.names.split(",") if options.names else [directory.name for directory in options.directories]
    if len(names) != len(options.directories) or len(set(names)) != len(names):
        raise OutputError(f"{len(options.directories)} folders need as many different names: --names A,B,...")
    untreated = Run(options.untreated) if options.untreated else None
    return Arms(dict(zip(names, map(Run, options.directories))), untreated)


def compare(options, days):
    """Write table and figure into the folder."""
    arms = run_arms(options.run, dict(s.split("=", 1) for s in options.set), options.into, options.jobs) if options.run else read_arms(options)
    table = pd.DataFrame({name: arms.outcomes(run, days, options.above) for name, run in arms.runs.items()}).T
    table.index.name = "arm"
    table.to_csv(options.into / "compare.csv", float_format="%.6g")
    write_markdown(options.into / "compare.md", table, arms)
    drawing.use_style()
    drawing.save(draw(arms, options.above), options.into / "compare.png", colours=256)
    print((options.into / "compare.md").read_text(encoding="utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="*", type=pathlib.Path, metavar="DIR", help="output folders of runs")
    parser.add_argument("--run", type=pathlib.Path, metavar="FILE", help="JSON with the arms to run first")
    parser.add_argument("--names", help="names of the arms, separated by commas; the names of the folders if not given")
    parser.add_argument("--untreated", type=pathlib.Path, metavar="DIR", help="output folder of the untreated arm")
    parser.add_argument("--days", default="90,365,730", help="days of the table, separated by commas")
    parser.add_argument("--above", type=float, default=1.1, help="threshold of stained type I whose duration is told")
    parser.add_argument("--into", type=pathlib.Path, default=pathlib.Path("results/compare"), help="folder to write to")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="for all runs of --run")
    parser.add_argument("--jobs", type=int, help="runs at a time")
    options = parser.parse_args()
    if bool(options.directories) == bool(options.run):
        parser.error("name output folders, or a list of arms with --run")
    if any("=" not in setting for setting in options.set):
        parser.error("--set needs PATH=VALUE, such as --set \"Host/Age=70 year\"")
    try:
        days = [float(day) for day in options.days.split(",")]
    except ValueError:
        parser.error(f"--days {options.days} are no numbers")
    with FolderLock(options.into):
        compare(options, days)


if __name__ == "__main__":
    cutis_main.run(main, OutputError, RunError)
