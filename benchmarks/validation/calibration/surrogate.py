# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What runs would say between the runs that were made: cubic radial basis functions with a linear trend (SciPy)."""

import numpy as np
from scipy.interpolate import RBFInterpolator


class Surrogate:
    """
    Through the values (points x rows) at the points (points x constants), each constant in units of its prior.
    `error`: of each row, the root of the mean square of what is missed at a point that is left out; `explained`: 1 less its square over
    the variance of the values, 1 at best.
    """

    def __init__(self, points, values, kernel="cubic"):
        self.kernel = kernel
        self.points = np.asarray(points, float)
        self.values = np.asarray(values, float)
        self.error = np.sqrt(((self._left_out() - self.values) ** 2).mean(axis=0))
        spread = self.values.var(axis=0)
        self.explained = np.where(spread > 0, 1 - self.error**2 / np.where(spread > 0, spread, 1), 1.0)
        self._through_all = self._through(np.ones(len(self.points), bool))

    def _through(self, kept):
        return RBFInterpolator(self.points[kept], self.values[kept], kernel=self.kernel, degree=1)

    def _left_out(self):
        """Each point from all others."""
        kept = np.ones(len(self.points), bool)
        found = np.empty_like(self.values)
        for k in range(len(self.points)):
            kept[k] = False
            found[k] = self._through(kept)(self.points[k : k + 1])[0]
            kept[k] = True
        return found

    def __call__(self, x):
        """Values (points x rows) at x (points x constants)."""
        return self._through_all(np.atleast_2d(x))
