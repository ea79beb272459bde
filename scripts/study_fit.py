# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A fit from its study to its result: first points over the priors, the search, then what the measurements leave open."""

import dataclasses

import numpy as np
from scipy.stats import chi2

from cutis_runs import RunError
from study_file import StudyError
from study_fit_data import columns_problems
from study_fit_posterior import LITTLE, Posterior, draws_of_laplace, laplace, n_features, posterior_of
from study_fit_runs import FitRuns
from study_fit_search import WIDTH, Target, central, first_points, search

NARROWEST, WIDEST = 0.005, 0.05  # differences for the posterior, of the width of the prior
BETTER = 0.1  # by which a run about the best point must beat it, for the search to go on from there


@dataclasses.dataclass
class FitResult:
    runs: FitRuns
    target: Target
    starts: list
    posterior: Posterior
    near: np.ndarray  # rows about the best point that were run for the surrogate
    misfit: float  # chi squared, without the prior

    def p(self):
        """How often measurements with these standard deviations lie as far off, if the model were right."""
        freedom = self.freedom()
        return float(chi2.sf(self.misfit, freedom)) if freedom > 0 else float("nan")

    def freedom(self):
        """Measurements with weight, less the constants that they determine."""
        n = sum(m.weight > 0 for m in self.runs.measurements)
        return n - int(np.sum(self.posterior.sd() < LITTLE * np.array([c.prior_sd() for c in self.runs.constants])))


def check_columns(runs, middle):
    """StudyError with what the first run says against the measurements."""
    problems = columns_problems(runs.study.fit.data, runs.measurements, {arm: runs.series(middle, arm) for arm in runs.cases})
    if problems:
        raise StudyError(problems, "one run of each arm was made to see it")


def fit(study, folder, campaign, tell=print):
    """The FitResult of a study with [fit], whose folder the caller holds."""
    runs = FitRuns(study, folder, campaign)
    target = Target(runs.constants, runs.residuals)
    rows = first_points(runs.constants, study.fit.first, study.fit.seed)
    if not all(runs.run(rows[:1])):
        raise RunError(f"The run at the median of the priors failed: {next(iter(runs.failures.values()))}")
    check_columns(runs, rows[0])
    starts = search(target, rows, study.fit.starts, study.fit.most, tell)
    posterior, near = about_the_best(target, study.fit, tell)
    (residuals,) = target.at([posterior.x])
    return FitResult(runs, target, starts, posterior, near, float(residuals @ residuals))


def about_the_best(target, fit_of, tell):
    """(posterior, rows that were run for it). If one of these is better than the best point, the search goes on from there."""
    for attempt in range(3):
        x, value = target.best()
        sd = np.sqrt(np.diag(laplace(central(target, x, WIDTH * target.widths), target.constants)[0]))
        jacobian = central(target, x, np.clip(sd, NARROWEST * target.widths, WIDEST * target.widths))
        covariance, _ = laplace(jacobian, target.constants)
        near = draws_of_laplace(target, x, covariance, 2 * n_features(len(x)), fit_of.seed)
        tell(f"{len(near)} points about the best one, for the posterior")
        target.at(near)
        best, least = target.best()
        if value - least < BETTER or attempt == 2:
            break
        search(target, best[None], 1, max(fit_of.most, len(target.tried) + 50), tell)
    x, _ = target.best()
    return posterior_of(target, x, jacobian, fit_of.seed), near
