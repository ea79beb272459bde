# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The runs of the fit: points over the ranges of the constants, at each the runs that rows need, and what the rows read in them."""

import dataclasses

import numpy as np
from scipy.stats import qmc

from cutis_output import OutputError

from validation import scoring, simulations


def design(constants, power, seed=1):
    """2^power points (points x constants) of a scrambled Sobol' sequence, even over the ranges; more of them hold the fewer."""
    low, high = ([getattr(c, end) for c in constants] for end in ("first", "last"))
    return qmc.scale(qmc.Sobol(len(constants), seed=seed).random_base2(power), low, high)


def with_settings(simulation, settings, name=None):
    """The simulation with more settings, which hold over its own."""
    merged = {**dict(simulation.settings), **dict(settings)}
    return dataclasses.replace(simulation, name=name or simulation.name, settings=tuple(merged.items()))


class Runner:
    """Makes the runs of points and reads the rows; what is there already is used again."""

    def __init__(self, plan, chosen, rows, entries, folder, program, jobs):
        self.plan, self.chosen, self.rows, self.entries = plan, chosen, rows, entries
        self.make = lambda wanted: simulations.run_all(wanted, folder, program, jobs)
        self.made = self.make([with_settings(s, plan.settings.get(s.name, {}), f"default__{s.name}") for s in chosen])

    def parameters_of(self, simulation):
        """What is in force in a run without the fit; its host may have constants of its own."""
        return self.made[f"default__{simulation.name}"].parameters

    def at(self, points, labels):
        """Values (points x rows) that runs say at points; NaN where one has failed or a row cannot be read."""
        wanted = []
        for x, label in zip(points, labels):
            for s in self.chosen:
                settings = {**self.plan.settings.get(s.name, {}), **dict(self.plan.settings_at(x, self.parameters_of(s)))}
                wanted.append(with_settings(s, settings, f"{label}__{s.name}"))
        self.made.update(self.make(wanted))
        return np.array([self.read(self.runs_of(label)) for label in labels])

    def default(self):
        """What the rows read with the defaults."""
        return self.read(self.runs_of("default"))

    def runs_of(self, label):
        """The runs by the name of their simulation that were made under a label; those that failed are not there."""
        return {s.name: self.made[f"{label}__{s.name}"] for s in self.chosen if f"{label}__{s.name}" in self.made}

    def read(self, runs):
        values = []
        for row in self.rows:
            try:
                values.append(scoring.simulated(self.entries[row.id], row, runs))
            except OutputError:
                values.append(np.nan)
        return np.array(values)
