#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Print the main results of a run as a short table, and its checks.

Usage: scripts/python scripts/summarise_run.py DIR
"""

import argparse
import pathlib

import numpy as np

import cutis_main
from cutis_output import OutputError, Run, flatten

ROWS = [  # column of the time series, what to call it
    ("plla_mass", "PLLA left"),
    ("mean_plla_macrophage", "macrophages on PLLA, mean"),
    ("max_tgf_beta", "TGF-beta, largest"),
    ("mean_fibroblast", "fibroblasts, mean"),
    ("collagen_total", "collagen, dermal mean"),
    ("collagen_area_fraction", "collagen area fraction"),
    ("type_III_share", "type III share"),
    ("dermal_thickness", "dermal thickness"),
    ("dermal_thickness_at_site", "dermal thickness at the site"),
    ("inflammation", "inflammatory cells above health"),
    ("stiffness_along", "stiffness along the lines"),
    ("strength", "strength"),
    ("hydration", "hydration"),
    ("msc_count", "stem cells"),
    ("filler_volume", "filler"),
]
MILESTONES = [0, 28, 90, 180, 365, 730, 3650, 18250]


def row_numbers(times):
    """Rows nearest to the milestones within the run, the last row included, each once."""
    end = times[-1]
    wanted = [day for day in MILESTONES if day < 0.95 * end] + [end]
    return sorted({int(np.argmin(np.abs(times - day))) for day in wanted})


def print_table(run):
    series = run.timeseries
    units = series.attrs["units"]
    rows = row_numbers(series.index.to_numpy())
    print(f"{'day':<41}" + "".join(f"{series.index[row]:>10.6g}" for row in rows))
    for column, name in ROWS:
        if column not in series:
            continue
        unit = units[column]
        label = name if unit in ("", "1") else f"{name} [{unit}]"
        # Round-off beside the largest value of a quantity is nothing.
        least = 1e-6 * series[column].abs().max()
        values = [value if abs(value) > least else 0.0 for value in series[column].iloc[rows]]
        print(f"{label:<41}" + "".join(f"{value:>10.4g}" for value in values))


def print_gain(run):
    collagen = run.timeseries.get("collagen_total")
    if collagen is None or not collagen.iloc[0] > 0:
        return
    change = 100 * (collagen / collagen.iloc[0] - 1)
    print(
        f"\nCollagen of the dermis against the start: {change.iloc[-1]:+.1f} % at day {change.index[-1]:g}, "
        f"at most {change.max():+.1f} % at day {change.idxmax():g}."
    )


def print_summary(run):
    """Steps, wall time and checks of summary.json, that is, all of it but the observables."""
    shown_above = ("final.", "peak.")
    for key, value in flatten(run.summary).items():
        if isinstance(value, (bool, int, float, str)) and not key.startswith(shown_above):
            print(f"{key.replace('_', ' '):<41}{f'{value:.6g}' if isinstance(value, float) else value}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path, metavar="DIR", help="output folder of a run")
    run = Run(parser.parse_args().directory)
    print(f"{run.title} ({run.directory})\n")
    print_table(run)
    print_gain(run)
    if run.summary:
        print()
        print_summary(run)
    else:
        print("\nThere is no summary.json: the run has not finished.")


if __name__ == "__main__":
    cutis_main.run(main, OutputError)
