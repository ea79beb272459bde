#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Run all combinations of some parameter values, several at a time, and collect their summaries in one table.

    scripts/python scripts/sweep.py parameters/plla.prm --vary "PLLA/Dose=50 mg,100 mg,150 mg" --vary Host/Age=35,55
    scripts/python scripts/sweep.py study.json

A value that itself contains commas: separate the values by semicolons, --vary "PLLA/Sessions=0 d; 0 d, 28 d, 56 d". The
JSON file says the same as the command line: {"parameters": "parameters/plla.prm", "vary": {"PLLA/Dose": ["50 mg",
"100 mg"]}, "set": {"Time/End": "365 d"}}; its paths count from the folder in which the command is run.

Every run goes to OUTPUT/<values>, the table to OUTPUT/sweep.csv: one row per run, its values, exit code, and everything in
its summary.json. Runs that are there already are reused if program, parameters and settings have not changed. Exit code 1 if
a run failed.
"""

import argparse
import csv
import itertools
import json
import pathlib
import re
import sys

from cutis_output import Run, flatten
from cutis_runs import PROGRAM, Campaign, RunError, Variant


def parse_vary(text):
    """`PATH=V1,V2` as (path, values)."""
    path, equals, values = text.partition("=")
    if not equals or not values.strip():
        raise RunError(f"'{text}' should be PATH=VALUE,VALUE,...")
    separator = ";" if ";" in values else ","
    return path.strip(), [value.strip() for value in values.split(separator)]


def parse_set(text):
    path, equals, value = text.partition("=")
    if not equals:
        raise RunError(f"'{text}' should be PATH=VALUE.")
    return path.strip(), value.strip()


def folder_name(combination):
    """Values as a folder name: {"PLLA/Dose": "50 mg"} becomes Dose_50_mg."""
    parts = [f"{path.split('/')[-1]}_{value}" for path, value in combination]
    return re.sub(r"[^\w.+-]+", "_", "__".join(parts)).strip("_")


def variants_of(vary, common):
    """All combinations of the varied values, each with the common settings."""
    axes = [[(path, str(value)) for value in values] for path, values in vary.items()]
    combinations = list(itertools.product(*axes))
    return combinations, [Variant(folder_name(c), (*common.items(), *c)) for c in combinations]


def write_table(path, vary, combinations, outcomes):
    rows = []
    for combination, outcome in zip(combinations, outcomes):
        row = {"run": outcome.variant.name, **dict(combination), "exit code": outcome.exit_code}
        if outcome.exit_code == 0:
            row.update(flatten(Run(outcome.directory).summary))
        rows.append(row)
    columns = list(dict.fromkeys(["run", *vary, "exit code", *(key for row in rows for key in row)]))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    print(f"Table: {path} ({len(rows)} runs, {len(columns)} columns)")


def read_study(options):
    """(parameter file, varied values, common settings) from the JSON file, the command line, or both."""
    parameters, vary, common = options.study, {}, {}
    if options.study.suffix == ".json":
        try:
            study = json.loads(options.study.read_text(encoding="utf-8"))
            parameters, vary, common = pathlib.Path(study["parameters"]), study["vary"], study.get("set", {})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(f"{options.study} is not a study with `parameters` and `vary` ({error!r}).") from error
    vary = {**vary, **dict(map(parse_vary, options.vary))}
    if not vary:
        raise RunError("Nothing varies: give --vary PATH=VALUE,VALUE,...")
    return parameters, vary, {**common, **dict(map(parse_set, options.set))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", type=pathlib.Path, help="a parameter file (.prm) or a study (.json)")
    parser.add_argument("--vary", action="append", default=[], metavar="PATH=VALUES", help="repeat for combinations")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="the same in all runs")
    parser.add_argument("--output", type=pathlib.Path, help="results/sweep_<name of the study> if not given")
    parser.add_argument("--jobs", type=int, help="runs at a time, one per core if not given")
    parser.add_argument("--again", action="store_true", help="repeat also the runs that are there already")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    options = parser.parse_args()
    parameters, vary, common = read_study(options)
    output = options.output or pathlib.Path("results") / f"sweep_{options.study.stem}"
    campaign = Campaign(parameters, output, options.program, options.jobs, reuse=not options.again)
    combinations, variants = variants_of(vary, common)
    print(f"{len(variants)} runs of {parameters}, {campaign.jobs} at a time, into {output}")
    outcomes = campaign.run(variants)
    write_table(output / "sweep.csv", vary, combinations, outcomes)
    failed = [outcome.variant.name for outcome in outcomes if outcome.exit_code != 0]
    if failed:
        sys.exit(f"Error: {len(failed)} of {len(outcomes)} runs failed: {', '.join(failed)}.")


if __name__ == "__main__":
    try:
        main()
    except RunError as error:
        sys.exit(f"Error: {error}")
