# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The reference wound of the dermis network along its radius; the table of tests/processes/dermis_wound_test.cc.

Usage: scripts/python benchmarks/verification/dermis_wound/wound.py [CELLS ORDER]
CELLS over 20 mm and the ORDER of the differences are 800 and 4 and then 150 and 2, unless given.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from independent import dermis, tables
from independent.along_a_line import Line, movement

DAYS = [3, 7, 14, 21, 28, 42, 60, 90, 365]
COLUMNS = "T F M Ph b Z Cn Cm".split()
INSIDE = {"a": 1.0, "g": 1.0, "T": 1.0, "V": 1.0, "Z": 1.0, "O": 0.05, "Ph": 0.2}  # and nothing else
RADIUS, RIM = 4.0, 0.3  # mm


def course(cells, order):
    """Rows of day and columns at the centre."""
    line = Line(20.0, cells, dimension=2, order=order)
    share = 0.5 * (1 - np.tanh((line.r - RADIUS) / RIM))
    inside = np.array([INSIDE.get(name, 0.0) for name in dermis.FIELDS])
    start = dermis.YOUNG[:, None] + share * (inside - dermis.YOUNG)[:, None]

    def rates(_, u):
        return dermis.rates(u) + movement(line, u, dermis.FIELDS, dermis.DIFFUSIVITY, dermis.TAXIS)

    states = line.integrate(rates, start, 0.0, DAYS)
    return [[day] + [u[dermis.INDEX[c], 0] for c in COLUMNS] for day, u in zip(DAYS, states)]


def print_course(cells, order):
    rows = course(cells, order)
    tables.show(f"Centre of the reference wound, {cells} cells, order {order}", ["day"] + COLUMNS, rows, 5)
    tables.compare("processes/dermis_wound_test.cc", "refined =" if order == 4 else "on_a_coarse_mesh =", rows, 5e-5)


def main():
    for cells, order in [tuple(int(x) for x in sys.argv[1:3])] if len(sys.argv) == 3 else [(800, 4), (150, 2)]:
        print_course(cells, order)


if __name__ == "__main__":
    main()
