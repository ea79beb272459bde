# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of scripts/compare.py on output folders of two rows."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))

import compare
from cutis_output import OutputError, Run
from cutis_runs import RunError


class Comparisons(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def arm(self, name, area, **other):
        """A run of two rows, on days 0 and 100, whose stained area goes from 1 to `area`."""
        folder = self.folder / name
        folder.mkdir()
        columns = {"collagen_area_fraction": (1.0, area), **other}
        lines = ["time [d]," + ",".join(f"{column} [1]" for column in columns)]
        lines += [f"{day}," + ",".join(str(values[k]) for values in columns.values()) for k, day in enumerate((0, 100))]
        (folder / "timeseries.csv").write_text("\n".join(lines) + "\n")
        (folder / "summary.json").write_text(json.dumps({"interventions": {name: {"limits": ["Nothing is known."]}}}))
        return Run(folder)

    def test_arms_are_held_against_untreated_skin_of_the_same_day(self):
        treated, none = self.arm("treated", 1.5), self.arm("none", 0.9)
        row = compare.Arms({"treated": treated}, none).outcomes(treated, [50, 100, 730], 1.1)
        self.assertAlmostEqual(row["stained type I, day 50 [% of the start]"], 30)
        self.assertAlmostEqual(row["stained type I, day 100 [% of the start]"], 60)
        self.assertNotIn("stained type I, day 730 [% of the start]", row)
        self.assertAlmostEqual(row["stained type I above 1.1 [d]"], 80, delta=0.01)
        alone = compare.Arms({"treated": treated}).outcomes(treated, [100], 1.1)
        self.assertAlmostEqual(alone["stained type I, day 100 [% of the start]"], 50)

    def test_what_the_untreated_arm_does_not_tell_is_left_out(self):
        treated, none = self.arm("treated", 1.5, stiffness_along=(100, 120)), self.arm("none", 0.9)
        outcomes = compare.Arms({"treated": treated}, none).outcomes(treated, [100], 1.1)
        self.assertFalse([name for name in outcomes if name.startswith("stiffness")])

    def test_an_untreated_arm_that_ends_too_early_is_refused(self):
        long, short = self.arm("long", 1.5), self.arm("short", 0.9)
        text = (short.directory / "timeseries.csv").read_text().replace("100,", "60,")
        (short.directory / "timeseries.csv").write_text(text)
        with self.assertRaisesRegex(OutputError, "untreated arm ends on day 60"):
            compare.Arms({"long": long}, Run(short.directory)).change(long, "collagen_area_fraction")

    def test_the_table_says_each_limit_once_and_round_off_is_nothing(self):
        runs = {"a": self.arm("a", 1.2), "b": self.arm("b", 1.0 + 1e-9)}
        arms = compare.Arms(runs)
        table = compare.pd.DataFrame({name: arms.outcomes(run, [100], 1.1) for name, run in runs.items()}).T
        compare.write_markdown(self.folder / "table.md", table, arms)
        text = (self.folder / "table.md").read_text()
        self.assertIn("| stained type I, day 100 [% of the start] | +20 | 0 |", text)
        self.assertIn("- a: Nothing is known. (a)", text)

    def test_a_list_of_arms_that_is_none_is_a_sentence(self):
        wrong = self.folder / "arms.json"
        wrong.write_text('{"arms": [{"parameters": "parameters/plla.prm"}]}')
        with self.assertRaisesRegex(RunError, "is no list of arms"):
            compare.run_arms(wrong, {}, self.folder, 1)

    def test_arms_of_the_same_name_are_refused(self):
        twice = self.folder / "arms.json"
        arm = {"name": "a", "parameters": "parameters/plla.prm"}
        twice.write_text(json.dumps({"arms": [arm, arm]}))
        with self.assertRaisesRegex(RunError, "same name"):
            compare.run_arms(twice, {}, self.folder, 1)


if __name__ == "__main__":
    unittest.main()
