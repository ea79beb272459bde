# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
How far a simulated number is from the measured one. The thresholds were fixed before the first score was made:

    SD        |simulated - mean|/SD is at most 1
    interval  within lo and hi, a confidence interval or a range; the score is in half widths
    25 %      no spread is known: within a quarter of the mean
    sign      the change has the sign of the measured one; below 5 % of the reference it is none. So for rows of unit `sign`, of
              role Q, and for those to which the mapping gives a sign, since their number says that nothing changes
    within    as near as the mapping says, where the measurement is a day or an angle
"""

import dataclasses
import math

from cutis_output import OutputError

from .mapping import FORMS
from .operators import OPERATORS

MET, NOT_MET, UNTESTED = "met", "not met", "untested"
NO_SPREAD = 0.25
NO_CHANGE = 0.05
NEAR_NOTHING = 1e-6  # a reference below it is no reference


@dataclasses.dataclass
class Score:
    row: object
    entry: object
    status: str
    kind: str = ""
    simulated: float | None = None
    score: float | None = None
    null_meets: bool | None = None  # whether the answer that nothing happens would be met as well
    reason: str = ""


def _reading(entry, run, day, arguments):
    return OPERATORS[entry.operator](run, day, **arguments)


def simulated(entry, row, runs):
    """The number that the run gives for the row, normalised as the mapping says."""
    for name in entry.simulations():
        if name not in runs:
            raise OutputError(f"The run {name} has not come to its end.")
    run = runs[entry.simulation]
    day = row.day if entry.day is None else entry.day
    x = _reading(entry, run, day, entry.arguments)
    if entry.against == "itself":
        return x
    ref = _reference(entry, run, runs, day)
    if not math.isfinite(ref) or abs(ref) < NEAR_NOTHING:
        raise OutputError(f"The reference is {ref:g}, too near to nothing to be one.")
    if entry.form == "log2":
        if x / ref <= 0:
            raise OutputError(f"A ratio of {x / ref:g} has no logarithm.")
        return math.log2(x / ref)
    if entry.form == "share of anchor":
        whole = _reading(entry, run, entry.anchor, entry.arguments) - ref
        if abs(whole) < NO_CHANGE * max(abs(x - ref), NEAR_NOTHING):  # not the near-zero end of a curve
            raise OutputError(f"The change on day {entry.anchor:g} is {whole:g}, too near to nothing to be an anchor.")
        return (x - ref) / whole
    return FORMS[entry.form](x, ref)


def _reference(entry, run, runs, day):
    if entry.against == "rest":
        return 1.0
    if entry.against == "start":
        return _reading(entry, run, 0.0, entry.arguments)
    if entry.against == "final":
        return _reading(entry, run, float(run.timeseries.index[-1]), entry.arguments)
    arguments = entry.arguments if entry.control_arguments is None else entry.control_arguments
    return _reading(entry, runs[entry.control], day if entry.control_day is None else entry.control_day, arguments)


def sign_of(change, threshold):
    return 0 if abs(change) < threshold else int(math.copysign(1, change))


def threshold_of_sign(row):
    """5 % of the reference, in the unit of the row."""
    return {"%": 100 * NO_CHANGE, "log2": math.log2(1 + NO_CHANGE)}.get(row.unit, NO_CHANGE)


def measured_sign(row, entry):
    """The sign that is to be kept; None if the row has a number and not a direction."""
    if entry.sign is not None:
        return entry.sign
    if row.unit == "sign":
        return int(row.mean)
    if entry.null is None:
        return None
    return int(math.copysign(1, row.mean - entry.null))


def is_direction(row, entry):
    """Whether the direction is compared: the row is one, has role Q, or has a number that stands for one, as the mapping says."""
    return row.unit == "sign" or row.role == "Q" or entry.sign is not None


def verdict(row, entry, value):
    """(kind, score, met) of a number for a row."""
    if entry.within is not None:
        return "within", abs(value - row.mean), abs(value - row.mean) <= entry.within
    if is_direction(row, entry):
        expected = measured_sign(row, entry)
        if expected is None:
            raise OutputError("The row has no direction, and only directions of its role are compared.")
        found = sign_of(value - (entry.null or 0.0), threshold_of_sign(row))
        return "sign", float(found), found == expected
    unit = entry.data_anchor or 1.0
    mean = row.mean / unit
    if row.sd is not None and row.sd > 0:
        z = abs(value - mean) / (row.sd / unit)
        return "SD", z, z <= 1
    if row.lo is not None:
        half = 0.5 * (row.hi - row.lo) / unit
        return "interval", abs(value - mean) / half, row.lo / unit <= value <= row.hi / unit
    tolerance = NO_SPREAD * abs(mean)
    if tolerance == 0:
        raise OutputError("The row is zero without a spread, so that nothing says how near is near.")
    return "25 %", abs(value - mean) / tolerance, abs(value - mean) <= tolerance


def _null(row, entry):
    """Whether nothing would have been an answer as good: None where the mapping does not say what nothing is."""
    if entry.within is not None:
        return None
    if row.unit == "sign" or entry.sign is not None:
        return measured_sign(row, entry) == 0
    if entry.null is None:
        return None
    return verdict(row, entry, entry.null)[2]


def score(row, entry, runs):
    """The score of one row; what cannot be read is untested, with the reason, and never a zero."""
    if entry.untested:
        return Score(row, entry, UNTESTED, reason=entry.untested)
    try:
        value = simulated(entry, row, runs)
        if not math.isfinite(value):
            raise OutputError(f"The simulated number is {value}.")
        kind, distance, met = verdict(row, entry, value)
        return Score(row, entry, MET if met else NOT_MET, kind, value, distance, _null(row, entry), entry.caveat)
    except OutputError as error:
        return Score(row, entry, UNTESTED, reason=f"Could not be read: {error}")
