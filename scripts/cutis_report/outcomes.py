# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The main outcomes of a run in numbers and in sentences. Final and largest values are those of summary.json where it is."""

import dataclasses

import numpy as np

from compare import Arms
from cutis_output import OutputError
from cutis_report import words
from cutis_report.columns import arrangement, changes
from cutis_report.settings import interventions_of

NEGLIGIBLE = 1e-6  # of the largest value of a quantity
UNTOLD = 1e-4  # changes that are less than this part of it say nothing beside the error of the steps
CLOSED = 0.01  # share of the cut that is left when a wound counts as closed, as docs/wounds.md says


@dataclasses.dataclass
class Number:
    """A value as it is stored, and as it is shown."""

    value: float
    shown: str


@dataclasses.dataclass
class Row:
    column: str
    label: str
    unit: str
    start: Number
    final: Number
    change: str
    peak: Number
    peak_day: str
    untreated: Number = None
    difference: str = ""


def final_of(run, column):
    """The last value: of summary.json if the run wrote one, else of the last row."""
    value = run.summary.get("final", {}).get(column)
    return float(run.timeseries[column].iloc[-1] if value is None else value)


def peak_of(run, column):
    """(largest value, its day)."""
    entry = run.summary.get("peak", {}).get(column)
    if entry:
        return float(entry["value"]), float(entry["time"])
    series = run.timeseries[column]
    return float(series.max()), float(series.idxmax())


def outcome_entries(runs):
    """Entries of columns.toml for the columns that at least one of the runs has."""
    return [entry for entry in arrangement()["outcome"] if any(entry["column"] in run.timeseries for run in runs)]


def shown_with(entry, scale_of_values):
    """A function that shows a stored value of an outcome; what is negligible beside its largest value is 0."""
    scale = entry.get("scale", 1)

    def show(value):
        shown = "≈ 0" if 0 < abs(value) < NEGLIGIBLE * max(scale_of_values, 1e-300) else words.number(scale * value)
        return Number(value, shown)

    return show


def change_in_words(start, end, scale, largest):
    """The change of a value, also as a part of what it was where that is neither nothing nor a multiple."""
    if abs(end - start) <= UNTOLD * max(largest, 1e-300):
        return "≈ 0"
    text = words.change(scale * (end - start))
    if start > 1e-3 * largest and abs(end / start - 1) < 5:
        text += f" ({words.change(100 * (end / start - 1))}{words.THIN}%)"
    return text


def against_untreated(run, companion, column):
    """(value of the companion on the last day, difference), or None if it does not tell."""
    arms = Arms({}, companion)
    if not arms.tells(run, column):
        return None
    change = arms.change(run, column)
    return float(run.timeseries[column].iloc[-1] - change.iloc[-1]), float(change.iloc[-1])


def table(run, companion=None):
    """Rows of the table of outcomes. Columns that are zero throughout are left out."""
    rows = []
    for entry in outcome_entries([run]):
        column, scale = entry["column"], entry.get("scale", 1)
        series = run.timeseries[column]
        if not changes(run.timeseries, column) and not abs(series.iloc[-1]) > NEGLIGIBLE:
            continue
        largest = float(np.nanmax(np.abs(series.to_numpy(dtype=float))))
        show = shown_with(entry, largest)
        start, end = float(series.iloc[0]), final_of(run, column)
        peak, day = peak_of(run, column)
        change = change_in_words(start, end, scale, largest)
        row = Row(column, entry["label"], entry["unit"], show(start), show(end), change, show(peak), words.number(day, 6))
        other = against_untreated(run, companion, column) if companion is not None else None
        if other:
            row.untreated = show(other[0])
            row.difference = change_in_words(other[0], other[0] + other[1], scale, largest)
        rows.append(row)
    return rows


def on_day(run, companion, entry, day):
    """(value, difference to untreated skin or change since the start) on a day, as shown; None if the run has no such column."""
    column = entry["column"]
    if column not in run.timeseries or not changes(run.timeseries, column):
        return None
    scale, series = entry.get("scale", 1), run.timeseries[column]
    largest = float(np.nanmax(np.abs(series.to_numpy(dtype=float))))
    value = float(np.interp(day, series.index, series))
    start = series.iloc[0]
    if companion is not None:
        arms = Arms({}, companion)
        if not arms.tells(run, column):
            return shown_with(entry, largest)(value).shown, ""
        start = value - float(np.interp(day, series.index, arms.change(run, column)))
    return shown_with(entry, largest)(value).shown, change_in_words(start, value, scale, largest)


def collagen_sentence(run, companion):
    series = run.timeseries["collagen_total"]
    start, end, day = series.iloc[0], final_of(run, "collagen_total"), series.index[-1]
    text = (
        f"Collagen of the dermis goes from {words.number(100 * start, 3)} to {words.number(100 * end, 3)} % of that of young healthy "
        f"skin by {words.days(day)}"
    )
    if start > 0:
        text += f", a change of {words.change(100 * (end / start - 1))}{words.THIN}%"
    other = against_untreated(run, companion, "collagen_total") if companion is not None else None
    if other:
        text += f". Untreated skin has {words.number(100 * other[0], 3)} % on that day, so that the treatment makes "
        text += f"{words.change(100 * other[1])} points"
    return text + "."


def when(run):
    """`in the end`, or the day that an unfinished run has come to."""
    return "in the end" if run.summary.get("exit") == "done" else f"on {words.days(run.timeseries.index[-1])} so far"


def stain_sentence(run):
    peak, day = peak_of(run, "collagen_area_fraction")
    end = final_of(run, "collagen_area_fraction")
    return (
        f"Type I collagen stained in a biopsy of the site is at most {words.number(100 * peak, 3)} % of that of healthy skin of the same age "
        f"({words.days(day)}), and {words.number(100 * end, 3)} % {when(run)}."
    )


def thickness_sentence(run):
    series = run.timeseries["dermal_thickness_at_site"]
    change = final_of(run, "dermal_thickness_at_site") - series.iloc[0]
    how = f"{words.number(abs(change), 2)} mm {'thicker' if change > 0 else 'thinner'}"
    return f"The dermis at the site is {how} {when(run)} than at the start ({words.number(series.iloc[0], 3)} mm)."


def closure_day(series):
    """First day from which on less than 1 % of the largest open surface is left; None if that day does not come."""
    largest = series.max()
    if not largest > 0:
        return None
    open_rows = np.flatnonzero(series.to_numpy() > CLOSED * largest)
    after = open_rows[-1] + 1
    return float(series.index[after]) if after < len(series) else None


def wound_sentence(run):
    series = run.timeseries["open_wound"]
    day = closure_day(series)
    if day is None:
        left, largest = (words.with_unit(area, "mm^2", 3) for area in (series.iloc[-1], series.max()))
        return f"The wound is still open on {words.days(series.index[-1])}: {left} of {largest}."
    return f"The wound is closed (less than 1 % of the largest open surface left) in the row of {words.days(day)}."


def strength_sentence(run):
    end = final_of(run, "strength_at_site")
    return f"The site has {words.number(100 * end, 3)} % of the strength of healthy skin of the host {when(run)}."


def particles_sentence(run):
    series = run.timeseries["plla_mass"]
    left = series.iloc[-1] / series.max() if series.max() > 0 else 0.0
    if left > NEGLIGIBLE:
        return f"Of the largest mass of PLLA {words.number(100 * left, 2)} % is left {when(run)}."
    day = series.index[np.flatnonzero(series.to_numpy() > 0.01 * series.max())[-1] + 1]
    return f"Less than 1 % of the largest mass of PLLA is left from {words.days(day)} on."


def inflammation_sentence(run):
    peak, day = peak_of(run, "inflammation")
    end = max(0.0, round(final_of(run, "inflammation"), 3))
    return (
        f"Inflammatory cells are at most {words.number(peak, 3)} per mm³ above those of healthy skin ({words.days(day)}), "
        f"and {words.number(end, 3)} {when(run)}."
    )


def in_short(run, companion=None):
    """What a reader should know who reads nothing else."""
    series = run.timeseries

    def changing(column):
        return column in series and changes(series, column)

    wound = "wound" in interventions_of(run) and changing("open_wound")
    told = [
        ("collagen_total" in series and not wound, lambda one: collagen_sentence(one, companion)),
        (changing("collagen_area_fraction") and not wound, stain_sentence),
        (changing("dermal_thickness_at_site") and not wound, thickness_sentence),
        (wound, wound_sentence),
        (wound and "strength_at_site" in series, strength_sentence),
        (changing("plla_mass"), particles_sentence),
        (changing("inflammation"), inflammation_sentence),
    ]
    return [tell(run) for holds, tell in told if holds]


def problems_of_companion(runs, companion):
    """Why the companion cannot be the measure of the runs; one sentence each."""
    problems = []
    for run in runs:
        try:
            Arms({}, companion).change(run, next(c for c in run.timeseries if c in companion.timeseries))
        except OutputError as error:
            problems.append(str(error))
        except StopIteration:
            problems.append(f"{companion.directory} and {run.directory} have no column in common.")
    return problems
