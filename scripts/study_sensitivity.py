# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""How much of an outcome is owed to each parameter of a sample: Morris' elementary effects, and Sobol' indices.

Designs are rows in the unit cube. Elementary effects are computed here, because OpenTURNS 1.20 has none; indices and their
confidence intervals are those of Martinez in OpenTURNS (python3-openturns), which is asked for only when they are.
"""

import math

import numpy as np

from cutis_runs import RunError

LEVEL = 0.95  # of confidence intervals


def morris_design(n, n_dimensions, seed, levels=4):
    """`n` trajectories of n_dimensions + 1 points on a grid, each of which changes one parameter at a time (Morris 1991)."""
    random = np.random.default_rng(seed)
    step = levels / (2 * (levels - 1))
    lower = np.arange(levels // 2) / (levels - 1)  # from where a step upwards stays inside
    rows = []
    for _ in range(n):
        point = random.choice(lower, n_dimensions)
        upwards = random.random(n_dimensions) < 0.5
        point = np.where(upwards, point, point + step)
        rows.append(point)
        for k in random.permutation(n_dimensions):
            point = point.copy()
            point[k] += step if upwards[k] else -step
            rows.append(point)
    return np.array(rows)


def elementary_effects(design, values):
    """The effects of each parameter over its whole range, a row for each trajectory."""
    n_dimensions = design.shape[1]
    points = design.reshape(-1, n_dimensions + 1, n_dimensions)
    outcomes = np.asarray(values).reshape(-1, n_dimensions + 1)
    moves, changes = np.diff(points, axis=1), np.diff(outcomes, axis=1)
    which = np.abs(moves).argmax(axis=2)
    effects = np.empty((len(points), n_dimensions))
    np.put_along_axis(effects, which, changes / np.take_along_axis(moves, which[:, :, None], 2)[:, :, 0], axis=1)
    return effects


def indices_design(n, n_dimensions, seed):
    """Two samples A and B of n points, and A with one column of B for each parameter: n (n_dimensions + 2) points."""
    from scipy.stats import qmc

    both = qmc.Sobol(2 * n_dimensions, scramble=True, seed=seed).random_base2(n.bit_length() - 1)
    a, b = both[:, :n_dimensions], both[:, n_dimensions:]
    mixed = [np.where(np.arange(n_dimensions) == k, b, a) for k in range(n_dimensions)]
    return np.concatenate([a, b, *mixed])


def import_openturns(what="Sobol' indices need"):
    try:
        import openturns
    except ImportError as error:
        raise RunError(
            f"{what} OpenTURNS, which is not installed: sudo apt-get install --no-install-recommends "
            "python3-openturns (250 MB). Elementary effects, `method = \"morris\"`, need nothing."
        ) from error
    return openturns


def sobol_indices(design, values):
    """(first-order, total) indices, each a row (index, lower, upper) for each parameter."""
    ot = import_openturns()
    ot.RandomGenerator.SetSeed(0)
    n_dimensions = design.shape[1]
    n = len(design) // (n_dimensions + 2)
    values = np.asarray(values, float)
    if np.ptp(values) == 0:
        raise RunError("The outcome is the same in all runs, so there is nothing to share out.")
    algorithm = ot.MartinezSensitivityAlgorithm(ot.Sample(design), ot.Sample(values[:, None]), n)
    algorithm.setUseAsymptoticDistribution(True)
    algorithm.setConfidenceLevel(LEVEL)
    result = []
    for indices, interval in (
        (algorithm.getFirstOrderIndices(), algorithm.getFirstOrderIndicesInterval()),
        (algorithm.getTotalOrderIndices(), algorithm.getTotalOrderIndicesInterval()),
    ):
        result.append(np.array([list(indices), list(interval.getLowerBound()), list(interval.getUpperBound())]).T)
    return result


def require_narrow(indices, n, width):
    """RunError, with the size that would do, if a confidence interval is wider than wanted; it shrinks as 1/sqrt(n)."""
    widest = max(float((rows[:, 2] - rows[:, 1]).max()) for rows in indices)
    if not widest <= width:
        needed = n * (widest / width) ** 2
        power = 2 ** math.ceil(math.log2(needed))
        raise RunError(
            f"n = {n} is too small: an interval of {LEVEL:.0%} confidence is {widest:.2f} wide, and at most {width:g} was asked for. "
            f"That takes about n = {power} (the runs that are there are used again), or --width {widest:.2f}."
        )


def describe_morris(paths, effects, unit):
    """Lines of a table, the parameters with the largest effects first."""
    size = np.abs(effects).mean(axis=0)
    spread = effects.std(axis=0, ddof=1)
    error = np.abs(effects).std(axis=0, ddof=1) / math.sqrt(len(effects))
    lines = [f"{'parameter':<40} mean |effect| +- standard error   spread [{unit or '1'}]"]
    for k in np.argsort(-size):
        lines.append(f"{paths[k]:<40} {size[k]:>13.4g} +- {error[k]:<14.2g}   {spread[k]:.4g}")
    return lines


def describe_indices(paths, first, total):
    lines = [f"{'parameter':<40} first order (95 %)           total (95 %)"]
    for k in np.argsort(-total[:, 0]):
        cells = [f"{row[0]:6.3f} ({row[1]:.3f} to {row[2]:.3f})" for row in (first[k], total[k])]
        lines.append(f"{paths[k]:<40} {cells[0]:<28} {cells[1]}")
    return lines
