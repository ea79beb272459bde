# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of fits on functions of which the answer is known: what is recovered, how well it is known, what the data say nothing about."""

import unittest

import numpy as np

from test_cohort import Described  # puts scripts/ on the path
from test_studies import HEAD

from study_distribution import Distribution
from study_file import StudyError
from study_fit import about_the_best
from study_fit_file import Fit, Fitted
from study_fit_posterior import informed
from study_fit_search import Target, first_points, search

TIMES = np.array([5.0, 10, 20, 40, 80, 120, 160, 200])
SD = 0.03


def uniform(path, low, high, log=False):
    return Fitted(Distribution(path, "uniform", low, high), log)


def normal(path, mean, sd):
    return Fitted(Distribution(path, "normal", of={"mean": mean, "sd": sd}))


def lognormal(path, median, gsd):
    return Fitted(Distribution(path, "lognormal", 0, of={"median": median, "gsd": gsd}))


def fitted(constants, residuals_of_values, n_starts=3, first=16):
    """(posterior, target) of a fit whose runs are a function of the values of the constants; NaN where it fails."""

    def residuals(rows):
        found = [residuals_of_values(*(float(c.value(x)) for c, x in zip(constants, row))) for row in rows]
        return [None if np.isnan(r).any() else r for r in found]

    target = Target(constants, residuals)
    search(target, first_points(constants, first, 1), n_starts, 500, lambda _: None)
    posterior, _ = about_the_best(target, Fit(seed=1), lambda _: None)
    return posterior, target


def saturation(size, rate):
    return size * (1 - np.exp(-rate * TIMES))


class Coordinates(unittest.TestCase):
    def test_there_and_back_and_the_ends(self):
        for constant in (uniform("a", 2, 8), uniform("a", 0.01, 10, log=True), normal("a", 3, 2), lognormal("a", 5, 2)):
            for x in (0.1, 0.5, 0.9):
                self.assertAlmostEqual(constant.coordinate(float(constant.value(x))), x)
        self.assertAlmostEqual(float(uniform("a", 0.01, 1, log=True).value(0.5)), 0.1)
        self.assertAlmostEqual(float(lognormal("a", 5, 2).value(1)), 10)
        cut = Fitted(Distribution("a", "normal", 0, 4, of={"mean": 3, "sd": 2}))
        self.assertEqual(cut.ends(), (-1.5, 0.5))
        self.assertAlmostEqual(lognormal("a", 5, 2).at(0.5), 0)


class Laws(unittest.TestCase):
    def test_of_a_linear_function_the_posterior_is_the_normal_distribution_of_the_textbook(self):
        matrix = np.random.default_rng(2).normal(size=(8, 2))
        data = np.random.default_rng(3).normal(size=8)
        posterior, _ = fitted([normal("a", 0, 1), normal("b", 0, 1)], lambda a, b: matrix @ [a, b] - data)
        covariance = np.linalg.inv(matrix.T @ matrix + np.eye(2))
        mean = covariance @ matrix.T @ data
        np.testing.assert_allclose(posterior.x, mean, atol=0.02)
        np.testing.assert_allclose(posterior.covariance, covariance, rtol=1e-6)
        self.assertLess(posterior.error, 1e-6)
        np.testing.assert_allclose(posterior.draws.mean(axis=0), mean, atol=0.05 * np.sqrt(np.diag(covariance)).min())
        np.testing.assert_allclose(np.cov(posterior.draws.T), covariance, atol=0.08 * covariance.max())

    def test_without_data_the_posterior_is_the_prior(self):
        posterior, target = fitted([uniform("a", 0, 1), normal("b", 0, 1)], lambda a, b: np.zeros(3))
        self.assertEqual(informed(posterior, target.constants), ["no influence", "no influence"])
        np.testing.assert_allclose(posterior.draws.std(axis=0), [12**-0.5, 1], rtol=0.05)

    def test_half_the_standard_deviation_of_the_data_is_half_the_width(self):
        widths = []
        for sd in (0.02, 0.01):
            posterior, _ = fitted([uniform("a", 0, 1)], lambda a: np.array([a - 0.4]) / sd)
            widths.append(posterior.sd()[0])
        np.testing.assert_allclose(widths, [0.02, 0.01], rtol=0.05)


class Recovery(unittest.TestCase):
    TRUE = (1.4, 0.03)

    def test_constants_are_recovered_and_their_intervals_cover_the_truth(self):
        constants = [uniform("Size", 0.5, 3), lognormal("Rate", 0.02, 2), normal("Idle", 0, 1)]
        covered = []
        for seed in range(5):
            data = saturation(*self.TRUE) + SD * np.random.default_rng(seed).normal(size=len(TIMES))
            posterior, target = fitted(constants, lambda size, rate, _: (saturation(size, rate) - data) / SD)
            self.assertEqual(informed(posterior, constants), ["yes", "yes", "no influence"])
            intervals = posterior.interval(target.low, target.high)
            covered += [c.value(low) <= true <= c.value(high) for c, (low, high), true in zip(constants, intervals, self.TRUE)]
            self.assertLess(len(target.tried), 150)
        self.assertGreaterEqual(sum(covered), 8, covered)  # of 10 at 95 %; fewer than 8 come about once in ninety times

    def test_constants_that_act_together_only_are_said_to_be_tied(self):
        data = saturation(*self.TRUE)
        constants = [uniform("A", 0.2, 5, log=True), uniform("B", 0.2, 5, log=True)]
        posterior, _ = fitted(constants, lambda a, b: (saturation(a * b, 0.03) - data) / SD)
        self.assertLess(posterior.correlation()[0, 1], -0.9)
        self.assertTrue(set(informed(posterior, constants)) <= {"tied", "little"}, informed(posterior, constants))

    def test_several_starts_find_the_lower_of_two_valleys(self):
        posterior, target = fitted([uniform("a", -2, 2)], lambda a: np.array([10 * (a**2 - 1), a - 1]), n_starts=2)
        self.assertAlmostEqual(float(target.constants[0].value(posterior.x[0])), 1, delta=0.01)

    def test_where_runs_fail_the_search_goes_around(self):
        data = saturation(*self.TRUE)

        def residuals(size, rate):
            return np.full(len(TIMES), np.nan) if size > 1.45 or rate < 0.015 else (saturation(size, rate) - data) / SD

        posterior, target = fitted([uniform("Size", 0.5, 3), lognormal("Rate", 0.02, 2)], residuals)
        values = [float(c.value(x)) for c, x in zip(target.constants, posterior.x)]
        np.testing.assert_allclose(values, self.TRUE, rtol=0.02)

    def test_no_point_is_asked_for_twice(self):
        asked = []

        def residuals(a, b):
            asked.append((a, b))
            return np.array([a - 0.3, b - 0.6, a * b - 0.2]) / 0.05

        fitted([uniform("a", 0, 1), uniform("b", 0, 1)], residuals)
        self.assertEqual(len(asked), len(set(asked)))


class Files(Described):
    FIT = '[fit]\ndata = "data.csv"\n[fit.constant."A/Rate"]\nprior = "lognormal"\nmedian = 2\ngsd = 2\nunit = "1/d"\nsource = "assumed"\n'
    DATA = "time [week],observable,value,sd\n1,collagen [%],3,0.2\n"

    def data(self, text):
        (self.folder / "data.csv").write_text(text, encoding="utf-8")

    def test_units_of_time_and_what_may_be_left_out(self):
        self.data('\ufefftime [week],observable,value,sd,weight,against\r\n2,"thick [mm]",3,0.2,,start\r\n\r\n4,c,1e-2,1,2,\r\n')
        first, second = self.study(HEAD + self.FIT).fit.measurements
        self.assertEqual((first.time, first.observable, first.unit, first.weight, first.of_start), (14, "thick", "mm", 1, True))
        self.assertEqual((second.line, second.value, second.weight, second.of_start), (4, 0.01, 2, False))

    def test_all_that_is_wrong_with_the_measurements_is_said_at_once_with_its_line(self):
        self.data("time [d],observable,value,sd,arm\n-1,c,1,1,\n1,c,x,0,\n1,,inf,-2,\n1,c,1\n1,c,1,1,dark\n")
        problems = "\n".join(self.problems(HEAD + self.FIT))
        wanted = [
            r"data.csv:2: time: -1 is out of range; expected 0 or more",
            r"data.csv:3: value: 'x' is no number",
            r"data.csv:3: sd: 0 is out of range; expected more than 0",
            r"data.csv:4: value: 'inf' is no finite number",
            r"data.csv:4: sd: -2 is out of range",
            r"data.csv:4: observable: is empty",
            r"data.csv:5: has 3 cells; expected 5",
            r"data.csv:6: arm: 'dark', and the study has no \[factors\]",
        ]
        for sentence in wanted:
            self.assertRegex(problems, sentence)
        self.assertEqual(len(problems.splitlines()), len(wanted), problems)

    def test_headers_and_files_that_cannot_be_read(self):
        for text, sentence in (
            ("", "is empty; expected a header"),
            ("time [d],observable,value,sd\n", "a header and no measurements"),
            ("time,observable,value,sd\n1,c,1,1\n", r"data.csv:1: time: has no unit; expected such as `time \[d\]`"),
            ("time [dy],observable,value,sd\n1,c,1,1\n", "'dy' is no unit of time; did you mean 'd"),
            ("time [d];observable;value;sd\n1;c;1,5;1\n", "separated by semicolons"),
            ("time [d],observabel,value,sd\n1,c,1,1\n", "no column 'observabel'; did you mean 'observable'"),
            ("time [d],observable,value [mm],sd\n1,c,1,1\n", "its unit is written beside each observable"),
            ("time [d],observable,value\n1,c,1\n", "the column `sd` is missing"),
            ("time [d],observable,value,sd,sd\n1,c,1,1,1\n", "the column `sd` is there twice"),
        ):
            with self.subTest(text=text):
                self.data(text)
                self.assertRegex("\n".join(self.problems(HEAD + self.FIT)), sentence)
        (self.folder / "data.csv").unlink()
        self.assertRegex("\n".join(self.problems(HEAD + self.FIT)), "the measurements cannot be read: No such file")

    def test_all_that_is_wrong_with_the_table_is_said_at_once(self):
        self.data(self.DATA)
        problems = self.problems(
            HEAD + '[set]\n"A/Share" = 0.3\n[outcomes]\nx = { column = "c", take = "final" }\n[fit]\ndata = "data.csv"\nstart = 3\nfirst = 1\n'
            '[fit.constant."A/Rat"]\nprior = "uniform"\nfrom = 1\nto = 2\nsource = "x"\n'
            '[fit.constant."A/Rate"]\nprior = "lognormel"\n'
            '[fit.constant."A/Narrow"]\nprior = "uniform"\nfrom = 0.1\nto = 5\nsource = "x"\n'
            '[fit.constant."A/Share"]\nprior = "uniform"\nfrom = 0.1\nto = 0.9\nsource = "x"\n'
            '[fit.constant."A/Nothing"]\nprior = "uniform"\nfrom = 0\nto = 5\nscale = "log"\nsource = "x"\n'
            '[fit.constant."Host/Smoker"]\nprior = "normal"\n'
        )
        wanted = [
            "fit.start: there is no such key; did you mean 'starts'",
            "fit.first: 1 is out of range",
            "'A/Rat' is not one of the choices; did you mean 'A/Rate'",
            "'lognormel' is not one of the choices; did you mean 'lognormal'",
            "A/Narrow: goes from 0.1 to 5; the parameter takes 0.9 to 3",
            "A/Nothing: goes from 0 to 5; expected 0 < from < to on a logarithmic scale",
            "Host/Smoker: is a true or false; only numbers can be fitted",
            "outcomes: has no place beside .fit.",
            "A/Share: is set more than once, by set and by fit.constant",
        ]
        for sentence in wanted:
            self.assertRegex("\n".join(problems), sentence)
        self.assertEqual(len(problems), len(wanted), problems)

    def test_arms_are_the_levels_of_the_factor(self):
        arms = '[factors.skin]\nlight = {}\ndark = { include = "dark.prm" }\n'
        self.data("time [d],observable,value,sd,arm\n1,c,1,1,dark\n1,c,1,1,lihgt\n")
        self.assertRegex("\n".join(self.problems(HEAD + self.FIT + arms)), "csv:3: arm: 'lihgt' is no level of the factor; did you mean 'light'")
        self.data(self.DATA)
        self.assertRegex("\n".join(self.problems(HEAD + self.FIT + arms)), "the column `arm` is missing")
        with self.assertRaisesRegex(StudyError, "cannot all be arms"):
            self.study(HEAD + self.FIT + arms + '[factors.age]\na = {}\nb = {}\n')


if __name__ == "__main__":
    unittest.main(buffer=True)
