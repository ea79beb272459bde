# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How well fitted constants are known: Laplace's approximation at the best point, and a Markov chain on a surrogate about it.

Laplace: the inverse of J'J plus the precision of the prior; a uniform prior counts with its variance, 1/12 of its width squared.
The chain (stretch moves, Goodman and Weare, Comm. App. Math. Comp. Sci. 5, 2010) goes over polynomials of second order for each
residual, fitted to the runs about the best point, and keeps to the ends of the priors. It is told only if the surrogate
is good enough, which the runs say: each is predicted from the others.
"""

import dataclasses

import numpy as np

ROUGH = 0.3  # standard deviations of a measurement that the surrogate may be off
NEAR = 9.0  # misfit above the best within which that is asked
NOT_INFORMED, LITTLE = 0.9, 0.6  # width of the posterior over that of the prior
NO_INFLUENCE = 0.1  # standard deviations of a measurement, over that of the prior
WALKERS, STEPS, BURN = 200, 2000, 500


@dataclasses.dataclass
class Posterior:
    x: np.ndarray  # the best point
    covariance: np.ndarray  # of Laplace
    influence: np.ndarray  # largest change of a residual over the standard deviation of the prior of each constant
    error: float  # of the surrogate, in standard deviations of a measurement
    draws: np.ndarray = None  # of the chain, or None if the surrogate is too rough
    drift: float = 0.0  # between the halves of the chain, in standard deviations

    def sd(self):
        return np.sqrt(np.diag(self.covariance)) if self.draws is None else self.draws.std(axis=0, ddof=1)

    def correlation(self):
        if self.draws is not None and len(self.x) > 1:
            return np.corrcoef(self.draws.T)
        sd = np.sqrt(np.diag(self.covariance))
        return self.covariance / np.outer(sd, sd)

    def interval(self, low, high):
        """Rows (lower, upper) with 95 % of the posterior between them."""
        if self.draws is not None:
            return np.quantile(self.draws, [0.025, 0.975], axis=0).T
        sd = np.sqrt(np.diag(self.covariance))
        return np.clip(np.stack([self.x - 1.96 * sd, self.x + 1.96 * sd], axis=1), low[:, None], high[:, None])


def laplace(jacobian, constants):
    """(covariance, influence) of the coordinates."""
    prior = np.array([c.prior_sd() for c in constants])
    influence = np.abs(jacobian).max(axis=0) * prior
    return np.linalg.inv(jacobian.T @ jacobian + np.diag(prior**-2.0)), influence


def draws_of_laplace(target, x, covariance, n, seed):
    """Rows to run next, by which the surrogate will be good where the posterior is."""
    random = np.random.default_rng(seed)
    return np.clip(random.multivariate_normal(x, covariance, n), target.low, target.high)


def features(rows, middle, scale):
    """1, the coordinates and their products."""
    z = (np.atleast_2d(rows) - middle) / scale
    upper = np.triu_indices(z.shape[1])
    return np.hstack([np.ones((len(z), 1)), z, z[:, upper[0]] * z[:, upper[1]]])


def n_features(d):
    return (d + 1) * (d + 2) // 2


class Quadratic:
    """Residuals as polynomials of second order; runs far above the best count less."""

    def __init__(self, target, x, covariance):
        rows = np.array([key for key, r in target.tried.items() if r is not None])
        residuals = np.array([target.tried[tuple(row)] for row in rows])
        values = target.values(rows)
        self.middle, self.scale = x, np.sqrt(np.diag(covariance))
        weight = 1 / (1 + (values - values.min()) / 4)
        matrix = features(rows, self.middle, self.scale)
        inverse = np.linalg.pinv(weight[:, None] * matrix)
        self.coefficients = inverse @ (weight[:, None] * residuals)
        hat = np.einsum("ij,ji->i", weight[:, None] * matrix, inverse)
        without = (residuals - matrix @ self.coefficients) / np.maximum(1 - hat, 1e-9)[:, None]
        near = values <= values.min() + NEAR
        enough = near.sum() > n_features(len(x))
        self.error = float(np.sqrt(np.mean(without[near] ** 2))) if enough else np.inf

    def residuals(self, rows):
        return features(rows, self.middle, self.scale) @ self.coefficients


def chain(target, surrogate, x, covariance, seed):
    """(draws, drift) of the posterior on the surrogate."""
    random = np.random.default_rng(seed)

    def log_density(rows):
        inside = np.all((rows >= target.low) & (rows <= target.high), axis=1)
        squares = np.sum(surrogate.residuals(rows) ** 2, axis=1) + np.sum(np.where(target.scores, rows, 0) ** 2, axis=1)
        return np.where(inside, -squares / 2, -np.inf)

    walkers = np.clip(random.multivariate_normal(x, covariance / 4, WALKERS), target.low, target.high)
    density = log_density(walkers)
    half, kept = WALKERS // 2, []
    for step in range(STEPS):
        for mine, others in ((slice(0, half), slice(half, None)), (slice(half, None), slice(0, half))):
            z = (1 + random.random(half)) ** 2 / 2  # density 1/sqrt(z) between 1/2 and 2
            partners = walkers[others][random.integers(half, size=half)]
            tried = partners + z[:, None] * (walkers[mine] - partners)
            there = log_density(tried)
            accepted = np.log(random.random(half)) < (len(x) - 1) * np.log(z) + there - density[mine]
            walkers[mine] = np.where(accepted[:, None], tried, walkers[mine])
            density[mine] = np.where(accepted, there, density[mine])
        if step >= BURN:
            kept.append(walkers.copy())
    kept = np.array(kept)
    first, second = (part.reshape(-1, len(x)) for part in np.array_split(kept, 2))
    drift = np.max(np.abs(first.mean(axis=0) - second.mean(axis=0)) / kept.reshape(-1, len(x)).std(axis=0))
    return kept.reshape(-1, len(x)), float(drift)


def posterior_of(target, x, jacobian, seed):
    covariance, influence = laplace(jacobian, target.constants)
    surrogate = Quadratic(target, x, covariance)
    found = Posterior(x, covariance, influence, surrogate.error)
    if surrogate.error <= ROUGH:
        found.draws, found.drift = chain(target, surrogate, x, covariance, seed)
    return found


def informed(posterior, constants):
    """Of each constant: `yes`, `little`, `no influence`, or `tied` where it acts but others can make up for it."""
    words = []
    for ratio, influence in zip(posterior.sd() / [c.prior_sd() for c in constants], posterior.influence):
        if influence < NO_INFLUENCE:
            words.append("no influence")
        elif ratio > NOT_INFORMED:
            words.append("tied")
        else:
            words.append("little" if ratio > LITTLE else "yes")
    return words
