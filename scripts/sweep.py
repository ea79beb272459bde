#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Run all combinations of some parameter values, several at a time, and collect their summaries in one table.

    scripts/python scripts/sweep.py parameters/plla.prm --vary "PLLA/Dose=50 mg,100 mg,150 mg" --vary Host/Age=35,55
    scripts/python scripts/sweep.py study.json

A value that itself contains commas: separate the values by semicolons, --vary "PLLA/Sessions=0 d; 0 d, 28 d, 56 d". The
decimal point is a point: "2,5 mL" is refused, because it may be one value or two. The JSON file says the same as the command
line: {"parameters": "parameters/plla.prm", "vary": {"PLLA/Dose": ["50 mg", "100 mg"]}, "set": {"Time/End": "365 d"}}; its
paths count from the folder in which the command is run.

Every run goes to OUTPUT/<values>, the table to OUTPUT/sweep.csv: one row per run, its values, exit code, and everything in
its summary.json. Runs that are there already are reused if program, settings and all files that they have read (parameters,
includes, mesh) have not changed. Exit code 1 if a run failed.
"""

import argparse
import csv
import itertools
import json
import pathlib
import re
import sys

import cutis_main
from cutis_campaign import Campaign
from cutis_lock import FolderLock
from cutis_output import Run, flatten
from cutis_runs import PROGRAM, RunError, Variant
from study_design import folder_names

LONGEST_NAME = 150  # bytes; file systems take 255, with what is added to the name


def check_decimal_commas(text, values):
    """`2,5 mL` may be 2.5 mL or the values 2 and 5 mL: refused if each bare number is followed by one with a unit."""
    pieces, as_one, as_two = values.split(","), [], []
    while pieces:
        piece = pieces.pop(0)
        if not re.fullmatch(r"\s*[-+]?\d+", piece):
            as_one.append(piece.strip())
            as_two.append(piece.strip())
            continue
        if not pieces or not re.fullmatch(r"\d+(e[-+]?\d+)?\s*[^\d\s.].*", pieces[0]):
            return  # numbers without units, or a blank that keeps them apart
        as_two += [piece.strip(), pieces[0].strip()]
        as_one.append(f"{piece.strip()}.{pieces.pop(0).strip()}")
    if len(as_two) > len(as_one):
        raise RunError(
            f"'{text}' can be read as the values {' and '.join(as_one)}, or as {' and '.join(as_two)}; write a decimal "
            "point, or a blank after each comma between values."
        )


def split_values(text, values):
    separator = ";" if ";" in values else ","
    if separator == ",":
        check_decimal_commas(text, values)
    pieces = [value.strip() for value in values.split(separator)]
    if "" in pieces:
        raise RunError(f"'{text}' has an empty place among its values.")
    return pieces


def parse_vary(text):
    """`PATH=V1,V2` as (path, values)."""
    path, _, values = text.partition("=")
    if not path.strip() or not values.strip():
        raise RunError(f"'{text}' should be PATH=VALUE,VALUE,...")
    return path.strip(), split_values(text, values)


def parse_set(text):
    path, equals, value = text.partition("=")
    if not equals:
        raise RunError(f"'{text}' should be PATH=VALUE.")
    return path.strip(), value.strip()


def variants_of(vary, common):
    """All combinations of the varied values, each with the common settings."""
    for path, values in vary.items():
        for value in values:
            if values.count(value) > 1:
                raise RunError(f"{path} is to have the value {value} more than once.")
    combinations = list(itertools.product(*([(path, value) for value in values] for path, values in vary.items())))
    names = folder_names(combinations, LONGEST_NAME)
    return combinations, [Variant(name, (*common.items(), *c)) for name, c in zip(names, combinations)]


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


def as_text(value):
    """A value of a JSON file as the solver reads it."""
    if not isinstance(value, (str, int, float)):
        raise RunError(f"'{json.dumps(value)}' is no value of a parameter; write a text, a number, true or false.")
    return value if isinstance(value, str) else json.dumps(value)


def values_of(path, values):
    """The values that a parameter takes in a JSON file: a list, a text as on the command line, or one value."""
    if isinstance(values, str):
        return split_values(f"{path}={values}", values)
    return [as_text(value) for value in values] if isinstance(values, list) else [as_text(values)]


def as_settings(pairs, option):
    """Paths and values of the command line. No path may be there twice, because one of its values would be lost."""
    paths = [path for path, _ in pairs]
    for path in paths:
        if paths.count(path) > 1:
            raise RunError(f"{option} names {path} more than once.")
    return dict(pairs)


def read_study(options):
    """(parameter file, varied values, common settings) from the JSON file, the command line, or both."""
    parameters, vary, common = options.study, {}, {}
    if options.study.suffix == ".json":
        try:
            study = json.loads(options.study.read_text(encoding="utf-8"))
            parameters = pathlib.Path(study["parameters"])
            vary = {path: values_of(path, values) for path, values in study["vary"].items()}
            common = {path: as_text(value) for path, value in study.get("set", {}).items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise RunError(f"{options.study} is not a study with `parameters` and `vary` ({error!r}).") from error
    vary = {**vary, **as_settings([parse_vary(text) for text in options.vary], "--vary")}
    common = {**common, **as_settings([parse_set(text) for text in options.set], "--set")}
    if not vary or not all(vary.values()):
        raise RunError("Nothing varies: give --vary PATH=VALUE,VALUE,...")
    for path in vary:
        if path in common:
            raise RunError(f"{path} is to vary and is set as well; take one of the two away.")
    return parameters, vary, common


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", type=pathlib.Path, help="a parameter file (.prm) or a study (.json)")
    parser.add_argument("--vary", action="append", default=[], metavar="PATH=VALUES", help="repeat for combinations")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="the same in all runs")
    parser.add_argument("--output", type=pathlib.Path, help="results/sweep_<name of the study> if not given")
    parser.add_argument("--jobs", type=int, help="cores in use at a time, all if not given")
    parser.add_argument("--again", action="store_true", help="repeat also the runs that are there already")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    options = parser.parse_args()
    parameters, vary, common = read_study(options)
    output = options.output or pathlib.Path("results") / f"sweep_{options.study.stem}"
    campaign = Campaign(parameters, output, options.program, options.jobs, reuse=not options.again)
    combinations, variants = variants_of(vary, common)
    print(f"{len(variants)} runs of {parameters}, {campaign.jobs} at a time, into {output}")
    with FolderLock(output):
        outcomes = campaign.run(variants)
        write_table(output / "sweep.csv", vary, combinations, outcomes)
    failed = [outcome.variant.name for outcome in outcomes if outcome.exit_code != 0]
    if failed:
        sys.exit(f"Error: {len(failed)} of {len(outcomes)} runs failed: {', '.join(failed)}.")


if __name__ == "__main__":
    cutis_main.run(main, RunError)
