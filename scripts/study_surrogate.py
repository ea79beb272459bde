# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Surrogates of one outcome: sparse polynomial chaos and kriging (OpenTURNS), each with the error that it makes on other runs.

Inputs are coordinates without units, a column for each factor: `Axis` says what a coordinate means. Chaos: least squares on the
polynomials of a total order, orthonormal for the distributions of the factors, of which least-angle regression keeps some
(Blatman and Sudret, J. Comput. Phys. 230, 2011). Kriging: constant trend, Matern 5/2 with a length for each factor.
"""

import dataclasses
import math

import numpy as np

from study_sensitivity import import_openturns

MOST_ORDER = 8
MOST_FOR_KRIGING = 300  # runs; the time goes with their third power
LENGTHS = (0.05, 50.0)  # of correlation, between which they are looked for; a factor goes over about 2


@dataclasses.dataclass(frozen=True)
class Axis:
    """A factor as a coordinate: `uniform` from -1 to 1, `normal` a standard score, `triangular` from -1 over `mode` to 1."""

    path: str
    unit: str = ""
    law: str = "uniform"
    mode: float = 0.0
    levels: int = 0  # how many different values there are, if few; a polynomial needs one more than its order

    def distribution(self, ot):
        if self.law == "normal":
            return ot.Normal(0, 1)
        return ot.Triangular(-1, self.mode, 1) if self.law == "triangular" else ot.Uniform(-1, 1)


@dataclasses.dataclass
class Surrogate:
    """What stands in for the runs: `predict` takes rows of coordinates; errors are of runs that it was not made from."""

    name: str
    predict: object
    loo: np.ndarray  # leave-one-out residuals, computed less predicted
    q2_loo: float
    terms: list = None  # of chaos: (orders of the polynomials, coefficient)
    polynomials: list = None  # of chaos: for each axis and order the coefficients by rising power
    indices: np.ndarray = None  # of chaos: (first order, total) for each axis
    lengths: np.ndarray = None  # of kriging
    test_error: float = math.nan
    q2_test: float = math.nan


def n_terms(n_axes, order):
    """Polynomials of a total order up to `order`."""
    return math.comb(n_axes + order, order)


def order_for(n, axes):
    """The highest order that n runs carry, as many runs as polynomials; 0 if not even 1."""
    most = min([MOST_ORDER, *(axis.levels - 1 for axis in axes if axis.levels)])
    return max((order for order in range(1, most + 1) if n_terms(len(axes), order) <= n), default=0)


def q2(errors, values):
    """1 less the share of the variance that is missed; below 0 it is worse than the mean."""
    return 1 - float(np.mean(np.square(errors)) / np.var(values))


def chaos(x, y, axes, order):
    ot = import_openturns("Surrogates need")
    laws = [axis.distribution(ot) for axis in axes]
    families = [ot.StandardDistributionPolynomialFactory(law) for law in laws]
    enumeration = ot.LinearEnumerateFunction(len(axes))
    basis = ot.OrthogonalProductPolynomialFactory(families, enumeration)
    kept = ot.FixedStrategy(basis, n_terms(len(axes), order))
    selection = ot.LeastSquaresMetaModelSelectionFactory(ot.LARS(), ot.CorrectedLeaveOneOut())
    inputs, outputs = ot.Sample(x), ot.Sample(y[:, None])
    algorithm = ot.FunctionalChaosAlgorithm(inputs, outputs, ot.ComposedDistribution(laws), kept, ot.LeastSquaresStrategy(inputs, outputs, selection))
    algorithm.run()
    result = algorithm.getResult()
    terms = [(list(enumeration(k)), float(c[0])) for k, c in zip(result.getIndices(), result.getCoefficients())]
    polynomials = [[list(family.build(k).getCoefficients()) for k in range(order + 1)] for family in families]
    made = Surrogate("chaos", lambda rows: matrix_of(rows, terms, polynomials) @ [c for _, c in terms], None, 0, terms, polynomials)
    # of the terms that were kept: that they were chosen with all runs is not in it, so the runs held out are the harder test
    matrix = matrix_of(x, terms, polynomials)
    hat = np.einsum("ij,ji->i", matrix, np.linalg.pinv(matrix))
    made.loo = (y - made.predict(x)) / np.maximum(1 - hat, 1e-12)
    made.q2_loo = q2(made.loo, y)
    made.indices = indices_of(terms, len(axes))
    return made


def matrix_of(rows, terms, polynomials):
    """Values of the terms at rows of coordinates, a column for each term."""
    rows = np.asarray(rows, float)
    columns = np.ones((len(rows), len(terms)))
    for k, (orders, _) in enumerate(terms):
        for axis, order in enumerate(orders):
            if order:
                columns[:, k] *= np.polynomial.polynomial.polyval(rows[:, axis], polynomials[axis][order])
    return columns


def indices_of(terms, n_axes):
    """Sobol' indices, (first order, total) for each axis: shares of the sum of squares of the coefficients; NaN without variance."""
    shares = np.zeros((n_axes, 2))
    for orders, coefficient in terms:
        there = [axis for axis, order in enumerate(orders) if order]
        for axis in there:
            shares[axis] += coefficient**2 * np.array([len(there) == 1, 1])
    variance = sum(coefficient**2 for orders, coefficient in terms if any(orders))
    return shares / variance if variance else np.full((n_axes, 2), np.nan)


def kriging(x, y, axes, starts=(0.7, 3.0)):
    """`starts`: lengths from which the likelihood, which may have more than one peak, is climbed."""
    ot = import_openturns("Surrogates need")
    x, y = x[:MOST_FOR_KRIGING], y[:MOST_FOR_KRIGING]
    middle, spread = float(y.mean()), float(y.std())
    inputs, outputs = ot.Sample(x), ot.Sample(((y - middle) / spread)[:, None])
    ot.Log.Show(ot.Log.NONE)  # it warns of limits that are replaced here
    best = None
    for start in starts:
        model = ot.MaternModel(np.broadcast_to(start, len(axes)), [1.0], 2.5)
        model.setNuggetFactor(1e-8)
        algorithm = ot.KrigingAlgorithm(inputs, outputs, model, ot.ConstantBasisFactory(len(axes)).build())
        algorithm.setOptimizationBounds(ot.Interval([LENGTHS[0]] * len(axes), [LENGTHS[1]] * len(axes)))
        algorithm.run()
        likelihood = algorithm.getReducedLogLikelihoodFunction()(algorithm.getResult().getCovarianceModel().getScale())[0]
        if best is None or likelihood > best[0]:
            best = likelihood, algorithm.getResult()
    result = best[1]
    function = result.getMetaModel()
    predict = lambda rows: np.array(function(ot.Sample(np.asarray(rows, float))))[:, 0] * spread + middle
    loo = leave_one_out(np.array(result.getCovarianceModel().discretize(inputs)), y)
    return Surrogate("kriging", predict, loo, q2(loo, y), lengths=np.array(result.getCovarianceModel().getScale()))


def leave_one_out(covariance, y):
    """Residuals of kriging with an unknown mean and this covariance, each without its own run (Dubrule, Math. Geol. 15, 1983)."""
    inverse = np.linalg.inv(covariance)
    ones = inverse.sum(axis=1)
    bordered = inverse - np.outer(ones, ones) / ones.sum()
    return bordered @ y / np.diag(bordered)


def held_out(groups, seed=1, share=0.2):
    """Which runs are held out: whole groups, drawn with the seed, until there are the share of all runs."""
    order = np.random.default_rng(seed).permutation(np.unique(groups))
    taken = np.zeros(len(groups), bool)
    for group in order:
        if taken.sum() >= share * len(groups):
            break
        taken |= groups == group
    return taken


def surrogates_of(x, y, axes, order, test):
    """[chaos, kriging] of all runs, with the errors at the runs `test` of those made of the others; the better one first."""
    parts = [(chaos(x[~test], y[~test], axes, order), lambda _: chaos(x, y, axes, order))]
    parts.append((kriging(x[~test], y[~test], axes), lambda part: kriging(x, y, axes, [part.lengths])))
    made = []
    for part, of_all in parts:
        errors = y[test] - part.predict(x[test])
        surrogate = of_all(part)
        surrogate.test_error = float(np.sqrt(np.mean(errors**2)))
        surrogate.q2_test = q2(errors, y[test])
        made.append(surrogate)
    return sorted(made, key=lambda surrogate: surrogate.test_error)
