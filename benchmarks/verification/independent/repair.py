# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Replacement of denatured collagen and of the clot: the module `repair` on the dermis, for a state of FIELDS."""

import dataclasses

import numpy as np

from independent import dermis

FIELDS = dermis.FIELDS + ["Cd", "Kd"]
INDEX = {name: i for i, name in enumerate(FIELDS)}
N = len(dermis.FIELDS)


@dataclasses.dataclass(frozen=True)
class Repair:
    """Constants of the module that are varied."""

    replaced: float = 0.9
    rebuilt: float = 0.65
    bound: float = 0.1


def rates(u, factors=dermis.Factors(), k=dermis.DEFAULT, repair=Repair(), **near_cells):
    """du/dt of the dermis and of denatured collagen with the macrophages on it; near_cells: what stromal cells do, as in the dermis."""
    T, Z, O, F, Ph, K, Cn, g, Cd, Kd = (u[INDEX[name]] for name in "T Z O F Ph K Cn g Cd Kd".split())
    change = np.empty_like(u)
    change[:N] = dermis.rates(u[:N], factors, k=k, denatured=Cd, bound=Kd, **near_cells)
    ex = np.maximum(T - 1, 0)
    f = dermis.clearing(O, F)
    cleared = 0.0408 * Cd * f
    of_clot = 0.08 * np.maximum(Z, 0) * g * f
    kept_by_tgf = dermis.RETENTION * 60 * ex / (1 + ex) * Cn
    laid = np.maximum(repair.replaced * cleared + repair.rebuilt * factors.collagen * of_clot - kept_by_tgf, 0)
    change[INDEX["Cd"]] = -cleared
    change[INDEX["Cm"]] += laid
    change[INDEX["C3m"]] += dermis.type_iii_share(Ph + 5 * (K + Kd)) * laid
    change[INDEX["El"]] += 10 * Cd * 2.7e-5 * F
    change[INDEX["Kd"]] = 0.09 * (repair.bound * Ph * Cd / (0.02 + Cd) - Kd)
    return change
