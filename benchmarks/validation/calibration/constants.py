# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The constants that may be fitted, their priors, and the rows and runs of the fit: what calibration.toml says."""

import csv
import dataclasses
import math
import pathlib
import tomllib

import numpy as np
from scipy.stats import truncnorm

from cutis_runs import ROOT

from validation import scoring
from validation.data import DataError

FILE = pathlib.Path(__file__).with_name("calibration.toml")
PROVENANCE = ROOT / "docs" / "provenance.csv"
KEYS = {"values", "why"}
HALF_WIDTH = 2.0  # standard deviations of the prior from the middle of the range to its ends, in the logarithm


@dataclasses.dataclass(frozen=True)
class Constant:
    """
    x = ln(value/default)/sd is the number that is fitted: a standard normal prior, cut off at `first` and `last`.
    sd is a quarter of the logarithm of the largest over the smallest value.
    """

    path: str
    default: float
    unit: str
    mark: str
    low: float
    high: float
    why: str

    @property
    def sd(self):
        return math.log(self.high / self.low) / (2 * HALF_WIDTH)

    @property
    def first(self):
        return math.log(self.low / self.default) / self.sd

    @property
    def last(self):
        return math.log(self.high / self.default) / self.sd

    def factor(self, x):
        """Times the default."""
        return np.exp(self.sd * np.asarray(x))

    def prior(self):
        """The distribution of x."""
        return truncnorm(self.first, self.last)


@dataclasses.dataclass(frozen=True)
class Plan:
    constants: tuple
    left_out: dict  # id of a row: why
    settings: dict  # name of a simulation: settings of the fit

    def settings_at(self, x, parameters):
        """Settings that give a run, of which `parameters` are in force without them, the constants at x."""
        pairs = []
        for constant, share in zip(self.constants, x):
            words = parameters.get(constant.path, f"{constant.default:.10g} {constant.unit}").split(None, 1)
            unit = f" {words[1]}" if len(words) > 1 else ""
            pairs.append((constant.path, f"{float(words[0]) * float(constant.factor(share)):.10g}{unit}"))
        return tuple(pairs)


def _constant(path, table, marks, known, faults):
    """A Constant, or None with what is wrong with it added to `faults`."""
    faults += [f"{path}: there is no key `{key}`; there are {', '.join(sorted(KEYS))}." for key in set(table) - KEYS]
    row = known.get(path)
    if row is None:
        faults.append(f"{path} is no constant of {PROVENANCE.name}.")
        return None
    default = float(row["value"])
    if ("values" in table) != ("why" in table):
        faults.append(f"{path}: `values` need a `why`, and nothing else does.")
        return None
    low, high = table.get("values") or (default * factor for factor in marks[row["provenance"]])
    if not 0 < low < default < high:
        faults.append(f"{path}: {low:g} to {high:g} does not hold the default of {default:g}, or is not positive.")
        return None
    unit = "" if row["unit"] == "1" else row["unit"]
    why = table.get("why", f"by its mark: {row['provenance']}")
    return Constant(path, default, unit, row["provenance"], low, high, why)


def read(rows, simulations, path=FILE):
    """The Plan; DataError with all faults of the file at once."""
    tables = tomllib.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    with PROVENANCE.open(newline="", encoding="utf-8") as file:
        known = {row["name"]: row for row in csv.DictReader(file)}
    faults = []
    constants = [_constant(name, t, tables["marks"], known, faults) for name, t in tables["constants"].items()]
    left_out = {row: table["why"] for table in tables.get("left_out", []) for row in table["rows"]}
    roles = {row.id: row.role for row in rows}
    for row in left_out:
        if roles.get(row) != "C":
            faults.append(f"left_out: {row} is no row of role C, and no other is ever fitted.")
    settings = tables.get("settings", {})
    faults += [f"settings: there is no simulation '{name}'." for name in settings if name not in simulations]
    if faults:
        raise DataError("\n".join(f"{path}: {fault}" for fault in faults))
    return Plan(tuple(constants), left_out, settings)


def rows_to_fit(rows, entries, plan):
    """Rows of role C that a run answers and that are not left out. Rows of other roles never get here."""
    return [row for row in rows if row.role == "C" and not entries[row.id].untested and row.id not in plan.left_out]


@dataclasses.dataclass(frozen=True)
class Target:
    """
    How far a simulated number is from the row of a table, in the units of its score: standard deviations, or quarters of the mean;
    an interval costs nothing inside, and a direction nothing beyond the threshold. `weight`: a series of n days counts as one row.
    """

    row: object
    kind: str
    middle: float
    scale: float
    weight: float

    def residual(self, value):
        """Array of residuals of an array of simulated numbers; at most 1, or 0 for intervals and signs, is met."""
        distance = (np.asarray(value) - self.middle) / self.scale
        if self.kind == "interval":
            return np.maximum(np.abs(distance) - 1, 0)
        return np.maximum(1 - distance, 0) if self.kind == "sign" else np.abs(distance)


def target(row, entry, weight):
    """The Target of a row, with the thresholds of scoring.py."""
    unit = entry.data_anchor or 1.0
    if row.unit == "sign":
        sign = scoring.measured_sign(row, entry)
        if sign == 0:
            raise DataError(f"{row.id}: no change is no direction to fit to; leave it out.")
        return Target(row, "sign", entry.null or 0.0, sign * scoring.threshold_of_sign(row), weight)
    if row.sd is not None and row.sd > 0:
        return Target(row, "SD", row.mean / unit, row.sd / unit, weight)
    if row.lo is not None:
        return Target(row, "interval", 0.5 * (row.lo + row.hi) / unit, 0.5 * (row.hi - row.lo) / unit, weight)
    return Target(row, "25 %", row.mean / unit, scoring.NO_SPREAD * abs(row.mean / unit), weight)


def targets(rows, entries, each_row=False):
    """The Targets of rows, of which each series counts as one, or each row."""
    series = [row.series for row in rows]
    return [target(row, entries[row.id], 1.0 if each_row else 1 / series.count(row.series)) for row in rows]
