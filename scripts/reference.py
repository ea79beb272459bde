#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Write the pages of docs/ that the program knows best: parameters, networks, interventions, observables.

Usage: scripts/reference.py [--program PROGRAM] [--check]

With --check nothing is written; exit code 1 names the pages that no longer say what the program says. Numbers that are
computed, such as the healthy state at an age, are rounded to six digits, so that no compiler changes a page. Needs nothing
but Python.
"""

import argparse
import pathlib
import re
import subprocess
import sys

import cutis_main

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

PAGES = {  # page: topic of `cutis describe`, heading, what the page is
    "parameters.md": (
        "parameters",
        "Parameters",
        "Every parameter of a parameter file: type, unit, range, default, meaning and source. A parameter `Dose` of the section"
        " `PLLA` is `set Dose = 150 mg` inside `subsection PLLA`, and `--set \"PLLA/Dose=150 mg\"` on the command line.",
    ),
    "networks.md": (
        "network",
        "Reaction networks",
        "The fields of every network with their healthy values, its reactions and its directed movements. The constants are"
        " among the [parameters](parameters.md), below `Network/`. [The model](model.md) tells what it all means.",
    ),
    "interventions.md": ("interventions", "Interventions", "What can be done to the skin."),
    "observables.md": ("observables", "Observables", "What the columns of `timeseries.csv` are."),
}

LONG_NUMBER = re.compile(r"-?\d+\.\d{8,}(?:e[-+]?\d+)?|-?\d(?:\.\d+)?e-(?:1[3-9]|[2-9]\d)\b")


class DescriptionError(Exception):
    """The pages cannot be made; the message is a sentence for the user."""


def rounded(text):
    """The text with computed numbers rounded to six digits, and with those below 1e-12 as 0."""

    def short(match):
        value = float(match.group())
        return f"{value:.6g}" if abs(value) > 1e-12 else "0"

    return LONG_NUMBER.sub(short, text)


def describe(program, topic, style):
    command = [str(program), "describe", topic, "--format", style]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise DescriptionError(f"{program} cannot be run ({error.strerror}); build it with scripts/first_run.sh.") from error
    if result.returncode != 0:
        raise DescriptionError(f"`{' '.join(command)}` ended with exit code {result.returncode}: {result.stderr.strip()}")
    return result.stdout


def page(program, name):
    """The contents of one page."""
    topic, heading, introduction = PAGES[name]
    note = f"<!-- Made by scripts/reference.py from `cutis describe {topic}`; changes by hand get lost. -->"
    body = rounded(describe(program, topic, "md")).strip()
    body = re.sub(rf"\A## {re.escape(heading)}\s+", "", body)
    return f"{note}\n# {heading}\n\n{introduction}\n\n{body}\n"


def outdated(program):
    """The pages that differ from what the program says."""
    return [
        name
        for name in PAGES
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != page(program, name)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "cutis")
    parser.add_argument("--check", action="store_true", help="compare with the pages that are there and write nothing")
    options = parser.parse_args()
    names = outdated(options.program)
    if options.check:
        if names:
            sys.exit(f"Error: out of date: {', '.join(names)}; run scripts/reference.py.")
        return
    for name in names:
        (DOCS / name).write_text(page(options.program, name), encoding="utf-8")
        print(f"Page: docs/{name}")
    if not names:
        print("All pages are up to date.")


if __name__ == "__main__":
    cutis_main.run(main, DescriptionError)
