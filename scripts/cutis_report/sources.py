# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What lies in the folders that a report is asked of: a run, finished or not, or a study."""

import dataclasses
import difflib
import json
import pathlib

from cutis_output import OutputError, Run

MARKS = ("timeseries.csv", "parameters.prm", "summary.json", "provenance.json")  # a run has some of them


def is_run(folder):
    return any((folder / name).is_file() for name in MARKS)


def is_study(folder):
    return (folder / "sweep.csv").is_file()


def problem_of(folder):
    """Why a folder is neither a run nor a study, with the nearest thing that is; empty if it is one."""
    if folder.is_dir():
        if is_run(folder) or is_study(folder):
            return ""
        inside = sorted(entry for entry in folder.iterdir() if entry.is_dir() and (is_run(entry) or is_study(entry)))
        if inside:
            named = ", ".join(map(str, inside[:5])) + (", ..." if len(inside) > 5 else "")
            return f"{folder} is no run and no study; in it there are: {named}."
        return f"{folder} is no run (it has none of {', '.join(MARKS)}) and no study (it has no sweep.csv)."
    if folder.exists():
        owner = next((parent for parent in folder.parents if is_run(parent) or is_study(parent)), None)
        hint = f"; did you mean its folder, {owner}?" if owner else "; name the folder that a run wrote."
        return f"{folder} is a file and no folder{hint}"
    beside = folder.parent
    names = [entry.name for entry in beside.iterdir() if entry.is_dir()] if beside.is_dir() else []
    near = difflib.get_close_matches(folder.name, names, n=1)
    return f"There is no folder {folder}" + (f"; did you mean {beside / near[0]}?" if near else ".")


@dataclasses.dataclass
class Status:
    """How far a run came."""

    finished: bool
    day: float  # of the last row
    end: float  # that was asked for
    sentence: str


def read_json(path):
    """Contents of a file, {} if there is none or it was cut off while it was written."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def number_of(text, default=0.0):
    """The number of a parameter as it stands in parameters.prm."""
    try:
        return float(text.split()[0])
    except (AttributeError, IndexError, ValueError):
        return default


def status_of(run):
    """Whether a run came to its end; if not, how far and why."""
    day = float(run.timeseries.index[-1])
    end = number_of(run.parameters.get("Time/End"), day)
    exit_name = run.summary.get("exit", "")
    if exit_name == "done":
        return Status(True, day, end, f"finished, day {day:g}")
    ways = {"interrupted": "was interrupted, and can be resumed", "failed": "failed"}
    if exit_name:
        how = ways.get(exit_name, f"ended as '{exit_name}'")
    elif (run.directory / "lock").exists():
        how = "is still at work, or was killed (its folder holds a lock)"
    else:
        how = "has no summary.json, so that it did not come to its end"
    share = f", {100 * day / end:.0f} %" if end > 0 else ""
    return Status(False, day, end, f"unfinished: the run {how}. It came to day {day:g} of {end:g}{share}.")


def provenance_of(run):
    """Entries of provenance.json, the last being that of the latest start."""
    runs = read_json(run.directory / "provenance.json").get("runs", [])
    return runs if isinstance(runs, list) else []


def log_of(run, named=None):
    """The log of a run if it was kept: named, or beside the folder, where a sweep writes it."""
    for file in (named, run.directory.with_name(run.directory.name + ".log")):
        if file and pathlib.Path(file).is_file():
            return pathlib.Path(file)
    return None


def warnings_in(log):
    """Sentences of the log that are warnings or errors, each once."""
    sentences = {}
    for line in log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n").splitlines():
        for level in ("warning: ", "error: "):
            if level in line and line.lstrip().startswith("["):
                sentences.setdefault(line.split(level, 1)[1].strip())
    return list(sentences)


def read_runs(folders):
    """(runs, problems): every folder is looked at before anything is said."""
    runs, problems = [], []
    for folder in folders:
        problem = problem_of(folder)
        if problem:
            problems.append(problem)
            continue
        if is_study(folder):
            runs.append(None)
            continue
        run = Run(folder)
        try:
            run.timeseries, run.summary, run.parameters
            runs.append(run)
        except (OutputError, ValueError, LookupError) as error:
            problems.append(str(error) if isinstance(error, OutputError) else f"{folder} is damaged: {error}.")
    return runs, problems
