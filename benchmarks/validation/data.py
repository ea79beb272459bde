# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The measurements, one row a number, and what can be wrong with the file that has them."""

import csv
import dataclasses
import difflib
import math
import pathlib
import re

FILE = pathlib.Path(__file__).with_name("validation_data.csv")
COLUMNS = "id study arm species day quantity unit mean sd lo hi n role read source note".split()
NUMBERS = ("day", "mean", "sd", "lo", "hi")
UNITS = {  # how a unit is written: what it measures
    "sign": "direction: 1 up, 0 none, -1 down",
    "log2": "logarithm to the base 2 of a ratio",
    "fold": "ratio",
    "1": "number without a unit",
    "%": "share or change in hundredths",
    "%/h": "rate",
    "r": "coefficient of correlation",
    "score": "points of a clinical scale",
    "h": "time",
    "d": "time",
    "wk": "time",
    "y": "time",
    "um": "length",
    "mm": "length",
    "cm3": "volume",
    "1/mm2": "number per area",
    "pg": "mass",
    "ng/mL": "concentration",
    "kPa": "stress",
    "MPa": "stress",
    "MJ/m3": "energy per volume",
    "N/m": "force per length",
    "deg": "angle",
    "C": "temperature",
}
ROLES = {"C": "constants may be fitted to it", "V": "never fitted", "Q": "sign only"}
READ = {"F": "abstract or file read", "Fs": "copied by a second source", "Fd": "read earlier", "R": "recalled"}


class DataError(Exception):
    """The measurements cannot be used; the message has a sentence for each fault."""


@dataclasses.dataclass(frozen=True)
class Row:
    id: str
    study: str
    arm: str
    species: str
    day: float | None
    quantity: str
    unit: str
    mean: float
    sd: float | None
    lo: float | None
    hi: float | None
    n: str
    role: str
    read: str
    source: str
    note: str

    @property
    def series(self):
        """What makes rows of several days one curve."""
        return self.study, self.arm, self.quantity


def _number(text):
    """The number that a cell holds, None if it is empty; ValueError if it is no finite number."""
    if not text.strip():
        return None
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _nearest(word, known):
    near = difflib.get_close_matches(word, known, 1, 0.4)
    return f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(known)}."


def _faults_of_cells(cells):
    """Sentences about one row, and its numbers."""
    numbers = {}
    for name in NUMBERS:
        try:
            numbers[name] = _number(cells[name])
        except ValueError:
            yield f"{name} '{cells[name]}' is not a number", numbers
            numbers[name] = None
    mean, sd, lo, hi = (numbers[name] for name in ("mean", "sd", "lo", "hi"))
    if not re.fullmatch(r"D\d{3}", cells["id"]):
        yield f"id '{cells['id']}' is not D and three digits", numbers
    for name in ("study", "quantity", "source", "species", "arm"):
        if not cells[name].strip():
            yield f"{name} is empty", numbers
    for name, known in (("unit", UNITS), ("role", ROLES), ("read", READ)):
        if cells[name] not in known:
            yield f"there is no {name} '{cells[name]}'{_nearest(cells[name], known)}", numbers
    if mean is None:
        yield "mean is empty; a row is a number", numbers
    if cells["unit"] == "sign" and mean not in (-1, 0, 1):
        yield f"a sign is -1, 0 or 1, not '{cells['mean']}'", numbers
    if sd is not None and sd < 0:
        yield f"sd {sd:g} is below 0", numbers
    if (lo is None) != (hi is None):
        yield "lo and hi belong together", numbers
    elif lo is not None and mean is not None and not lo <= mean <= hi:
        yield f"mean {mean:g} is not within lo {lo:g} and hi {hi:g}", numbers
    yield None, numbers


def read(path=FILE):
    """All rows in the order of the file. DataError names every fault with its line."""
    path = pathlib.Path(path)
    faults, rows, lines, last = [], [], {}, {}
    with path.open(newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        if table.fieldnames != COLUMNS:
            raise DataError(f"{path}:1: the columns are {table.fieldnames}; expected {COLUMNS}.")
        for cells in table:
            place = f"{path}:{table.line_num}"
            if None in cells or None in cells.values():
                faults.append(f"{place}: {len(COLUMNS)} cells are expected; is a comma not quoted?")
                continue
            numbers = {}
            for sentence, numbers in _faults_of_cells(cells):
                if sentence:
                    faults.append(f"{place}: {sentence}")
            row = Row(**{**cells, **numbers})
            if row.id in lines:
                faults.append(f"{place}: id {row.id} is that of line {lines[row.id]} as well")
            lines.setdefault(row.id, table.line_num)
            before = last.get(row.series)
            if before is not None and row.day is not None and row.day <= before:
                faults.append(f"{place}: day {row.day:g} does not follow day {before:g} of the same series")
            if row.day is not None:
                last[row.series] = row.day
            rows.append(row)
    if faults:
        raise DataError("\n".join(faults))
    return rows
