# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Sobol' indices from few runs: a polynomial through a sample, the shares of its variance, and how well the runs know them.

The polynomial is of order two in all parameters together, in Legendre polynomials of coordinates from -1 to 1, by least squares
(polynomial chaos; Sudret, Reliab. Eng. Syst. Saf. 93, 2008); of the outcome, or of its logarithm where that comes nearer to runs that are left
out. Shares are those of the polynomial, by differences of points (Jansen, Comput. Phys. Commun. 117, 1999). Their intervals come from
polynomials through runs that are drawn anew, with repeats: they hold what few runs leave open, and not what order two leaves out, which is
in the error at runs left out.
"""

import itertools

import numpy as np

from cutis_runs import RunError

DRAWS = 200  # of the runs, for the intervals
POINTS = 4096  # of the polynomial, for the shares
LEAST_EXPLAINED = 0.9  # of the variance at runs left out; below it nothing is told
LEVEL = (0.025, 0.975)


def basis(x):
    """Legendre polynomials of total order two, orthonormal over -1 to 1 (runs x terms): 1, d of order one, d of two, products."""
    first, second = np.sqrt(3) * x, np.sqrt(5) * (1.5 * x**2 - 0.5)
    pairs = [first[:, i] * first[:, j] for i, j in itertools.combinations(range(x.shape[1]), 2)]
    return np.column_stack([np.ones(len(x)), first, second, *pairs])


class Polynomial:
    """Through values of runs at x (runs x parameters, -1 to 1); `log`: through their logarithm."""

    def __init__(self, x, values, log):
        self.log = log
        matrix, there = basis(x), np.log(values) if log else values
        self.coefficients = np.linalg.lstsq(matrix, there, rcond=None)[0]
        hat = np.einsum("ij,ji->i", matrix, np.linalg.pinv(matrix))
        left_out = there - (there - matrix @ self.coefficients) / np.maximum(1 - hat, 1e-6)
        missed = (np.exp(left_out) if log else left_out) - values
        self.error = float(np.sqrt(np.mean(missed**2)))  # at a run that is left out
        self.explained = 1 - float(np.mean(missed**2) / np.var(values))

    def of_terms(self, matrix):
        value = matrix @ self.coefficients
        return np.exp(value) if self.log else value

    def __call__(self, x):
        return self.of_terms(basis(x))


def fitted(x, values):
    """The better of the two polynomials; RunError if there are too few runs for one."""
    n_terms = basis(x[:1]).shape[1]
    if len(x) < 1.5 * n_terms:
        raise RunError(f"{len(x)} runs are too few for the {n_terms} terms of order two; take at least {int(np.ceil(1.5 * n_terms))}.")
    made = [Polynomial(x, values, log) for log in ((False, True) if (values > 0).all() else (False,))]
    return max(made, key=lambda polynomial: polynomial.explained)


def samples_for_shares(n_parameters, seed):
    """The terms at two samples of points, and at the first with one parameter of the second, for each: a list of matrices."""
    from scipy.stats import qmc

    points = 2 * qmc.Sobol(2 * n_parameters, seed=seed).random(POINTS) - 1
    a, b = points[:, :n_parameters], points[:, n_parameters:]
    mixed = [np.where(np.arange(n_parameters) == k, b, a) for k in range(n_parameters)]
    return [basis(x) for x in (a, b, *mixed)]


def shares(polynomial, matrices):
    """(first order, total) of each parameter."""
    at_a, at_b, *at_mixed = (polynomial.of_terms(matrix) for matrix in matrices)
    variance = np.var(np.concatenate([at_a, at_b]))
    return np.array([(1 - np.mean((at_b - m) ** 2) / (2 * variance), np.mean((at_a - m) ** 2) / (2 * variance)) for m in at_mixed])


def indices(x, values, seed=0):
    """(polynomial, first order, total); the latter two with a row (index, lower, upper) for each parameter."""
    values = np.asarray(values, float)
    if np.ptp(values) == 0:
        raise RunError("The outcome is the same in all runs, so there is nothing to share out.")
    polynomial = fitted(x, values)
    matrices = samples_for_shares(x.shape[1], seed)
    best = shares(polynomial, matrices)
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(DRAWS):
        again = random.integers(len(x), size=len(x))
        drawn.append(shares(Polynomial(x[again], values[again], polynomial.log), matrices))
    low, high = np.quantile(drawn, LEVEL, axis=0)
    return polynomial, *(np.stack([best[:, k], low[:, k], high[:, k]], axis=1) for k in (0, 1))


def require_explained(polynomial, n):
    if polynomial.explained < LEAST_EXPLAINED:
        raise RunError(
            f"A polynomial of order two through {n} runs explains {polynomial.explained:.2f} of the variance at runs left out, and {LEAST_EXPLAINED} is asked "
            "for: more runs, narrower ranges, or `method = \"sobol indices\"`."
        )


def describe(polynomial, values):
    """A line on how near the polynomial is to runs."""
    of = "the logarithm of the outcome" if polynomial.log else "the outcome"
    return (
        f"polynomial of order two through {of}; at runs left out it misses {polynomial.error:.3g} in the root of the mean square, "
        f"which leaves {1 - polynomial.explained:.3f} of the variance (standard deviation {np.std(values):.3g})"
    )


def draw(paths, first, total, title, note, named=12):
    """Bars: of each parameter the share by itself and, behind it, that with the others, both with their intervals."""
    import matplotlib.pyplot as plt

    import cutis_drawing as drawing

    drawing.use_style()
    order = np.argsort(-total[:, 0])[:named]
    figure, ax = plt.subplots(figsize=(7.2, 0.34 * len(order) + 1.5))
    for rows, colour, shift, label in ((total, "#9ecae1", 0.18, "with the others (total)"), (first, drawing.BLUE, -0.18, "by itself (first order)")):
        middle, low, high = (100 * rows[order, k] for k in range(3))
        errors = np.maximum([middle - low, high - middle], 0)
        ax.barh(np.arange(len(order)) + shift, middle, 0.36, xerr=errors, color=colour, label=label, error_kw={"lw": 1})
    ax.set_yticks(range(len(order)), [paths[k].rpartition("/")[2] for k in order])
    ax.invert_yaxis()
    ax.set(xlabel="share of the variance [%], with 95 % intervals", xlim=(0, None))
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
    ax.set_title(f"{title}\n{note}", fontsize=10)
    figure.tight_layout()
    return figure
