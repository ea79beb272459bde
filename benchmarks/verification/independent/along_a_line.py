# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Reaction, diffusion and directed movement along a line: finite differences and LSODA.

Cutis has finite volumes and a Rosenbrock method. Here derivatives are central differences of second or fourth order at
equally spaced nodes, in the form that is not conservative, and an implicit multistep method takes them in time. Both
ends are mirrors, which is no flux at the outer end and the symmetry at the inner one.
"""

import numpy as np
from scipy.integrate import solve_ivp

WEIGHTS = {  # of u' and u'' to the right; u' is odd and u'' is even
    2: ([1 / 2], [-2, 1]),
    4: ([2 / 3, -1 / 12], [-5 / 2, 4 / 3, -1 / 12]),
}


class Line:
    """Nodes from 0 to `length` [mm] of a slab, a disc or a ball (`dimension` 1, 2, 3)."""

    def __init__(self, length, cells, dimension=1, order=4):
        self.r = np.linspace(0, length, cells + 1)
        self.h = length / cells
        self.dimension = dimension
        self.first, self.second = WEIGHTS[order]
        self.reach = order // 2

    def derivatives(self, u):
        """u' and the Laplacian of u (fields, nodes)."""
        n, k = self.r.size, self.reach
        wide = np.concatenate([u[:, k:0:-1], u, u[:, -2 : -2 - k : -1]], axis=1)
        slope = sum(w * (wide[:, k + j : n + k + j] - wide[:, k - j : n + k - j]) for j, w in enumerate(self.first, 1))
        bend = self.second[0] * u + sum(
            w * (wide[:, k + j : n + k + j] + wide[:, k - j : n + k - j]) for j, w in enumerate(self.second[1:], 1)
        )
        slope, bend = slope / self.h, bend / self.h**2
        curved = np.empty_like(slope)
        curved[:, 1:] = slope[:, 1:] / self.r[1:]
        curved[:, 0] = bend[:, 0]  # the limit of u'/r on the axis
        return slope, bend + (self.dimension - 1) * curved

    def integrate(self, rates, u, start, days, rtol=1e-6, atol=1e-10):
        """States (days, fields, nodes) on the days after `start`, from u; rates(t, u) has the same shape as u."""
        fields = u.shape[0]
        band = fields * (self.reach + 1) - 1

        def flat(t, x):
            return rates(t, x.reshape(-1, fields).T).T.ravel()

        solution = solve_ivp(
            flat, (start, days[-1]), u.T.ravel(), "LSODA", days, rtol=rtol, atol=atol, lband=band, uband=band
        )
        if not solution.success:
            raise RuntimeError(solution.message)
        return [y.reshape(-1, fields).T for y in solution.y.T]


def movement(line, u, fields, diffusivity, taxis):
    """Rates of the fields (names in the order of u) by diffusion, and by taxis up the gradient of other fields."""
    index = {name: i for i, name in enumerate(fields)}
    moving = [index[name] for name in diffusivity]
    slope, laplace = line.derivatives(u[moving])
    place = {i: k for k, i in enumerate(moving)}
    change = np.zeros_like(u)
    change[moving] = np.array(list(diffusivity.values()))[:, None] * laplace
    for name, (up, strength) in taxis.items():
        i, j = index[name], index[up]
        change[i] -= strength * (slope[place[i]] * slope[place[j]] + u[i] * laplace[place[j]])
    return change
