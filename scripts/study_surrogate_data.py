# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What a surrogate is made from: the finished runs of a study as rows of coordinates, and the factors as axes."""

import dataclasses
import math

import numpy as np
import pandas as pd
from scipy.stats import norm

from cutis_runs import FINISHED
from study_design import sample_points
from study_distribution import Distribution
from study_figure import chosen_rows, level_text
from study_file import StudyError, nearest
from study_surrogate import Axis, held_out, n_terms, order_for
from study_table import write_csv

FEWEST = 11  # runs, of which three are then held out
MOST_OF_A_SCORE = 2.0  # standard scores up to which a response is drawn


@dataclasses.dataclass
class Training:
    """Rows of a study: `x` coordinates (n x axes), `frame` with their outcomes, `test` those that are held out."""

    frame: pd.DataFrame
    axes: list
    x: np.ndarray
    test: np.ndarray
    values: list  # for each axis a function from coordinates to values of the factor
    independent: bool = True  # whether the factors are drawn independently, without which indices mean nothing

    def of(self, outcome):
        """(x, values, test) of the runs that have this outcome."""
        y = self.frame[outcome].to_numpy(float)
        there = ~np.isnan(y)
        return self.x[there], y[there], self.test[there]


def training_of(frame, study, where):
    """StudyError with all that keeps the study from having a surrogate."""
    factors = list(study.factors)
    sampled = {r.path: r for r in study.sample.ranges} if study.sample else {}
    wrong = [f"--where {name}: there is no factor of this name{nearest(name, [*factors, *sampled])}" for name in where if name not in frame]
    if wrong:
        raise StudyError(wrong)
    rows = chosen_rows(frame, factors, list(sampled), [*factors, *sampled], where)
    columns, problems = [], []
    design = sample_points(study.sample)[0] if study.sample else None
    for name in [*factors, *sampled]:
        if name in where or rows[name].nunique() < 2:
            continue
        choice = isinstance(sampled.get(name), Distribution) and sampled[name].kind == "choice"
        if rows[name].dtype == object or choice:
            one = level_text(rows[name].iloc[0], frame.attrs["units"].get(name, ""))
            problems.append(f"{name} is a choice, and a surrogate goes over numbers: hold it, such as with --where \"{name}={one}\".")
        elif name in sampled:
            shares = design[rows.index.to_numpy() % len(design), list(sampled).index(name)]
            columns.append(sampled_axis(sampled[name], shares, study.sample.method))
        else:
            columns.append(factor_axis(name, rows[name].to_numpy(float), frame.attrs["units"].get(name, "")))
    if problems or not columns:
        raise StudyError(problems or ["Nothing is left that varies."])
    axes, coordinates, values = zip(*columns)
    x = np.stack(coordinates, axis=1)
    new = np.zeros(len(x), bool)
    new[np.unique(x, axis=0, return_index=True)[1]] = True  # a trajectory may meet another one
    new &= (rows["state"] == FINISHED).to_numpy()
    if not new.any():
        raise StudyError(["No run of the study is finished yet: scripts/study run comes first."])
    groups = groups_of(study.sample, rows.index.to_numpy())[new]
    independent = study.sample is None or study.sample.correlation is None
    return Training(rows[new], list(axes), x[new], held_out(groups), list(values), independent)


def groups_of(sample, rows):
    """Runs that share coordinates go together, or those held out would have been seen: points of a trajectory, or of a mixed sample."""
    if sample and sample.method == "morris":
        return rows // (len(sample.ranges) + 1)
    return rows % sample.n if sample and sample.method == "sobol indices" else rows


def sampled_axis(spread, shares, method):
    """(axis, coordinates, values of coordinates) of a parameter of a sample, from the shares of the way or of the hosts."""
    levels = 4 if method == "morris" else 0
    if getattr(spread, "kind", "") in ("normal", "lognormal"):
        coordinates = norm.ppf(np.clip(shares, 1e-9, 1 - 1e-9))
        return Axis(spread.path, spread.unit, "normal", levels=levels), coordinates, lambda z: spread.at(norm.cdf(z))
    if getattr(spread, "kind", "") == "triangular":
        middle, half = (spread.low + spread.high) / 2, (spread.high - spread.low) / 2
        axis = Axis(spread.path, spread.unit, "triangular", (spread.of["mode"] - middle) / half)
        return axis, (spread.at(shares) - middle) / half, lambda x: middle + half * np.asarray(x)
    at = np.vectorize(spread.at)
    return Axis(spread.path, spread.unit, levels=levels), 2 * shares - 1, lambda x: at((np.asarray(x) + 1) / 2)


def factor_axis(name, values, unit):
    """The same of a factor with levels, by their logarithm if they are spaced evenly in it."""
    levels = np.unique(values)
    even = lambda points: np.ptp(np.diff(points)) < 1e-6 * np.ptp(points)
    by_log = len(levels) > 2 and levels[0] > 0 and even(np.log(levels)) and not even(levels)
    there, back = (np.log, np.exp) if by_log else (np.asarray, np.asarray)
    low, high = there(levels[0]), there(levels[-1])
    coordinates = 2 * (there(values) - low) / (high - low) - 1
    return Axis(name, unit, levels=len(levels)), coordinates, lambda x: back(low + (high - low) * (np.asarray(x) + 1) / 2)


def middle_of(axes):
    """Coordinates of the median of each factor."""
    from study_sensitivity import import_openturns

    ot = import_openturns("Surrogates need")
    return np.array([axis.distribution(ot).computeQuantile(0.5)[0] for axis in axes])


def ends_of(axis):
    return (-MOST_OF_A_SCORE, MOST_OF_A_SCORE) if axis.law == "normal" else (-1.0, 1.0)


def chosen_order(training, outcome, wanted):
    """The order of the polynomials; StudyError with the number of runs that would do if there are too few of them."""
    _, y, test = training.of(outcome)
    n_axes = len(training.axes)
    few = min([axis.levels for axis in training.axes if axis.levels], default=0)
    if wanted and few and wanted >= few:
        raise StudyError([f"--order {wanted}: a factor has {few} levels, which carry polynomials up to order {few - 1}."])
    order = wanted or order_for(int((~test).sum()), training.axes)
    terms = n_terms(n_axes, order or 1)
    if len(y) < FEWEST or terms > (~test).sum():
        needed = max(FEWEST, math.ceil(terms / 0.8) + 1)
        raise StudyError([
            f"{outcome}: {len(y)} runs are too few for polynomials of order {order or 1} in {n_axes} factors, which are {terms}, with a fifth "
            f"of the runs held out. That takes n = {needed} runs" + (", or a lower --order." if order > 1 else ".")
        ])
    if np.ptp(y) == 0:
        raise StudyError([f"{outcome}: it is the same in all runs, so there is nothing to find."])
    return order


def write_training(training, outcomes, path):
    """CSV: run, factors and outcomes with units, the coordinates that the surrogates were made from, and which runs were held out."""
    factors = [axis.path for axis in training.axes]
    frame = training.frame[["run", *factors, *outcomes]].copy()
    for k, name in enumerate(factors):
        frame[f"coordinate of {name}"] = training.x[:, k]
    frame["held out"] = training.test.astype(int)
    frame.attrs["units"] = training.frame.attrs["units"]
    write_csv(frame, path)
