# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Which columns of the time series belong together, what they are called, and which of them change at all."""

import dataclasses
import fnmatch
import functools
import pathlib
import re
import tomllib

import numpy as np

from cutis_report import words

FILE = pathlib.Path(__file__).parent / "columns.toml"
OF_FIELD = re.compile(r"(mean|min|max|at_\d+)_(.+)")
WHAT = {"mean": "mean of the dermis", "min": "smallest", "max": "largest"}
ROUND_OFF = 1e-6  # changes below this part of the largest value, or of what is usual in that unit, are none
USUAL = {"g/cm^3": 1e-8}  # of signals in the published models; 1 in all other units
OTHER = "Other columns"


@functools.lru_cache(maxsize=1)
def arrangement():
    """Contents of columns.toml."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@dataclasses.dataclass
class Curve:
    column: str
    name: str
    about: str = ""


@dataclasses.dataclass
class Figure:
    """Columns that share an axis. A band is a pair of columns, the smallest and the largest value."""

    title: str
    unit: str
    scale: float
    group: str
    curves: list
    about: str = ""
    band: tuple = ()

    @property
    def columns(self):
        return [*(curve.column for curve in self.curves), *self.band]


def changes(series, column):
    """Whether a column of a time series differs from one value by more than round-off."""
    values = series[column].to_numpy(dtype=float)
    values = values[np.isfinite(values)]
    usual = USUAL.get(series.attrs["units"].get(column, ""), 1.0)
    return len(values) > 0 and np.ptp(values) > ROUND_OFF * max(usual, np.abs(values).max())


def kind_of(column):
    """(`mean`, key) of mean_KEY and their like, (empty, column) of other columns."""
    match = OF_FIELD.fullmatch(column)
    return match.groups() if match else ("", column)


def group_of(column, knowledge):
    """Title of the group of a column: by its own name, by its field, or by the first field that it reads."""
    groups = arrangement()["group"]
    kind, key = kind_of(column)
    keys = [key]
    if not kind:
        for group in groups:
            if any(fnmatch.fnmatchcase(column, pattern) for pattern in group.get("columns", ())):
                return group["title"]
        keys = [name.strip() for name in knowledge.observables.get(column, {}).get("reads", "").split(",")]
    for key in keys:
        for group in groups:
            if any(fnmatch.fnmatchcase(key, pattern) for pattern in group.get("fields", ())):
                return group["title"]
    return OTHER


def field_name(key, knowledge):
    """Name and unit of a field: in words, with what a value of 1 stands for."""
    known = knowledge.field(key)
    name = known.get("meaning") or key.replace("_", " ")
    name = re.sub(r" of cohort \d+$", "", name)
    number = re.search(r"_(\d+)$", key)
    if number and known:
        name += f", session {number.group(1)}"
    unit = words.unit(known.get("unit", ""))
    if not unit and known:
        scale = words.unit(known.get("a value of 1 is", ""))
        unit = "relative to healthy skin" if known.get("healthy at 20") == "1" else f"in units of {scale}" if scale else ""
    return name[:1].upper() + name[1:], unit or "1"


def chosen_figures(series, knowledge):
    """Figures of columns.toml with those of their curves that change in `series`, a list of time series."""
    for entry in arrangement()["figure"]:
        changing = {c: name for c, name in entry["curves"].items() if changing_in(series, c)}
        curves = [Curve(c, name, knowledge.observables.get(c, {}).get("meaning", "")) for c, name in changing.items()]
        if curves:
            group = group_of(curves[0].column, knowledge)
            yield Figure(entry["title"], entry["unit"], entry.get("scale", 1), group, curves, curves[0].about)


def changing_in(series, column):
    return any(column in one and changes(one, column) for one in series)


def remaining_figures(series, knowledge, taken):
    """Figures of the columns that change and are not `taken`: one for each field, and one for each other column."""
    columns = dict.fromkeys(c for one in series for c in one if c not in taken and changing_in(series, c))
    fields = {}
    for column in columns:
        kind, key = kind_of(column)
        if kind:
            fields.setdefault(key, []).append((kind, column))
            continue
        entry = knowledge.observables.get(column, {})
        unit = series_unit(series, column)
        title = column.replace("_", " ")
        title, group = title[:1].upper() + title[1:], group_of(column, knowledge)
        yield Figure(title, unit, 1, group, [Curve(column, title)], entry.get("meaning", ""))
    for key, of_field in fields.items():
        yield field_figure(key, dict(of_field), series, knowledge)


def series_unit(series, column):
    """Unit of a column as the header says it."""
    return next((words.unit(one.attrs["units"].get(column, "")) or "1" for one in series if column in one), "1")


def field_figure(key, columns, series, knowledge):
    """Mean, smallest and largest value of a field, and its values at probes. A band if both ends of it are there."""
    name, unit = field_name(key, knowledge)
    band = (columns["min"], columns["max"]) if {"min", "max", "mean"} <= set(columns) else ()
    curves = [
        Curve(column, WHAT.get(kind) or f"at probe {kind.split('_')[1]}")
        for kind, column in columns.items()
        if column not in band
    ]
    return Figure(name, unit, 1, group_of(f"mean_{key}", knowledge), curves, band=band)


def in_groups(figures):
    """(title, figures) of the groups in their order, those without figures left out."""
    order = [group["title"] for group in arrangement()["group"]] + [OTHER]
    found = {title: [] for title in order}
    for figure in figures:
        found[figure.group].append(figure)
    return [(title, entries) for title, entries in found.items() if entries]


def constants_of(series, drawn):
    """Rows (column, value, unit) of the columns that no figure shows, because they do not change."""
    rows = []
    for column in series:
        if column in drawn:
            continue
        values = series[column].to_numpy(dtype=float)
        finite = values[np.isfinite(values)]
        low, high = (finite.min(), finite.max()) if len(finite) else (np.nan, np.nan)
        text = words.number(high) if low == high or abs(high) > 1e-6 else f"0 (at most {words.number(max(-low, high), 2)})"
        rows.append((column, text, words.unit(series.attrs["units"].get(column, ""))))
    return rows
