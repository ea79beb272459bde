# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Stromal cells, their factors and filler as users meet them: routes, together with other interventions, bad input.

Usage: test_msc.py CUTIS MPIEXEC [unittest arguments]
"""

import json
import math
import os
import sys
import unittest

import test_program as program
from test_meshes import section
from test_needles import COURSE
from test_program import DONE, ON_STEPS, cutis, largest_difference, time_series

CELLS = ["--set=Intervention=msc", "--set=MSC/Depot volume=.005 mL", "--set=MSC/Depth=1 mm"]
ALL = [  # everything at once, in a layered patch
    "--set=Intervention=wound, plla, filler, msc",
    "--set=Wound/Radius=1 mm",
    "--set=Wound/Centres along width=-2 mm",
    "--set=PLLA/Sessions=0 d",
    "--set=PLLA/Centres along width=2 mm",
    "--set=Filler/Depot radius=1 mm",
    "--set=Filler/Depot height=1 mm",
    "--set=Filler/Depth=1 mm",
    "--set=MSC/Sessions=0 d, 5 d",
    "--set=MSC/Depot volume=.005 mL",
    "--set=MSC/Depth=1 mm",
]

# Lesions of a section in which cells lie: sessions of both on the same days.
IN_LESIONS = [
    "--set=Intervention=rf_microneedling, msc",
    "--set=MSC/Sessions=0 d, 14 d",
    "--set=MSC/Depot volume=.005 mL",
    "--set=MSC/Depth=1 mm",
    "--set=Mesh/Cell size=.25 mm",
    "--set=Skin/dermis/Cells=8",
    "--set=Output/Every=7 d",
]

def alive(days):
    """Share of the cells of a session that is left."""
    return 0.975 * math.exp(-0.205 * days) + 0.025 * math.exp(-0.004 * days)


def summary(folder):
    return json.loads((folder / "summary.json").read_text())


class StromalCells(program.ProgramTest):
    def test_every_cell_is_accounted_for(self):
        folder, _ = self.run_small("run", *CELLS, "--set=MSC/Sessions=0 d, 14 d")
        data, rows = summary(folder), time_series(folder)
        placed = [session["living_cells"] for session in data["sessions"]]
        # A bolus is a cylinder of 2 pi sigma^2 in a slice of 1 mm, here of 1e4 cells per mm^3; .9 of it lie in the patch.
        sigma = 5 ** (1 / 3) / math.sqrt(2 * math.pi)
        self.assertAlmostEqual(placed[0], 1e4 * 2 * math.pi * sigma**2, delta=0.1 * placed[0])
        self.assertAlmostEqual(rows[0]["msc_count [1]"], placed[0], delta=1e-9 * placed[0])
        self.assertAlmostEqual(rows[1]["msc_count [1]"], placed[0] * alive(7), delta=2e-3 * placed[0])
        # The heat of the second session kills a part of those of the first.
        self.assertLess(rows[-1]["msc_count [1]"], placed[0] * alive(28) + placed[1] * alive(14))
        self.assertGreater(rows[-1]["msc_count [1]"], 0.5 * placed[0] * alive(28) + placed[1] * alive(14))
        self.assertTrue(data["checks"]["mass_is_balanced"])
        self.assertGreater(data["checks"]["hgf_balance_defect"], 0)
        self.assertGreater(rows[1]["m2_share [1]"], 0.01)
        self.assertIn("No collagen mass", " ".join(data["interventions"]["msc"]["limits"]))

    def test_without_living_cells_it_is_the_run_without(self):
        none = time_series(self.run_small("none", "--set=Intervention=none")[0])
        folder, result = self.run_small("dead", *CELLS, "--set=MSC/Viability=0")
        self.assertIn("brings no living cell", result.stdout + result.stderr)
        self.assertEqual(largest_difference(none, time_series(folder))[0], 0)

    def test_a_pattern_finer_than_the_mesh_is_told(self):
        printed = ["--set=Intervention=msc", "--set=MSC/Route=bioprint", "--set=MSC/Radius=2 mm", "--set=Time/End=1 d"]
        _, coarse = self.run_small("coarse", *printed)
        self.assertIn("Lines of 0.4 mm are printed on nodes that are about", coarse.stdout + coarse.stderr)
        folder, fine = self.run_small("fine", *printed, "--set=Mesh/Cell size=.05 mm", "--set=MSC/Line width=.5 mm")
        self.assertNotIn("smeared", fine.stdout + fine.stderr)
        # Four lines of .5 mm in a layer of .5 mm, 9e3 living cells per mm^3, and the half ones at the rim
        self.assertAlmostEqual(summary(folder)["sessions"][0]["living_cells"], 9e3 * 4 * 0.5 * 0.5, delta=0.06 * 9e3)

    def test_factors_cross_open_skin_alone(self):
        topical = ["--set=Intervention=msc", "--set=MSC/Route=topical", "--set=Time/End=7 d", "--set=Output/Every=1 d"]
        closed, result = self.run_small("closed", *topical, "--set=MSC/Pores=none")
        self.assertIn("The surface is closed", result.stdout + result.stderr)
        self.assertEqual(time_series(closed)[-1]["hgf_brought [ng]"], 0)
        rows = time_series(self.run_small("roller", *topical)[0])
        brought = [row["hgf_brought [ng]"] for row in rows]
        self.assertGreater(brought[1], 0)
        self.assertAlmostEqual(brought[-1], brought[1], delta=1e-9, msg="after a day it is taken off")

    def test_factors_pass_where_needles_were(self):
        needled = [
            "--set=Intervention=rf_microneedling, msc",
            "--set=RF microneedling/Energy=false",
            "--set=RF microneedling/Columns=4",
            "--set=MSC/Route=topical",
            "--set=MSC/Pores=rf_microneedling",
            "--set=Time/End=3 d",
            "--set=Output/Every=1 d",
        ]
        rows = time_series(self.run_small("needled", *needled)[0])
        self.assertGreater(rows[-1]["hgf_brought [ng]"], 0)
        self.assertGreater(rows[0]["open_surface [1]"], 0)
        for order in ("msc", "msc, rf_microneedling"):
            wrong = cutis("check", self.file, *needled, f"--set=Intervention={order}")
            self.expect_bad_input(wrong, "'msc' needs the field 'pore'", "named before it")

    def test_factors_on_a_mesh_of_the_user(self):
        mesh = self.write("own.msh", section(lambda x, y: (x, y)))
        own = ["--set=Intervention=msc", "--set=MSC/Route=topical", f"--set=Mesh/File={mesh}", "--set=Time/End=2 d"]
        folder, _ = self.run_small("own", *own)
        self.assertAlmostEqual(summary(folder)["sessions"][0]["covered_mm2"], 10, delta=1e-9)
        bare = self.write("bare.msh", section(lambda x, y: (x, y)).replace('"surface"', '"top"'))
        refused = cutis("check", self.file, *own[:2], f"--set=Mesh/File={bare}")
        self.assertNotEqual(refused.returncode, DONE)

    def test_bad_input(self):
        for wrong, parts in {
            "MSC/Concentration=1e7 mg/mL": ["a number per volume"],
            "MSC/Concentration=1e12 /mL": ["out of range"],
            "MSC/Route=oral": ["inject, bioprint"],
            "Network=tepole2017": ["use the network 'dermis'"],
            "MSC/Line width=2 mm": ["overlap at a pitch of 1 mm"],
            "MSC/Depth=40 mm": ["outside the skin patch"],
        }.items():
            with self.subTest(wrong=wrong):
                route = ["--set=MSC/Route=bioprint", "--set=MSC/Radius=2 mm"] if "Line" in wrong else []
                self.expect_bad_input(cutis("check", self.file, *CELLS, *route, "--set", wrong), *parts)
        for right in ("1e7 /mL", "1e7 cells/mL", "1e7", "1e4 cells/mm^3"):
            with self.subTest(right=right):
                self.assertEqual(cutis("check", self.file, *CELLS, f"--set=MSC/Concentration={right}").returncode, DONE)
        for wrong, part in {"Filler/Fraction=100 %": "out of range", "Filler/Region=nose": "midface, lip"}.items():
            with self.subTest(wrong=wrong):
                self.expect_bad_input(cutis("check", self.file, "--set=Intervention=filler", "--set", wrong), part)


class Together(program.ProgramTest):
    def test_any_number_of_ranks_gives_the_same(self):
        until = ["--set=Time/End=7 d"]  # wounds agree to round-off in the first week
        alone = time_series(self.run_small("one", *ALL, *until)[0])
        for ranks in (2, 3):
            with self.subTest(ranks=ranks):
                together = time_series(self.run_small(f"with{ranks}", *ALL, *until, ranks=ranks)[0])
                difference, column, day = largest_difference(alone, together)
                self.assertLess(difference, 1e-6, f"{column} on day {day}")

    def test_resumed_in_the_middle_of_the_course(self):
        course = [*ALL, *ON_STEPS]
        whole, _ = self.run_small("whole", *course)
        cut, _ = self.run_small("cut", *course, "--set=Time/End=7 d")
        self.run_small("cut", *course, "--resume")
        self.assertEqual((whole / "timeseries.csv").read_bytes(), (cut / "timeseries.csv").read_bytes())

    def test_resumed_while_something_is_on_the_skin(self):
        topical = [
            "--set=Intervention=msc",
            "--set=MSC/Route=topical",
            "--set=MSC/Time on skin=5 d",
            "--set=Output/Every=2 d",
            "--set=Time/End=8 d",
            *ON_STEPS,
        ]
        whole, _ = self.run_small("whole", *topical)
        cut, _ = self.run_small("cut", *topical, "--set=Time/End=4 d")
        self.run_small("cut", *topical, "--resume")
        self.assertEqual((whole / "timeseries.csv").read_bytes(), (cut / "timeseries.csv").read_bytes())

    def test_an_adapted_mesh_and_a_block(self):
        folder, _ = self.run_small("adapted", *ALL, "--set=Mesh/Adaptive=true", "--set=Time/End=14 d")
        self.assertTrue(summary(folder)["checks"]["mass_is_balanced"], summary(folder)["checks"])
        self.assertTrue(summary(folder)["checks"]["not_negative"])
        block = ["--set=Mesh/Dimension=3", "--set=Mesh/Length=3 mm", "--set=Mesh/Width=8 mm", "--set=Mesh/Cell size=.5 mm"]
        folder, _ = self.run_small("block", *ALL, *block, "--set=Time/End=11 d")
        self.assertTrue(summary(folder)["checks"]["mass_is_balanced"], summary(folder)["checks"])


class InLesions(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.file = self.write("course.prm", COURSE)

    def test_cells_live_in_heated_skin(self):
        folder, _ = self.run_small("both", *IN_LESIONS)
        data, rows = summary(folder), time_series(folder)
        self.assertEqual([s["intervention"] for s in data["sessions"]], ["rf_microneedling", "msc"] * 2)
        placed = [s["living_cells"] for s in data["sessions"] if s["intervention"] == "msc"]
        self.assertGreater(data["sessions"][0]["denatured_mm2"], 0.1)
        self.assertAlmostEqual(rows[1]["msc_count [1]"], placed[0] * alive(7), delta=2e-3 * placed[0])
        # The heat of the second session kills a part of those of the first.
        self.assertLess(rows[-1]["msc_count [1]"], 0.98 * placed[0] * alive(28) + placed[1] * alive(14))
        self.assertGreater(rows[-1]["msc_count [1]"], 0.5 * placed[0] * alive(28) + placed[1] * alive(14))
        for check in ("mass_is_balanced", "not_negative", "finite"):
            self.assertTrue(data["checks"][check], data["checks"])
        # Macrophages that turn to repair are not called by damage.
        heat = time_series(self.run_small("heat", *IN_LESIONS, "--set=Intervention=rf_microneedling")[0])
        self.assertGreater(rows[1]["m2_share [1]"], 0.01)
        self.assertLess(rows[1]["inflammation [1/mm^3]"], heat[1]["inflammation [1/mm^3]"])

    def test_heat_kills_the_cells_that_are_there(self):
        first = ("--set=MSC/Sessions=0 d", "--set=RF microneedling/Sessions=0 d", "--set=Time/End=1 d")
        after = summary(self.run_small("after", *IN_LESIONS, *first, "--set=Intervention=rf_microneedling, msc")[0])
        before = summary(self.run_small("before", *IN_LESIONS, *first, "--set=Intervention=msc, rf_microneedling")[0])
        count = {run: time_series(self.folder / run)[0]["msc_count [1]"] for run in ("after", "before")}
        placed = next(s["living_cells"] for s in before["sessions"] if s["intervention"] == "msc")
        self.assertAlmostEqual(count["after"], placed, delta=1e-9 * placed)
        self.assertLess(count["before"], 0.95 * placed)
        for data in (after, before):
            self.assertTrue(data["checks"]["mass_is_balanced"])

    def test_dead_cells_are_the_heat_alone(self):
        heat = time_series(self.run_small("heat", *IN_LESIONS, "--set=Intervention=rf_microneedling")[0])
        dead = time_series(self.run_small("dead", *IN_LESIONS, "--set=MSC/Viability=0")[0])
        self.assertEqual(largest_difference(heat, dead)[0], 0)

    def test_two_ranks_give_the_same(self):
        alone = time_series(self.run_small("one", *IN_LESIONS)[0])
        together = time_series(self.run_small("with2", *IN_LESIONS, ranks=2)[0])
        difference, column, day = largest_difference(alone, together)
        self.assertLess(difference, 1e-8, f"{column} on day {day}")

    def test_resumed_after_the_second_session(self):
        course = [*IN_LESIONS, *ON_STEPS]
        whole, _ = self.run_small("whole", *course)
        cut, _ = self.run_small("cut", *course, "--set=Time/End=21 d")
        self.run_small("cut", *course, "--resume")
        self.assertEqual((whole / "timeseries.csv").read_bytes(), (cut / "timeseries.csv").read_bytes())


class Filler(program.ProgramTest):
    GEL = ["--set=Intervention=filler", "--set=Filler/Depot radius=1 mm", "--set=Filler/Depot height=1 mm", "--set=Filler/Depth=1 mm"]

    def test_without_mechanics_it_says_what_is_missing(self):
        folder, result = self.run_small("run", *self.GEL)
        self.assertIn("cells and collagen cannot respond", result.stdout + result.stderr)
        rows = time_series(folder)
        self.assertAlmostEqual(rows[-1]["filler_volume [mm^3]"] / rows[0]["filler_volume [mm^3]"], 0.87324, delta=2e-4)
        injected = summary(folder)["sessions"][0]["injected_mm3"]
        self.assertAlmostEqual(rows[0]["filler_volume [mm^3]"], injected, delta=1e-9)
        self.assertAlmostEqual(injected, 0.25 * math.pi * 0.5, delta=0.15, msg="an ellipse, and its soft rim")
        more = rows[0]["tissue_thickness [mm]"] - 3.5
        self.assertAlmostEqual(more * 8, rows[0]["filler_volume [mm^3]"], delta=1e-6, msg="volume over the width of 8 mm")

    def test_with_mechanics_the_gel_lifts_and_stretches(self):
        tense = ["--set=Mechanics/Enabled=true", "--set=Time/End=7 d", "--set=Host/Ageing=false"]
        folder, result = self.run_small("run", *self.GEL, *tense)
        self.assertNotIn("cannot respond", result.stdout + result.stderr)
        none = time_series(self.run_small("none", "--set=Intervention=none", *tense)[0])
        rows = time_series(folder)
        lifted = rows[0]["tissue_thickness [mm]"] - none[0]["tissue_thickness [mm]"]
        self.assertGreater(8 * lifted, 0.5 * rows[0]["filler_volume [mm^3]"])
        self.assertGreater(rows[-1]["tension_along [kPa]"], none[-1]["tension_along [kPa]"])


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
