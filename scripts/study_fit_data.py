# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The measurements of a fit: a CSV file with a row for each, and what is wrong with it, all at once with file and line.

    time [week],observable,value,sd,arm,weight,against
    12,collagen_total [1],1.21,0.08,PLLA,1,start

`time` has its unit in the header. `observable` is a column of timeseries.csv, with its unit if one likes. `arm`, `weight` (1) and
`against` may be left out; `against` is `start` where the column over its value on day 0 was measured, else empty.
"""

import csv
import dataclasses
import math
import re

from study_file import nearest

DAYS = {
    "s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "day": 1.0, "days": 1.0, "week": 7.0, "weeks": 7.0,
    "month": 365.25 / 12, "months": 365.25 / 12, "year": 365.25, "years": 365.25,
}
COLUMNS = ("observable", "value", "sd", "arm", "weight", "against")
NEEDED = ("observable", "value", "sd")
HEADER = re.compile(r"\s*(.*?)\s*(?:\[(.*)\])?\s*")


@dataclasses.dataclass(frozen=True)
class Measurement:
    line: int
    time: float  # d
    observable: str
    value: float
    sd: float
    unit: str = ""  # as written beside the observable; empty if nothing was
    arm: str = ""
    weight: float = 1.0
    of_start: bool = False


def read_measurements(file, arms):
    """(measurements, problems). `arms`: what the column `arm` may say; if there are any it must be there."""
    try:
        with open(file, encoding="utf-8-sig", newline="") as stream:
            rows = [(number, row) for number, row in enumerate(csv.reader(stream), 1) if any(cell.strip() for cell in row)]
    except OSError as error:
        return [], [f"{file}: the measurements cannot be read: {error.strerror}."]
    except (UnicodeDecodeError, csv.Error) as error:
        return [], [f"{file}: this is no CSV file in UTF-8: {error}."]
    if not rows:
        return [], [f"{file}: is empty; expected a header such as `time [d],observable,value,sd` and rows of measurements."]
    names, per_day, problems = _header(file, *rows[0], arms)
    if problems:
        return [], problems
    if len(rows) == 1:
        return [], [f"{file}: has a header and no measurements."]
    reader = _Rows(file, names, per_day, arms)
    return [made for made in (reader.read(number, row) for number, row in rows[1:]) if made], reader.problems


def _header(file, number, cells, arms):
    """(names of the columns, days per unit of time, problems)."""
    if len(cells) == 1 and ";" in cells[0]:
        return [], 1, [f"{file}:{number}: the columns are separated by semicolons; expected commas, and points in numbers."]
    names, problems, per_day = [], [], None
    for cell in cells:
        name, unit = HEADER.fullmatch(cell).groups()
        if name == "time":
            per_day = DAYS.get(unit or "")
            if per_day is None:
                told = f"'{unit}' is no unit of time{nearest(unit, list(DAYS))}" if unit else "has no unit; expected such as `time [d]`."
                problems.append(f"{file}:{number}: time: {told}")
        elif name not in COLUMNS:
            problems.append(f"{file}:{number}: there is no column '{name}'{nearest(name, ['time', *COLUMNS])}")
        elif unit:
            problems.append(f"{file}:{number}: {name}: its unit is written beside each observable, such as `dermal_thickness [mm]`, not here.")
        names.append(name)
    for name in ("time", *NEEDED, *(("arm",) if arms else ())):
        if name not in names:
            problems.append(f"{file}:{number}: the column `{name}` is missing.")
    problems += [f"{file}:{number}: the column `{name}` is there twice." for name in dict.fromkeys(names) if names.count(name) > 1]
    return names, per_day, problems


class _Rows:
    """Takes rows apart and collects what is wrong."""

    def __init__(self, file, names, per_day, arms):
        self.file, self.names, self.per_day, self.arms = file, names, per_day, arms
        self.problems = []

    def read(self, line, cells):
        before = len(self.problems)
        if len(cells) != len(self.names):
            return self.say(line, "", f"has {len(cells)} cells; expected {len(self.names)}.")
        row = {name: cell.strip() for name, cell in zip(self.names, cells)}
        time = self.number(line, row, "time", 0, "0 or more")
        value = self.number(line, row, "value")
        sd = self.number(line, row, "sd", 0, "more than 0", strictly=True)
        weight = self.number(line, row, "weight", 0, "0 or more") if row.get("weight") else 1.0
        observable, unit = HEADER.fullmatch(row["observable"]).groups()
        if not observable:
            self.say(line, "observable", "is empty; expected a column of timeseries.csv.")
        if self.arms and row["arm"] not in self.arms:
            self.say(line, "arm", f"'{row['arm']}' is no level of the factor{nearest(row['arm'], self.arms)}")
        elif not self.arms and row.get("arm"):
            self.say(line, "arm", f"'{row['arm']}', and the study has no [factors] whose levels are the arms.")
        if row.get("against", "") not in ("", "start"):
            self.say(line, "against", f"'{row['against']}' is not known; expected `start` or nothing.")
        if len(self.problems) > before:
            return None
        return Measurement(line, time * self.per_day, observable, value, sd, unit or "", row.get("arm", ""), weight, bool(row.get("against")))

    def say(self, line, column, sentence):
        self.problems.append(f"{self.file}:{line}: {column}: {sentence}" if column else f"{self.file}:{line}: {sentence}")

    def number(self, line, row, name, low=-math.inf, range_text="", strictly=False):
        try:
            value = float(row[name])
        except ValueError:
            return self.say(line, name, f"'{row[name]}' is no number." if row[name] else "is empty; expected a number.")
        if not math.isfinite(value):
            return self.say(line, name, f"'{row[name]}' is no finite number.")
        if value < low or strictly and value == low:
            return self.say(line, name, f"{value:g} is out of range; expected {range_text}.")
        return value


def columns_problems(file, measurements, series_of):
    """
    What only a run can tell: columns that no time series has, other units, times beyond its end. `series_of`: the time series
    of each arm, a frame over the days.
    """
    problems = {}
    for m in measurements:
        series = series_of[m.arm]
        units, place = series.attrs["units"], f"{file}:{m.line}: observable"
        if m.observable not in series:
            problems[f"{place}: the runs have no column '{m.observable}'{nearest(m.observable, sorted(series))}"] = None
            continue
        if m.unit and m.unit != units.get(m.observable, ""):
            problems[f"{place}: {m.observable} is in {units.get(m.observable) or 'no unit'}, and not in {m.unit}."] = None
        if m.of_start and not series[m.observable].iloc[0]:
            problems[f"{file}:{m.line}: against: {m.observable} is 0 at the start, which nothing can be taken against."] = None
        if m.time > series.index[-1] * (1 + 1e-9):
            problems[f"{file}:{m.line}: time: {m.time:g} d is beyond the end of the runs, {series.index[-1]:g} d."] = None
    return list(problems)
