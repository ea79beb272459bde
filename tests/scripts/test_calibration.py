# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the fit of benchmarks/validation/calibration: on laws that are known without a run of the solver."""

import math
import pathlib
import sys
import tempfile
import unittest

import numpy as np
from scipy.integrate import quad

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

from validation import data, mapping, scoring, simulations
from validation.calibration import constants
from validation.calibration.posterior import NU, Draws, Posterior
from validation.calibration.runs import design, with_settings
from validation.calibration.surrogate import Surrogate

ROWS = data.read()
KNOWN = simulations.read()
ENTRIES = mapping.read(ROWS, KNOWN)
PLAN = constants.read(ROWS, KNOWN)


def row(**changes):
    values = dict(id="D001", study="S", arm="a", species="human", day=1.0, quantity="q", unit="%", mean=10.0, sd=2.0)
    values |= dict(lo=None, hi=None, n="5", role="C", read="F", source="s", note="")
    return data.Row(**{**values, **changes})


def entry(**changes):
    values = dict(rows=("D001",), arm="A", place="here", simulation="run", operator="column", arguments={"name": "a"})
    return mapping.Entry(**{**values, "against": "itself", "form": "value", **changes})


class Rows(unittest.TestCase):
    def test_only_rows_of_role_C_are_ever_fitted(self):
        fitted = constants.rows_to_fit(ROWS, ENTRIES, PLAN)
        self.assertEqual({r.role for r in fitted}, {"C"})
        self.assertGreater(len(fitted), 10)
        scored = {r.id for r in ROWS if r.role == "C" and not ENTRIES[r.id].untested}
        self.assertEqual(scored - {r.id for r in fitted}, set(PLAN.left_out))

    def test_a_series_of_many_days_counts_as_one_row(self):
        targets = constants.targets(constants.rows_to_fit(ROWS, ENTRIES, PLAN), ENTRIES)
        sums = {}
        for t in targets:
            sums[t.row.series] = sums.get(t.row.series, 0) + t.weight
        for series, weight in sums.items():
            self.assertAlmostEqual(weight, 1, msg=series)

    def test_a_row_is_met_by_the_residual_where_the_score_says_so(self):
        cases = [
            (row(), entry()),
            (row(sd=None, lo=8.0, hi=13.0), entry()),
            (row(sd=None), entry()),
            (row(unit="sign", mean=-1.0, sd=None), entry(form="change")),
            (row(sd=None, lo=2.0, hi=9.0, mean=5.0), entry(data_anchor=7.0)),
        ]
        for of, how in cases:
            target = constants.target(of, how, 1)
            limit = 0 if target.kind in ("interval", "sign") else 1
            for value in np.linspace(-2, 16, 400):
                self.assertEqual(float(target.residual(value)) <= limit, scoring.verdict(of, how, value)[2], (target.kind, value))


class Constants(unittest.TestCase):
    def faults(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "calibration.toml"
            path.write_text("[marks]\nassumed = [0.5, 2]\npublished = [0.8, 1.25]\n" + text)
            with self.assertRaises(data.DataError) as caught:
                constants.read(ROWS, KNOWN, path)
        return str(caught.exception)

    def test_what_is_wrong_is_said_all_at_once(self):
        verification_row = next(r.id for r in ROWS if r.role == "V")
        said = self.faults(
            '[constants."Network/dermis/Fibroblast groth"]\n[constants."Network/dermis/Leukocyte switch"]\nvalues = [0.4, 0.5]\nwhy = "x"\n'
            f'[constants."Network/dermis/Leukocyte loss"]\nvalue = [0.1, 1]\n[[left_out]]\nrows = ["{verification_row}"]\nwhy = "x"\n'
            '[settings.plle]\n"Time/End" = "1 d"\n'
        )
        for sentence in ("groth is no constant", "does not hold the default of 0.33", "no key `value`", "no row of role C", "'plle'"):
            self.assertIn(sentence, said)

    def test_the_default_is_zero_and_the_ends_are_four_standard_deviations_apart(self):
        for c in PLAN.constants:
            self.assertAlmostEqual(c.last - c.first, 4)
            self.assertLess(c.first, 0)
            self.assertGreater(c.last, 0)
            self.assertAlmostEqual(c.default * float(c.factor(c.last)), c.high)
            self.assertEqual(float(c.factor(0)), 1)

    def test_a_host_keeps_what_it_differs_in(self):
        x = np.zeros(len(PLAN.constants))
        k = next(k for k, c in enumerate(PLAN.constants) if c.path.endswith("Leukocyte switch"))
        x[k] = math.log(1.25) / PLAN.constants[k].sd
        settings = dict(PLAN.settings_at(x, {PLAN.constants[k].path: "0.08 1/d"}))
        self.assertEqual(settings[PLAN.constants[k].path], "0.1 1/d")
        other = PLAN.constants[0]
        self.assertAlmostEqual(float(settings[other.path].split()[0]), other.default)

    def test_more_points_hold_the_fewer_and_fill_the_ranges(self):
        few, many = design(PLAN.constants, 4), design(PLAN.constants, 6)
        np.testing.assert_array_equal(few, many[:16])
        low, high = (np.array([getattr(c, end) for c in PLAN.constants]) for end in ("first", "last"))
        self.assertTrue((many >= low).all() and (many <= high).all())
        self.assertTrue((np.ptp(many, axis=0) > 0.9 * (high - low)).all())

    def test_settings_of_the_fit_hold_over_those_of_the_run(self):
        changed = with_settings(KNOWN["plla"], {"Time/End": "9 d"}, "new")
        self.assertEqual((changed.name, dict(changed.settings)["Time/End"]), ("new", "9 d"))


def surrogate_of(function, n=60, d=3, seed=0):
    points = np.random.default_rng(seed).uniform(-2, 2, (n, d))
    return Surrogate(points, function(points))


class Surrogates(unittest.TestCase):
    def test_a_linear_law_is_found_exactly(self):
        made = surrogate_of(lambda x: np.stack([x @ [1, 2, -3] + 4, x[:, 0]], axis=1))
        np.testing.assert_allclose(made.error, 0, atol=1e-10)
        np.testing.assert_allclose(made(np.array([[1.0, 1.0, 1.0]]))[0], [4, 1], atol=1e-10)

    def test_the_error_that_is_told_is_not_below_that_at_other_points(self):
        law = lambda x: np.sin(x[:, :1]) * np.exp(0.3 * x[:, 1:2])
        made = surrogate_of(law, 80)
        others = np.random.default_rng(5).uniform(-2, 2, (400, 3))
        missed = math.sqrt(float(np.mean((made(others) - law(others)) ** 2)))
        self.assertTrue(missed < made.error[0] < 3 * missed)  # a point at the rim that is left out lies beyond all others
        self.assertGreater(surrogate_of(law, 30).error[0], made.error[0])


def posterior_of(function, targets, d, error=0.0):
    return Posterior(function, np.full(len(targets), error), targets, [(-2.0, 2.0)] * d)


class Posteriors(unittest.TestCase):
    TARGET = constants.Target(row(), "SD", 1.0, 0.5, 1.0)

    def density(self, x, error=0.0):
        """Of the first constant by the formula of the page, x being what the row reads."""
        r = (x - 1.0) / 0.5
        return math.exp(-0.5 * x**2) * (1 + r**2 / (NU * (1 + (error / 0.5) ** 2))) ** (-0.5 * (NU + 1))

    def moments(self, error):
        whole, mean, square = (quad(lambda x: x**k * self.density(x, error), -2, 2)[0] for k in (0, 1, 2))
        return mean / whole, math.sqrt(square / whole - (mean / whole) ** 2)

    def test_draws_with_weights_have_the_moments_of_the_density(self):
        two = [constants.Constant(f"c{k}", 1.0, "", "assumed", math.exp(-2), math.exp(2), "") for k in (0, 1)]
        for error in (0.0, 2.0):
            draws = Draws(posterior_of(lambda x: x[:, :1], [self.TARGET], 2, error), two, 40000, 3)
            mean, sd = self.moments(error)
            self.assertAlmostEqual(draws.weights @ draws.points[:, 0], mean, delta=0.02)
            self.assertAlmostEqual(draws.sd(0), sd, delta=0.02)
            self.assertAlmostEqual(draws.sd(1), two[1].prior().std(), delta=0.02)  # of which the row says nothing
            whole = quad(lambda x: self.density(x, error), -2, 2)[0]
            middle = draws.quantiles(0, [0.5])[0]
            self.assertAlmostEqual(quad(lambda x: self.density(x, error), -2, middle)[0] / whole, 0.5, delta=0.02)
            self.assertTrue(0.2 * 40000 < draws.size < 40000)

    def test_the_mode_is_the_highest_point_from_every_start(self):
        fit = posterior_of(lambda x: x[:, :1], [self.TARGET], 2)
        grid = np.linspace(-2, 2, 40001)
        highest = grid[np.argmax([self.density(x) for x in grid])]
        for x, density in fit.best([[0.0, 0.0], [1.9, -1.9], [-1.9, 1.0]]):
            np.testing.assert_allclose(x, [highest, 0], atol=2e-3)
        self.assertEqual(fit.log_density(np.array([[2.1, 0.0]]))[0], -math.inf)

    def test_a_row_that_cannot_be_met_hardly_pulls(self):
        hopeless = constants.Target(row(id="D002", study="T"), "SD", 100.0, 0.5, 1.0)
        both = posterior_of(lambda x: np.repeat(x[:, :1], 2, axis=1), [self.TARGET, hopeless], 1)
        alone = posterior_of(lambda x: x[:, :1], [self.TARGET], 1)
        self.assertLess(abs(both.best([[0.0]])[0][0][0] - alone.best([[0.0]])[0][0][0]), 0.05)

    def test_a_normal_law_has_the_mode_of_least_squares(self):
        fit = Posterior(lambda x: x[:, :1], np.zeros(1), [self.TARGET], [(-2.0, 2.0)], np.inf)
        np.testing.assert_allclose(fit.best([[0.0]])[0][0], [4 / (4 + 1)], atol=1e-4)  # 1 with a precision of 4, 0 with one of 1

    def test_a_series_that_is_left_out_says_nothing(self):
        fit = posterior_of(lambda x: x[:, :1], [self.TARGET], 1)
        np.testing.assert_allclose(fit.without(self.TARGET.row.series).best([[1.0]])[0][0], [0], atol=1e-4)
        self.assertGreater(fit.best([[0.0]])[0][0][0], 0.3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
