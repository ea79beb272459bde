# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Where a sum of squares is least: Levenberg and Marquardt from several starts, which ask for their runs in batches.

All is in the coordinates of study_fit_file.Fitted. `Target.residuals` takes rows of them and gives for each the weighted residuals,
computed less measured over the standard deviation, or None where the run has failed; the prior is added here. Differences are
wide, because a solver that chooses its steps has a noise that narrow ones would show.
"""

import dataclasses

import numpy as np
from scipy.stats import qmc

WIDTH = 0.02  # of a difference, of the width of the prior
CONVERGED = 0.01  # of the misfit; one standard deviation of one constant is 1
APART = 0.2  # of the width of the prior, between two starts
DAMPINGS = (0.1, 1.0, 10.0)  # that are tried at once
MOST_ROUNDS = 30


class Target:
    """What is made small: the misfit, plus the squares of the scores of priors that are normal or lognormal."""

    def __init__(self, constants, residuals):
        self.constants = constants
        self.residuals = residuals
        self.low, self.high = (np.array(ends) for ends in zip(*(c.ends() for c in constants)))
        self.scores = np.array([c.scores for c in constants])
        self.widths = self.high - self.low
        self.tried = {}  # coordinates -> residuals or None

    def at(self, rows):
        """The residuals at rows of coordinates; only those that are new are run."""
        keys = [tuple(np.round(row, 12)) for row in rows]
        new = list(dict.fromkeys(key for key in keys if key not in self.tried))
        if new:
            for key, residuals in zip(new, self.residuals(np.array(new))):
                self.tried[key] = None if residuals is None else np.asarray(residuals, float)
        return [self.tried[key] for key in keys]

    def values(self, rows):
        """The sum of squares at each row; infinite where the run has failed."""
        priors = np.sum(np.where(self.scores, rows, 0) ** 2, axis=1)
        return np.array([np.inf if r is None else float(r @ r) for r in self.at(rows)]) + priors

    def best(self):
        """(coordinates, value) of the best that was tried."""
        rows = np.array([key for key, residuals in self.tried.items() if residuals is not None])
        values = self.values(rows)
        return rows[values.argmin()], float(values.min())


@dataclasses.dataclass
class Start:
    x: np.ndarray
    value: float
    damping: float = 1.0
    jacobian: np.ndarray = None
    done: str = ""  # why it ends
    failures: int = 0


def first_points(constants, n, seed):
    """The median of the priors, and a scrambled Sobol' sequence over them: n rows."""
    shares = qmc.Sobol(len(constants), scramble=True, seed=seed).random_base2(max(1, int(np.ceil(np.log2(max(n - 1, 1))))))[: n - 1]
    shares = np.vstack([np.full(len(constants), 0.5), shares])
    return np.array([[c.at(share) for c, share in zip(constants, row)] for row in shares])


def chosen_starts(target, rows, n):
    """The best rows that are apart from each other, n at most."""
    values = target.values(rows)
    chosen = []
    for k in np.argsort(values):
        far = all(np.max(np.abs(rows[k] - start.x) / target.widths) > APART for start in chosen)
        if np.isfinite(values[k]) and far and len(chosen) < n:
            chosen.append(Start(rows[k].copy(), float(values[k])))
    return chosen


def difference_rows(target, x, width):
    """A row beside x for each coordinate, upwards if there is room."""
    steps = np.where(x + width * target.widths <= target.high, 1, -1) * width * target.widths
    return x + np.diag(steps), steps


def jacobians(target, points, width=WIDTH):
    """Of the residuals at each point, all in one batch; where the run beside has failed that on the other side takes its place."""
    batches = [difference_rows(target, x, width) for x in points]
    target.at(np.concatenate([rows for rows, _ in batches]))
    found = []
    for x, (rows, steps) in zip(points, batches):
        (middle,) = target.at([x])
        columns = []
        for k, (row, beside) in enumerate(zip(rows, target.at(rows))):
            step = steps[k]
            if beside is None:
                row = np.clip(2 * x - row, target.low, target.high)
                step = row[k] - x[k]
                (beside,) = target.at([row])
            columns.append(np.zeros_like(middle) if beside is None or not step else (beside - middle) / step)
        found.append(np.stack(columns, axis=1))
    return found


def central(target, x, widths):
    """The derivative of the residuals from both sides, a width for each coordinate; at an end, or beside a failed run, from one."""
    above, below = (np.clip(x + sign * np.diag(widths), target.low, target.high) for sign in (1, -1))
    found = target.at(np.concatenate([above, below]))
    (middle,) = target.at([x])
    columns = []
    for k in range(len(x)):
        ends = [(row[k], r) for row, r in ((above[k], found[k]), (below[k], found[len(x) + k])) if r is not None]
        (a, first), (b, last) = (ends + [(x[k], middle)])[:2] if len(ends) < 2 else ends
        columns.append((first - last) / (a - b) if a != b else np.zeros_like(middle))
    return np.stack(columns, axis=1)


def proposals(target, start):
    """Rows to which the step leads with each damping; coordinates at an end that pull outwards stay."""
    (residuals,) = target.at([start.x])
    gradient = start.jacobian.T @ residuals + np.where(target.scores, start.x, 0)
    stuck = (start.x <= target.low) & (gradient > 0) | (start.x >= target.high) & (gradient < 0)
    normal = start.jacobian.T @ start.jacobian + np.diag(target.scores.astype(float))
    size = np.maximum(np.diag(normal), 1e-6 * np.diag(normal).max() + 1e-300)
    rows = []
    for factor in DAMPINGS:
        matrix = normal + start.damping * factor * np.diag(size)
        step = np.zeros_like(start.x)
        free = ~stuck
        if free.any():
            step[free] = np.linalg.solve(matrix[np.ix_(free, free)], -gradient[free])
        rows.append(np.clip(start.x + step, target.low, target.high))
    return np.array(rows)


def advance(target, starts):
    """One round of all starts that are not done: derivatives in one batch, steps in another."""
    fresh = [start for start in starts if start.jacobian is None]
    if fresh:
        for start, jacobian in zip(fresh, jacobians(target, [start.x for start in fresh])):
            start.jacobian = jacobian
    rows = [proposals(target, start) for start in starts]
    target.values(np.concatenate(rows))
    for start, tried in zip(starts, rows):
        values = target.values(tried)
        best = int(values.argmin())
        gain = start.value - values[best]
        if gain > 0:
            start.x, start.value, start.jacobian, start.failures = tried[best], float(values[best]), None, 0
            start.damping = float(np.clip(start.damping * DAMPINGS[best], 1e-6, 1e6))
        else:
            start.damping *= 100
            start.failures += 1
        if 0 < gain < CONVERGED or start.failures == 2:
            start.done = "converged"


def merge(target, starts):
    """Starts that have come to the same place go on as one."""
    for k, start in enumerate(starts):
        same = [s for s in starts[:k] if not s.done and np.max(np.abs(s.x - start.x) / target.widths) < 0.02]
        if not start.done and same and start.value >= min(s.value for s in same):
            start.done = "met another"


def search(target, rows, n_starts, most, tell=print):
    """All starts with how they ended; `most` runs may be made."""
    target.values(rows)
    starts = chosen_starts(target, rows, n_starts)
    for number in range(1, MOST_ROUNDS + 1):
        going = [start for start in starts if not start.done]
        if not going:
            break
        if len(target.tried) >= most:
            for start in going:
                start.done = f"stopped at {most} runs"
            break
        advance(target, going)
        merge(target, starts)
        tell(f"round {number}: {len(target.tried)} points, least misfit with prior {min(s.value for s in starts):.4g}")
    for start in starts:
        start.done = start.done or f"stopped after {MOST_ROUNDS} rounds"
    return starts
