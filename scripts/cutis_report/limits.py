# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Which limits of the model a run meets. The sentences and their conditions are in limits.toml, and what runs say of
themselves is in summary.json.

A condition is `LEFT OPERATION RIGHT`, and all conditions of a sentence must hold. LEFT is the path of a parameter, one path
`over` another (their ratio), or one of these:

    final COLUMN, peak COLUMN, start COLUMN   of the time series
    age at end         years of the host at the end of the run
    days               length of the run so far
    sessions           number of sessions that took place
    constants changed  constants of the model (not settings) that are not at their defaults
    companion          `yes` if the report has an untreated companion, else `no`

OPERATION is `is`, `is not`, `has` (a list with that entry), `has not`, `>`, `>=`, `<` or `<=`. What a run does not have makes
a condition false. In the sentence, {value} is LEFT of the last condition.
"""

import operator
import pathlib
import re
import tomllib

from cutis_report import words
from cutis_report.settings import differences, is_on, same_value
from cutis_report.sources import number_of

FILE = pathlib.Path(__file__).parent / "limits.toml"
FORM = re.compile(r"(.+?) (is not|is|has not|has|>=|<=|>|<) (.+)")
ORDER = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
COLUMNS = ("final", "peak", "start")
OWN = ("age at end", "days", "sessions", "constants changed", "companion")


def read_limits(file=FILE):
    return tomllib.loads(file.read_text(encoding="utf-8"))["limit"]


def parse(condition):
    """(left, operation, right) of a condition."""
    match = FORM.fullmatch(condition)
    if not match:
        raise ValueError(f"'{condition}' is no condition; write `LEFT OPERATION RIGHT` as {__name__} explains it.")
    return match.groups()


class Facts:
    """What conditions may ask of a run."""

    def __init__(self, run, knowledge, companion=False):
        self.run = run
        changed = [row for row in differences(run, knowledge)[0] if row["mark"] != "setting"]
        days = float(run.timeseries.index[-1])
        age = number_of(run.parameters.get("Host/Age"))
        self.own = {
            "age at end": age + (days / 365.25 if is_on(run.parameters.get("Host/Ageing", "")) else 0.0),
            "days": days,
            "sessions": len(run.summary.get("sessions", [])),
            "constants changed": len(changed),
            "companion": "yes" if companion else "no",
        }

    def value(self, left):
        """The value of the left side of a condition as text or number, None if the run does not have it."""
        if left in self.own:
            return self.own[left]
        if " over " in left:
            one, other = (self.value(path) for path in left.split(" over ", 1))
            return None if not one or not number_of(other) else number_of(one) / number_of(other)
        kind, _, column = left.partition(" ")
        if kind in COLUMNS and column:
            if column not in self.run.timeseries:
                return None
            values = self.run.timeseries[column]
            return float({"final": values.iloc[-1], "peak": values.max(), "start": values.iloc[0]}[kind])
        return self.run.parameters.get(left)

    def holds(self, condition):
        left, operation, right = parse(condition)
        value = self.value(left)
        if value is None:
            return False
        if operation in ORDER:
            number = value if isinstance(value, (int, float)) else number_of(value, None)
            return number is not None and ORDER[operation](number, float(right))
        if operation.startswith("has"):
            entries = [entry.strip() for entry in str(value).split(",")]
            return (right in entries) == (operation == "has")
        return same_value(str(value), right) == (operation == "is")

    def text(self, limit):
        """The sentence of a limit, with the value that it is about."""
        if "{value}" not in limit["text"]:
            return limit["text"]
        value = self.value(parse(limit["when"][-1])[0])
        number = value if isinstance(value, (int, float)) else number_of(value, None)
        return limit["text"].replace("{value}", str(value) if number is None else words.number(number, 3))


def limits_met(run, knowledge, companion=False, file=FILE):
    """(limits that depend on this run, limits of every run): lists of (sentence, where it is documented)."""
    facts = Facts(run, knowledge, companion)
    met = [limit for limit in read_limits(file) if all(map(facts.holds, limit.get("when", [])))]
    of_run = [(facts.text(limit), limit["source"]) for limit in met if limit.get("when")]
    always = [(limit["text"], limit["source"]) for limit in met if not limit.get("when")]
    for name, account in run.summary.get("interventions", {}).items():
        of_run += [(f"{name}: {sentence}", "the run itself") for sentence in account.get("limits", [])]
    return of_run, always
