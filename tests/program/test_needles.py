# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Courses of radio-frequency microneedling as users run them: the account of what was done, pores, numbers of ranks,
interruptions between two sessions, adaptive meshes, and what cannot be done.

Usage: test_needles.py CUTIS MPIEXEC [unittest arguments]
"""

import json
import os
import shutil
import sys
import unittest

import test_program as program
from test_program import ON_STEPS, largest_difference, time_series

# Two pairs of needles in a section, with the lesion of a single needle, and two sessions.
COURSE = """
set Title        = A small course
set Intervention = rf_microneedling
subsection RF microneedling
  set Sessions  = 0 d, 14 d
  set Columns   = 4
  set Rows      = 2
  set Tip depth = 1 mm
  set Power     = 0.5 W
  set Model     = single needle
end
subsection Skin
  set Layers = epidermis, dermis, hypodermis
  subsection dermis
    set Thickness = 2 mm
    set Cells     = 16
  end
  subsection hypodermis
    set Thickness = 1 mm
  end
end
subsection Mesh
  set Width     = 6 mm
  set Cell size = 0.125 mm
end
subsection Time
  set End = 28 d
end
subsection Output
  set Every = 1 d
end
"""


def summary(folder):
    return json.loads((folder / "summary.json").read_text())


class Needles(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.file = self.write("course.prm", COURSE)

    def test_the_summary_accounts_for_the_sessions(self):
        folder, _ = self.run_small("run")
        data = summary(folder)
        needles, sessions = data["interventions"]["rf_microneedling"], data["sessions"]
        lesion = json.loads((folder / "lesion.json").read_text())
        self.assertEqual(lesion["needles"], 1)
        self.assertAlmostEqual(needles["energy_per_needle_J"], 0.5 * 0.5 * 0.5, msg="half of 0.5 W for 0.5 s")
        self.assertEqual(needles["energy_per_needle_J"], lesion["energy_J"])
        self.assertEqual(needles["collagen_lesion_mm3"], lesion["collagen_lesion"]["volume_mm3"])
        self.assertLess(abs(needles["heat_balance_defect"]), 1e-9)
        self.assertEqual([(s["time"], s["session"]) for s in sessions], [(0, 1), (14, 2)])
        for session in sessions:
            self.assertEqual(session["firings"], 4)
            self.assertAlmostEqual(session["energy_J"], 4 * 0.5 * 0.5, msg="0.5 W for 0.5 s, four pairs")
            self.assertGreater(session["denatured_mm2"], 0.1)
            self.assertLess(abs(session["denatured_difference"]), 0.02)
            self.assertLess(abs(session["dead_difference"]), 0.02)
        self.assertTrue(any("section" in note for note in needles["notes"]))
        self.assertEqual(needles["limits"], [])
        self.assertTrue(data["checks"]["not_negative"])
        self.assertGreater(data["checks"]["lowest_value"], -1e-12)

    def test_boiling_is_reported_as_a_limit(self):
        folder, result = self.run_small("run", "--set=RF microneedling/Power=1 W", "--set=Time/End=15 d")
        needles = summary(folder)["interventions"]["rf_microneedling"]
        self.assertGreater(needles["boiled_mm3"], 0)
        self.assertGreaterEqual(needles["peak_temperature_degC"], 100)
        self.assertIn("100 degrees", needles["limits"][0])
        self.assertIn("steam", result.stdout + result.stderr)

    def test_pores_close_with_their_half_life(self):
        rows = time_series(
            self.run_small(
                "run", "--set=RF microneedling/Energy=false", "--set=Output/Every=23.28 h", "--set=Time/Tolerance=1e-4", *ON_STEPS
            )[0]
        )
        share = [row["open_surface [1]"] for row in rows]
        self.assertAlmostEqual(share[0], 4 * 0.235 / 6, delta=0.002)
        for before, after in zip(share[:10], share[1:11]):
            self.assertAlmostEqual(after / before, 0.5, delta=0.002)
        self.assertLess(share[14], 1e-3 * share[0])
        self.assertGreater(share[15], 0.6 * share[0], "the second session opens them again")

    def test_the_same_input_gives_the_same_bytes(self):
        first, second = self.run_small("first")[0], self.run_small("second")[0]
        self.assertEqual((first / "timeseries.csv").read_bytes(), (second / "timeseries.csv").read_bytes())
        self.assertEqual((first / "lesion.json").read_bytes(), (second / "lesion.json").read_bytes())

    def test_any_number_of_ranks_gives_the_same(self):
        alone, _ = self.run_small("one")
        for ranks in (2, 3):
            with self.subTest(ranks=ranks):
                together, _ = self.run_small(f"with{ranks}", ranks=ranks)
                difference, column, day = largest_difference(time_series(alone), time_series(together))
                self.assertLess(difference, 1e-8, f"{column} on day {day}")
                for one, other in zip(summary(alone)["sessions"], summary(together)["sessions"]):
                    for name in one.keys() - {"intervention"}:
                        self.assertAlmostEqual(one[name], other[name], delta=1e-9, msg=name)

    def test_interrupted_between_two_sessions_and_resumed(self):
        whole, _ = self.run_small("whole")
        cut = self.folder / "cut"
        self.interrupt_after_a_row(cut)
        self.assertLess(time_series(cut)[-1]["time [d]"], 14.0)
        self.assertEqual(len(summary(cut)["sessions"]), 1)
        shutil.copytree(cut, self.folder / "cut_by_two")
        # The steps before the interruption were others; that a resumed run has the same bits is tested with Run.
        for name, ranks in (("cut", None), ("cut_by_two", 2)):
            resumed, _ = self.run_small(name, "--resume", ranks=ranks)
            self.assertEqual(program.times_of(resumed), program.times_of(whole))
            days = [[(s["time"], s["session"]) for s in summary(run)["sessions"]] for run in (whole, resumed)]
            self.assertEqual(days[0], days[1])
            means = [[{n: v for n, v in row.items() if n.startswith(("time", "mean_"))} for row in time_series(f)] for f in (whole, resumed)]
            difference, column, day = largest_difference(*means)
            self.assertLess(difference, 0.02, f"{column} on day {day}")

    def test_the_mesh_adapts_to_the_lesions_of_every_session(self):
        coarse = ["--set=Mesh/Cell size=0.5 mm", "--set=Skin/dermis/Cells=4", "--set=Mesh/Growth=3"]
        settings = [*coarse, "--set=Mesh/Adaptive=true", "--set=Mesh/Most refinements=3", "--set=Time/Tolerance=0.01"]
        adaptive, _ = self.run_small("adaptive", *settings)
        uniform, _ = self.run_small("uniform", "--set=Mesh/Cell size=0.0625 mm", "--set=Time/Tolerance=0.01")
        for session in summary(adaptive)["sessions"]:
            self.assertLess(abs(session["denatured_difference"]), 0.02)
            self.assertLess(abs(session["dead_difference"]), 0.02)
        cells = {row["time [d]"]: row["cells [1]"] for row in time_series(adaptive)}
        self.assertGreater(cells[0], 5 * 12 * 8, "fine around the lesions")
        self.assertLess(cells[13], 0.9 * cells[0], "coarser as they heal")
        self.assertGreater(cells[14], 1.1 * cells[13], "fine again for the next session")
        self.assertLess(max(cells.values()), 0.8 * time_series(uniform)[0]["cells [1]"])
        for name in ("collagen_total [1]", "mean_denatured_collagen [1]", "mean_fibroblast [1]"):
            one, other = time_series(adaptive)[-1][name], time_series(uniform)[-1][name]
            self.assertLess(abs(one - other), 0.02 * other, name)
        self.assertTrue(summary(adaptive)["checks"]["not_negative"])

    def test_a_block_adapts_to_a_needle(self):
        session = ["Polarity=monopolar", "Columns=1", "Rows=1", "Drive=current", "Current=16 mA", "Sessions=0 d"]
        block = ["Mesh/Dimension=3", "Mesh/Width=3 mm", "Mesh/Length=3 mm", "Mesh/Cell size=0.5 mm", "Mesh/Growth=3"]
        finer = ["Mesh/Adaptive=true", "Mesh/Most refinements=2", "Mesh/Refine above=0.3", "Skin/dermis/Cells=4"]
        short = ["Time/End=14 d", "Time/Tolerance=0.01", "Output/Every=7 d"]
        settings = [f"RF microneedling/{s}" for s in session] + block + finer + short
        arguments = [f"--set={s}" for s in settings]
        alone, _ = self.run_small("one", *arguments)
        entry = summary(alone)["sessions"][0]
        self.assertGreater(entry["denatured_mm3"], 0.1)
        self.assertLess(abs(entry["denatured_difference"]), 0.02)
        self.assertLess(abs(entry["dead_difference"]), 0.02)
        cells = [row["cells [1]"] for row in time_series(alone)]
        self.assertGreater(cells[0], 3 * 6 * 6 * 8, "fine around the lesion")
        self.assertLess(cells[-1], 0.8 * cells[0], "coarser as it heals")
        self.assertTrue(summary(alone)["checks"]["not_negative"])
        for ranks in (2, 3):
            together, _ = self.run_small(f"with{ranks}", *arguments, ranks=ranks)
            self.assertEqual([row["cells [1]"] for row in time_series(together)], cells, f"{ranks} ranks")
            difference, column, day = largest_difference(time_series(alone), time_series(together))
            self.assertLess(difference, 1e-6, f"{column} on day {day}")

    def test_a_course_that_cannot_be(self):
        file = self.write(
            "bad.prm",
            """set Intervention = rf_microneedling
subsection RF microneedling
  set Sessions       = 0 d, 400 d
  set Pitch          = 0.2 mm
  set Tip depth      = 3.4 mm
  set Exposed length = 5 mm
  set Pulse          = 0 s
  set Cooling time   = 1 d
  set Drive          = temperature
  set Temperature    = 30 degC
  set Columns        = 61
  set Power          = 1 kW
  set Current        = 16
  set Voltage        = 3 A
  subsection Damage
    set Cells log frequency        = 900
    set Collagen activation energy = 89
  end
end
subsection Mesh
  set Width = 8 mm
  set Depth = 3.2 mm
end
subsection Time
  set End = 365 d
end
""",
        )
        self.expect_bad_input(
            program.cutis("run", file, "--output", self.folder / "bad"),
            "bad.prm:3: RF microneedling/Sessions: the session on day 400 is not before the end",
            "bad.prm:4: RF microneedling/Pitch: Needles of 0.235 mm at a pitch of 0.2 mm overlap",
            "bad.prm:5: RF microneedling/Tip depth: the tips at 3.4 mm lie below the patch, which is 3.2 mm deep",
            "bad.prm:6: RF microneedling/Exposed length: ",
            "bad.prm:7: RF microneedling/Pulse: '0 s' is out of range; expected 0.001 to 60 s",
            "bad.prm:8: RF microneedling/Cooling time: ",
            "bad.prm:10: RF microneedling/Temperature: Needles cannot be held at 30 degC",
            "bad.prm:11: RF microneedling/Columns: bipolar needles fire in pairs",
            "bad.prm:11: RF microneedling/Columns: the needles stand from",
            "bad.prm:12: RF microneedling/Power: ",
            "bad.prm:13: RF microneedling/Current: ",
            "bad.prm:14: RF microneedling/Voltage: '3 A' is",
            "bad.prm:16: RF microneedling/Damage/Cells log frequency: The damage to cells overflows",
            "bad.prm:17: RF microneedling/Damage/Collagen activation energy: ",
        )
        self.assertFalse((self.folder / "bad").exists())

    def test_limits_of_the_generator(self):
        for drive, assignment, sentence in (
            ("power", "Power=8 W", "8 W are asked for, but the generator gives 5 W at most"),
            ("voltage", "Voltage=200 V", "raise `Highest voltage`"),
            ("current", "Current=300 mA", "raise `Highest current`"),
        ):
            with self.subTest(drive=drive):
                settings = [f"--set=RF microneedling/Drive={drive}", f"--set=RF microneedling/{assignment}"]
                self.expect_bad_input(program.cutis("check", self.file, *settings), sentence)


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
