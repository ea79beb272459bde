# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Current and heat between two coaxial electrodes; the numbers of tests/processes/annulus_heat_test.cc.

Usage: scripts/python benchmarks/verification/needle_heat/coaxial.py
"""

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.integrate import quad
from scipy.linalg import eigh
from section import DEGREE, line

INNER, OUTER, HEIGHT, VOLTS = 0.1175, 1.25, 1.0, 30.0  # mm, V
SIGMA, K, CAPACITY = 0.25e-3, 0.40e-3, 1115 * 3450e-9  # S/mm, W/(mm K), J/(mm^3 K)


def steady(slope):
    """Largest rise [K] and resistance [ohm] between held walls, if the conductivity rises by `slope` [1/K].

    The integral of k/sigma over the rise is phi (V - phi)/2 whatever the shape (Kohlrausch); so the conductivity is a
    function of the potential, and the current follows by one quadrature.
    """
    factor = lambda phi: np.exp(SIGMA * slope / (2 * K) * phi * (VOLTS - phi))
    integral = SIGMA * quad(factor, 0, VOLTS, epsabs=0, epsrel=1e-12)[0]
    rise = (factor(VOLTS / 2) - 1) / slope if slope else VOLTS**2 * SIGMA / (8 * K)
    return rise, VOLTS / (2 * np.pi * HEIGHT * integral / np.log(OUTER / INNER))


def transient(times, elements=40):
    """Rise [K] at the inner wall, the geometric middle and the outer wall after the times, between adiabatic walls."""
    mesh = line(np.geomspace(INNER, OUTER, elements + 1), weight=lambda place: place[..., 0])
    stiffness, mass = (m.toarray() for m in mesh.matrices(slice(None)))
    N, _, volume = mesh.at(*leggauss(DEGREE + 5))
    r = mesh.places[mesh.cells][:, :, 0] @ N.T
    source = SIGMA * (VOLTS / np.log(OUTER / INNER) / r) ** 2
    load = np.zeros(len(mass))
    np.add.at(load, mesh.cells, np.einsum("eq,eq,qa->ea", source, volume, N))
    rates, modes = eigh(K * stiffness, CAPACITY * mass)
    rates = np.maximum(rates, 1e-12)
    middle = DEGREE * elements // 2
    return [[t, *(modes @ (modes.T @ load * -np.expm1(-rates * t) / rates))[[0, middle, -1]]] for t in times]


def main():
    for slope in (0.0, 0.015):
        rise, resistance = steady(slope)
        print(f"held walls, slope {slope} 1/K: {rise:.4f} K, {resistance:.4f} ohm")
    for row in transient((0.1, 0.5, 2.0)):
        print("adiabatic walls, {:.1f} s: {:.4f} K inside, {:.4f} K in the middle, {:.4f} K outside".format(*row))


if __name__ == "__main__":
    main()
