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
    """`surrogate`: x to values of the rows; `targets`: of these rows; `bounds`: of x, pairs."""

    def __init__(self, surrogate, errors, targets, bounds):
        self.surrogate = surrogate
        self.targets = targets
        self.bounds = np.asarray(bounds, float)
        self.weights = np.array([t.weight for t in targets])
        self.wide = NU * (1 + (np.asarray(errors) / np.array([abs(t.scale) for t in targets])) ** 2)

    def without(self, series):
        """The same, a series of rows left out."""
        other = Posterior.__new__(Posterior)
        other.__dict__.update(self.__dict__)
        other.weights = np.where([t.row.series == series for t in self.targets], 0.0, self.weights)
        return other

    def costs(self, values):
        """What each row adds to the negative logarithm, from values (points x rows)."""
        residuals = np.stack([t.residual(values[:, k]) for k, t in enumerate(self.targets)], axis=1)
        return 0.5 * (NU + 1) * np.log1p(residuals**2 / self.wide)

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


def sample(log_density, starts, steps, seed):
    """
    Affine-invariant ensemble of walkers (Goodman and Weare, Comm. Appl. Math. Comput. Sci. 5, 65, 2010), half of it moved at
    a time by stretches towards the other half; (steps x walkers x constants), the first third left out, and the share of accepted moves.
    """
    random = np.random.default_rng(seed)
    walkers = np.array(starts, float)
    n, d = walkers.shape
    density = log_density(walkers)
    if not np.isfinite(density).all():
        raise ValueError("A walker starts beyond the bounds.")
    chain, accepted = np.empty((steps, n, d)), 0
    halves = np.array_split(np.arange(n), 2)
    for step in range(steps):
        for moved, others in (halves, halves[::-1]):
            stretch = (1 + random.random(len(moved))) ** 2 / 2  # density as 1/sqrt(z) between 1/2 and 2
            towards = walkers[random.choice(others, len(moved))]
            proposed = towards + stretch[:, None] * (walkers[moved] - towards)
            there = log_density(proposed)
            taken = np.log(random.random(len(moved))) < (d - 1) * np.log(stretch) + there - density[moved]
            walkers[moved[taken]], density[moved[taken]] = proposed[taken], there[taken]
            accepted += int(taken.sum())
        chain[step] = walkers
    return chain[steps // 3 :], accepted / (steps * n)


def split_ratio(chain):
    """Gelman and Rubin's ratio of the first and second half of the walkers' paths, per constant; 1 where they agree."""
    half = len(chain) // 2
    paths = np.concatenate([chain[:half], chain[half : 2 * half]], axis=1)
    within = paths.var(axis=0, ddof=1).mean(axis=0)
    return np.sqrt(1 + paths.mean(axis=0).var(axis=0, ddof=1) / within)
