# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The table of a study: a row for each run, with what it is, how it is, and its outcomes; as CSV and as HDF5 with units."""

import re

import h5py
import numpy as np
import pandas as pd

from cutis_output import OutputError, read_timeseries
from cutis_runs import FAILED, FINISHED, RunError
from study_file import nearest

QUANTITY = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*?)\s*")


def numbers_of(texts):
    """(values, unit) of a factor's texts if all are numbers in the same unit, else None."""
    matches = [QUANTITY.fullmatch(text) for text in texts]
    if not all(matches) or len({match.group(2) for match in matches}) > 1:
        return None
    return [float(match.group(1)) for match in matches], matches[0].group(2)


def states_of(runs):
    """How each run is: finished, failed, interrupted, at work or new."""
    states = []
    for run in runs:
        state, record = run.state(), run.record()
        if record.get("state") == FAILED and state != FINISHED:
            state = FAILED  # of bad input nobody knows the files; it is tried again, but it is a result until then
        states.append("at work" if record.get("state") == "started" and is_at_work(run) else state)
    return states


def is_at_work(run):
    from cutis_lock import holder_of

    return bool(holder_of(run.record_file.with_suffix(".work")))


def outcomes_of(study, runs, states):
    """(values by outcome, units by outcome); runs that are not finished have none. RunError if a column is in no run."""
    values = {name: [np.nan] * len(runs) for name in study.outcomes}
    units, columns = {}, {}
    for row, (run, state) in enumerate(zip(runs, states)):
        if state != FINISHED:
            continue
        try:
            series = read_timeseries(run.directory / "timeseries.csv")
        except OutputError as error:
            raise RunError(str(error)) from error
        columns.update(series.attrs["units"])
        for name, outcome in study.outcomes.items():
            if outcome.column in series:
                values[name][row] = outcome.of(series.index, series[outcome.column])
                units[name] = outcome.unit(series.attrs["units"])
    wrong = [outcome for outcome in study.outcomes.values() if columns and outcome.column not in columns]
    if wrong:
        known = sorted(set(columns) - {"time"})
        raise RunError(
            "\n".join(
                f"{study.file}: outcomes.{o.name}.column: no run has a column '{o.column}'{nearest(o.column, known)}" for o in wrong
            )
        )
    return values, units


def make_table(study, points, runs):
    """A frame; units of its columns are in attrs["units"]."""
    states = states_of(runs)
    table, units = {"run": [run.name for run in runs]}, {}
    for column in points[0].values:
        texts = [point.values[column] for point in points]
        numeric = numbers_of(texts)
        table[column], units[column] = numeric or (texts, "")
    records = [run.record() if state in (FINISHED, FAILED) else {} for run, state in zip(runs, states)]
    table["state"] = states
    table["exit code"] = [record.get("exit code", np.nan) for record in records]
    table["message"] = [record.get("message", "") for record in records]
    outcomes, of_outcomes = outcomes_of(study, runs, states)
    frame = pd.DataFrame({**table, **outcomes})
    frame["exit code"] = frame["exit code"].astype("Int64")
    frame.attrs["units"] = {**units, **of_outcomes}
    return frame


def write_csv(frame, path):
    """Headers are `name [unit]`, as those of time series."""
    units = frame.attrs["units"]
    frame.rename(columns={c: f"{c} [{units[c]}]" if units.get(c) else c for c in frame}).to_csv(path, index=False, float_format="%.10g")


def write_hdf5(frame, study, path):
    """A dataset for each column, each with the attribute `unit`; the file itself has the text of the study."""
    with h5py.File(path, "w") as file:
        file.attrs["title"] = study.title
        file.attrs["study"] = study.file.read_text(encoding="utf-8")
        for column in frame:
            name = column.replace("/", "|")  # in HDF5 a slash would make a group
            values = frame[column]
            if column == "exit code":
                dataset = file.create_dataset(name, data=values.fillna(-1).to_numpy(dtype=int))
                dataset.attrs["none"] = -1
            elif values.dtype == object:
                dataset = file.create_dataset(name, data=[str(v) for v in values], dtype=h5py.string_dtype())
            else:
                dataset = file.create_dataset(name, data=values.to_numpy(dtype=float))
            dataset.attrs["unit"] = frame.attrs["units"].get(column, "")
            dataset.attrs["name"] = column


def write_tables(study, points, runs, folder):
    frame = make_table(study, points, runs)
    write_csv(frame, folder / "table.csv")
    write_hdf5(frame, study, folder / "table.h5")
    return frame
