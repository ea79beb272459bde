# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What was checked of a run, and what is known of how it was made."""

import dataclasses
import pathlib

from cutis_report import words
from cutis_report.sources import log_of, provenance_of, warnings_in

GOOD, BAD, OPEN = "passed", "failed", "not known"
NAMES = {"mass_balance_defect": "PLLA", "msc_balance_defect": "stromal cells", "hgf_balance_defect": "HGF"}


@dataclasses.dataclass
class Check:
    name: str
    state: str
    text: str


def checks_of(run, status, log=None):
    """All checks, also those that could not be made."""
    made = run.summary.get("checks", {})
    found = [Check("The run came to its end", GOOD if status.finished else BAD, status.sentence)]
    if not made:
        nothing = "summary.json, which says so, is not there."
        found += [Check(name, OPEN, nothing) for name in ("Numbers are finite", "No field is negative", "Mass is balanced")]
    else:
        found += [finite(made), not_negative(made), balance(made)]
    found.append(steps(run.summary))
    return found + [warnings_check(run, log)]


def finite(made):
    broken = made.get("not_finite", [])
    text = f"not in {', '.join(broken)}" if broken else "every number of the time series is one"
    return Check("Numbers are finite", GOOD if made.get("finite") else BAD, text)


def not_negative(made):
    lowest = made.get("lowest_value")
    if lowest is None:
        return Check("No field is negative", OPEN, "no column tells the smallest value of a field")
    where = f"the lowest value is {words.number(lowest)} ({made['lowest_field']}, {words.days(made['lowest_time'])})"
    return Check("No field is negative", GOOD if made.get("not_negative") else BAD, where)


def balance(made):
    defects = {key: value for key, value in made.items() if key.endswith("balance_defect")}
    if not defects:
        return Check("Mass is balanced", GOOD, "nothing was brought that has a balance")
    parts = [f"{words.number(value, 2)} of {NAMES.get(key, key)}" for key, value in defects.items()]
    text = f"appeared or vanished by numerical errors, at most: {', '.join(parts)}"
    return Check("Mass is balanced", GOOD if made.get("mass_is_balanced") else BAD, text)


def steps(summary):
    if "steps" not in summary:
        return Check("Steps", OPEN, "how many steps were made stands in summary.json, which is not there")
    made, rejected = summary["steps"], summary["rejected_steps"]
    text = f"{made} steps, and {rejected} that were rejected by the error control and repeated smaller"
    if rejected > made:
        return Check("Steps", BAD, text + "; more than the steps that were kept")
    return Check("Steps", GOOD, text)


def warnings_check(run, named):
    log = log_of(run, named)
    if log is None:
        return Check("Warnings", OPEN, "no log was kept with the run; --log names one")
    sentences = warnings_in(log)
    return Check("Warnings", BAD if sentences else GOOD, " ".join(sentences) if sentences else f"none in {log.name}")


def provenance(run, knowledge):
    """Rows (name, value) of the latest start of a run, and rows (file, checksum) of what it read."""
    runs = provenance_of(run)
    if not runs:
        return [("provenance.json", "is not there, so that version and times are not known")], []
    last = runs[-1]
    revision = last.get("revision", "unknown")
    if knowledge.revision and knowledge.revision != revision:
        revision += f" (the descriptions of this report are of revision {knowledge.revision})"
    rows = [("Cutis", f"{last.get('Cutis', '?')}, revision {revision}")]
    libraries = ("deal.II", "Trilinos", "p4est", "HDF5", "MPI", "Boost", "compiler")
    rows.append(("Libraries", ", ".join(f"{name} {last[name]}" for name in libraries if name in last)))
    rows.append(("Ranks", str(last.get("ranks", "?"))))
    for number, one in enumerate(runs, start=1):
        label = "Time" if len(runs) == 1 else f"Time, start {number} of {len(runs)}"
        end = f"{one['end']} ({one.get('exit', '?')})" if "end" in one else "no end noted"
        rows.append((label, f"{one.get('start', '?')} to {end}{', resumed' if one.get('resumed') else ''}"))
    rows += cost_of(run.summary)
    return rows, files_of(last)


def cost_of(summary):
    if "wall_seconds" not in summary:
        return []
    size = f"{words.number(summary['cells'], 7)} cells, {words.number(summary['dofs'], 9)} unknowns"
    memory = f"{words.number(summary['peak_memory_total_MB'], 3)} MB"
    return [("Size and cost", f"{size}; {words.number(summary['wall_seconds'], 3)} s, {memory} of memory")]


def files_of(entry):
    """Names without the folder of the machine, which says nothing elsewhere; the checksum tells whether a file is the same."""
    files = [(pathlib.PurePosixPath(item["file"]), item.get("fnv1a") or "not there") for item in entry.get("inputs", [])]
    folders = [file.parent for file, _ in files]
    common = next((f for f in folders if all(f == other or f in other.parents for other in folders)), None)
    return [(str(file.relative_to(common) if common else file.name), checksum) for file, checksum in files]
