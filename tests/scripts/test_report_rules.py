# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of what scripts/report refuses, and of its tables of columns and limits against the reference pages."""

import re
import subprocess
import tomllib
import unittest
from unittest import mock

from report_runs import ROOT, Reports
from cutis_output import Run
from cutis_report import columns, limits, words
from cutis_report.knowledge import Knowledge


class Refusals(Reports):
    def test_all_reasons_at_once_and_nothing_written(self):
        run = self.make_run("run_a")
        (self.folder / "empty").mkdir()
        (self.folder / "mine.html").write_text("mine")
        result = subprocess.run(
            [ROOT / "scripts" / "report", self.folder / "run_b", self.folder / "empty", run / "summary.json", self.folder]
            + ["--output", self.folder / "mine.html", "--times", "1", "--against", self.folder / "nowhere"],
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 2)
        lines = result.stderr.strip().splitlines()
        self.assertEqual(len(lines), 7, result.stderr)
        for line, text in zip(lines, ("did you mean .*run_a", "is no run", "its folder, .*run_a", "in it there are: .*run_a",
                                      "no folder .*nowhere", "there already; --overwrite", "expected 2 to 60")):
            self.assertRegex(line, f"^Error: .*{text}")
        self.assertEqual((self.folder / "mine.html").read_text(), "mine")

    def test_single_reasons(self):
        a, b = self.make_run("a"), self.make_run("short", days=(0, 14))
        for arguments, text in (
            ((a, b, "--names", "x,x"), "need as many different names"),
            ((a, "--output", self.folder / "report.txt"), "should end with .html"),
            ((a, "--fields", "elastic"), "no field elastic.*elastin"),
            ((a, "--against", b), "ends on day 14"),
            ((a, "--log", self.folder / "none.log"), "no log"),
        ):
            with self.subTest(text):
                self.assertRegex(" ".join(self.problems(*arguments)), text)
        (a / "timeseries.csv").write_text("time [d],collagen_total [1]\n")
        self.assertIn("has no rows yet", self.problems(a)[0])

    def test_without_a_program_the_rest_is_reported(self):
        folder = self.make_run("a")
        self.program.unlink()
        self.assertIn("does not describe itself", self.problems(folder)[0])
        self.assertIn("not at hand", Knowledge(self.program).missing)


class Tables(unittest.TestCase):
    """The data files of reports name what the program has; the reference pages are made by the program."""

    PARAMETERS = {
        f"{section}/{name}" if section != "Top level" else name
        for section, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", (ROOT / "docs/parameters.md").read_text(), re.M | re.S)
        for name in re.findall(r"^\| ([^|]+?) \|", body, re.M)
    }
    COLUMNS = set(re.findall(r"^- \*\*(\w+) \[", (ROOT / "docs/observables.md").read_text(), re.M))
    FIELDS = set(re.findall(r"^- \*\*(\w+)\*\*", (ROOT / "docs/networks.md").read_text(), re.M))

    def known(self, column):
        kind, key = columns.kind_of(column)
        return column in self.COLUMNS or (kind and key in self.FIELDS)

    def test_conditions_of_limits_ask_for_what_there_is(self):
        for limit in limits.read_limits():
            self.assertTrue((ROOT / limit["source"]).is_file(), limit)
            for condition in limit.get("when", []):
                left, operation, right = limits.parse(condition)
                if operation in limits.ORDER:
                    float(right)
                for part in left.split(" over "):
                    kind, _, column = part.partition(" ")
                    there = part in limits.OWN or part in self.PARAMETERS or (kind in limits.COLUMNS and self.known(column))
                    self.assertTrue(there, f"{condition}: there is no {part}")

    def test_figures_and_outcomes_are_of_columns_that_there_are(self):
        arranged = tomllib.loads(columns.FILE.read_text(encoding="utf-8"))
        named = [c for figure in arranged["figure"] for c in figure["curves"]] + [o["column"] for o in arranged["outcome"]]
        self.assertEqual([c for c in named if not self.known(c)], [])
        drawn = [c for figure in arranged["figure"] for c in figure["curves"]]
        self.assertEqual(len(set(drawn)), len(drawn), "a column would be drawn twice")
        for section, names in arranged["protocol"].items():
            self.assertEqual([n for n in names if f"{section}/{n}" not in self.PARAMETERS], [], section)

    def test_numbers_as_people_read_them(self):
        for value, text in ((0.741234, "0.7412"), (89181.97, f"89{words.THIN}180"), (1.2e-7, "1.2 × 10⁻⁷"), (-3, "−3"),
                            (0, "0"), (9999.96, f"10{words.THIN}000"), (0.99996, "1"), (float("nan"), "no number")):
            self.assertEqual(words.number(value), text)
        self.assertEqual([words.unit(u) for u in ("1/mm^3", "1", "mg/cm^3", "deg")], ["per mm³", "", "mg/cm³", "°"])
        self.assertEqual([words.change(v) for v in (0.5, -0.5, 0)], ["+0.5", "−0.5", "0"])


class Limits(Reports):
    def met(self, **settings_of_run):
        parameters = {"Intervention": "plla", "Host/Ageing": "false", "Host/Age": "55", **settings_of_run}
        run = mock.Mock(parameters=parameters, summary={}, timeseries=Run(self.folder / "a").timeseries)
        return " ".join(text for text, _ in limits.limits_met(run, Knowledge(self.program))[0])

    def test_a_run_is_told_what_it_meets_and_no_more(self):
        self.make_run("a")
        self.assertIn("18.8 mg/mL, more than a vial", self.met(**{"PLLA/Dose": "150", "PLLA/Dilution": "8"}))
        self.assertNotIn("more than a vial", self.met(**{"PLLA/Dose": "150", "PLLA/Dilution": "9"}))
        self.assertNotIn("more than a vial", self.met(**{"Intervention": "msc", "PLLA/Dose": "150", "PLLA/Dilution": "1"}))
        self.assertIn("82 years old at the end", self.met(**{"Host/Age": "82"}))
        self.assertNotIn("grows older", self.met())
        self.assertIn("grows older", self.met(**{"Host/Ageing": "true"}))
        self.assertIn("1 constant(s) of the model differ", self.met(**{"Network/dermis/TGF-beta decay": "0.24"}))
        self.assertNotIn("differ from", self.met(**{"Network/dermis/TGF-beta decay": "0.30"}))


if __name__ == "__main__":
    unittest.main()
