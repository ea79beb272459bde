#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Where every constant comes from: docs/provenance.csv, and docs/provenance.md with the counts and the debts.

Usage: scripts/provenance.py [--program PROGRAM] [--check]

Written from `cutis describe parameters`. With --check nothing is written; exit code 1 names
the files that no longer say what the program says. Needs nothing but Python.
"""

import argparse
import collections
import csv
import io
import json
import pathlib
import re
import sys

import cutis_main
import reference

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COLUMNS = ("name", "value", "unit", "module", "provenance", "source", "identifier")
MARKS = {
    "published": "stands in the source that is named",
    "recalled": "is quoted from memory of the source and still to be checked against it",
    "derived": "follows from a condition, mostly from other numbers",
    "assumed": "is a plausible value, or was tuned so that the whole behaves",
}
IDENTIFIER = re.compile(r"\b(?:10\.\d{4,9}/[^\s,;)]+|PMID:? ?\d+|PMC\d+)")


def identifiers(source):
    """The DOI, PMID and PMC numbers that the words of a source contain."""
    return " ".join(match.group().rstrip(".") for match in IDENTIFIER.finditer(source))


def constants_of_parameters(entries):
    """Constants among the parameters; settings, which users choose, are none."""
    for entry in entries:
        if entry["provenance"] in MARKS:
            yield {
                "name": entry["path"],
                "value": entry["default"],
                "unit": entry["unit"],
                "module": entry["path"].rsplit("/", 1)[0],
                "provenance": entry["provenance"],
                "source": entry["source"],
            }


def written(value):
    """The number as it is declared; one that is computed, and so is long, with six digits."""
    return f"{float(value):.6g}" if re.fullmatch(r"-?[\d.]{10,}(e[-+]?\d+)?", value) else value


def constants(program):
    rows = list(constants_of_parameters(json.loads(reference.describe(program, "parameters", "json"))))
    for row in rows:
        row["value"] = written(str(row["value"]))
        row["identifier"] = identifiers(row["source"])
    return rows


def table(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def count_lines(rows):
    modules = collections.OrderedDict()
    for row in rows:
        depth = 2 if row["module"].startswith("Network/") else 1
        module = "/".join(row["module"].split("/")[:depth])
        modules.setdefault(module, collections.Counter())[row["provenance"]] += 1
    yield "| of | " + " | ".join(MARKS) + " |"
    yield "|---|" + "---|" * len(MARKS)
    for module, count in modules.items():
        yield f"| {module} | " + " | ".join(str(count[mark]) for mark in MARKS) + " |"
    total = collections.Counter(row["provenance"] for row in rows)
    yield "| all | " + " | ".join(str(total[mark]) for mark in MARKS) + " |"


def page(rows):
    """The counts, and what is owed."""
    debts = [row for row in rows if row["provenance"] == "recalled"]
    silent = [row for row in rows if row["provenance"] == "published" and not row["source"]]
    found = sum(bool(row["identifier"]) for row in rows)
    lines = [
        "<!-- Made by scripts/provenance.py from what the program says; changes by hand get lost. -->",
        "# Where constants come from",
        "",
        f"The {len(rows)} constants of the program, with value, unit, mark and source, are in [provenance.csv](provenance.csv): the"
        " defaults of all parameters that are not settings. What one unit of a field stands for (3000 cells/mm³, 37 mmHg) is not among"
        " them: in the [networks](networks.md) it has one mark in common with the diffusivity of the field. The marks:",
        "",
        *(f"- **{mark}**: {meaning}." for mark, meaning in MARKS.items()),
        "",
        *count_lines(rows),
        "",
        f"{found} of them name a DOI, PMID or PMC number. {len(silent)} are marked as published without saying where.",
        "",
        "## Debts",
        "",
        f"{len(debts)} constants are quoted from memory. Until somebody has looked into the source, none of them is a published"
        " value:",
        "",
        "| constant | value | unit | source as it is remembered |",
        "|---|---|---|---|",
        *(f"| {row['name']} | {row['value']} | {row['unit']} | {row['source'] or 'none named'} |" for row in debts),
    ]
    return "\n".join(lines) + "\n"


def files(program):
    rows = constants(program)
    return {"provenance.csv": table(rows), "provenance.md": page(rows)}


def outdated(program):
    """The files that differ from what the program says."""
    return [
        name
        for name, text in files(program).items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "cutis")
    parser.add_argument("--check", action="store_true", help="compare with the files that are there and write nothing")
    options = parser.parse_args()
    names = outdated(options.program)
    if options.check:
        if names:
            sys.exit(f"Error: out of date: {', '.join(names)}; run scripts/provenance.py.")
        return
    for name, text in files(options.program).items():
        if name in names:
            (DOCS / name).write_text(text, encoding="utf-8")
            print(f"File: docs/{name}")
    if not names:
        print("Both files are up to date.")


if __name__ == "__main__":
    cutis_main.run(main, reference.DescriptionError)
