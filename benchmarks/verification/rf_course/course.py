# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Compare one session of radio-frequency microneedling with what biopsies showed; the table in docs/rf.md.

Usage: scripts/python benchmarks/verification/rf_course/course.py DIR
DIR is the output folder of course.prm. Prints the table; exit code 1 if a row agrees or disagrees otherwise than it
did when it was written.
"""

import dataclasses
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))

from cutis_output import OutputError, Run

RAISED = 1.01  # times the resting value: what counts as raised


@dataclasses.dataclass(frozen=True)
class Row:
    """What a biopsy showed and how it is read in a run."""

    finding: str
    measure: str
    value: object  # of a time series
    agrees: object  # with a value
    role: str
    recorded: bool  # whether the run agreed when the row was written


def on_day(name, day):
    return lambda series: series[name].loc[day]


def over(name, day, other):
    return lambda series: series[name].loc[day] / series[name].loc[other]


def refilled(series):
    inside, outside = (
        series[f"at_{probe}_collagen_new"].loc[70] + series[f"at_{probe}_collagen_mature"].loc[70] for probe in (1, 2)
    )
    return inside / outside


ROWS = [
    Row(
        "infiltrate from day 2",
        "macrophages, day 2",
        on_day("mean_macrophage", 2),
        lambda value: value > RAISED,
        "Q",
        True,
    ),
    Row(
        "infiltrate still growing at 10 weeks",
        "macrophages, day 70 over day 2",
        over("mean_macrophage", 70, 2),
        lambda value: value > 1,
        "Q",
        False,
    ),
    Row("TGF-β up on day 2", "TGF-β, day 2", on_day("mean_tgf_beta", 2), lambda value: value > RAISED, "Q", True),
    Row("MMP up on day 2", "MMP, day 2 over day 84", over("mean_mmp", 2, 84), lambda value: value > RAISED, "Q", True),
    Row(
        "HSP72 early",
        "heat shock, day 28 over day 2",
        over("mean_heat_shock", 28, 2),
        lambda value: value < 0.1,
        "C",
        True,
    ),
    Row(
        "procollagen III up by day 28",
        "synthesis, day 28",
        on_day("collagen_III_synthesis", 28),
        lambda value: value > RAISED,
        "Q",
        True,
    ),
    Row(
        "procollagen I up by day 28",
        "synthesis, day 28",
        on_day("collagen_I_synthesis", 28),
        lambda value: value > RAISED,
        "Q",
        True,
    ),
    Row(
        "type III leads, type I follows",
        "day on which III exceeds I the most",
        lambda series: (series["collagen_III_synthesis"] / series["collagen_I_synthesis"]).idxmax(),
        lambda value: value <= 14,
        "Q",
        True,
    ),
    Row("elastin up by day 28", "synthesis, day 28", on_day("elastin_synthesis", 28), lambda value: value > RAISED, "C", True),
    Row(
        "denatured collagen cleared by 10 weeks",
        "what is left on day 70",
        over("mean_denatured_collagen", 70, 0),
        lambda value: value < 0.1,
        "C",
        True,
    ),
    Row(
        "new collagen in its place by 10 weeks",
        "collagen in the middle of a lesion, day 70, over that between two",
        refilled,
        lambda value: value > 0.9,
        "C",
        False,
    ),
]


def table(series):
    """Lines of the table, and the findings that differ from what is recorded."""
    lines = ["| finding | measure | run | agrees | role |", "|---|---|---|---|---|"]
    changed = []
    for row in ROWS:
        value = row.value(series)
        agrees = bool(row.agrees(value))
        lines.append(f"| {row.finding} | {row.measure} | {value:.3g} | {'yes' if agrees else 'no'} | {row.role} |")
        if agrees != row.recorded:
            changed.append(row.finding)
    return lines, changed


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        lines, changed = table(Run(sys.argv[1]).timeseries)
    except OutputError as error:
        sys.exit(f"Error: {error}")
    print("\n".join(lines))
    if changed:
        sys.exit("Not as recorded: " + ", ".join(changed))


if __name__ == "__main__":
    main()
