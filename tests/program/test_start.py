# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How one begins: a file to start from, what a run will do, finding a parameter; and hosts whose habits change on the way.

Usage: test_start.py CUTIS MPIEXEC [unittest arguments]
"""

import json
import os
import re
import sys
import unittest

import test_program as program
from test_program import BAD_INPUT, DONE, cutis, time_series

QUICK = ["-q", "--set", "Mesh/Cell size=1 mm", "--set", "Mesh/Width=12 mm", "--set", "Time/End=0.01 d"]


class Init(program.ProgramTest):
    def test_a_file_of_every_intervention_can_be_run(self):
        for name in cutis("list", "interventions").stdout.split():
            with self.subTest(intervention=name):
                file = self.folder / f"{name}.prm"
                self.assertEqual(cutis("init", name, file).returncode, DONE)
                check = cutis("check", "--explain", file)
                self.assertEqual(check.returncode, DONE, check.stderr)
                if name != "rf_microneedling":  # its lesion takes a minute
                    run = cutis("run", file, "--output", self.folder / name, *QUICK)
                    self.assertEqual(run.returncode, DONE, run.stderr)

    def test_it_names_what_is_usually_set_and_explains_it(self):
        text = cutis("init", "plla").stdout
        self.assertIn("set Intervention = plla", text)
        self.assertRegex(text, r"# PLLA in the suspension[^\n]*\n\s+set Dose = 150 # mg, 0 to 5000 mg\n")
        self.assertRegex(text, r"set Preset = medium # of fast, medium, slow, custom")
        for absent in ("subsection MSC", "subsection Network", "subsection Constants", "subsection Other site"):
            self.assertNotIn(absent, text)

    def test_nothing_is_overwritten_and_names_are_looked_at(self):
        file = self.write("mine.prm", "precious")
        self.expect_bad_input(cutis("init", "plla", file), "mine.prm", "there already")
        self.assertEqual(file.read_text(), "precious")
        self.expect_bad_input(cutis("init", "pla"), "no intervention 'pla'", "did you mean 'plla'")
        self.expect_bad_input(cutis("init"), "cutis init plla my.prm")
        self.expect_bad_input(cutis("init", "plla", "a", "b"), "'b'")


class Explain(program.ProgramTest):
    def explained(self, *settings):
        result = cutis("check", "--explain", self.file, "--set", f"Output/Directory={self.folder / 'next'}", *settings)
        self.assertEqual(result.returncode, DONE, result.stderr)
        return result.stdout

    def test_the_mesh_and_the_unknowns_are_those_of_the_run(self):
        _, run = self.run_small("before")
        said = re.search(r"(\d+) cells, (\d+) nodes, (\d+) fields: (\d+) unknowns", run.stdout + run.stderr).groups()
        text = self.explained()
        self.assertIn(f"{said[0]} cells, {said[1]} nodes with {said[2]} fields", text)
        steps = json.loads((self.folder / "before" / "summary.json").read_text())["steps"]
        self.assertIn(f"before beside it took {steps} steps to day 28", text)
        refined = self.explained("--set", "Mesh/Refinement=1")
        self.assertIn(f"{4 * int(said[0])} cells", refined)

    def test_sessions_say_what_they_bring(self):
        text = self.explained()
        self.assertIn("plla on days 0, 14: 16.67 mg of PLLA per cm^3 of tissue, in 1 ball", text)
        self.assertIn("a row every 7 d: 5 rows", text)
        self.assertIn("no finished run of the same interventions", text)
        often = self.explained("--set", "PLLA/Sessions=every 2 d", "--set", "PLLA/Repeat when=hydration < 1")
        self.assertIn("(14 of them)", often)
        self.assertIn("whenever hydration < 1 at a check-up", often)

    def test_bad_input_is_not_explained(self):
        result = cutis("check", "--explain", self.file, "--set", "PLLA/Dose=-1 mg")
        self.assertEqual(result.returncode, BAD_INPUT)
        self.assertEqual(result.stdout, "")
        self.expect_bad_input(cutis("run", "--explain", self.file), "--explain")


class Words(program.ProgramTest):
    def test_all_words_are_found_wherever_they_stand(self):
        text = cutis("describe", "uptake", "vegf").stdout
        self.assertIn("Network/dermis/VEGF uptake", text)
        self.assertNotIn("VEGF decay:", text)
        self.assertIn("collagen_area_fraction", cutis("describe", "stained").stdout)
        paths = [entry["path"] for entry in json.loads(cutis("describe", "sunscreen", "--format", "json").stdout)]
        self.assertIn("Host/Sunscreen between", paths)

    def test_what_is_not_there_is_said(self):
        self.expect_bad_input(cutis("describe", "unobtainium"), "unobtainium")
        self.expect_bad_input(cutis("describe", "paramters"), "did you mean 'parameters'")


class Habits(program.ProgramTest):
    """A host of 55 in the sun, with sunscreen from 56 on, without any treatment."""

    def host(self, name, *settings):
        arguments = ["Intervention=none", "Host/UV dose=1", "Host/Sunscreen=0.9", "Time/End=1095 d", "Output/Every=73.05 d", *settings]
        folder, _ = self.run_small(name, "-q", *[word for setting in arguments for word in ("--set", setting)])
        return time_series(folder)

    def test_they_change_what_comes_after_and_a_resumed_run_knows_it(self):
        never = self.host("never", "Host/Sunscreen=0")
        begins = self.host("begins", "Host/Sunscreen between=56 year, 80 year")
        for before, after in zip(never, begins):
            if before["time [d]"] <= 365.25:
                self.assertAlmostEqual(before["mean_mmp [1]"], after["mean_mmp [1]"], delta=1e-4)
            elif before["time [d]"] > 400:
                self.assertLess(after["mean_mmp [1]"], 0.7 * before["mean_mmp [1]"])
        self.assertGreater(begins[-1]["collagen_total [1]"], 1.001 * never[-1]["collagen_total [1]"])
        self.assertLess(begins[-1]["collagen_I_synthesis [1]"] / begins[0]["collagen_I_synthesis [1]"], 2.5)

    def test_ages_that_make_no_sense(self):
        for ages in ("60 year", "60 year, 50 year", "1 year, 2 year, 3 year"):
            result = cutis("check", self.file, "--set", f"Host/Sun between={ages}", "--set", f"Other site/Smoking between={ages}")
            self.expect_bad_input(result, f"Host/Sun between={ages}: give two ages", f"Other site/Smoking between={ages}: give")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    program.CUTIS, program.MPIEXEC = sys.argv[1], sys.argv[2]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
