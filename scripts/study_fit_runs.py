# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The runs of a fit: from coordinates of the constants to what was measured, through a campaign, each run only once."""

import hashlib

import numpy as np

from cutis_output import read_timeseries
from cutis_runs import RunError, Variant
from study_design import case_of, folder_name


class FitRuns:
    """Runs of all arms of a fit. Their names are checksums of the values, so that the same fit finds them again."""

    def __init__(self, study, folder, campaign):
        self.study, self.folder, self.campaign = study, folder, campaign
        self.constants, self.measurements = study.fit.constants, study.fit.measurements
        used = {m.arm for m in self.measurements}
        levels = {level.text: [level] for all_levels in study.factors.values() for level in all_levels if level.text in used}
        self.cases = {arm: case_of(study, folder, levels) for arm, levels in (levels or {"": []}).items()}
        self.failures = {}  # names of runs -> what they said

    def texts(self, x):
        return [(c.path, c.text(value)) for c, value in zip(self.constants, x)]

    def variant(self, x, arm):
        values = self.texts(x)
        checksum = hashlib.sha256(repr(values).encode()).hexdigest()[:12]
        file, settings = self.cases[arm]
        name = f"{folder_name([('', arm)]).strip('_')}__{checksum}" if arm else checksum
        return Variant(name, (*settings, *values), file, self.study.ranks)

    def run(self, rows):
        """Make the runs of all arms at rows of coordinates; whether all arms are finished, for each row."""
        variants = {v.name: v for row in rows for v in (self.variant(row, arm) for arm in self.cases)}
        outcomes = {outcome.variant.name: outcome for outcome in self.campaign.run(list(variants.values()))}
        lost = [name for name, outcome in outcomes.items() if outcome.exit_code is None]
        if lost:
            raise RunError(f"{len(lost)} of {len(outcomes)} runs are not at their end. The same command goes on with them.")
        for name, outcome in outcomes.items():
            if outcome.exit_code:
                self.failures[name] = outcome.message
        return [all(outcomes[self.variant(row, arm).name].exit_code == 0 for arm in self.cases) for row in rows]

    def series(self, x, arm):
        """The time series of a run that is there."""
        return read_timeseries(self.folder / self.variant(x, arm).name / "timeseries.csv")

    def computed(self, x):
        """What the runs say at each measurement."""
        series = {arm: self.series(x, arm) for arm in self.cases}
        return np.array([value_of(series[m.arm], m.observable, m.time, m.of_start) for m in self.measurements])

    def residuals(self, rows):
        """For each row the residuals, or None if a run has failed."""
        values, sds, weights = (np.array([getattr(m, key) for m in self.measurements]) for key in ("value", "sd", "weight"))
        return [np.sqrt(weights) * (self.computed(row) - values) / sds if there else None for row, there in zip(rows, self.run(rows))]


def value_of(series, observable, time, of_start):
    """A column at a time [d], straight between its rows; over its first value with `of_start`."""
    column = series[observable]
    value = float(np.interp(time, series.index, column))
    return value / float(column.iloc[0]) if of_start else value
