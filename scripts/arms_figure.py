#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Arms on hosts: one table and one figure of a study whose factor `arm` has treatments, each against the same host without.

Usage: scripts/python scripts/arms_figure.py [STUDY] [--into FOLDER] [--program FILE] [--cores N] [--picture FILE]

STUDY is parameters/studies/arms_hosts.toml if not given. Its runs are made first; those that are there already and unchanged
are reused. The first arm is the measure of the others: from each run that of the first arm with the same host and the same draw
of constants is taken away, so that what hosts differ in by themselves is in no difference. Written are arms.csv, a row for each arm and
host with the range over the draws, arms.md, a row for each arm with the range over hosts and draws, and arms.png.
"""

import argparse
import pathlib
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import cutis_drawing as drawing
import cutis_main
from cutis_campaign import Campaign
from cutis_lock import FolderLock
from cutis_output import Run
from cutis_runs import PROGRAM, ROOT, RunError
from study_design import points_of
from study_file import StudyError, read_study
from study_table import make_table

STUDY = ROOT / "parameters" / "studies" / "arms_hosts.toml"
ARM, AGE, SMOKER = "arm", "Host/Age", "Host/Smoker"
RANGE = (0.05, 0.5, 0.95)  # of an arm; of a host, which has a few draws, the lowest, the middle and the highest
# Outcome of the study, what it is called as a difference, its unit there, what one unit of the study is in it, digits.
OUTCOMES = [
    ("collagen of the patch", "collagen of the patch", "% of young skin", 100, 1),
    ("stained type I", "stained type I at the site", "% of the start", 100, 1),
    ("thickness at the site", "thickness at the site", "mm", 1, 3),
    ("strength", "strength of the patch", "% of the start", 100, 1),
    ("peak of inflammation", "peak of inflammation", "cells/mm³", 1, 0),
]


def table_of(file, folder, program, cores):
    """The study, its table, and the day on which its runs end; the runs are made."""
    study = read_study(file, program)
    for name in (ARM, AGE, SMOKER):
        if name not in study.factors:
            raise RunError(f"{file} has no factor `{name}`; it needs {ARM}, {AGE} and {SMOKER}.")
    missing = [name for name, *_ in OUTCOMES if name not in study.outcomes]
    if missing:
        raise RunError(f"{file} has no outcome `{missing[0]}`; it needs {', '.join(name for name, *_ in OUTCOMES)}.")
    points = points_of(study, folder)
    variants = [point.variant for point in points]
    with FolderLock(folder):
        campaign = Campaign(None, folder, program, jobs=cores)
        outcomes = campaign.run(variants)
        table = make_table(study, points, campaign.runs(variants))
    failed = [outcome.variant.name for outcome in outcomes if outcome.exit_code != 0]
    if failed:
        raise RunError(f"{len(failed)} runs have not come to their end, the first of them {failed[0]}.")
    unread = [name for name, *_ in OUTCOMES if table[name].isna().any()]
    if unread:
        raise RunError(f"Some runs have no `{unread[0]}`: an arm without its column cannot be compared.")
    return study, table, Run(outcomes[0].directory).timeseries.index[-1]


def differences(study, table):
    """The outcomes less those of the first arm with the same host and the same draw, in the units of the table."""
    draws = [r.path for r in study.sample.ranges] if study.sample else []
    twins = [AGE, SMOKER, *draws]
    first = study.factors[ARM][0].text
    names = [name for name, *_ in OUTCOMES]
    measure = table[table[ARM] == first].set_index(twins)[names]
    treated = table[table[ARM] != first].reset_index(drop=True)
    beside = measure.loc[pd.MultiIndex.from_frame(treated[twins])].reset_index(drop=True)
    changes = treated[[ARM, AGE, SMOKER]].copy()
    for name, _, _, scale, _ in OUTCOMES:
        changes[name] = scale * (treated[name] - beside[name])
    return changes


def quantiles(values):
    return np.quantile(np.asarray(values, float), RANGE, method="hazen")


def ends(values):
    return np.quantile(np.asarray(values, float), (0, 0.5, 1))


def by_host(changes):
    """A row for each arm and host: lowest, middle and highest of the draws of each outcome."""
    rows = []
    for (arm, age, smoker), group in changes.groupby([ARM, AGE, SMOKER], sort=False):
        row = {"arm": arm, "age [year]": age, "smoker": smoker, "draws": len(group)}
        for name, label, unit, _, _ in OUTCOMES:
            for word, value in zip(("lowest", "median", "highest"), ends(group[name])):
                row[f"{label}, {word} [{unit}]"] = f"{value:.5g}"
        rows.append(row)
    return pd.DataFrame(rows)


def in_words(values, digits):
    """Median and range with signs; what is rounded away is 0, and a range without width one number."""
    low, middle, high = (f"{v:+.{digits}f}" if abs(v) >= 0.5 * 10**-digits else "0" for v in values)
    return middle if low == high else f"{middle} ({low} to {high})"


def by_arm(changes):
    """Lines of Markdown: a row for each arm, median and nine tenths over hosts and draws."""
    lines = ["| arm | " + " | ".join(f"{label} [{unit}]" for _, label, unit, _, _ in OUTCOMES) + " |", "|---" * (len(OUTCOMES) + 1) + "|"]
    for arm, group in changes.groupby(ARM, sort=False):
        cells = [in_words(quantiles(group[name]), digits) for name, _, _, _, digits in OUTCOMES]
        lines.append(f"| {arm} | " + " | ".join(cells) + " |")
    return lines


def is_smoker(changes):
    return changes[SMOKER].astype(str).str.lower() == "true"


def draw(changes, first, n_draws, end):
    """For each arm and outcome the hosts in the order of their age, smokers open: median and range over the draws."""
    drawing.use_style()
    arms = list(dict.fromkeys(changes[ARM]))
    ages = sorted(changes[AGE].unique())
    shades = plt.get_cmap("viridis")(np.linspace(0.05, 0.85, len(ages)))
    shown, smokers = OUTCOMES[:4], is_smoker(changes)
    figure, axes = plt.subplots(1, len(shown), figsize=(3.1 * len(shown) + 1, 0.75 * len(arms) + 1.4), sharey=True)
    for ax, (name, label, unit, _, _) in zip(axes, shown):
        for place, arm in enumerate(arms):
            for number, age in enumerate(ages):
                for smoker in (False, True):
                    of = (changes[ARM] == arm) & (changes[AGE] == age) & (smokers == smoker)
                    if not of.any():
                        continue
                    low, middle, high = ends(changes.loc[of, name])
                    y = place + 0.8 * ((number + 0.5 * smoker + 0.25) / len(ages) - 0.5)
                    ax.plot([low, high], [y, y], color=shades[number], lw=1.6)
                    ax.plot(middle, y, "o", ms=4, color=shades[number], mfc="white" if smoker else shades[number])
            ax.axhline(place + 0.5, color="#d8d8d8", lw=0.6)
        ax.axvline(0, color=drawing.GREY, lw=0.8)
        ax.set(xlabel=unit, ylim=(len(arms) - 0.5, -0.5))
        ax.set_title(label)
        ax.grid(axis="y", visible=False)
    axes[0].set_yticks(range(len(arms)), arms)
    handles = [plt.Line2D([], [], color=shade, marker="o", ms=4) for shade in shades]
    labels = [f"{age:g} years" for age in ages]
    if smokers.any():
        handles.append(plt.Line2D([], [], color=drawing.GREY, marker="o", ms=4, mfc="white", ls=""))
        labels.append("smoker")
    figure.legend(handles, labels, loc="lower center", ncols=len(handles))
    days, name = drawing.time_unit(end)
    title = f"After {end / days:.0f} {name}, less {first} skin of the same host; bars go from the lowest to the highest of {n_draws} draws of constants"
    figure.suptitle(title, x=0.01, ha="left")
    figure.tight_layout(rect=(0, 0.05, 1, 0.99))
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", nargs="?", type=pathlib.Path, default=STUDY, metavar="STUDY")
    parser.add_argument("--into", type=pathlib.Path, help="folder to write to; results/NAME OF THE STUDY if not given")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--cores", type=int, help="cores in use at a time; all if not given")
    parser.add_argument("--picture", type=pathlib.Path, help="FOLDER/arms.png if not given")
    options = parser.parse_args()
    folder = (options.into or ROOT / "results" / options.study.stem).absolute()
    try:
        study, table, end = table_of(options.study, folder, options.program, options.cores)
    except StudyError as error:
        print(error, f"{len(error.problems)} problems in the study; nothing was run.", sep="\n", file=sys.stderr)
        return 2
    changes = differences(study, table)
    by_host(changes).to_csv(folder / "arms.csv", index=False)
    lines = by_arm(changes)
    (folder / "arms.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(*lines, sep="\n")
    figure = draw(changes, study.factors[ARM][0].text, study.sample.n if study.sample else 1, end)
    drawing.save(figure, options.picture or folder / "arms.png", colours=128)
    return 0


if __name__ == "__main__":
    cutis_main.run(main, RunError)
