# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Finite elements in a section across a needle and along its depth, from which those of the body are products.

A body that looks the same at every depth has the matrices A x B of its section and its depth (Kronecker products), also
if it consists of a few such parts. So nothing has to be assembled in three dimensions.
"""

import dataclasses

import numpy as np
import scipy.sparse as sp
from numpy.polynomial import Legendre
from numpy.polynomial.legendre import leggauss

DEGREE = 3
NODES = np.concatenate([[-1.0], Legendre.basis(DEGREE).deriv().roots(), [1.0]])  # of Gauss and Lobatto


def shapes(x):
    """Values and slopes of the shape functions at x in [-1, 1]: (x, nodes) each."""
    basis = [np.poly1d(np.poly(np.delete(NODES, i))) / np.prod(NODES[i] - np.delete(NODES, i)) for i in range(DEGREE + 1)]
    return np.stack([b(x) for b in basis], 1), np.stack([b.deriv()(x) for b in basis], 1)


def midpoints(n):
    return (2 * np.arange(n) + 1) / n - 1, np.full(n, 2 / n)


@dataclasses.dataclass
class Elements:
    """Elements whose nodes lie at `places` (nodes, dimension); `cells` (elements, nodes of one)."""

    places: np.ndarray
    cells: np.ndarray
    weight: object = None  # of a volume at places; 1 if there is none

    @property
    def dimension(self):
        return self.places.shape[1]

    def at(self, points, weights):
        """Values (q, a), gradients (e, q, a, d) of the shapes at tensor points, and volumes (e, q) there."""
        value, slope = shapes(points)
        if self.dimension == 1:
            N, dN, w = value, slope[:, :, None], weights
        else:
            N = np.einsum("pa,qb->pqab", value, value).reshape(len(points) ** 2, -1)
            along = [np.einsum("pa,qb->pqab", *pair).reshape(N.shape) for pair in ((slope, value), (value, slope))]
            dN, w = np.stack(along, -1), np.outer(weights, weights).ravel()
        corners = self.places[self.cells]
        jacobian = np.einsum("eai,qaj->eqij", corners, dN)
        gradient = np.einsum("qaj,eqji->eqai", dN, np.linalg.inv(jacobian))
        volume = w * np.abs(np.linalg.det(jacobian))
        if self.weight:
            volume = volume * self.weight(np.einsum("qa,eai->eqi", N, corners))
        return N, gradient, volume

    def matrices(self, chosen):
        """Stiffness and mass of the chosen elements, on all nodes."""
        N, gradient, volume = self.at(*leggauss(DEGREE + 2))
        n, cells = len(self.places), self.cells[chosen]
        row, column = np.repeat(cells, cells.shape[1], 1).ravel(), np.tile(cells, cells.shape[1]).ravel()
        of_elements = (
            np.einsum("eqai,eqbi,eq->eab", gradient[chosen], gradient[chosen], volume[chosen]),
            np.einsum("qa,qb,eq->eab", N, N, volume[chosen]),
        )
        return [sp.csr_matrix((m.ravel(), (row, column)), shape=(n, n)) for m in of_elements]

    def samples(self, per_direction):
        """Matrix from nodes to points in the middle of equal parts of the elements, and the volumes of these parts."""
        N, _, volume = self.at(*midpoints(per_direction))
        elements, q = volume.shape
        row = np.repeat(np.arange(elements * q), N.shape[1])
        column = np.repeat(self.cells[:, None, :], q, 1).ravel()
        return sp.csr_matrix((np.tile(N.ravel(), elements), (row, column))), volume.ravel()


def line(cuts, weight=None):
    """Elements between the cuts."""
    cuts = np.asarray(cuts)
    ends = np.stack([cuts[:-1], cuts[1:]], 1)
    inner = ends.mean(1)[:, None] + 0.5 * (ends[:, 1] - ends[:, 0])[:, None] * NODES
    places = np.append(inner[:, :-1].ravel(), cuts[-1])
    cells = DEGREE * np.arange(len(cuts) - 1)[:, None] + np.arange(DEGREE + 1)
    return Elements(places[:, None], cells, weight)


def patches(blocks):
    """Elements from blocks (map, cuts of s, cuts of t), where map(s, t) gives places; nodes at one place are one."""
    corners = []
    for to_plane, s, t in blocks:
        along, across = line(s), line(t)
        for a in along.cells:
            for b in across.cells:
                S, T = np.meshgrid(along.places[a, 0], across.places[b, 0], indexing="ij")
                corners.append(np.stack(to_plane(S.ravel(), T.ravel()), 1))
    all_places = np.concatenate(corners)
    _, first, number = np.unique(np.round(all_places, 8), axis=0, return_index=True, return_inverse=True)
    return Elements(all_places[first], number.reshape(len(corners), -1))
