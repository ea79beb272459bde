# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
What the rows say of the constants. The logarithm of the posterior density of x is

    -|x|^2/2 - sum w (nu + 1)/2 ln(1 + r^2/(nu (1 + e^2)))

with r the residual of a row, e the error of the surrogate in the same unit, and w the weight of the row. Student's t with nu = 4 in
place of a normal law: a row that the model cannot meet whatever its constants are, one MMP for two genes, then pulls at them
less and less the farther it is away.
"""

import numpy as np
from scipy.optimize import minimize

NU = 4.0


class Posterior:
    """`surrogate`: x to values of the rows; `targets`: of these rows; `bounds`: of x, pairs; `nu`: infinity is a normal law."""

    def __init__(self, surrogate, errors, targets, bounds, nu=NU):
        self.nu = nu
        self.surrogate = surrogate
        self.targets = targets
        self.bounds = np.asarray(bounds, float)
        self.weights = np.array([t.weight for t in targets])
        self.wide = 1 + (np.asarray(errors) / np.array([abs(t.scale) for t in targets])) ** 2

    def without(self, series):
        """The same, a series of rows left out."""
        other = Posterior.__new__(Posterior)
        other.__dict__.update(self.__dict__)
        other.weights = np.where([t.row.series == series for t in self.targets], 0.0, self.weights)
        return other

    def costs(self, values):
        """What each row adds to the negative logarithm, from values (points x rows)."""
        residuals = np.stack([t.residual(values[:, k]) for k, t in enumerate(self.targets)], axis=1)
        squares = residuals**2 / self.wide
        return 0.5 * squares if np.isinf(self.nu) else 0.5 * (self.nu + 1) * np.log1p(squares / self.nu)

    def log_density(self, x):
        """Of points x (points x constants); minus infinity beyond the bounds."""
        x = np.atleast_2d(x)
        inside = ((x >= self.bounds[:, 0]) & (x <= self.bounds[:, 1])).all(axis=1)
        density = np.full(len(x), -np.inf)
        if inside.any():
            fit = self.costs(self.surrogate(x[inside])) @ self.weights
            density[inside] = -0.5 * (x[inside] ** 2).sum(axis=1) - fit
        return density

    def best(self, starts):
        """(x, log density) of the highest mode found from each of the starts, the highest first."""
        step = 1e-4

        def slope(x):
            near = np.clip(x + step * np.vstack([np.eye(len(x)), -np.eye(len(x))]), *self.bounds.T)
            high, low = np.split(self.log_density(near), 2)
            span = np.diagonal(near[: len(x)]) - np.diagonal(near[len(x) :])
            return -(high - low) / span

        found = []
        for start in np.clip(starts, *self.bounds.T):
            result = minimize(lambda x: -self.log_density(x)[0], start, jac=slope, method="L-BFGS-B", bounds=self.bounds)
            found.append((result.x, -float(result.fun)))
        return sorted(found, key=lambda pair: -pair[1])


class Draws:
    """
    Points (draws x constants) of the prior with weights by what the rows say of them. Good as long as the posterior is no more than a
    few times narrower than the prior: `size` is how many draws without weights would know as much.
    """

    def __init__(self, posterior, constants, number, seed):
        random = np.random.default_rng(seed)
        self.points = np.array([c.prior().rvs(number, random_state=random) for c in constants]).T
        fit = posterior.costs(posterior.surrogate(self.points)) @ posterior.weights
        self.weights = np.exp(fit.min() - fit)
        self.weights /= self.weights.sum()
        self.size = 1 / float((self.weights**2).sum())

    def quantiles(self, k, shares):
        """Of constant k: the value below which a share of the weights is."""
        order = np.argsort(self.points[:, k])
        return self.points[order, k][np.minimum(np.searchsorted(np.cumsum(self.weights[order]), shares), len(order) - 1)]

    def sd(self, k):
        mean = self.weights @ self.points[:, k]
        return float(np.sqrt(self.weights @ (self.points[:, k] - mean) ** 2))
