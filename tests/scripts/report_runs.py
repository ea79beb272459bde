# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Small run folders for the tests of scripts/report, a stand-in of the program, and a reader of pages."""

import json
import pathlib
import sys
from html.parser import HTMLParser
from unittest import mock

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(HERE)]

import test_scripts
from cutis_report import ReportError, __main__ as command, pictures

PARAMETERS = test_scripts.PARAMETERS.replace("plla, rf_microneedling", "plla") + """
subsection Time
  set End = 56
end
subsection Host
  set Age = 55 # year
  set Ageing = true
end
subsection Mesh
  set Dimension = 2
  set Width = 10 # mm
  set Cell size = 2.5 # mm
end
"""
UNITS = {"plla_mass": "mg", "mass_balance_defect": "1", "dermal_thickness": "mm"}
ENTRY = {"type": "number", "unit": "", "default": "", "provenance": "setting", "source": "", "text": ""}
DESCRIBED = {
    "parameters": [
        {**ENTRY, "path": "Intervention", "type": "text", "default": "none"},
        {**ENTRY, "path": "PLLA/Dose", "unit": "mg", "default": "100", "text": "PLLA in the suspension."},
        {**ENTRY, "path": "Network/dermis/TGF-beta decay", "unit": "1/d", "default": "0.3", "provenance": "assumed", "source": "a guess"},
        {**ENTRY, "path": "Host/Age", "unit": "year", "default": "55"},
    ],
    "observables": [{"entries": [{"name": "collagen_total [1]", "meaning": "Collagen of the dermis.", "reads": "collagen_new"}]}],
    "network": [{"title": "Network dermis: fields", "entries": [{"name": "collagen_new", "meaning": "new collagen", "unit": "1"}]}],
    "interventions": [{"entries": [{"name": "plla", "meaning": "Injection of particles", "subsection": "PLLA"}]}],
}
PROGRAM = """#!/bin/sh
if [ "$1" = version ]; then echo "revision  abc1234"; else cat "$(dirname "$0")/$2.json"; fi
"""
VOID = {"meta", "img", "br", "input", "link", "hr"}


class Page(HTMLParser):
    """The elements of a page as (name, attributes, text); AssertionError if tags are not closed in their order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements = [], []
        self.feed(html)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names), f"{tag} has an attribute twice"
        self.elements.append([tag, dict(attributes), ""])
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        number = self.open.pop()
        assert self.elements[number][0] == tag, f"</{tag}> closes <{self.elements[number][0]}>"

    def handle_data(self, data):
        for number in self.open:
            self.elements[number][2] += data

    def all(self, tag, **wanted):
        found = [(a, text) for name, a, text in self.elements if name == tag]
        return [(a, t) for a, t in found if all(value in (a.get(key.rstrip("_")) or "").split() for key, value in wanted.items())]


class Reports(test_scripts.InFolder):
    """A folder in which runs are made, and the stand-in of the program."""

    def setUp(self):
        super().setUp()
        self.program = self.folder / "cutis"
        self.program.write_text(PROGRAM, encoding="utf-8")
        for topic, described in DESCRIBED.items():
            (self.folder / f"{topic}.json").write_text(json.dumps(described), encoding="utf-8")
        self.program.chmod(0o755)
        pictures.use_style()

    def make_run(self, name, gain=0.2, days=(0, 28, 56), finished=True, parameters=PARAMETERS, **more):
        """A run of three rows and two output times, whose collagen rises by `gain`."""
        folder = self.folder / name
        collagen = {
            "collagen_new": lambda x: 0.1 + 0 * x[:, 0],
            "collagen_mature": lambda x: 0.9 + 0 * x[:, 0],
            "elastin": lambda x: 1 + 0 * x[:, 0],
        }
        later = {**collagen, "collagen_new": lambda x: 0.1 + gain + 0.02 * x[:, 0]}
        test_scripts.write_run(folder, (4, 2), (-5, -4), (5, 0), [(days[0], collagen), (days[-1], later)])
        (folder / "parameters.prm").write_text(parameters, encoding="utf-8")
        n = len(days)
        table = {
            "collagen_total": np.linspace(0.741234, 0.741234 + gain, n),
            "plla_mass": np.linspace(150, 30, n),
            "dermal_thickness": 1.4 + 0.1 * np.linspace(0, 1, n),
            "min_elastin": np.full(n, 0.95),
            "mean_elastin": np.full(n, 1.0),
            "max_elastin": 1 + 0.3 * np.linspace(0, 1, n),
            "a_new_column": np.linspace(5, 6, n) ** 2,
            "mass_balance_defect": 1e-14 * np.arange(n),
            **more,
        }
        header = "time [d]," + ",".join(f"{c} [{UNITS.get(c, '1')}]" for c in table)
        rows = [f"{day}," + ",".join(repr(float(values[k])) for values in table.values()) for k, day in enumerate(days)]
        (folder / "timeseries.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        entry = {"Cutis": "0.1.0", "revision": "abc1234", "ranks": 2, "start": "2026-01-01T00:00:00Z"}
        entry["inputs"] = [{"file": "/somewhere/case.prm", "fnv1a": "0123456789abcdef"}]
        if finished:
            self.write_summary(folder, table, days)
            entry.update(end="2026-01-01T00:01:00Z", exit="done")
        (folder / "provenance.json").write_text(json.dumps({"runs": [entry]}), encoding="utf-8")
        return folder

    @staticmethod
    def write_summary(folder, table, days):
        summary = {"exit": "done", "time": days[-1], "steps": 9, "rejected_steps": 1, "wall_seconds": 2.0, "cells": 8, "dofs": 40}
        summary["peak_memory_total_MB"] = 100.0
        summary["checks"] = {"lowest_value": 0.0, "not_negative": True, "finite": True, "mass_is_balanced": True}
        summary["checks"].update(mass_balance_defect=2e-14, lowest_field="elastin", lowest_time=0.0)
        summary["interventions"] = {"plla": {"notes": [], "limits": ["Nothing is known of this."]}}
        summary["sessions"] = [{"time": 0.0, "intervention": "plla", "session": 1, "injected_mg": 150.0}]
        summary["final"] = {c: float(values[-1]) for c, values in table.items()}
        summary["peak"] = {c: {"value": float(max(v)), "time": float(days[int(np.argmax(v))])} for c, v in table.items()}
        (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")

    def options(self, *arguments):
        words_of_line = [str(argument) for argument in arguments]
        if "--output" not in words_of_line:
            words_of_line += ["--output", str(self.folder / "report.html")]
        with mock.patch.object(sys, "argv", ["report", *words_of_line, "--program", str(self.program), "--times", "2"]):
            return command.arguments()

    def report(self, *arguments):
        """The text of a report."""
        options = self.options(*arguments, "--overwrite")
        with mock.patch("builtins.print"):
            command.report(options)
        return options.output.read_text(encoding="utf-8")

    def problems(self, *arguments):
        with self.assertRaises(ReportError) as raised:
            command.report(self.options(*arguments))
        return raised.exception.problems
