# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A study: the table of a sweep, and its outcomes against each factor that was varied."""

import csv
import math
import re

from cutis_report import ReportError, pictures, words
from cutis_report.columns import arrangement
from cutis_report.curves import Picture

MOST_OUTCOMES = 6
MOST_LINES = 8


class Study:
    """Rows of sweep.csv; `factors` are the columns between the name of the run and its exit code."""

    def __init__(self, folder):
        self.folder = folder
        file = folder / "sweep.csv"
        with file.open(newline="", encoding="utf-8") as text:
            reader = csv.DictReader(text)
            self.rows = list(reader)
            header = reader.fieldnames or []
        if "run" not in header or "exit code" not in header or not self.rows:
            raise ReportError(f"{file} is no table of a sweep: it needs the columns `run` and `exit code`, and a row.")
        self.factors = header[header.index("run") + 1 : header.index("exit code")]
        self.done = [row for row in self.rows if row["exit code"] == "0"]
        self.failed = [row["run"] for row in self.rows if row["exit code"] != "0"]
        self.outcomes = [e for e in arrangement()["outcome"] if any(self.final(r, e) is not None for r in self.rows)]

    @staticmethod
    def final(row, entry):
        """Final value of an outcome as the table has it, None if it does not."""
        try:
            value = float(row.get(f"final.{entry['column']}") or "nan")
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def varying(self):
        """Outcomes that are not the same in all runs."""
        found = []
        for entry in self.outcomes:
            values = [v for v in (self.final(row, entry) for row in self.done) if v is not None]
            if values and max(values) - min(values) > 1e-6 * max(1.0, max(map(abs, values))):
                found.append(entry)
        return found


def as_numbers(values):
    """(numbers, unit) of values such as `50 mg` if all have the same unit, else None."""
    matches = [re.fullmatch(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(.*?)\s*", value) for value in values]
    if not all(matches) or len({match.group(2) for match in matches}) > 1:
        return None
    try:
        return [float(match.group(1)) for match in matches], matches[0].group(2)
    except ValueError:
        return None


def against_factor(study, factor, entry, knowledge):
    """The picture of one outcome against one factor, a line for each combination of the others."""
    values = list(dict.fromkeys(row[factor] for row in study.done))
    numbers = as_numbers(values)
    places = dict(zip(values, numbers[0] if numbers else range(len(values))))
    lines = {}
    for row in study.done:
        value = study.final(row, entry)
        if value is not None:
            name = ", ".join(f"{other.split('/')[-1]} {row[other]}" for other in study.factors if other != factor)
            lines.setdefault(name, []).append((places[row[factor]], entry.get("scale", 1) * value))
    many = len(lines) > MOST_LINES
    names = [name for name in lines if name] if not many else []
    rows = pictures.legend_rows(names)
    figure, ax = pictures.new_plot(rows)
    for number, (name, points) in enumerate(lines.items()):
        x, y = zip(*sorted(points))
        style = {"color": pictures.BLUE, "linestyle": ""} if many else pictures.line_style(number)
        ax.plot(x, y, marker="o", markersize=4, label=name, **style)
    ax.margins(x=0.06)
    if not numbers:
        ax.set_xticks(range(len(values)), [value[:14] for value in values])
    unit = words.unit(numbers[1] or knowledge.parameters.get(factor, {}).get("unit", "")) if numbers else ""
    ax.set_xlabel(f"{factor.split('/')[-1]}" + (f" [{unit}]" if unit else ""))
    ax.set_ylabel(entry["unit"], fontsize=8)
    if rows:
        pictures.legend_below(figure, ax)
    source, width, height = pictures.as_svg(figure)
    told = "; ".join(f"{name or 'values'}: " + ", ".join(words.number(y, 3) for _, y in sorted(p)) for name, p in lines.items())
    text = f"{entry['label']} [{entry['unit']}] in the end against {factor} ({', '.join(values)}). {told}."
    return Picture(entry["label"], entry["unit"], "", source, width, height, text, [entry["column"]])


def study_page(study, knowledge, options):
    """Everything on the page of a study."""
    varying = study.varying()
    shown = varying[:MOST_OUTCOMES]
    groups = [
        (factor, [against_factor(study, factor, entry, knowledge) for entry in shown])
        for factor in study.factors
        if len({row[factor] for row in study.done}) > 1
    ]
    same = [entry["label"] for entry in study.outcomes if entry not in varying]
    rows = []
    for row in study.rows:
        cells = []
        for entry in varying:
            value = study.final(row, entry)
            cells.append((value, "" if value is None else words.number(entry.get("scale", 1) * value)))
        rows.append({"name": row["run"], "factors": [row[f] for f in study.factors], "exit": row["exit code"], "cells": cells})
    return {
        "kind": "study",
        "title": options.title or f"Study {study.folder.name}",
        "factors": study.factors,
        "outcomes": varying,
        "rows": rows,
        "failed": study.failed,
        "figures": groups,
        "same": same,
        "not_shown": [entry["label"] for entry in varying[MOST_OUTCOMES:]],
        "columns": len(study.rows[0]),
    }
