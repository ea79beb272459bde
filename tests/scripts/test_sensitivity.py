# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of elementary effects and Sobol' indices on functions of which both are known."""

import pathlib
import sys
import unittest

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))

import study_indices as polynomials
import study_sensitivity as sensitivity
from cutis_runs import RunError

try:
    import openturns
except ImportError:
    openturns = None


def ishigami(unit):
    """Ishigami and Homma 1990, a = 7, b = 0.1."""
    x = np.pi * (2 * unit - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


class Morris(unittest.TestCase):
    def test_each_step_changes_one_parameter_by_the_same_amount_inside_the_cube(self):
        design = sensitivity.morris_design(30, 4, seed=1)
        self.assertEqual(design.shape, (150, 4))
        self.assertTrue(design.min() >= 0 and design.max() <= 1)
        moves = np.diff(design.reshape(30, 5, 4), axis=1)
        self.assertTrue((np.count_nonzero(moves, axis=2) == 1).all())
        np.testing.assert_allclose(np.abs(moves).max(axis=2), 2 / 3)
        self.assertTrue((np.count_nonzero(moves, axis=1) == 1).all())
        np.testing.assert_array_equal(design[:50], sensitivity.morris_design(10, 4, seed=1))

    def test_effects_of_a_linear_function_are_its_slopes(self):
        design = sensitivity.morris_design(10, 3, seed=2)
        effects = sensitivity.elementary_effects(design, design @ np.array([1, -2, 3]))
        np.testing.assert_allclose(effects, np.tile([1, -2, 3], (10, 1)))

    def test_what_interacts_has_a_spread(self):
        design = sensitivity.morris_design(40, 3, seed=3)
        effects = sensitivity.elementary_effects(design, design[:, 0] * design[:, 1] + design[:, 2])
        spread = effects.std(axis=0)
        self.assertGreater(spread[:2].min(), 0.2)
        self.assertLess(spread[2], 1e-12)
        lines = sensitivity.describe_morris(["a", "b", "c"], effects, "mm")
        self.assertTrue(lines[1].startswith("c "))


class Indices(unittest.TestCase):
    FIRST, TOTAL = [0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437]  # exact, from the variances of Ishigami's function

    def test_the_design_is_two_samples_and_their_mixtures(self):
        design = sensitivity.indices_design(8, 2, seed=1)
        a, b, first, second = design.reshape(4, 8, 2)
        np.testing.assert_array_equal(first, np.stack([b[:, 0], a[:, 1]], axis=1))
        np.testing.assert_array_equal(second, np.stack([a[:, 0], b[:, 1]], axis=1))
        np.testing.assert_array_equal(sensitivity.indices_design(16, 2, seed=1)[:8], a)

    @unittest.skipUnless(openturns, "python3-openturns is not installed")
    def test_indices_of_ishigami(self):
        design = sensitivity.indices_design(8192, 3, seed=1)
        for rows, exact in zip(sensitivity.sobol_indices(design, ishigami(design)), (self.FIRST, self.TOTAL)):
            np.testing.assert_allclose(rows[:, 0], exact, atol=0.005)
            self.assertTrue(((rows[:, 1] <= exact) & (exact <= rows[:, 2])).all(), rows)

    @unittest.skipUnless(openturns, "python3-openturns is not installed")
    def test_a_sample_that_is_too_small_is_refused_with_the_size_that_does(self):
        def at(n):
            design = sensitivity.indices_design(n, 3, seed=1)
            return sensitivity.sobol_indices(design, ishigami(design))

        with self.assertRaisesRegex(RunError, "n = 64 is too small: .*That takes about n = 4096"):
            sensitivity.require_narrow(at(64), 64, 0.1)
        sensitivity.require_narrow(at(4096), 4096, 0.1)

    @unittest.skipIf(openturns, "python3-openturns is installed")
    def test_what_is_missing_is_said_with_the_command_that_installs_it(self):
        with self.assertRaisesRegex(RunError, "apt-get install .* python3-openturns"):
            sensitivity.sobol_indices(sensitivity.indices_design(8, 3, seed=1), np.arange(40))


class Polynomials(unittest.TestCase):
    """Indices from a polynomial of order two through few runs."""

    @staticmethod
    def points(n, d, seed=1):
        return np.random.default_rng(seed).uniform(-1, 1, (n, d))

    def test_shares_of_a_polynomial_are_exact(self):
        x = self.points(60, 3)
        made, first, total = polynomials.indices(x, 5 + 2 * x[:, 0] + x[:, 1] + 3 * x[:, 0] * x[:, 1])
        whole = 4 / 3 + 1 / 3 + 9 / 9  # variances of x and of a product are 1/3 and 1/9
        self.assertFalse(made.log)
        self.assertAlmostEqual(made.explained, 1)
        np.testing.assert_allclose(first[:, 0], np.array([4 / 3, 1 / 3, 0]) / whole, atol=0.01)
        np.testing.assert_allclose(total[:, 0], np.array([7 / 3, 4 / 3, 0]) / whole, atol=0.01)

    def test_the_logarithm_is_taken_where_it_is_nearer(self):
        x = self.points(60, 3)
        slopes = np.array([1.0, 0.5, 0.0])
        made, first, total = polynomials.indices(x, np.exp(x @ slopes))
        self.assertTrue(made.log)
        # a product of exp(s x): mean sinh(s)/s, mean square sinh(2 s)/(2 s)
        own = [np.sinh(2 * s) / (2 * s) / (np.sinh(s) / s) ** 2 - 1 if s else 0.0 for s in slopes]
        whole = np.prod([1 + v for v in own]) - 1
        np.testing.assert_allclose(first[:, 0], np.array(own) / whole, atol=0.015)
        np.testing.assert_allclose(total[:, 0], [1 - (np.prod([1 + v for v in own]) / (1 + v) - 1) / whole for v in own], atol=0.015)

    def test_intervals_grow_with_what_few_runs_leave_open(self):
        def widths(n):
            x = self.points(n, 3, 4)
            noise = 0.5 * np.random.default_rng(7).standard_normal(n)
            _, first, _ = polynomials.indices(x, 2 * x[:, 0] + x[:, 1] + noise)
            self.assertTrue((first[:, 1] <= first[:, 2]).all())
            return (first[:, 2] - first[:, 1]).max()

        self.assertGreater(widths(40), 1.5 * widths(400))

    def test_what_is_missed_at_runs_left_out_is_told(self):
        law = lambda x: np.sin(6 * x[:, 0]) + x[:, 1]
        x, others = self.points(80, 2), self.points(2000, 2, 9)
        made = polynomials.fitted(x, law(x))
        missed = np.sqrt(np.mean((made(others) - law(others)) ** 2))
        self.assertLess(abs(made.error / missed - 1), 0.2)
        with self.assertRaisesRegex(RunError, "explains 0.[0-9]+ of the variance"):
            polynomials.require_explained(made, 80)

    def test_too_few_runs_and_a_constant_are_refused(self):
        x = self.points(80, 10)
        with self.assertRaisesRegex(RunError, "take at least 99"):
            polynomials.indices(x, x[:, 0])
        with self.assertRaisesRegex(RunError, "the same in all runs"):
            polynomials.indices(x, 0 * x[:, 0])


if __name__ == "__main__":
    unittest.main()
