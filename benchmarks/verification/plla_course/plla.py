# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The courses of PLLA in a host of 55; the tables of tests/interventions/plla_test.cc and rest_test.cc.

Usage: scripts/python benchmarks/verification/plla_course/plla.py [CELLS]
CELLS over 10 mm along the radius are 100, unless given; the differences are of fourth order.
"""

import pathlib
import sys

import numpy as np
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from independent import dermis, tables
from independent.along_a_line import Line, movement

AGE = 55.0
DOSE = 16.7  # mg per cm^3 of tissue and session
RADIUS, RIM = 3.0, 0.3  # mm
COLUMNS = ["w", "K", "Ph", "T", "F", "M", "b", "Z", "Cn", "Cm", "Ct", "III share", "area"]
SCISSION, PHAGOCYTOSIS, FIRST = 0.0154, 0.005, 7.2e-4  # kh and kph of the medium preset [1/d], s0
DENSITY, DIAMETER, HALF_SURFACE = 1.25, 0.05, 1.0  # mg/mm^3, mm, mm^2/mm^3
BINDING, FRESH_TIME, GIANT_TURNOVER, GIANT_SHARE = 0.032, 9.0, 0.09, 0.1
PUNCH = 1.5  # mm

I = dermis.INDEX
N = len(dermis.FIELDS)


def dissolution(tau):
    """lambda [1/d] of a session tau days ago."""
    grown = FIRST * np.exp(SCISSION * tau)
    s = grown / (1 - FIRST + grown)
    return 72 * SCISSION * s**2 / (1 + 8 * s)


def particle_rates(u, w, ages, doses):
    """dK/dt and dw/dt of the sessions (sessions, ...) that lie `ages` days back."""
    K, Ph = u[I["K"]], u[I["Ph"]]
    area = fresh = 0.0
    loss = []
    for mass, age, dose in zip(w, ages, doses):
        left = np.where(dose > 1e-12, np.maximum(mass, 0) / np.maximum(dose, 1e-12), 0)
        of_session = 6e-3 * dose / (DENSITY * DIAMETER) * left ** (2 / 3)
        area = area + of_session
        fresh = fresh + of_session * np.exp(-age / FRESH_TIME)
        loss.append(-(dissolution(age) + PHAGOCYTOSIS * np.maximum(K, 0) / (0.01 + np.maximum(K, 0))) * mass)
    bound = BINDING * Ph * fresh / (fresh + HALF_SURFACE) * (1 - K)
    held = GIANT_TURNOVER * (GIANT_SHARE * Ph * area / (area + HALF_SURFACE) - K)
    return bound + held, np.array(loss)


def all_rates(t, x, sessions, doses):
    """Rates of the network and the particles in x (fields and sessions, ...), t days after the age of 55."""
    u, w = x[:N], x[N:]
    change = np.zeros_like(x)
    change[:N] = dermis.rates(u, dermis.factors_at(AGE + t / dermis.DAYS_PER_YEAR))
    if w.size:
        bound, loss = particle_rates(u, w, [t - s for s in sessions], doses)
        change[I["K"]] += bound
        change[N:] = loss
    return change


def advance(line, x, sessions, doses, start, days):
    """States on the days; at a point if there is no line."""
    if line is None:
        solution = solve_ivp(
            lambda t, y: all_rates(t, y, sessions, doses), (start, days[-1]), x, "LSODA", days, rtol=1e-8, atol=1e-12
        )
        return list(solution.y.T)

    def rates(t, y):
        change = all_rates(t, y, sessions, doses)
        change[:N] += movement(line, y[:N], dermis.FIELDS, dermis.DIFFUSIVITY, dermis.TAXIS)
        return change

    return line.integrate(rates, x, start, days)


def course(line, sessions, days, share, dose=DOSE):
    """States (fields and sessions, nodes) on the days; a session on the same day comes first."""
    x = np.multiply.outer(dermis.healthy_at(AGE), np.ones(np.shape(share)))
    doses, reached = [], {}
    for number, (begin, end) in enumerate(zip(sessions, list(sessions[1:]) + [days[-1]]), 1):
        doses.append(dose * share)
        x = np.concatenate([x, [doses[-1]]])
        reached[begin] = x
        stops = sorted({day for day in days if begin < day < end} | {end})
        reached.update(zip(stops, advance(line, x, sessions[:number], doses, begin, stops)))
        x = reached[end]
    return [np.concatenate([reached[day], np.zeros_like(x[len(reached[day]) :])]) for day in days]


def stained(u):
    """Area of type I collagen over that of tissue, up to a factor."""
    healthy = dermis.healthy_at(AGE)
    total, before = u[I["Cn"]] + u[I["Cm"]], healthy[I["Cn"]] + healthy[I["Cm"]]
    growth = 1 + 0.3 * (total - before) + 0.05 * (u[I["h"]] - healthy[I["h"]])
    intact = 1 - u[I["Cf"]] / u[I["Cm"]]
    return (u[I["Cn"]] - u[I["C3n"]] + intact * (u[I["Cm"]] - u[I["C3m"]])) / growth


def observe(day, x):
    """A row of the tables, from the state (fields and sessions) at one place."""
    u, w = x[:N], x[N:]
    total = u[I["Cn"]] + u[I["Cm"]]
    of_type_iii = (u[I["C3n"]] + u[I["C3m"]]) / total
    area = stained(u) / stained(dermis.healthy_at(AGE))
    return [day, w.sum()] + [u[I[c]] for c in COLUMNS[1:10]] + [total, of_type_iii, area]


def depot(line):
    return 0.5 * (1 - np.tanh((line.r - RADIUS) / RIM))


def gain(line, sessions, days, dose):
    """Collagen of the types I and III over that of untreated skin of the same day, means over the punch: (days, 2)."""
    rows = []
    untreated = course(None, [0.0], days, 1.0, dose=0.0)
    for x, y in zip(course(line, sessions, days, depot(line), dose), untreated):
        means = []
        for mature, new in (("Cm", "Cn"), ("C3m", "C3n")):
            more = x[I[mature]] + x[I[new]] - y[I[mature]] - y[I[new]]
            means.append(CubicSpline(line.r, more * 2 * line.r).integrate(0, PUNCH) / PUNCH**2)
        rows.append((means[0] - means[1], means[1]))
    return np.array(rows)


def main():
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    file, names = "interventions/plla_test.cc", ["day"] + COLUMNS
    aged = dermis.healthy_at(AGE)
    print("Skin at 55: " + ", ".join(f"{name} {aged[I[name]]:.8f}" for name in ("Cn", "Cm", "El", "Z")))
    days = [28, 90, 365, 760]
    rows = [observe(day, x) for day, x in zip(days, course(None, [0.0], days, 1.0))]
    tables.show("One session at a point", names, rows)
    tables.compare(file, "at_a_point =", rows, 5e-5)

    days = [7, 28, 90, 180, 365, 760]
    line = Line(20.0, 2 * cells, dimension=2)
    rows = [observe(day, x[:, 0]) for day, x in zip(days, course(line, [0.0, 28.0, 56.0], days, depot(line)))]
    tables.show("Three sessions in a cylinder, on its axis", names, rows)
    tables.compare(file, "cylinder =", rows, 5e-5)

    line = Line(10.0, cells, dimension=2)
    rows = [
        [dose, gain(line, [0.0, 28.0, 56.0], [365], dose)[0].sum()] for dose in (2, 4.2, 8.35, 16.7, 30, 60, 120)
    ]
    tables.show("Gain of collagen a year after the first of three sessions", ["mg/cm3", "gain"], rows)
    tables.compare(file, "[dose, expected]", rows, 5e-5)

    days = [7, 28, 90, 365]
    rows = [[day, iii / i] for day, (i, iii) in zip(days, gain(line, [0.0], days, DOSE))]
    tables.show("Gain of type III over that of type I after one session", ["day", "ratio"], rows)
    tables.compare(file, "[day, expected]", rows, 5e-5)


if __name__ == "__main__":
    main()
