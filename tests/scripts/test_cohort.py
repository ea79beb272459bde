# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of cohorts: distributions, their limits and correlations, shares with intervals; and of samples of all constants."""

import math
import unittest
import unittest.mock

import numpy as np
import pandas as pd
from scipy import stats

from test_studies import HEAD, InFolder  # puts scripts/ on the path

import study_cohort as cohort
import study_constants
from study_design import points_of, sample_points
from study_distribution import Distribution, correlated
from study_outcome import OutcomeOfRun

N = 20_000


def described(path, kind="number", unit="1", low=None, high=None, default="1", provenance="assumed"):
    limits = {"low": low, "high": high, "text": f"{low} to {high}"}
    return {"path": path, "type": kind, "unit": unit, "range": limits, "default": default, "provenance": provenance}


PARAMETERS = [
    described("Host/Age", unit="year", low=20, high=100, provenance="setting"),
    described("Host/Smoker", "true or false", "", default="false", provenance="setting"),
    described("A/Rate", unit="1/d", low=0, default="2"),
    described("A/Share", low=0, high=1, default="0.5"),
    described("A/Narrow", low=0.9, high=3, default="1"),
    described("A/Nothing", low=0, default="0"),
]


class Described(InFolder):
    """Studies for which a program describes its parameters as above."""

    def setUp(self):
        super().setUp()
        patch = unittest.mock.patch("study_file.described", lambda _: PARAMETERS)
        patch.start()
        self.addCleanup(patch.stop)

    def cohort(self, ranges, n=64, seed=1, method="latin hypercube"):
        return self.study(HEAD + f'[sample]\nmethod = "{method}"\nn = {n}\nseed = {seed}\n{ranges}')


class Distributions(unittest.TestCase):
    """The sample against the distribution as written down here, by Kolmogorov and Smirnov; and where it was cut off."""

    SHARES = np.random.default_rng(3).random(N)

    def fits(self, distribution, cdf):
        values = distribution.at(self.SHARES)
        self.assertLess(stats.kstest(values, cdf).statistic, 1.63 / math.sqrt(N))  # 1 % of samples are further off
        return values

    def test_marginals(self):
        phi = stats.norm.cdf
        self.fits(Distribution("x", "normal", of={"mean": 3, "sd": 2}), lambda x: phi((x - 3) / 2))
        self.fits(Distribution("x", "lognormal", of={"median": 5, "gsd": 2}), lambda x: phi(np.log(x / 5) / math.log(2)))
        self.fits(Distribution("x", "uniform", 2, 6), lambda x: (x - 2) / 4)
        below = lambda x: np.where(x < 1, x**2 / 3, 1 - (3 - x) ** 2 / 6)
        self.fits(Distribution("x", "triangular", 0, 3, of={"mode": 1}), below)

    def test_the_mean_of_a_lognormal_is_the_one_that_was_asked_for(self):
        values = Distribution("x", "lognormal", of={"mean": 4, "gsd": 1.5}).at(self.SHARES)
        self.assertAlmostEqual(values.mean(), 4, delta=4 * values.std() / math.sqrt(N))

    def test_what_is_cut_off_is_shared_out_and_does_not_pile_up(self):
        phi = stats.norm.cdf
        values = self.fits(
            Distribution("x", "normal", 1, 2, of={"mean": 0, "sd": 1}), lambda x: (phi(x) - phi(1)) / (phi(2) - phi(1))
        )
        self.assertTrue(1 <= values.min() and values.max() <= 2)
        self.assertLess(np.mean(values > 1.999), 0.005)

    def test_a_choice_has_its_weights(self):
        texts = Distribution("x", "choice", of={"values": ["true", "false"], "weights": [1, 4]}).at(self.SHARES)
        self.assertAlmostEqual(np.mean(texts == "true"), 0.2, delta=3 * math.sqrt(0.16 / N))


class Correlations(unittest.TestCase):
    def test_ranks_correlate_as_asked_and_marginals_stay(self):
        wanted = np.array([[1, 0.6, 0], [0.6, 1, -0.3], [0, -0.3, 1]])
        rows = correlated(np.random.default_rng(5).random((N, 3)), wanted)
        found = stats.spearmanr(rows).statistic
        np.testing.assert_allclose(found, wanted, atol=3.5 / math.sqrt(N))
        for column in rows.T:
            self.assertLess(stats.kstest(column, "uniform").statistic, 1.63 / math.sqrt(N))


class Cohorts(Described):
    AGE = '[sample.range."Host/Age"]\ndistribution = "normal"\nmean = 60\nsd = 30\nunit = "year"\nsource = "assumed"\n'
    RATE = '[sample.range."A/Rate"]\ndistribution = "lognormal"\nmedian = 2\ngsd = 1.5\nunit = "1/d"\nsource = "assumed"\n'
    TOGETHER = '[[sample.correlation]]\nof = ["Host/Age", "A/Rate"]\nrank = 0.5\nsource = "assumed"\n'

    def test_the_range_of_the_parameter_cuts_off(self):
        (spread,) = self.cohort(self.AGE).sample.ranges
        self.assertEqual((spread.low, spread.high), (20, 100))
        self.assertEqual(spread.text(0.5).split()[1], "year")

    def test_the_same_seed_draws_the_same_cohort(self):
        def values(seed, method="latin hypercube"):
            study = self.cohort(self.TOGETHER + self.AGE + self.RATE, seed=seed, method=method)
            return [point.values for point in points_of(study, self.folder)]

        self.assertEqual(values(1), values(1))
        self.assertNotEqual(values(1), values(2))
        self.assertEqual(values(1, "sobol"), values(1, "sobol"))

    def test_correlations_reach_the_runs(self):
        study = self.cohort(self.TOGETHER + self.AGE + self.RATE, n=2000)
        rows, _ = sample_points(study.sample)
        self.assertAlmostEqual(stats.spearmanr(rows).statistic, 0.5, delta=3 / math.sqrt(2000))

    def test_all_problems_are_said_at_once(self):
        problems = self.problems(
            HEAD + '[sample]\nmethod = "latin hypercube"\nn = 4\n'
            '[sample.range."Host/Agee"]\ndistribution = "normal"\nmean = 1\nsd = 1\nsource = "x"\n'
            '[sample.range."Host/Age"]\ndistribution = "normal"\nmean = 50\nsd = -1\nto = 120\nsource = "x"\n'
            '[sample.range."A/Rate"]\ndistribution = "lognormel"\nsource = "x"\n'
            '[sample.range."A/Narrow"]\ndistribution = "normal"\nmean = 50\nsd = 1\nsource = "x"\n'
            '[sample.range."A/Share"]\ndistribution = "lognormal"\nmean = 0.4\nmedian = 0.4\ngsd = 2\n'
            '[sample.range."Host/Smoker"]\ndistribution = "choice"\nvalues = [true, false]\nweights = [1]\nsource = "x"\n'
        )
        wanted = [
            "'Host/Agee' is not one of the choices; did you mean 'Host/Age'",
            r"Host/Age.sd: -1 is out of range; expected more than 0",
            "Host/Age: goes from 20 to 120; the parameter takes 20 to 100",
            "'lognormel' is not one of the choices; did you mean 'lognormal'",
            "A/Narrow: has 0 of its hosts between 0.9 and 3",
            "A/Share.source: is missing",
            "A/Share: needs one of `mean` and `median`",
            "Host/Smoker.weights: expected 2 numbers above 0",
        ]
        for sentence in wanted:
            self.assertRegex("\n".join(problems), sentence)
        self.assertEqual(len(problems), len(wanted), problems)

    def test_correlations_that_nobody_can_have_are_refused(self):
        share = '[sample.range."A/Share"]\ndistribution = "uniform"\nfrom = 0.1\nto = 0.9\nsource = "assumed"\n'
        pairs = [("Host/Age", "A/Rate", 0.9), ("A/Rate", "A/Share", 0.9), ("Host/Age", "A/Share", -0.9)]
        text = "".join(f'[[sample.correlation]]\nof = ["{a}", "{b}"]\nrank = {r}\nsource = "x"\n' for a, b, r in pairs)
        with self.assertRaisesRegex(Exception, "no hosts can have all of these correlations"):
            self.cohort(text + self.AGE + self.RATE + share)
        with self.assertRaisesRegex(Exception, "'Host/Ag' is not one of the choices; did you mean 'Host/Age'"):
            self.cohort(self.TOGETHER.replace('"Host/Age"', '"Host/Ag"') + self.AGE + self.RATE)
        with self.assertRaisesRegex(Exception, "'morris' takes ranges without distributions"):
            self.cohort(self.AGE, method="morris")


class Shares(unittest.TestCase):
    def test_intervals_of_wilson(self):
        # Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3
        for count, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)):
            np.testing.assert_allclose(cohort.wilson(count, n)[1:], (low, high), atol=6e-5)

    def rows(self, values):
        frame = pd.DataFrame({"run": [f"s{k}" for k in range(len(values))], "y": values})
        frame.attrs["units"] = {"y": "d"}
        return frame

    def test_the_share_counts_hosts_and_no_mean_of_them(self):
        study = unittest.mock.Mock(outcomes={"y": None})
        lines = cohort.describe(self.rows([0.0] * 15 + [1.0] * 4 + [100.0]), study, "y", above=0.5)
        self.assertIn("mean 5.2,", lines[1])
        self.assertIn("above 0.5: 5 of 20 hosts, 25.0% (95 % confidence 11.2% to 46.9%)", lines[3])

    def test_who_never_gets_there_is_counted_among_all(self):
        study = unittest.mock.Mock(outcomes={"y": None})
        lines = cohort.describe(self.rows([10.0, 20.0, 30.0, math.nan]), study, "y", below=25)
        self.assertIn("in 1 hosts it never comes to be", lines[1])
        self.assertIn("95% never", lines[2])
        self.assertIn("below 25: 2 of 4 hosts, 50.0%", lines[3])

    def test_a_gain_is_against_the_start(self):
        self.assertAlmostEqual(OutcomeOfRun("g", "c", "gain").of([0, 9, 20], [0.8, 2, 1]), 0.25)


class AllConstants(Described):
    ALL = '[sample.all]\nof = ["A"]\nwithin = [0.5, 2]\n'

    def test_factors_odds_and_limits(self):
        ranges = {r.path: r for r in self.cohort(self.ALL, method="morris", n=2).sample.ranges}
        self.assertEqual(sorted(ranges), ["A/Narrow", "A/Rate", "A/Share"])  # no setting, and nothing that is 0
        np.testing.assert_allclose([ranges["A/Rate"].at(s) for s in (0, 0.5, 1)], [1, 2, 4])
        np.testing.assert_allclose([ranges["A/Share"].at(s) for s in (0, 0.5, 1)], [1 / 3, 1 / 2, 2 / 3])
        self.assertEqual((ranges["A/Narrow"].low, ranges["A/Narrow"].high), (0.9, 2))
        self.assertEqual(ranges["A/Rate"].text(1), "4 1/d")

    def test_patterns_leave_out_and_errors_name_the_nearest(self):
        study = self.cohort(self.ALL + 'without = ["*Narrow"]\n', method="morris", n=2)
        self.assertEqual([r.path for r in study.sample.ranges], ["A/Rate", "A/Share"])
        for change, sentence in (
            (self.ALL + 'without = ["A/Rat"]\n', "'A/Rat' is not one of the choices; did you mean 'A/Rate'"),
            (self.ALL.replace('["A"]', '["Aa"]'), "sample.all.of: 'Aa' is not one of the choices; did you mean 'A'"),
            (self.ALL.replace("0.5", "3"), "within: expected two factors"),
        ):
            with self.subTest(sentence=sentence), self.assertRaisesRegex(Exception, sentence):
                self.cohort(change, method="morris", n=2)


if __name__ == "__main__":
    unittest.main(buffer=True)
