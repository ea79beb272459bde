# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of what the benchmarks of performance take for a result, and laws of the model of many ranks."""

import math
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

from performance import cases, running, scaling

# A block of 64^3 nodes, as benchmark_steps describes it.
RUN = {
    "ranks": 2,
    "nodes": 64**3,
    "fields": 23,
    "moving_fields": 11,
    "levels": 5,
    "balanced_fields": 1,
    "seconds_per_step": 1.0,
    "scalar_solves_per_step": 44.0,
    "iterations_per_step": 40.0,
    "iterations_per_solve": 2.0,
    "grids": [{"nodes": [n, n, n], "whole": n < 16} for n in (64, 32, 16, 8, 4, 2, 1)],
}


class Results(unittest.TestCase):
    def refuse(self, value, sentence):
        with self.assertRaisesRegex(running.Failure, sentence):
            running.check(value, "it")

    def test_numbers_that_cannot_be_are_named(self):
        running.check({"rejected": 0, "seconds": 1e-9, "grids": [{"whole": False, "nodes": [3, 4]}]}, "it")
        self.refuse({"steps": {"seconds": 0.0}}, "it: steps: seconds is 0.0")
        self.refuse({"rejected": -1}, "rejected is -1")
        self.refuse([{"a": 1}, {"a": math.inf}], "a is inf")
        self.refuse({"a": math.nan}, "a is nan")
        self.refuse({"a": None}, "a is no number")

    def test_numbers_are_printed_to_their_digits(self):
        printed = [running.number(value) for value in (0.123456, 12.3456, 1234.56, 0.00012345, 0)]
        self.assertEqual(printed, ["0.123", "12.3", "1 230", "1.23e-04", "0"])
        self.assertEqual(running.count(1234567), "1 234 567")


class Examples(unittest.TestCase):
    def test_ratios_name_examples(self):
        for above, below, _, _ in cases.RATIOS:
            self.assertIn(above, cases.EXAMPLES)
            self.assertIn(below, cases.EXAMPLES)

    def test_parameter_files_are_there(self):
        for example in cases.EXAMPLES.values():
            self.assertTrue((ROOT / "parameters" / f"{example.file}.prm").is_file(), example.file)


class ManyRanks(unittest.TestCase):
    def setUp(self):
        self.machine = scaling.Machine.of(RUN, 1e-8)

    def test_one_rank_computes_and_waits_for_nobody(self):
        step = self.machine.step(1, RUN["nodes"])
        self.assertAlmostEqual(step["seconds"], RUN["ranks"] * RUN["seconds_per_step"])
        self.assertEqual([step["parts"][part] for part in scaling.PARTS[2:]], [0.0] * 4)

    def test_the_solves_stop_to_scale_where_slabs_run_out_of_planes(self):
        few, many = (self.machine.step(ranks, RUN["nodes"]) for ranks in (16, 1000))
        self.assertEqual((few["slabs"], many["slabs"]), (16, 16))
        self.assertEqual(few["parts"]["slabs"], many["parts"]["slabs"])
        self.assertAlmostEqual(few["parts"]["nodes"] * 16 / 1000, many["parts"]["nodes"])

    def test_no_more_ranks_no_more_efficiency(self):
        for steps in (self.machine.strong(), self.machine.weak()):
            efficiency = [step["efficiency"] for step in steps]
            self.assertEqual(efficiency[0], 1.0)
            self.assertEqual(efficiency, sorted(efficiency, reverse=True))

    def test_the_grids_of_the_run_are_divided_as_they_were(self):
        whole = [grid["whole"] for grid in self.machine.grids(1.0, RUN["ranks"])]
        self.assertEqual(whole, [grid["whole"] for grid in RUN["grids"]])


if __name__ == "__main__":
    unittest.main()
