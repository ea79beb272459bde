# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The scores as table.csv, table.md and scores.json, with a summary per arm; nothing is averaged over arms."""

import collections
import csv
import json

from .data import ROLES
from .scoring import MET, NOT_MET, UNTESTED

COLUMNS = "id arm quantity day data simulated score by verdict nothing role source remark".split()
STATES = (MET, NOT_MET, UNTESTED)
WEAK = "met by nothing as well"


def number(value, digits=3):
    return "" if value is None else f"{value:.{digits}g}"


def measured(row):
    """What was measured, as a reader expects it."""
    if row.unit == "sign":
        return {1: "up", 0: "no change", -1: "down"}[int(row.mean)]
    text = number(row.mean, 4)
    if row.sd is not None:
        text += f" ± {number(row.sd)}"
    if row.lo is not None:
        text += f" ({number(row.lo)} to {number(row.hi)})"
    return f"{text} {'' if row.unit == '1' else row.unit}".strip()


def score_text(score):
    if score.score is None:
        return ""
    if score.kind == "sign":
        return {1: "up", 0: "no change", -1: "down"}[int(score.score)]
    return number(score.score)


def cells(score):
    """The row of the table as text by column."""
    row, entry = score.row, score.entry
    return {
        "id": row.id,
        "arm": f"{entry.arm}: {row.study}, {row.arm}" + ("" if row.species == "human" else f" ({row.species})"),
        "quantity": row.quantity,
        "day": number(row.day, 4),
        "data": measured(row) + (f", over {entry.data_anchor:g}" if entry.data_anchor else ""),
        "simulated": number(score.simulated),
        "score": score_text(score),
        "by": score.kind,
        "verdict": score.status,
        "nothing": {None: "", True: MET, False: NOT_MET}[score.null_meets],
        "role": row.role,
        "source": row.source,
        "remark": score.reason,
    }


def counts(scores):
    """{arm: {role: {status: number}}} in the order in which arms appear, and how many of the met rows say little."""
    table = collections.OrderedDict()
    for score in scores:
        arm = table.setdefault(score.entry.arm, {role: dict.fromkeys((*STATES, WEAK), 0) for role in ROLES})
        arm[score.row.role][score.status] += 1
        if score.status == MET and score.null_meets:
            arm[score.row.role][WEAK] += 1
    return table


def summary_lines(scores):
    """The summary as a table of Markdown: for each arm and role met / not met / untested."""
    lines = [
        "| arm | C: met | not met | untested | V: met | not met | untested | Q: met | not met | untested |",
        "|---|" + "---|" * 9,
    ]
    for arm, roles in counts(scores).items():
        numbers = []
        for role in ROLES:
            state = roles[role]
            weak = f" ({state[WEAK]})" if state[WEAK] else ""
            numbers += [f"{state[MET]}{weak}", str(state[NOT_MET]), str(state[UNTESTED])]
        lines.append(f"| {arm} | " + " | ".join(numbers) + " |")
    return lines


def _escaped(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def write(scores, folder, about):
    """Write the three files; `about` is a dictionary of versions and settings that goes into scores.json."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [cells(score) for score in scores]
    with (folder / "table.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    lines = ["# Scores", "", *(f"{key}: {value}  " for key, value in about.items()), ""]
    lines += ["Met rows in brackets: as many of them would be met as well if nothing happened.", "", *summary_lines(scores), ""]
    lines += ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(_escaped(row[name]) for name in COLUMNS) + " |" for row in rows]
    (folder / "table.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = {
        "about": about,
        "arms": counts(scores),
        "rows": [
            {
                "id": s.row.id,
                "role": s.row.role,
                "arm": s.entry.arm,
                "verdict": s.status,
                "by": s.kind,
                "simulated": s.simulated,
                "score": s.score,
                "nothing_meets": s.null_meets,
                "remark": s.reason,
            }
            for s in scores
        ],
    }
    (folder / "scores.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
