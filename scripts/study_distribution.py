# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Distributions of parameters over a population of hosts: `distribution` in [sample.range], and [[sample.correlation]].

A distribution is cut off at `from` and `to`, or where these are not given at the range of the parameter that
`cutis describe parameters` names; what is cut off is shared out over the rest in proportion (a truncated distribution), and does
not pile up at the ends. Correlations are those of ranks, brought about by a Gaussian copula: they leave the distributions as
they are.
"""

import dataclasses
import math

import numpy as np

NUMBER = (int, float)
KEYS = {  # besides `from`, `to`, `unit` and `source`; of lognormal, mean and median are alternatives
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "median", "gsd"),
    "uniform": (),
    "triangular": ("mode",),
    "choice": ("values", "weights"),
}


@dataclasses.dataclass(frozen=True)
class Distribution:
    """Of a parameter; like a Range of a study, with the cumulated probability in place of the share of the way."""

    path: str
    kind: str
    low: float = -math.inf
    high: float = math.inf
    unit: str = ""
    of: dict = dataclasses.field(default_factory=dict)
    source: str = ""

    def _whole(self):
        """The distribution before it is cut off, of scipy."""
        from scipy import stats  # it takes a second to load

        if self.kind == "normal":
            return stats.norm(self.of["mean"], self.of["sd"])
        if self.kind == "lognormal":
            width = math.log(self.of["gsd"])
            median = self.of["median"] if "median" in self.of else self.of["mean"] * math.exp(-(width**2) / 2)
            return stats.lognorm(width, scale=median)
        if self.kind == "triangular":
            return stats.triang((self.of["mode"] - self.low) / (self.high - self.low), self.low, self.high - self.low)
        return stats.uniform(self.low, self.high - self.low)

    def mass(self):
        """The share of the distribution that is not cut off."""
        whole = self._whole()
        return float(whole.cdf(self.high) - whole.cdf(self.low))

    def at(self, share):
        """The value, or the values, below which this share of the hosts is; of a choice the texts."""
        if self.kind == "choice":
            ends = np.cumsum(self.of["weights"]) / sum(self.of["weights"])
            return np.asarray(self.of["values"])[np.minimum(np.searchsorted(ends, share, side="right"), len(ends) - 1)]
        whole = self._whole()
        below, above = whole.cdf(self.low), whole.cdf(self.high)
        return np.clip(whole.ppf(below + (above - below) * np.asarray(share)), self.low, self.high)

    def text(self, share):
        return str(self.at(share)) if self.kind == "choice" else f"{float(self.at(share)):.10g} {self.unit}".strip()


def correlated(points, correlation):
    """
    Points of the unit cube with these rank correlations, through a Gaussian copula. A rank correlation s takes one of
    2 sin(pi s / 6) between the normal variables (Pearson 1907).
    """
    from scipy.stats import norm

    lower = np.linalg.cholesky(2 * np.sin(np.pi * np.asarray(correlation) / 6))
    return norm.cdf(norm.ppf(np.clip(points, 1e-12, 1 - 1e-12)) @ lower.T)


def is_possible(correlation):
    try:
        np.linalg.cholesky(2 * np.sin(np.pi * np.asarray(correlation) / 6))
    except np.linalg.LinAlgError:
        return False
    return True


def read_distribution(reader, place, path, table, described):
    """A Distribution from its table, or None once all that is wrong with it has been said. `described`: of the parameter."""
    before = len(reader.problems)
    kind = reader.take(place, table, "distribution", str, " or ".join(KEYS), required=True)
    if kind not in KEYS:
        reader.choice_of(f"{place}.distribution", kind, KEYS)
        return None
    reader.keys(place, table, ("distribution", "from", "to", "unit", "source", *KEYS[kind]))
    source = reader.take(place, table, "source", str, "where it comes from, such as \"assumed\" or a study", "", True)
    unit = reader.take(place, table, "unit", str, "a text such as \"year\"", "")
    if kind == "choice":
        of = _read_choice(reader, place, table)
        return Distribution(path, kind, unit=unit, of=of, source=source) if len(reader.problems) == before else None
    ends = [reader.take(place, table, key, NUMBER, "a number", None, kind in ("uniform", "triangular")) for key in ("from", "to")]
    of = {key: reader.take(place, table, key, NUMBER, "a number", required=key not in ("mean", "median")) for key in KEYS[kind]}
    of = {key: float(value) for key, value in of.items() if value is not None}
    if kind == "normal" and "mean" not in table or kind == "lognormal" and ("mean" in table) == ("median" in table):
        reader.say(place, "needs `mean`." if kind == "normal" else "needs one of `mean` and `median`.")
    for key, least in (("sd", 0), ("gsd", 1), ("median", 0), *((("mean", 0),) if kind == "lognormal" else ())):
        if key in of and of[key] <= least:
            reader.say(f"{place}.{key}", f"{of[key]:g} is out of range; expected more than {least}.")
    limits = _limits(reader, place, ends, unit, described)
    if len(reader.problems) > before:
        return None
    if kind == "triangular" and not limits[0] <= of["mode"] <= limits[1]:
        reader.say(f"{place}.mode", f"{of['mode']:g} is out of range; expected {limits[0]:g} to {limits[1]:g}.")
        return None
    made = Distribution(path, kind, *limits, unit, of, source)
    if not made.mass() > 0.01:
        reader.say(place, f"has {made.mass():.2g} of its hosts between {limits[0]:g} and {limits[1]:g}; expected more than .01.")
        return None
    return made


def _limits(reader, place, ends, unit, described):
    """Where to cut off: at `from` and `to`, which may not leave the range of the parameter, or at that."""
    own = [-math.inf, math.inf]
    # the range is in the parameter's own unit; in another one only the program can say whether a value lies in it
    if described["type"] in ("number", "whole number") and unit in ("", described["unit"]):
        own = [limit if limit is not None else none for limit, none in zip((described["range"]["low"], described["range"]["high"]), own)]
    low, high = (end if end is not None else limit for end, limit in zip(ends, own))
    if not low < high:
        reader.say(place, f"goes from {low:g} to {high:g}; expected from < to.")
    elif low < own[0] or high > own[1]:
        reader.say(place, f"goes from {low:g} to {high:g}; the parameter takes {described['range']['text']}.")
    elif unit not in ("", described["unit"]) and None in ends:
        reader.say(place, f"is in {unit}, and the parameter in {described['unit']}: give `from` and `to`, where it is cut off.")
    return float(low), float(high)


def _read_choice(reader, place, table):
    values = reader.take(place, table, "values", list, "a list of values", [], True)
    weights = reader.take(place, table, "weights", list, "a list of numbers, one for each value", [], True)
    texts = [reader.value(f"{place}.values", value) for value in values]
    if len(values) < 2 and "values" in table:
        reader.say(f"{place}.values", "has fewer than two values.")
    if any(isinstance(w, bool) or not isinstance(w, NUMBER) or not w > 0 for w in weights) or len(weights) != len(values):
        reader.say(f"{place}.weights", f"expected {len(values)} numbers above 0, one for each value.")
    return {"values": texts, "weights": weights}


def read_correlation(reader, entries, ranges):
    """The matrix of rank correlations between ranges from a list of `{ of = [A, B], rank = NUMBER }`; None if there is none."""
    place, paths = "sample.correlation", [r.path for r in ranges]
    if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
        reader.say(place, "expected tables [[sample.correlation]] with `of` and `rank`.")
        return None
    matrix, before = np.eye(len(paths)), len(reader.problems)
    for number, entry in enumerate(entries, 1):
        where = f"{place}[{number}]"
        reader.keys(where, entry, ("of", "rank", "source"))
        of = reader.take(where, entry, "of", list, "two parameters", [], True)
        rank = reader.take(where, entry, "rank", NUMBER, "a number between -1 and 1", 0, True)
        reader.take(where, entry, "source", str, "where it comes from, such as \"assumed\" or a study", "", True)
        if len(of) != 2 or len(set(map(str, of))) != 2:
            reader.say(f"{where}.of", "expected two parameters.")
            continue
        unknown = [path for path in of if path not in paths]
        for path in unknown:
            reader.choice_of(f"{where}.of", str(path), paths)
        if not -1 < rank < 1:
            reader.say(f"{where}.rank", f"{rank:g} is out of range; expected a number between -1 and 1.")
        elif not unknown:
            i, j = (paths.index(path) for path in of)
            if matrix[i, j]:
                reader.say(where, f"{of[0]} and {of[1]} have a correlation already.")
            matrix[i, j] = matrix[j, i] = rank
    if len(reader.problems) == before and not is_possible(matrix):
        reader.say(place, "no hosts can have all of these correlations at once; expected smaller ones.")
    return matrix if entries else None
