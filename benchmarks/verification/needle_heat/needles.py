# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Current, heat and damage around a single needle and a pair; tests/processes/needle_pair_test.cc, single_needle_test.cc.

Usage: scripts/python benchmarks/verification/needle_heat/needles.py [FACTOR]
FACTOR on the sizes of the smallest elements of a pair (6 um) is 4, unless given; those of the single needle are a
eighth of that.
"""

import sys

import numpy as np
import scipy.sparse as sp
from scipy.linalg import eigh
from scipy.sparse.linalg import cg
from section import line, patches

RADIUS, TIP, BARE, BOX, HALF_PITCH = 0.1175, 1.5, 0.3, 4.0, 0.625  # mm
SIGMA = 0.25e-3  # S/mm
TISSUE, STEEL = (0.40e-3, 1115 * 3450e-9), (15e-3, 7900 * 500e-9)  # k [W/(mm K)], rho c [J/(mm^3 K)]
START, GAS, HALF = 35 + 273.15, 8.314462618, np.log(2)
DAMAGE = {"collagen": (130.0, 3.72e5), "cells": (185.3001, 5.064e5)}  # ln(A s), Ea [J/mol]


def graded(start, end, first, growth=2.0, largest=0.9):
    """Cuts from start to end whose steps begin with `first` and grow."""
    steps = [first]
    while sum(steps) < abs(end - start):
        steps.append(min(steps[-1] * growth, largest))
    return start + np.cumsum([0] + steps) * (end - start) / sum(steps)


def joined(*cuts):
    return np.unique(np.round(np.concatenate(cuts), 10))


def depths(first):
    """Cuts of z; the rims of the bare metal and the places that are looked at are among them."""
    top, bottom, middle = -TIP + BARE, -TIP, -TIP + BARE / 2
    below = bottom - 0.1
    parts = [(bottom, below), (bottom, middle), (top, middle), (top, 0)]
    return line(joined(graded(below, -BOX, 0.1), *(graded(a, b, first) for a, b in parts)))


def half_square(t):
    """Along the half square of half side .625 around the needle, t from 0 (at the ground) to 4; relative to its axis."""
    x = np.clip(t - 2, -1, 1)
    return HALF_PITCH * x, HALF_PITCH * np.minimum(np.minimum(t, 4 - t), 1)


def ray(t, radius):
    x, y = half_square(t)
    length = np.hypot(x, y)
    return radius * x / length, radius * y / length


def pair_section(first):
    """A quarter of the box around a pair: x from midway between the needles, y from the plane through both axes."""

    def disc(s, t):
        x, y = ray(t, RADIUS * s)
        return x + HALF_PITCH, y

    def ring(s, t):
        (x0, y0), (x1, y1) = ray(t, RADIUS), half_square(t)
        return x0 + s * (x1 - x0) + HALF_PITCH, y0 + s * (y1 - y0)

    reach = HALF_PITCH - RADIUS
    out = graded(0, reach, first, largest=0.16) / reach
    round_it = np.linspace(0, 4, 9)
    near, above = np.linspace(0, 2 * HALF_PITCH, 5), np.linspace(0, HALF_PITCH, 3)
    far_x, far_y = graded(2 * HALF_PITCH, BOX, 0.3), graded(HALF_PITCH, BOX, 0.3)
    plane = lambda s, t: (s, t)
    blocks = [(disc, [0, 0.6, 1], round_it), (ring, out, round_it)]
    blocks += [(plane, near, far_y), (plane, far_x, above), (plane, far_x, far_y)]
    elements = patches(blocks)
    x, y = elements.places.T
    return elements, np.hypot(x - HALF_PITCH, y), x < 1e-7


def single_section(first):
    """The distance from the axis, with the area around it."""
    cuts = joined([0, 0.6 * RADIUS], graded(RADIUS, 0.3, first), graded(0.3, BOX, 0.1))
    elements = line(cuts, weight=lambda place: 2 * np.pi * place[..., 0])
    r = elements.places[:, 0]
    return elements, r, r > BOX - 1e-7


def solve(matrix, right, start=None, tolerance=1e-7):
    """Conjugate gradients, scaled by the diagonal."""
    scale = sp.diags(1 / matrix.diagonal())
    x, failed = cg(matrix, right, start, tol=tolerance, atol=0, maxiter=5000, M=scale)
    if failed:
        raise RuntimeError("The conjugate gradients do not converge.")
    return x


class Body:
    """Tissue and a needle; vectors are of the nodes (section, depth), one after the other. `share` of the power is here."""

    def __init__(self, section, depth, share, steel):
        self.elements, self.distance, ground = section
        self.depth, self.z, self.share = depth, depth.places[:, 0], share
        outside, inside = self.split(self.elements, self.distance, RADIUS)
        upper, lower = self.split(depth, self.z, -TIP)
        whole = [a + b for a, b in zip(upper, lower)]
        parts = [(outside, whole, TISSUE), (inside, lower, TISSUE)]
        self.current = SIGMA * sum(self.stiffness(a, b) for a, b, _ in parts)
        if steel:
            parts.append((inside, upper, STEEL))
        self.heat = sum(k * self.stiffness(a, b) for a, b, (k, _) in parts).tocsr()
        self.capacity = sum(c * sp.kron(a[1], b[1]) for a, b, (_, c) in parts).tocsr()
        bare = (self.z > -TIP - 1e-7) & (self.z < -TIP + BARE + 1e-7)
        base = (self.z < -BOX + 1e-7) & (share == 1)
        self.electrode = np.outer(self.distance < RADIUS + 1e-7, bare).ravel()
        self.ground = (ground[:, None] | base).ravel()

    @staticmethod
    def split(elements, coordinate, at):
        """Stiffness and mass of the elements beyond a coordinate, and of those before."""
        beyond = coordinate[elements.cells].mean(1) > at
        return elements.matrices(beyond), elements.matrices(~beyond)

    @staticmethod
    def stiffness(across, along):
        return sp.kron(across[0], along[1]) + sp.kron(across[1], along[0])

    def potential(self):
        """Conductance of this part, and the heat per watt of the whole."""
        matrix = self.current.tocsr()
        free = ~self.electrode & ~self.ground & (matrix.diagonal() > 0)
        phi = self.electrode.astype(float)
        phi[free] = solve(matrix[free][:, free], -(matrix @ phi)[free])
        current = (matrix @ phi) * self.electrode
        # By parts, sigma |grad phi|^2 is what enters at the metal less half of the Laplacian of phi^2
        heat = current - 0.5 * (matrix @ phi**2)
        return current.sum(), heat * self.share / heat.sum()

    def warming(self, heat, shifts=14):
        """Modes and what they do: the rise by one watt from time 0 on is modes @ step(t).

        K T + M T' = f is projected on the resolvents (K + s M)^-1 f of real s between those of the times of interest.
        """
        present = self.capacity.diagonal() > 0
        K, M, f = self.heat[present][:, present], self.capacity[present][:, present], heat[present]
        basis = [np.ones_like(f)]
        for s in np.geomspace(3e3, 0.05, shifts):
            basis.append(solve(K + s * M, f, basis[-1] if len(basis) > 1 else None))
        basis = np.linalg.qr(np.array(basis).T)[0]
        rates, turn = eigh(basis.T @ (K @ basis), basis.T @ (M @ basis))
        modes = np.zeros((heat.size, rates.size))
        modes[present] = basis @ turn
        rates, driven = np.maximum(rates, 1e-9), modes.T @ heat
        return modes, lambda t: driven * -np.expm1(-rates * max(t, 0)) / rates

    def volume(self, damage, per_direction=8):
        """Volume [mm^3] in which half of the tissue is destroyed, in the whole."""
        across, area = self.elements.samples(per_direction)
        along, length = self.depth.samples(per_direction)
        log_damage = np.log(np.maximum(damage, 1e-30)).reshape(self.distance.size, self.z.size)
        beyond = across @ log_damage @ along.T >= np.log(HALF)
        tissue = ~np.outer(across @ self.distance < RADIUS, along @ self.z > -TIP)
        return np.einsum("p,pq,q", area, beyond & tissue, length) / self.share


def damaged(damage, kind, before, after, step):
    """Damage after a step in which ln k is linear in time between two temperatures [K]."""
    frequency, energy = DAMAGE[kind]
    a, b = (frequency - energy / (GAS * temperature) for temperature in (before, after))
    half = np.maximum(np.abs(b - a) / 2, 1e-6)
    return np.minimum(damage + step * np.exp((a + b) / 2) * np.sinh(half) / half, 1e3)


def lesions(body, modes, step, powers, pulse=0.5, end=5.5):
    """Volumes by power and kind, after a pulse: times close up where it begins and ends."""
    run = (np.arange(61) / 60) ** 2
    times = np.concatenate([pulse * run, pulse + (end - pulse) * run[1:]])
    rise = np.zeros(len(modes))
    damage = {(watts, kind): np.zeros(len(modes)) for watts in powers for kind in DAMAGE}
    for before, after in zip(times[:-1], times[1:]):
        later = modes @ (step(after) - step(after - pulse))
        for (watts, kind), old in damage.items():
            damage[watts, kind] = damaged(old, kind, START + watts * rise, START + watts * later, after - before)
        rise = later
    return {key: body.volume(value) for key, value in damage.items()}


def run_pair(factor, steel):
    body = Body(pair_section(0.006 * factor), depths(0.006 * factor), 0.25, steel)
    conductance, heat = body.potential()
    modes, step = body.warming(heat)
    name = "steel" if steel else "hole"
    print(f"pair, {name}: {heat.size} nodes, {1 / conductance:.1f} ohm")
    x, y = body.elements.places.T
    places = ((HALF_PITCH - RADIUS, -1.35), (0, -1.35), (HALF_PITCH, -1.6))
    nodes = [np.argmin(np.hypot(x - a, y)) * body.z.size + np.argmin(np.abs(body.z - z)) for a, z in places]
    for time in (0.1, 0.5, 1.5):
        beside, between, below = modes[nodes] @ (step(time) - step(time - 0.5))
        print(f"pair, {name}: {time} s, K/W beside {beside:.2f}, between {between:.3f}, below {below:.2f}")
    for (watts, kind), volume in lesions(body, modes, step, (0.5,) if steel else (0.25, 0.3, 0.5)).items():
        print(f"pair, {name}: {watts} W, {kind} {volume:.4f} mm^3")


def run_single(factor):
    body = Body(single_section(0.003 * factor), depths(0.003 * factor), 1.0, False)
    conductance, heat = body.potential()
    modes, step = body.warming(heat)
    nodes = [np.argmin(np.abs(body.distance - r)) * body.z.size + np.argmin(np.abs(body.z + 1.35)) for r in (RADIUS, 0.3)]
    near, far = modes[nodes] @ step(0.5)
    print(f"single needle: {1 / conductance:.1f} ohm, K/W at 0.5 s: {near:.2f} at the metal, {far:.2f} at .3 mm")


def main():
    factor = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    run_single(factor / 4)
    for steel in (False, True):
        run_pair(factor, steel)


if __name__ == "__main__":
    main()
