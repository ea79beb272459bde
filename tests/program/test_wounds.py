# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Wounds as users meet them: shipped cases, contraction, hosts, resumed runs, ranks, bad input.

Usage: test_wounds.py CUTIS MPIEXEC [unittest arguments]
"""

import json
import os
import sys
import unittest
from pathlib import Path

import test_program as program
from test_program import DONE, cutis, largest_difference, time_series

PARAMETERS = Path(__file__).resolve().parents[2] / "parameters"
SHIPPED = [
    "incision",
    "healing_disc",
    "excision_disc_3d",
    "burn",
    "diabetic_ulcer",
    "hypertrophic_scar",
    "msc_on_ulcer",
    "msc_into_ulcer",
]
DISC = ["--set=Mesh/Cell size=1 mm", "--set=Wound/Rim width=.5 mm", "--set=Output/Fields every=1000 d"]


def results(folder):
    """Rows without what a run has cost, which a resumed one counts anew."""
    return [{name: value for name, value in row.items() if "iterations" not in name} for row in time_series(folder)]


def area(row):
    """Area of the wound over that of the cut."""
    return 1 - row["site_contraction [1]"]


class Wounds(program.ProgramTest):
    def run_shipped(self, name, folder, *more, ranks=None):
        out = self.folder / folder
        command = ["run", PARAMETERS / f"{name}.prm", "--output", out, "--overwrite", "-q", *more]
        result = cutis(*command, ranks=ranks)
        self.assertEqual(result.returncode, DONE, result.stderr + result.stdout)
        return out

    def test_what_is_shipped_is_good_to_run(self):
        for name in SHIPPED:
            with self.subTest(name=name):
                result = cutis("check", PARAMETERS / f"{name}.prm")
                self.assertEqual(result.returncode, DONE, result.stderr)

    def test_a_disc_gapes_is_drawn_together_and_opens_again(self):
        # 37 % of human excisions is closed by contraction on day 21 (Ramirez 1969); cells of 1 mm resolve it roughly.
        rows = time_series(self.run_shipped("excision_disc_3d", "disc", *DISC, "--set=Time/End=63 d"))
        at = {round(row["time [d]"]): area(row) for row in rows}
        self.assertGreater(at[0], 1.3)
        self.assertLess(at[0], 1.6)
        self.assertGreater(at[7], 0.85 * at[0])
        self.assertLess(at[21], 0.76 * at[0])
        self.assertGreater(at[21], 0.6 * at[0])
        self.assertGreater(at[63], at[21])
        self.assertGreater(at[63], 1)
        strength = {round(row["time [d]"]): row["strength_at_site [1]"] for row in rows}
        self.assertLess(strength[14], strength[28])

    def test_tense_skin_gapes_more_and_is_closed_less(self):
        cut = {}
        for tension in ("7", "30"):
            held = [f"--set=Mechanics/Tension {axis}={tension} kPa" for axis in ("along", "across")]
            cut[tension] = time_series(self.run_shipped("excision_disc_3d", tension, *DISC, *held, "--set=Time/End=21 d"))
        self.assertLess(area(cut["7"][0]), area(cut["30"][0]))
        self.assertLess(area(cut["7"][-1]), area(cut["30"][-1]))

    def test_contraction_is_the_same_on_two_ranks_and_after_a_stop(self):
        small = [*DISC, "--set=Mesh/Width=12 mm", "--set=Mesh/Length=12 mm", "--set=Time/Tolerance=1e-2"]
        places = ["Wound/Centres along width", "Wound/Centres along length", "Output/Site along width"]
        small += [f"--set={place}=-6 mm" for place in (*places, "Output/Site along length")]
        whole = results(self.run_shipped("excision_disc_3d", "whole", *small, "--set=Time/End=14 d"))
        folder = self.run_shipped("excision_disc_3d", "cut", *small, "--set=Time/End=7 d")
        again = ["--output", folder, "--resume", *small, "--set=Time/End=14 d"]
        resumed = cutis("run", PARAMETERS / "excision_disc_3d.prm", *again)
        self.assertEqual(resumed.returncode, DONE, resumed.stderr)
        difference = largest_difference(whole, results(folder))
        self.assertEqual(difference[0], 0, difference)
        two = results(self.run_shipped("excision_disc_3d", "two", *small, "--set=Time/End=14 d", ranks=2))
        self.assertLess(largest_difference(whole, two)[0], 1e-5)

    def test_ulcers_close_late_and_cells_help(self):
        coarse = ["--set=Mesh/Cell size=.5 mm", "--set=Time/End=70 d", "--set=Output/Fields every=1000 d"]
        names = ("healing_disc", "diabetic_ulcer", "msc_on_ulcer")
        left = {name: time_series(self.run_shipped(name, name, *coarse)) for name in names}
        open_at_end = {name: rows[-1]["open_wound [mm^2]"] for name, rows in left.items()}
        self.assertLess(open_at_end["healing_disc"], 1e-3)
        self.assertGreater(open_at_end["diabetic_ulcer"], 12)
        self.assertLess(open_at_end["msc_on_ulcer"], 0.5 * open_at_end["diabetic_ulcer"])
        for rows in left.values():  # Jin et al. 2011
            self.assertLess(max(row["max_leukocyte [1]"] for row in rows), 5)

    def test_an_incision_is_weak_for_weeks(self):
        coarse = ["--set=Mesh/Cell size=.1 mm", "--set=Output/Every=21 d", "--set=Output/Fields every=1000 d"]
        rows = time_series(self.run_shipped("incision", "incision", *coarse, "--set=Time/End=42 d"))
        self.assertLess(rows[1]["strength_at_site [1]"], 0.4)
        self.assertGreater(rows[2]["strength_at_site [1]"], 1.5 * rows[1]["strength_at_site [1]"])

    def test_a_burn_says_how_deep_it_is(self):
        coarse = ["--set=Mesh/Cell size=.5 mm", "--set=Time/End=1 d", "--set=Output/Fields every=1000 d"]
        folder = self.run_shipped("burn", "burn", *coarse)
        session = json.loads((folder / "summary.json").read_text())["sessions"][0]
        self.assertGreater(session["dead_to_mm"], session["denatured_to_mm"])
        self.assertGreater(session["denatured_to_mm"], 0.1)

    def test_bad_input(self):
        wound = ["--set=Intervention=wound"]
        for wrong, parts in {
            ("Wound/Shape=disk",): ["disc"],
            ("Wound/Bottom=30 mm", "Wound/Shape=disc"): ["lies below the skin patch"],
            ("Wound/Angle=30 deg", "Wound/Shape=incision"): ["crosses the wound at a right angle"],
            ("Wound/Kind=burn", "Wound/Inside=fibroblast=0"): ["a burn follows from its heat"],
            ("Wound/Kind=burn", "Wound/Contact temperature=500 degC"): ["out of range", "400"],
            ("Wound/Contact time=-1 s",): ["out of range"],
            ("Host/Perfusion=0",): ["out of range"],
            ("Wound/Kind=burn", "Network=tepole2017"): ["needs the field"],
            ("Wound/Graft=true", "Network=tepole2017", "Wound/Inside=collagen=0"): ["needs the field", "epidermis"],
            ("Wound/Splint=14 d", "Wound/Shape=everywhere"): ["no edge along the skin"],
            ("Wound/Splint=-1 d",): ["out of range"],
            ("Wound/Splint=14 kg",): ["a time in d"],
            ("Wound/Splint width=0 mm",): ["out of range"],
            ("Wound/Splnt=14 d",): ["did you mean", "Splint"],
        }.items():
            with self.subTest(wrong=wrong):
                result = cutis("check", self.file, *wound, *(f"--set={one}" for one in wrong))
                self.expect_bad_input(result, *parts)


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
