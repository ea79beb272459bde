# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of surrogates on functions of which errors and indices are known."""

import json
import unittest
import unittest.mock

import numpy as np
import pandas as pd
from scipy.stats import qmc

from test_cohort import Described  # puts scripts/ on the path
from test_sensitivity import Indices, ishigami, openturns
from test_studies import HEAD

import study_surrogate as surrogate
import study_surrogate_data as data
import study_surrogate_report as report
from cutis_runs import RunError
from study_design import points_of
from study_file import StudyError
from study_surrogate import Axis

NEEDS_OPENTURNS = unittest.skipUnless(openturns, "python3-openturns is not installed")


def cube(n, d, seed=1):
    return 2 * qmc.Sobol(d, seed=seed).random(n) - 1


def of_ishigami(x):
    return ishigami((x + 1) / 2)


class Numbers(unittest.TestCase):
    def test_polynomials_are_counted(self):
        self.assertEqual([surrogate.n_terms(d, p) for d, p in ((1, 3), (3, 2), (10, 1))], [4, 10, 11])
        self.assertEqual(surrogate.order_for(10, [Axis("a")] * 3), 2)
        self.assertEqual(surrogate.order_for(3, [Axis("a")] * 3), 0)
        self.assertEqual(surrogate.order_for(1000, [Axis("a"), Axis("b", levels=3)]), 2)

    def test_groups_are_held_out_whole(self):
        groups = np.arange(100) % 20
        taken = surrogate.held_out(groups)
        self.assertEqual(taken.sum(), 20)
        self.assertTrue(all(len(set(taken[groups == g])) == 1 for g in range(20)))

    def test_leaving_out_by_the_formula_is_leaving_out(self):
        x, y = np.linspace(-1, 1, 9), np.random.default_rng(1).normal(size=9)
        covariance = np.exp(-np.abs(x[:, None] - x[None, :]))
        residuals = surrogate.leave_one_out(covariance, y)
        for k in range(9):
            rest = np.arange(9) != k
            inverse = np.linalg.inv(covariance[np.ix_(rest, rest)])
            mean = (inverse @ y[rest]).sum() / inverse.sum()
            predicted = mean + covariance[k, rest] @ inverse @ (y[rest] - mean)
            self.assertAlmostEqual(residuals[k], y[k] - predicted, places=10)


@NEEDS_OPENTURNS
class Chaos(unittest.TestCase):
    AXES = [Axis(name) for name in "abc"]

    def test_a_polynomial_is_found_exactly_with_its_indices(self):
        x = cube(32, 3)
        made = surrogate.chaos(x, 3 + 2 * x[:, 0] + x[:, 0] * x[:, 1], self.AXES, 2)
        other = cube(64, 3, seed=7)
        np.testing.assert_allclose(made.predict(other), 3 + 2 * other[:, 0] + other[:, 0] * other[:, 1], atol=1e-9)
        # variances of 2a and ab over (-1, 1): 4/3 and 1/9
        np.testing.assert_allclose(made.indices, np.array([[12, 13], [0, 1], [0, 0]]) / 13, atol=1e-9)

    def test_scores_have_the_polynomials_of_the_normal_distribution(self):
        z = np.random.default_rng(1).normal(size=(60, 2))
        made = surrogate.chaos(z, z[:, 0] ** 2 + z[:, 1], [Axis("a", law="normal"), Axis("b", law="normal")], 2)
        np.testing.assert_allclose(made.indices[:, 0], [2 / 3, 1 / 3], atol=1e-9)  # variances 2 and 1

    def test_leaving_out_is_fitting_again_without(self):
        x = cube(32, 3)
        made = surrogate.chaos(x, of_ishigami(x), self.AXES, 3)
        matrix = surrogate.matrix_of(x, made.terms, made.polynomials)
        for k in (0, 5, 31):
            rest = np.arange(32) != k
            coefficients = np.linalg.lstsq(matrix[rest], of_ishigami(x)[rest], rcond=None)[0]
            self.assertAlmostEqual(made.loo[k], of_ishigami(x)[k] - matrix[k] @ coefficients, places=8)

    def test_ishigami(self):
        x = cube(256, 3)
        made = surrogate.chaos(x, of_ishigami(x), self.AXES, 8)
        other = 2 * np.random.default_rng(5).random((2000, 3)) - 1
        self.assertGreater(surrogate.q2(made.predict(other) - of_ishigami(other), of_ishigami(other)), 0.999)
        self.assertGreater(made.q2_loo, 0.999)
        np.testing.assert_allclose(made.indices, np.transpose([Indices.FIRST, Indices.TOTAL]), atol=0.005)


@NEEDS_OPENTURNS
class Kriging(unittest.TestCase):
    def test_a_smooth_function_is_found_between_the_runs_and_met_at_them(self):
        function = lambda x: np.exp(-x[:, 0]) * np.cos(2 * x[:, 1])
        x = cube(32, 2)
        made = surrogate.kriging(x, function(x), [Axis("a"), Axis("b")])
        np.testing.assert_allclose(made.predict(x), function(x), atol=1e-4)
        other = cube(256, 2, seed=9)
        self.assertGreater(surrogate.q2(made.predict(other) - function(other), function(other)), 0.995)

    def test_where_the_function_has_a_kink_kriging_is_the_better_one(self):
        x = cube(64, 1)
        test = surrogate.held_out(np.arange(64))
        first, _ = surrogate.surrogates_of(x, np.abs(x[:, 0] - 0.2), [Axis("a")], 4, test)
        self.assertEqual(first.name, "kriging")


class OfStudies(Described):
    """Tables of studies as they are after their runs: y is a function of the values."""

    SAMPLE = '[sample]\nmethod = "{}"\nn = {}\n[sample.range]\n"A/Rate" = {{ from = 1, to = 3, unit = "1/d" }}\n"A/Narrow" = {{ from = 1, to = 100, scale = "log" }}\n'
    OUTCOMES = '[outcomes]\ny = { column = "c", take = "final" }\n'

    def table(self, text, function):
        study = self.study(HEAD + text + self.OUTCOMES)
        points = points_of(study, self.folder)
        number = lambda text: float(text.split()[0]) if text[:1].isdigit() else text
        values = {name: [number(p.values[name]) for p in points] for name in points[0].values}
        frame = pd.DataFrame({"run": [p.variant.name for p in points], **values, "state": "finished"})
        frame["y"] = [function(*row) for row in zip(*values.values())]
        frame.attrs["units"] = {**dict.fromkeys(values, ""), "A/Rate": "1/d", "y": "mm"}
        return frame, study

    def test_coordinates_follow_the_scale(self):
        frame, study = self.table(self.SAMPLE.format("sobol", 16), lambda rate, narrow: rate + np.log10(narrow))
        training = data.training_of(frame, study, {})
        np.testing.assert_allclose(frame["y"], 2 + training.x[:, 0] + 1 + training.x[:, 1], atol=1e-6)
        np.testing.assert_allclose(training.values[1]([-1, 0, 1]), [1, 10, 100])

    def test_levels_of_factors_go_by_their_logarithm_if_they_are_even_in_it(self):
        for levels, middle in (((1, 10, 100), 10), ((1, 2, 3), 2), ((50, 150, 300), 175)):
            _, _, values = data.factor_axis("a", np.array(levels, float), "")
            self.assertAlmostEqual(float(values(0)), middle)

    def test_too_few_runs_are_refused_with_the_number_that_would_do(self):
        frame, study = self.table(self.SAMPLE.format("latin hypercube", 10), lambda a, b: a + b)
        training = data.training_of(frame, study, {})
        with self.assertRaisesRegex(StudyError, "y: 10 runs are too few .* takes n = 11 runs"):
            data.chosen_order(training, "y", None)
        frame, study = self.table(self.SAMPLE.format("latin hypercube", 20), lambda a, b: a + b)
        training = data.training_of(frame, study, {})
        self.assertEqual(data.chosen_order(training, "y", None), 4)
        with self.assertRaisesRegex(StudyError, "order 6 in 2 factors, which are 28, .* n = 36 runs, or a lower --order"):
            data.chosen_order(training, "y", 6)

    def test_what_has_no_surrogate_is_said(self):
        choice = '[sample.range."Host/Smoker"]\ndistribution = "choice"\nvalues = [true, false]\nweights = [1, 1]\nsource = "x"\n'
        frame, study = self.table(self.SAMPLE.format("latin hypercube", 24) + choice, lambda a, b, c: a)
        with self.assertRaisesRegex(StudyError, "Host/Smoker is a choice.*--where \"Host/Smoker=(true|false)\""):
            data.training_of(frame, study, {})
        training = data.training_of(frame, study, {"Host/Smoker": "true"})
        self.assertEqual((len(training.x), training.x.shape[1]), (12, 2))
        with self.assertRaisesRegex(StudyError, "--where A/Rat: .* did you mean 'A/Rate'"):
            data.training_of(frame, study, {"A/Rat": "1"})
        frame["state"] = "new"
        with self.assertRaisesRegex(StudyError, "No run of the study is finished yet"):
            data.training_of(frame, study, {"Host/Smoker": "true"})
        frame, study = self.table(self.SAMPLE.format("sobol", 16), lambda a, b: 1.0)
        with self.assertRaisesRegex(StudyError, "the same in all runs"):
            data.chosen_order(data.training_of(frame, study, {}), "y", None)

    @NEEDS_OPENTURNS
    def test_what_is_written_is_enough_to_evaluate_it_and_indices_stand_beside_the_direct_ones(self):
        frame, study = self.table(self.SAMPLE.format("sobol indices", 16), lambda rate, narrow: rate * (1 + np.log10(narrow)))
        with unittest.mock.patch("builtins.print") as told:
            report.report(frame, study, ["y"], {}, None, self.folder / "surrogate")
        said = "\n".join(str(line) for call in told.call_args_list for line in call.args)
        self.assertRegex(said, "y: 64 runs, .* mm\n")
        self.assertRegex(said, r"the better one is chaos, and it is good")
        # of (2 + a)(2 + b) over (-1, 1) the variances are 4/3, 4/3 and 1/9
        self.assertRegex(said, r"A/Narrow +0\.480   0\.520 +0\.\d+ \(.* to .*\) +0\.\d+ \(")
        written = json.loads((self.folder / "surrogate" / "y.json").read_text())
        training = pd.read_csv(self.folder / "surrogate" / "training.csv")
        self.assertEqual(list(training)[:4], ["run", "A/Rate [1/d]", "A/Narrow", "y [mm]"])
        self.assertEqual(training["held out"].sum(), 16)  # of 64 in groups of four a fifth is not whole
        made = written["surrogates"]["chaos"]
        x = training[["coordinate of A/Rate", "coordinate of A/Narrow"]].to_numpy()
        y = sum(
            term["coefficient"] * np.prod([np.polyval(made["polynomials"][k][o][::-1], x[:, k]) for k, o in enumerate(term["orders"])], axis=0)
            for term in made["terms"]
        )
        np.testing.assert_allclose(y, training["y [mm]"], atol=1e-6)
        self.assertTrue((self.folder / "surrogate" / "y.png").is_file())

    @unittest.skipIf(openturns, "python3-openturns is installed")
    def test_what_is_missing_is_said_with_the_command_that_installs_it(self):
        with self.assertRaisesRegex(RunError, "Surrogates need OpenTURNS.*apt-get install"):
            surrogate.kriging(cube(8, 2), np.arange(8.0), [Axis("a"), Axis("b")])


if __name__ == "__main__":
    unittest.main(buffer=True)
