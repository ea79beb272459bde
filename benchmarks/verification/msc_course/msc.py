# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The courses of stromal cells; the tables of tests/interventions/msc_test.cc.

Usage: scripts/python benchmarks/verification/msc_course/msc.py [CELLS]
CELLS over 20 mm along the radius are 200, unless given; the differences are of fourth order.
"""

import dataclasses
import pathlib
import sys

import numpy as np
from scipy.integrate import solve_ivp

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from independent import dermis, repair, tables
from independent.along_a_line import Line, movement

COLUMNS = "S G T V Z F M Ph b h Cn Cm Ct".split() + ["III share", "area"]
IN_WOUND = "S G T V Z F M Ph b Cn Cm Ct".split()
OWN = ["S1", "S2", "G"]
FIELDS = repair.FIELDS + OWN
DIFFUSIVITY = dict(dermis.DIFFUSIVITY, S1=0.03, S2=0.03, G=4.0)
TAXIS = dict(dermis.TAXIS, S1=("a", 0.05), S2=("a", 0.05))

I = {name: i for i, name in enumerate(FIELDS)}
N = len(repair.FIELDS)


@dataclasses.dataclass(frozen=True)
class Cells:
    """Constants of docs/msc.md."""

    early: float = 0.975
    tgf: float = 0.30
    vegf: float = 9.9
    hgf: float = 3.6
    eta: float = 1.8
    zeta: float = 0.5
    mu: float = 0.6
    half: float = 1 / 6
    repair: float = 0.20
    oxygen: float = 0.04
    becomes: float = 0.0


def at_rest(age):
    """Skin of this age without cells."""
    healthy = dermis.healthy_at(age)
    return np.concatenate([healthy, np.zeros(len(FIELDS) - healthy.size)])


def all_rates(u, factors, k):
    """du/dt of the network, the cells and HGF."""
    S1, S2, G, Ph, O = (u[I[name]] for name in ("S1", "S2", "G", "Ph", "O"))
    S = S1 + S2
    near = S / (S + k.half)
    opposed = k.eta * G / (1 + G)
    change = np.zeros_like(u)
    change[:N] = repair.rates(
        u[:N], factors, hidden=opposed / (1 + opposed), turned=k.mu * near, less_mmp=k.zeta * G / (1 + G)
    )
    per_macrophage = 2.42  # .07 of 500 macrophages over .004 of 3000 fibroblasts, less .5
    change[I["T"]] += 0.24 * dermis.CELLS_TO_TGF / 1.5 * (k.tgf * S + k.repair * per_macrophage * Ph * near)
    change[I["V"]] += k.vegf * S * 1.25 / (0.25 + O**2)
    change[I["O"]] -= 400 * k.oxygen * S * O / (0.2 + O)
    change[I["F"]] += k.becomes * S
    change[I["S1"]] = -(0.205 + k.becomes) * S1
    change[I["S2"]] = -(0.004 + k.becomes) * S2
    change[I["G"]] = k.hgf * S - 4 * G
    return change


def course(line, age, sessions, days, share, k=Cells(), units=10 / 3, start=None):
    """States (fields, nodes) on the days; a session on the same day comes first. `units` of 3000 cells per mm^3."""
    if start is None:
        start = at_rest(age)
        start = np.multiply.outer(start, np.ones(np.shape(share)))
    ageing = age > 20

    def rates(t, u):
        factors = dermis.factors_at(age + t / dermis.DAYS_PER_YEAR) if ageing else dermis.Factors()
        change = all_rates(u, factors, k)
        return change if line is None else change + movement(line, u, FIELDS, DIFFUSIVITY, TAXIS)

    def advance(begin, u, stops):
        if line is not None:
            return line.integrate(rates, u, begin, stops)
        return list(solve_ivp(rates, (begin, stops[-1]), u, "LSODA", stops, rtol=1e-9, atol=1e-13).y.T)

    u, reached = start, {}
    for begin, end in zip(sessions, list(sessions[1:]) + [days[-1]]):
        u = u.copy()
        u[I["S1"]] += k.early * units * share
        u[I["S2"]] += (1 - k.early) * units * share
        reached[begin] = u
        stops = sorted({day for day in days if begin < day < end} | {end})
        reached.update(zip(stops, advance(begin, u, stops)))
        u = reached[end]
    return [reached[day] for day in days]


def stained(u, age):
    """Area of type I collagen over that of tissue, up to a factor."""
    healthy = dermis.healthy_at(age)
    total, before = u[I["Cn"]] + u[I["Cm"]], healthy[I["Cn"]] + healthy[I["Cm"]]
    growth = 1 + 0.3 * (total - before) + 0.05 * (u[I["h"]] - healthy[I["h"]])
    intact = 1 - u[I["Cf"]] / u[I["Cm"]]
    return (u[I["Cn"]] - u[I["C3n"]] + intact * (u[I["Cm"]] - u[I["C3m"]])) / growth


def observe(day, u, columns, age):
    """A row of the tables, from the state at one place."""
    derived = {
        "S": lambda: u[I["S1"]] + u[I["S2"]],
        "Ct": lambda: u[I["Cn"]] + u[I["Cm"]],
        "III share": lambda: (u[I["C3n"]] + u[I["C3m"]]) / (u[I["Cn"]] + u[I["Cm"]]),
        "area": lambda: stained(u, age) / stained(dermis.healthy_at(age), age),
    }
    return [day] + [derived[c]() if c in derived else u[I[c]] for c in columns]


def gain(day, units=10 / 3, **changed):
    """Collagen at a point after one session over untreated skin of the same day."""
    total = lambda u: u[I["Cn"]] + u[I["Cm"]]
    treated = course(None, 55.0, [0.0], [day], 1.0, Cells(**changed), units)[0]
    return total(treated) - total(course(None, 55.0, [0.0], [day], 0.0)[0])


def print_table(title, name, days, states, columns, age, file="interventions/msc_test.cc"):
    rows = [observe(day, u if u.ndim == 1 else u[:, 0], columns, age) for day, u in zip(days, states)]
    tables.show(title, ["day"] + columns, rows)
    tables.compare(file, name, rows, 5e-5)


def print_gains():
    paths = [
        ("all, day 28", 28.0, {}),
        ("all", 365.0, {}),
        ("no repair macrophages", 365.0, {"repair": 0.0}),
        ("no TGF-beta of their own", 365.0, {"tgf": 0.0}),
        ("no VEGF", 365.0, {"vegf": 0.0}),
        ("MMP as without HGF", 365.0, {"zeta": 0.0}),
        ("no HGF", 365.0, {"hgf": 0.0}),
        ("they become fibroblasts", 365.0, {"becomes": 1 / 28}),
        ("the same, day 28", 28.0, {"becomes": 1 / 28}),
        ("neither macrophages nor TGF-beta", 365.0, {"repair": 0.0, "tgf": 0.0}),
    ]
    print("Gain of collagen at a point, 1e7 cells/mL once")
    for title, day, changed in paths:
        print(f"{title:>36} {gain(day, **changed):8.4f}")
    rows = [[dose / 1e6, gain(365.0, dose / 3e6)] for dose in (1e6, 3e6, 1e7, 3e7, 1e8)]
    tables.show("Gain of collagen after a year by dose", ["1e6/mL", "gain"], rows)


def wound(cells):
    """The reference wound with printed cells, profile as the wound's, on a host of 20."""
    line = Line(20.0, cells, dimension=2)
    share = 0.5 * (1 - np.tanh((line.r - 4.0) / 0.3))
    inside = np.array(
        [{"a": 1.0, "g": 1.0, "T": 1.0, "V": 1.0, "Z": 1.0, "O": 0.05, "Ph": 0.2}.get(name, 0.0) for name in FIELDS]
    )
    young = at_rest(20.0)[:, None]
    days = [7, 14, 28, 60, 365]
    start = young + share * (inside[:, None] - young)
    states = course(line, 20.0, [0.0], days, share, start=start)
    print_table("Centre of the printed wound", "printed_wound =", days, states, IN_WOUND, 20.0)


def topical(cells):
    """Factors on a roller's pores for a day, in a slab of 4 mm; rows at a depth of .5 mm."""
    line = Line(4.0, cells, dimension=1, order=2)
    start = at_rest(55.0)[:, None] * np.ones(line.r.size)
    per_unit = 10 / 3
    applied = {"T": 0.24 * dermis.CELLS_TO_TGF / 1.5 * 0.30 * per_unit, "V": 9.9 * per_unit, "G": 3.6 * per_unit}
    place = int(round(0.5 / line.h))

    def rates(t, u):
        change = all_rates(u, dermis.factors_at(55.0 + t / dermis.DAYS_PER_YEAR), Cells())
        change += movement(line, u, FIELDS, DIFFUSIVITY, TAXIS)
        if t <= 1.0:
            through = 0.0077 * 90 * 2 ** (-t / 0.97)
            for name, c in applied.items():
                excess = u[I[name], 0] - (0.0 if name == "G" else 1.0)
                change[I[name], 0] += 2 / line.h * through * (c - excess)
        return change

    first = line.integrate(rates, start, 0.0, [0.5, 1.0])
    later = line.integrate(rates, first[-1], 1.0 + 1e-12, [7.0, 365.0])
    untreated = course(None, 55.0, [0.0], [365.0], 0.0)[0]
    columns = ["G", "T", "V", "Z", "Cn", "Ct"]
    rows = [observe(day, u[:, place], columns, 55.0) for day, u in zip([0.5, 1.0, 7.0, 365.0], first + later)]
    tables.show("Factors through a roller's pores, at a depth of .5 mm", ["day"] + columns, rows, 5)
    print(f"more collagen after a year than without: {rows[-1][-1] - untreated[I['Cn']] - untreated[I['Cm']]:.6f}\n")


def main():
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    days = [3, 14, 60, 365, 760]
    states = course(None, 55.0, [0.0], days, 1.0)
    print_table("1e7 cells/mL at a point", " cells_at_a_point =", days, states, COLUMNS, 55.0)
    days = [3, 60, 180, 365]
    states = course(None, 55.0, [0.0, 28.0, 56.0], days, 1.0, units=100 / 3)
    print_table("1e8 cells/mL, three sessions at a point", "many_cells_at_a_point =", days, states, COLUMNS, 55.0)
    print_gains()
    line = Line(20.0, cells, dimension=2)
    bolus = np.exp(-(line.r**2) / 2 / (100 ** (1 / 3) / np.sqrt(2 * np.pi)) ** 2)
    days = [7, 28, 60, 90, 365]
    states = course(line, 55.0, [0.0, 28.0, 56.0], days, bolus)
    print_table("Three boluses in a cylinder, on its axis", "cells_in_cylinder =", days, states, COLUMNS, 55.0)
    wound(2 * cells)
    topical(160)


if __name__ == "__main__":
    main()
