# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The wounds of Buganza Tepole (2017) and Koppenol et al. (2017); tests/processes/published_models_test.cc.

Usage: scripts/python benchmarks/verification/published_models/published.py [tepole2017|koppenol2017 CELLS]
CELLS along the 50 mm are 800 and 200, unless given; the differences are of second order, since the wound of the
first has a sharp edge and that of the second a kink at both ends of its rim.
"""

import pathlib
import sys

import numpy as np
from scipy.optimize import fsolve

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from independent import tables
from independent.along_a_line import Line, movement

HOUR = 1 / 24  # d
FILE = "processes/published_models_test.cc"


def tepole_rates(x):
    """Of cytokine, fibroblasts and collagen (3, ...), per day; stretch is that of undeformed tissue."""
    c, r, p = x
    stretch = 0.006693
    grown = (0.034 * (1 + stretch) + 0.034 * c / (0.1 + c)) * (1 - r) * r - 0.2 * 0.034 * r
    laid = (0.002 * (1 + stretch) + 0.002 * c / (1 + c)) * r / (1.062 + p) - (9.7e-4 + 4.85e-4 * c * r) * p
    return np.stack([-0.01 * c, grown, laid]) / HOUR


def tepole_disc(cells, collagen):
    """Rows of hours, fibroblasts and collagen in the centre; `collagen` is what the wound holds at the beginning."""
    line = Line(50.0, cells, dimension=2, order=2)
    inside = np.where(np.isclose(line.r, 10), 0.5, line.r < 10)
    start = np.stack([inside, 1 - inside, 1 + inside * (collagen - 1)])
    fields, diffusivity = ["c", "r", "p"], {"c": 0.1 / HOUR, "r": 0.0833 / HOUR}
    hours = [72, 120, 168, 240, 360]
    states = line.integrate(
        lambda t, x: tepole_rates(x) + movement(line, x, fields, diffusivity, {}),
        start,
        0.0,
        [h * HOUR for h in hours],
        rtol=1e-8,
        atol=1e-13,
    )
    return [[h, x[1, 0], x[2, 0]] for h, x in zip(hours, states)]


# Koppenol: cells in 1e4/cm^3, signal in 1e-8 g/cm^3, collagen in g/cm^3, so that all are of the order of 1
CELLS, SIGNAL, COLLAGEN = 1e4, 1e-8, 0.1125
EXPONENT = np.log(0.02 / (0.924 * (1 - 1e-6 * CELLS))) / np.log(CELLS)  # q: fibroblasts rest at their density
LAYING = 6e-6 * CELLS * COLLAGEN**2 / CELLS  # k_C [g/d]: healthy collagen rests


def koppenol_rates(x):
    """Of fibroblasts, myofibroblasts, signal and collagen (4, ...), in the units above, per day."""
    N, M, c, C = np.maximum(x[0], 0) * CELLS, np.maximum(x[1], 0) * CELLS, np.maximum(x[2], 0) * SIGNAL, x[3]
    answer = c / (1e-8 + c)
    room = 0.924 * (1 - 1e-6 * (N + M))
    mmp = (N + 0.5 * M) * C / (1 + 2e8 * c)
    differentiated = 1.08e7 * c * N
    grown = [room * (1 + 2 * answer) * N ** (1 + EXPONENT), room * 3 * answer * M ** (1 + EXPONENT)]
    return np.stack(
        [
            (grown[0] - 0.02 * N - differentiated) / CELLS,
            (grown[1] + differentiated - 0.06 * M) / CELLS,
            (4e-13 * answer * (N + 2 * M) - 5e-4 * mmp * c) / SIGNAL,
            LAYING * (1 + 10 * c / (1e-9 + c)) * (N + 2 * M) - 6e-6 * mmp * C,
        ]
    )


def koppenol_movement(line, x):
    """Cells move in proportion to how many there are: flux F (-D grad N + chi N grad c), F = N + M; mm and days."""
    slope, bend = line.derivatives(x)
    change = np.zeros_like(x)
    change[2] = 0.29 * bend[2]
    density, slope_of_density = x[0] + x[1], slope[0] + slope[1]
    diffusivity, taxis = 1e-7 * CELLS * 100, 2e-3 * CELLS * 100 * SIGNAL
    for i in (0, 1):
        change[i] = diffusivity * (slope_of_density * slope[i] + density * bend[i])
        product = slope_of_density * x[i] + density * slope[i]
        change[i] -= taxis * (product * slope[2] + density * x[i] * bend[2])
    return change


def koppenol_wound(cells):
    """Rows of day, fibroblasts, myofibroblasts, signal [1e-8 g/cm^3] and collagen at the closed end of the wound."""
    line = Line(50.0, cells, order=2)
    share = 0.5 * (1 + np.cos(np.pi * np.clip((line.r - 7.5) / 5, 0, 1)))
    healthy, wounded = np.array([1, 0, 0, COLLAGEN]), np.array([0.2, 0, 1, 0.01])
    start = healthy[:, None] + share * (wounded - healthy)[:, None]
    days = [7, 28, 60, 90, 180, 365]
    states = line.integrate(
        lambda t, x: koppenol_rates(x) + koppenol_movement(line, x), start, 0.0, days, rtol=1e-7, atol=1e-11
    )
    return [[d, x[0, 0] * CELLS, x[1, 0] * CELLS, x[2, 0], x[3, 0]] for d, x in zip(days, states)]


def print_tepole(cells):
    rest = fsolve(lambda x: tepole_rates(np.array([0, *x]))[1:], [0.8, 0.9])
    print("Rest without a wound: r {:.4f}, p {:.4f}".format(*rest))
    scarce, none = tepole_disc(cells, 0.01), tepole_disc(cells, 0.0)
    rows = [some + [without[2]] for some, without in zip(scarce, none)]
    tables.show(f"Centre of the disc, {cells} cells", ["hours", "r", "p", "p from 0"], rows, 5)
    tables.compare(FILE, "disc =", rows, 5e-5)


def print_koppenol(cells):
    rows = koppenol_wound(cells)
    names = ["day", "fibroblasts", "myofibr.", "signal", "collagen"]
    tables.show(f"Closed end of the wound, {cells} cells", names, rows, 5)
    theirs = tables.in_test(FILE, "const Day &expected :", 6)[:, :5]
    theirs[:, 3] /= SIGNAL
    print(np.array2string(theirs - np.array(rows), precision=3, suppress_small=True))


def main():
    programs = {"tepole2017": (print_tepole, 800), "koppenol2017": (print_koppenol, 200)}
    chosen = sys.argv[1:2] or list(programs)
    for name in chosen:
        program, cells = programs[name]
        program(int(sys.argv[2]) if len(sys.argv) > 2 else cells)


if __name__ == "__main__":
    main()
