# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Wounds, incisions and zones of denatured collagen; the tables of the tests that the README names.

Usage: scripts/python benchmarks/verification/wound_course/wound.py [PART...]
PART is one or several of point, trauma, centre, sizes, incisions, zones; all of them unless given.
"""

import pathlib
import sys

import numpy as np
from scipy.integrate import solve_ivp

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from independent import dermis, repair, tables
from independent.along_a_line import Line, movement

I = repair.INDEX
AT_A_POINT = "T Z O F M Ph P1 b e g Cn Cm Cx C3m".split()
AT_THE_CENTRE = "T Z F M Ph P1 b e g Cn Cm Cx".split()
INSIDE = {"a": 1.0, "g": 1.0, "T": 1.0, "V": 1.0, "Z": 1.0, "O": 0.05, "Ph": 0.2}  # and nothing else
HEADER, TEST = "interventions/wound_course.h", "interventions/wound_healing_test.cc"


def at_rest(age=20.0, perfusion=1.0):
    return np.append(dermis.healthy_at(age, perfusion), [0.0, 0.0])


def inside():
    return np.array([INSIDE.get(name, 0.0) for name in repair.FIELDS])


def rim(distance, width):
    """Share of a body at this distance beyond its edge."""
    return 0.5 * (1 - np.tanh(distance / width))


class Host:
    """Who is wounded. A host that does not age is young, so that skin rests."""

    def __init__(self, age=20.0, ageing=False, perfusion=1.0, constants=dermis.DEFAULT, more=repair.Repair()):
        self.age, self.ageing, self.perfusion, self.constants, self.more = age, ageing, perfusion, constants, more
        self.healthy = at_rest(age, perfusion)
        self.collagen = self.healthy[I["Cn"]] + self.healthy[I["Cm"]]

    def rates(self, t, u):
        aged = dermis.factors_at(self.age + (t / dermis.DAYS_PER_YEAR if self.ageing else 0.0), self.perfusion)
        factors = dermis.Factors(aged.synthesis, aged.mmp, aged.perfusion, self.collagen, float(self.ageing))
        return repair.rates(u, factors, self.constants, self.more)

    def course(self, line, start, days):
        def rates(t, u):
            return self.rates(t, u) + movement(line, u, repair.FIELDS, dermis.DIFFUSIVITY, dermis.TAXIS)

        return line.integrate(rates, start, 0.0, days)

    def wounded(self, share):
        healthy = self.healthy[:, None]
        return healthy + share * (inside()[:, None] - healthy)

    def heated(self, share):
        """Skin whose collagen is denatured and whose cells are dead, with damage where they are."""
        u = np.multiply.outer(self.healthy, np.ones(share.shape))
        u[I["Cd"]] = share * self.collagen
        for name in "Cn Cm C3n C3m Cf Cx F M b e".split():
            u[I[name]] *= 1 - share
        u[I["a"]] = share
        return u


def diabetic():
    return Host(ageing=True, perfusion=0.7, constants=dermis.DIABETIC)


def strength(u):
    return u[I["Cx"]] / 0.9 + 0.03 * u[I["g"]]


def total(u):
    return u[I["Cn"]] + u[I["Cm"]]


def point():
    """A wound that keeps a fifth of its cells, vessels and epidermis."""
    start = at_rest()
    for name, value in dict(a=1, g=1, O=0.3, F=0.2, Ph=0.2, b=0.2, e=0.2).items():
        start[I[name]] = value
    for name in "Cn Cm C3n C3m Cx El h".split():
        start[I[name]] = 0
    days = [1, 3, 7, 14, 28, 60, 180]
    for title, table, constants in (
        ("At a point", "wound_at_a_point =", dermis.DEFAULT),
        ("The same; leukocytes have no limit and do not hold synthesis", "wound_without_limit =", dermis.UNLIMITED),
    ):
        host = Host(constants=constants)
        states = solve_ivp(host.rates, (0, days[-1]), start, "BDF", days, rtol=1e-9, atol=1e-12).y.T
        rows = [[day] + [u[I[c]] for c in AT_A_POINT] for day, u in zip(days, states)]
        tables.show(title, ["day"] + AT_A_POINT, rows)
        tables.compare(HEADER, table, rows, 5e-5)


def trauma():
    """What an injection hurts, at the age of 55."""
    host, days = Host(55.0, ageing=True), [1, 3, 10, 30]
    start = host.healthy.copy()
    start[I["a"]] = 0.02
    states = solve_ivp(host.rates, (0, days[-1]), start, "BDF", days, rtol=1e-9, atol=1e-12).y.T
    rows = [[day] + [u[I[c]] for c in ("T", "P1", "g")] for day, u in zip(days, states)]
    tables.show("The trauma of an injection", ["day", "T", "P1", "g"], rows)
    tables.compare(TEST, "[day, tgf, leukocytes, clot]", rows, 5e-5)


def centre():
    """The reference wound: a disc of 4 mm in one of 20 mm, at cells of three sizes."""
    days = [3, 7, 14, 21, 28, 42, 60, 90, 365]
    for cells, order, table in ((400, 4, None), (800, 4, "refined ="), (150, 2, "on_a_coarse_mesh =")):
        line = Line(20.0, cells, dimension=2, order=order)
        host = Host()
        states = host.course(line, host.wounded(rim(line.r - 4.0, 0.3)), days)
        rows = [[day] + [u[I[c], 0] for c in AT_THE_CENTRE] for day, u in zip(days, states)]
        tables.show(f"Centre of the reference wound, {cells} cells, order {order}", ["day"] + AT_THE_CENTRE, rows)
        if table:
            tables.compare("processes/dermis_wound_test.cc", table, rows, 5e-5)


def first(days, condition):
    hit = np.flatnonzero(condition)
    return days[hit[0]] if hit.size else np.nan


def day_of_half(days, cover):
    """Day on which the cover of the centre passes one half, between two days by a line."""
    i = np.argmax(cover >= 0.5)
    if cover[i] < 0.5:
        return np.nan
    return days[0] if i == 0 else np.interp(0.5, cover[i - 1 : i + 1], days[i - 1 : i + 1])


def sizes():
    """Closure, leukocytes and collagen at the centre of discs."""
    days = np.concatenate([np.arange(0.5, 60.5, 0.5), np.arange(61.0, 366.0, 2.0)])
    names = ["radius", "closed", "P1 peak", "on day", "half gone", "Ct 14", "Ct 28", "Ct 60", "Ct 365"]
    for title, make, table in (("Default", Host, "[radius, closed]"), ("Diabetic", diabetic, "[of_diabetes, closed]")):
        rows = []
        for radius in (1.0, 2.0, 4.0, 8.0):
            line, host = Line(20.0, 200, dimension=2), make()
            states = np.array(host.course(line, host.wounded(rim(line.r - radius, 0.3)), days))[:, :, 0].T
            P1 = states[I["P1"]]
            peak = np.argmax(P1)
            row = [radius, day_of_half(days, states[I["e"]]), P1[peak], days[peak]]
            row.append(first(days, (days > days[peak]) & (P1 < 0.5 * P1[peak])))
            rows.append(row + [np.interp(day, days, total(states)) for day in (14, 28, 60, 365)])
        tables.show(f"{title}: discs by radius [mm]", names, rows)
        tables.compare(TEST, table, [row[:2] for row in rows if np.isfinite(row[1])], 5e-5)


def incisions():
    """Strength in the middle of a slit whose edges are so far from it, and of .2 mm where the clot is not replaced."""
    days = [7, 14, 21, 28, 35, 42, 60, 90, 365]
    columns = []
    for half_gap, rebuilt in ((0.2, 0.65), (0.5, 0.65), (0.2, 0.0)):
        line, host = Line(8.0, 320), Host(more=repair.Repair(rebuilt=rebuilt))
        states = host.course(line, host.wounded(rim(line.r - half_gap, 0.1)), days)
        columns.append([strength(u)[0] for u in states])
    rows = [[day, *values] for day, *values in zip(days, *columns)]
    tables.show("Strength of incisions of half gaps of .2 and .5 mm", ["day", ".2", ".5", "not rebuilt"], rows)
    tables.compare(HEADER, "strength_of_incisions =", rows, 5e-5)


def zones():
    """Collagen in zones that heat has denatured over that of healthy skin of the day, and infiltrate within .3 mm."""
    days = [2, 7, 28, 70, 84, 180, 365]
    shares = {}
    for title, dimension, more in (
        ("ball", 3, repair.Repair()),
        ("cylinder", 2, repair.Repair()),
        ("nothing replaced", 3, repair.Repair(replaced=0.0, rebuilt=0.0, bound=0.0)),
    ):
        line, host = Line(6.0, 300, dimension=dimension), Host(55.0, ageing=True, more=more)
        states = host.course(line, host.heated(rim(line.r - 0.23, 0.05)), days)
        near = line.r <= 0.3 + 1e-9
        weight = line.r[near] ** (dimension - 1)
        rows = []
        for day, u in zip(days, states):
            cells = 500 * (u[I["Ph"]] - u[I["Ph"], -1] + u[I["P1"]]) + 2500 * u[I["Kd"]]
            mean = np.sum(weight * cells[near]) / np.sum(weight)
            rows.append([day, total(u)[0] / total(u)[-1], u[I["Kd"], 0], mean])
        tables.show(f"Zone of .23 mm, {title}", ["day", "Ct", "Kd", "cells/mm3"], rows)
        shares[title] = [row[1] for row in rows]
    rows = [[day, *values] for day, *values in zip(days, *shares.values())]
    tables.compare(HEADER, "zones =", rows, 5e-5)


PARTS = {"point": point, "trauma": trauma, "centre": centre, "sizes": sizes, "incisions": incisions, "zones": zones}


def main():
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
