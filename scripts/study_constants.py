# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""All constants of some sections of the model as ranges of a sample: `[sample.all]` of a study.

A constant is a number that `cutis describe parameters` gives a provenance other than a setting. It goes from its default times the
first factor to its default times the second, evenly in its logarithm, and never beyond the range of the parameter. A share, of
which the range begins at 0 and ends at 1 or below and that has no unit, has its odds multiplied instead, evenly in their
logarithm: no share then leaves 0 to 1. A constant that is 0 has nothing to be multiplied, and is left out.
"""

import dataclasses
import fnmatch
import json
import math
import subprocess

from cutis_runs import environment


@dataclasses.dataclass(frozen=True)
class Constant:
    """A constant between two values; like a Range of a study."""

    path: str
    low: float
    high: float
    unit: str = ""
    odds: bool = False

    def at(self, share):
        """The value at a share of the way from low to high."""
        if not self.odds:
            return self.low * (self.high / self.low) ** share
        low, high = (math.log(value / (1 - value)) for value in (self.low, self.high))
        return 1 / (1 + math.exp(-(low + (high - low) * share)))

    def text(self, share):
        return f"{self.at(share):.10g} {self.unit}".strip()


def described(program):
    """What the program says of its parameters: a list of dicts. OSError or ValueError if it says nothing."""
    command = [str(program), "describe", "parameters", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        raise ValueError(done.stderr.strip() or f"exit code {done.returncode}")
    return json.loads(done.stdout)


def is_constant(parameter):
    return parameter["type"] == "number" and parameter["provenance"] != "setting"


def is_share(parameter):
    limits = parameter["range"]
    return parameter["unit"] == "1" and limits["low"] == 0 and limits["high"] is not None and limits["high"] <= 1


def constant_of(parameter, factors):
    """The Constant, or None if it is 0 or has no room within its range."""
    default, limits = float(parameter["default"]), parameter["range"]
    if default == 0 or is_share(parameter) and default >= 1:
        return None
    if is_share(parameter):
        odds = default / (1 - default)
        ends = [odds * factor / (1 + odds * factor) for factor in factors]
    else:
        ends = [default * factor for factor in factors]
    low = max(ends[0], limits["low"]) if limits["low"] is not None else ends[0]
    high = min(ends[1], limits["high"]) if limits["high"] is not None else ends[1]
    unit = "" if parameter["unit"] == "1" else parameter["unit"]
    return Constant(parameter["path"], low, high, unit, is_share(parameter)) if 0 < low < high else None


def constants_of(parameters, sections, factors, without):
    """(constants, patterns of `without` that name none, sections that have none)."""
    inside = [p for p in parameters if is_constant(p) and any(p["path"].startswith(f"{section}/") for section in sections)]
    empty = [section for section in sections if not any(p["path"].startswith(f"{section}/") for p in inside)]
    idle = [pattern for pattern in without if not fnmatch.filter([p["path"] for p in inside], pattern)]
    kept = [p for p in inside if not any(fnmatch.fnmatchcase(p["path"], pattern) for pattern in without)]
    return [constant for constant in (constant_of(p, factors) for p in kept) if constant], idle, empty


def read_all(reader, table):
    """The constants that `[sample.all]` of a study means; what is wrong with it is said."""
    place = "sample.all"
    if not isinstance(table, dict):
        reader.say(place, "is no table; expected one with `of` and `within`.")
        return []
    reader.keys(place, table, ("of", "within", "without"))
    of, within, without = (table.get(key, []) for key in ("of", "within", "without"))
    if not isinstance(of, list) or not of or not all(isinstance(section, str) for section in of):
        reader.say(f"{place}.of", "expected a list of sections, such as [\"Network/dermis\", \"PLLA\"].")
        of = []
    if not isinstance(without, list) or not all(isinstance(pattern, str) for pattern in without):
        reader.say(f"{place}.without", "expected a list of parameters, in which * stands for anything.")
        without = []
    numbers = isinstance(within, list) and len(within) == 2 and all(type(factor) in (int, float) for factor in within)
    if not numbers or not 0 < within[0] < within[1]:
        reader.say(f"{place}.within", "expected two factors between which each constant varies, such as [0.8, 1.25].")
        return []
    parameters = list(reader.described(place).values())
    if not parameters:
        return []
    found, idle, empty = constants_of(parameters, of, within, without)
    for section in empty:
        reader.choice_of(f"{place}.of", section, sorted({p["path"].rpartition("/")[0] for p in parameters if is_constant(p)}))
    for pattern in idle if not empty else ():
        reader.choice_of(f"{place}.without", pattern, [constant.path for constant in found])
    return found
