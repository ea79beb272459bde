# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""PLLA with stromal cells; the numbers of OnTheSameDaysTheyBluntParticles in tests/interventions/msc_test.cc.

Usage: scripts/python benchmarks/verification/msc_course/with_particles.py [CELLS]
CELLS over 10 mm along the radius are 100, unless given.
"""

import pathlib
import sys

import numpy as np
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent), str(HERE.parent / "plla_course")]

import msc
import plla
from independent import dermis
from independent.along_a_line import Line, movement

AGE, YEAR = 55.0, 365.0
N_FIELDS = len(msc.FIELDS)
THRICE = (0.0, 28.0, 56.0)


class Course:
    """Sessions of particles and of cells at a point (`line` is None) or along a radius."""

    def __init__(self, line, particles_on, cells_on, particle_share, cell_share):
        self.line, self.particles_on, self.cells_on = line, particles_on, cells_on
        self.dose, self.cell_share = plla.DOSE * particle_share, cell_share
        self.brought = []  # days of the sessions of particles so far
        self.constants = msc.Cells()

    def rates(self, t, x):
        u, w = x[:N_FIELDS], x[N_FIELDS:]
        change = np.zeros_like(x)
        change[:N_FIELDS] = msc.all_rates(u, dermis.factors_at(AGE + t / dermis.DAYS_PER_YEAR), self.constants)
        if w.size:
            ages = [t - day for day in self.brought]
            bound, change[N_FIELDS:] = plla.particle_rates(u[: plla.N], w, ages, [self.dose] * len(ages))
            change[msc.I["K"]] += bound
        if self.line is not None:
            change[:N_FIELDS] += movement(self.line, u, msc.FIELDS, msc.DIFFUSIVITY, msc.TAXIS)
        return change

    def session(self, day, x):
        if day in self.particles_on:
            self.brought.append(day)
            x = np.concatenate([x, [self.dose]])
        if day in self.cells_on:
            early, units = self.constants.early, 10 / 3
            x[msc.I["S1"]] += early * units * self.cell_share
            x[msc.I["S2"]] += (1 - early) * units * self.cell_share
        return x

    def collagen_after_a_year(self):
        start = msc.at_rest(AGE)
        x = np.multiply.outer(start, np.ones(np.shape(self.cell_share)))
        days = sorted({0.0, *self.particles_on, *self.cells_on})
        for begin, end in zip(days, days[1:] + [YEAR]):
            x = self.session(begin, x.copy())
            if self.line is None:
                x = solve_ivp(self.rates, (begin, end), x, "LSODA", [end], rtol=1e-9, atol=1e-13).y[:, -1]
            else:
                x = self.line.integrate(self.rates, x, begin, [end])[-1]
        return x[msc.I["Cn"]] + x[msc.I["Cm"]]


def main():
    line = Line(10.0, int(sys.argv[1]) if len(sys.argv) > 1 else 100, dimension=2)
    bolus = np.exp(-(line.r**2) / 2 / (100 ** (1 / 3) / np.sqrt(2 * np.pi)) ** 2)
    untreated = Course(None, (), (), 1.0, 1.0).collagen_after_a_year()
    print("Gain of collagen after a year: at a point; on the axis of a cylinder; mean of a punch of 3 mm around it")
    for title, particles_on, cells_on in (
        ("PLLA three times", THRICE, ()),
        ("and cells on the same days", THRICE, THRICE),
        ("and cells on the first", THRICE, (0.0,)),
        ("cells three times", (), THRICE),
    ):
        point = Course(None, particles_on, cells_on, 1.0, 1.0).collagen_after_a_year() - untreated
        more = Course(line, particles_on, cells_on, plla.depot(line), bolus).collagen_after_a_year() - untreated
        punch = CubicSpline(line.r, more * 2 * line.r).integrate(0, plla.PUNCH) / plla.PUNCH**2
        print(f"{title:>28} {point:8.4f} {more[0]:8.4f} {punch:8.4f}", flush=True)


if __name__ == "__main__":
    main()
