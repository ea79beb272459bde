# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The table [fit] of a study: which constants are fitted, what is believed of them before, and where the measurements are."""

import dataclasses
import math
import pathlib

import numpy as np

from study_distribution import Distribution, read_distribution

PRIORS = ("uniform", "normal", "lognormal")
MOST_SPREADS = 4.0  # standard deviations of a prior to which is looked where nothing cuts it off


@dataclasses.dataclass(frozen=True)
class Fitted:
    """
    A constant that is fitted. Its coordinate is 0 to 1 over a uniform prior (by the logarithm with `log`), and the standard
    score of a normal prior, or of a lognormal one in the logarithm.
    """

    spread: Distribution
    log: bool = False

    @property
    def path(self):
        return self.spread.path

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    @property
    def unit(self):
        return self.spread.unit

    @property
    def scores(self):
        """Whether the coordinate is a standard score, and the prior pulls at it."""
        return self.spread.kind != "uniform"

    def _middle_and_width(self):
        of = self.spread.of
        if self.spread.kind == "normal":
            return of["mean"], of["sd"]
        width = math.log(of["gsd"])
        return (math.log(of["median"]) if "median" in of else math.log(of["mean"]) - width**2 / 2), width

    def value(self, x):
        """The value, or the values, at coordinates."""
        if self.spread.kind == "uniform":
            low, high = self.spread.low, self.spread.high
            return low * (high / low) ** np.asarray(x) if self.log else low + (high - low) * np.asarray(x)
        middle, width = self._middle_and_width()
        found = middle + width * np.asarray(x)
        return np.exp(found) if self.spread.kind == "lognormal" else found

    def coordinate(self, value):
        if self.spread.kind == "uniform":
            low, high = self.spread.low, self.spread.high
            return math.log(value / low) / math.log(high / low) if self.log else (value - low) / (high - low)
        middle, width = self._middle_and_width()
        if self.spread.kind == "lognormal":
            value = math.log(value) if value > 0 else -math.inf
        return (value - middle) / width

    def ends(self):
        """Lowest and highest coordinate that is tried."""
        if not self.scores:
            return 0.0, 1.0
        low, high = (self.coordinate(end) if math.isfinite(end) else end for end in (self.spread.low, self.spread.high))
        return max(low, -MOST_SPREADS), min(high, MOST_SPREADS)

    def at(self, share):
        """The coordinate below which this share of the prior is."""
        return float(share) if not self.scores else float(np.clip(self.coordinate(float(self.spread.at(share))), *self.ends()))

    def prior_sd(self):
        """Of the coordinate, as if nothing were cut off a score."""
        return 1.0 if self.scores else 1 / math.sqrt(12)

    def text(self, x):
        return f"{float(self.value(x)):.8g} {self.unit}".strip()


@dataclasses.dataclass
class Fit:
    data: pathlib.Path = None
    constants: list = dataclasses.field(default_factory=list)
    starts: int = 3
    first: int = 16  # runs of each arm before the search, over the priors
    most: int = 500  # runs of each arm in all
    seed: int = 1
    measurements: list = dataclasses.field(default_factory=list)


def read_fit(reader, table):
    """Takes the table [fit] apart into study.fit; all that is wrong with it, and with the measurements, is said."""
    from study_fit_data import read_measurements

    reader.keys("fit", table, ("data", "starts", "first", "most", "seed", "constant"))
    name = reader.take("fit", table, "data", str, "the name of a CSV file with measurements", "", True)
    fit = Fit(
        (reader.file.parent / pathlib.Path(name).expanduser()).resolve() if name else None,
        starts=reader.whole("fit", table, "starts", 1, 50, 3),
        first=reader.whole("fit", table, "first", 2, 10_000, 16),
        most=reader.whole("fit", table, "most", 10, 100_000, 500),
        seed=reader.whole("fit", table, "seed", 0, 2**31, 1),
    )
    constants = reader.take("fit", table, "constant", dict, "a table for each constant, [fit.constant.\"PLLA/Binding rate\"]", {}, True)
    fit.constants = [found for found in (_read_constant(reader, path, what) for path, what in constants.items()) if found]
    if not constants and "constant" in table:
        reader.say("fit.constant", "names no constant.")
    factors = reader.study.factors
    if len(factors) > 1:
        reader.say("factors", f"{' and '.join(factors)} cannot all be arms of the measurements; expected one factor at most beside [fit].")
    if name:
        arms = [level.text for levels in factors.values() for level in levels]
        fit.measurements, problems = read_measurements(fit.data, arms)
        reader.problems += problems
    reader.study.fit = fit


def _read_constant(reader, path, what):
    place = f"fit.constant.{path}"
    if not isinstance(what, dict):
        return reader.say(place, "expected a table with `prior`, `source` and what belongs to it.")
    prior = reader.take(place, what, "prior", str, " or ".join(PRIORS), required=True)
    if prior is None:
        return None
    if prior not in PRIORS:
        return reader.choice_of(f"{place}.prior", prior, PRIORS)
    known = reader.described(place)
    if known and path not in known:
        return reader.choice_of(place, path, known)
    if known and known[path]["type"] != "number":
        return reader.say(place, f"is a {known[path]['type']}; only numbers can be fitted.")
    scale = reader.take(place, what, "scale", str, "\"linear\" or \"log\"", "linear")
    rest = {key: value for key, value in what.items() if key not in ("prior", "scale")}
    if scale not in ("linear", "log"):
        reader.choice_of(f"{place}.scale", scale, ("linear", "log"))
    elif "scale" in what and prior != "uniform":
        reader.say(f"{place}.scale", f"says nothing with `prior = \"{prior}\"`.")
    spread = read_distribution(reader, place, path, {**rest, "distribution": prior}, known[path]) if known else None
    if spread and scale == "log" and spread.low <= 0:
        return reader.say(place, f"goes from {spread.low:g} to {spread.high:g}; expected 0 < from < to on a logarithmic scale.")
    return Fitted(spread, scale == "log") if spread else None
