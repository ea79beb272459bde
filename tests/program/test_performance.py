# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the benchmarks of performance: each runs small, prints what it promises, and says when a program is broken. No time is
asserted.

scripts/python test_performance.py BUILD [NAME ...]
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MEASURE = ROOT / "benchmarks" / "performance" / "measure"
BUILD = None


class Benchmarks(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def measure(self, command, *options, build=None):
        words = [MEASURE, command, "--small", "--ready", "--build", build or BUILD, "--into", self.folder / "into", *options]
        return subprocess.run([str(word) for word in words], capture_output=True, text=True)

    def result(self, command, *options, saved=None):
        """What a command prints and what it saves; checked on its way for numbers that cannot be."""
        done = self.measure(command, *options)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout, json.loads((self.folder / "into" / f"{saved or command}.json").read_text())

    def assert_prints(self, text, *promised):
        for part in promised:
            self.assertIn(part, text)

    def assert_picture(self, name):
        self.assertTrue((self.folder / "into" / name).read_bytes().startswith(b"\x89PNG"))

    def broken(self, program, script):
        """A build whose benchmark of this name is the script, and all others are those of the build."""
        folder = self.folder / "build"
        (folder / "benchmarks").mkdir(parents=True)
        for name in ("throughput", "steps", "rd3", "mechanics"):
            (folder / "benchmarks" / f"benchmark_{name}").symlink_to(BUILD / "benchmarks" / f"benchmark_{name}")
        path = folder / "benchmarks" / f"benchmark_{program}"
        path.unlink()
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return folder

    def assert_fails(self, command, program, script, *said):
        done = self.measure(command, build=self.broken(program, script))
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assert_prints(done.stderr, "Error: ", *said)


class Loops(Benchmarks):
    def test_every_loop_has_a_rate_and_a_share_of_its_limit(self):
        text, results = self.result("loops")
        self.assert_prints(text, "| triad |", "| operator on edges, 8 fields |", "| product in rows |", "| sum of stages, ",
                           "| node solves, ", "Diffusion solve of 8 fields", "Whole steps: ", "B per unknown")  # fmt: skip
        for loop in results[0]["loops"]:
            self.assertAlmostEqual(loop["intensity"], loop["operations_per_unknown"] / loop["bytes_per_unknown"])
        self.assertEqual(results[0]["ranks"], 2)
        self.assert_picture("roofline.png")

    def test_a_program_that_fails_is_named(self):
        self.assert_fails("loops", "throughput", "echo no mesh >&2; exit 3", "benchmark_throughput ended with exit code 3", "no mesh")


class Cases(Benchmarks):
    def test_every_example_has_its_row(self):
        text, results = self.result("cases")
        self.assert_prints(text, "`plla.prm`: a section, two years", "`plla_3d.prm`", "`plla_mechanics.prm`", "`rf_microneedling.prm`",
                           "processor time with mechanics, against without", "steps with a row each day")  # fmt: skip
        for result in results.values():
            self.assertLess(result["defect"], 1e-9)

    def test_two_builds_run_turn_about(self):
        other = self.folder / "cutis_of_another_build"
        shutil.copy(BUILD / "cutis", other)
        text, results = self.result("cases", "--only", "plla", "--against", other, saved="cases_against")
        self.assert_prints(text, "| A | B | A / B |", "processor seconds", "memory bytes")
        self.assertEqual(results["plla"]["A"][0]["steps"], results["plla"]["B"][0]["steps"])

    def test_an_example_that_is_none_is_refused(self):
        done = self.measure("cases", "--only", "pla")
        self.assertEqual(done.returncode, 1)
        self.assert_prints(done.stderr, "There is no example pla;")


class Reference(Benchmarks):
    def test_time_errors_are_those_of_the_same_mesh(self):
        text, result = self.result("reference", "--orders")
        self.assert_prints(text, "| Cutis, tolerance 0.01 |", "Largest r after 180 days", "Chebyshev polynomials instead of multigrid")
        self.assertTrue(result["cutis"][0]["multigrid"])
        self.assertFalse(result["polynomials"]["multigrid"])
        by_polynomials, by_multigrid = (r["largest"]["180"][2] for r in (result["polynomials"], result["cutis"][0]))
        self.assertAlmostEqual(by_polynomials, by_multigrid, delta=1e-3)
        if "dolfinx" in result:
            self.assert_prints(text, "| dolfinx, IMEX, 60 steps |", "times the time of Cutis", "| bdf2 | 40 |", "largest r after 180 days")
            coarse, fine = (r["time_error"] for r in result["dolfinx"])
            self.assertAlmostEqual(coarse / fine, 2, delta=0.2)  # the scheme is of first order

    def test_a_number_that_is_none_is_no_result(self):
        self.assert_fails("reference", "rd3", "echo '{\"wall_seconds\": null}'", "benchmark_rd3: wall_seconds is no number")


class Mechanics(Benchmarks):
    def test_residuals_fall(self):
        text, results = self.result("mechanics")
        self.assert_prints(text, "| displacement unknowns | Newton steps |", "| 1 470 |")
        self.assertEqual([r["unknowns"] for r in results], [1470])
        self.assertEqual(len(results[0]["residuals"]), results[0]["newton_steps"] + 1)
        self.assertLess(results[0]["residuals"][-1], 1e-5)

    def test_a_result_too_few_is_missed(self):
        self.assert_fails("mechanics", "mechanics", "true", "benchmark_mechanics has printed no result")


class Growth(Benchmarks):
    def test_the_messages_of_a_step_are_those_of_the_code(self):
        text, result = self.result("growth")
        self.assert_prints(text, "Growth with the mesh", "Steps of two years against the tolerance", "strong scaling", "weak scaling")
        self.assertEqual({(r["kind"], r["ranks"]) for r in result["runs"]}, {(k, n) for k in ("section", "block") for n in (1, 2)})
        run = max(result["runs"], key=lambda r: (r["kind"] == "block", r["ranks"]))
        counted, expected = run["per_step"], result["counts"]
        seldom = 2 + 4 * run["balanced_fields"]
        self.assertGreaterEqual(counted["reductions"], expected["reductions"] - seldom - 1e-6)
        for what, least in (("reductions", 0.9), ("messages", 0.3), ("sent_bytes", 0.2), ("gathers", 0.3)):
            # No more than the code says at most, and no less than a part: only stiff fields take part in V-cycles.
            self.assertLessEqual(counted[what], expected[what] + 1e-6, what)
            self.assertGreater(counted[what], least * expected[what], what)
        self.assert_picture("growth.png")


if __name__ == "__main__":
    BUILD = pathlib.Path(os.path.abspath(sys.argv[1]))
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
