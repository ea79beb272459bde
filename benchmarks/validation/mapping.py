# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
Which simulation, operator, day and normalisation stands for each row of the measurements, or why it is not tested. The
keys of an entry are explained in README.md; ENTRY says which there are.
"""

import dataclasses
import difflib
import inspect
import pathlib
import tomllib

from .operators import OPERATORS

FOLDER = pathlib.Path(__file__).with_name("mapping")
REFERENCES = {
    "itself": "nothing: the reading is the answer",
    "rest": "healthy skin, to which the column is relative",
    "start": "the same run on day 0",
    "control": "another run, on the same day unless `control_day` says another",
    "final": "the same run on its last day",
}
FORMS = {
    "value": lambda x, ref: x,
    "fold": lambda x, ref: x / ref,
    "change": lambda x, ref: x / ref - 1,
    "percent change": lambda x, ref: 100 * (x / ref - 1),
    "percent of": lambda x, ref: 100 * x / ref,
    "log2": None,  # needs a positive ratio: normalisation.py
    "share of anchor": None,  # needs a second day
}


class MappingError(Exception):
    """The mapping cannot be used; the message has a sentence for each fault."""


@dataclasses.dataclass(frozen=True)
class Entry:
    rows: tuple
    arm: str
    place: str  # file and number, for messages
    untested: str = ""
    simulation: str = ""
    operator: str = ""
    arguments: dict = dataclasses.field(default_factory=dict)
    control: str = ""
    control_arguments: dict | None = None
    control_day: float | None = None
    against: str = ""
    form: str = ""
    day: float | None = None
    anchor: float | None = None
    data_anchor: float | None = None
    null: float | None = None
    sign: int | None = None
    within: float | None = None
    demand: bool = False
    caveat: str = ""

    def simulations(self):
        return [name for name in (self.simulation, self.control) if name]


ENTRY = {field.name for field in dataclasses.fields(Entry)} - {"place", "form"} | {"as"}


def _nearest(word, known):
    near = difflib.get_close_matches(str(word), sorted(known), 1, 0.4)
    return f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(sorted(known))}."


def _faults_of(entry, simulations):
    """Sentences about one entry."""
    if entry.untested:
        if entry.simulation or entry.operator:
            yield "is untested and names a simulation or an operator as well"
        if len(entry.untested.split()) < 3:
            yield "the reason why it is untested is shorter than three words"
        return
    for name in entry.simulations() or [""]:
        if name not in simulations:
            yield f"there is no simulation '{name}'{_nearest(name, simulations)}"
    if entry.operator not in OPERATORS:
        yield f"there is no operator '{entry.operator}'{_nearest(entry.operator, OPERATORS)}"
    else:
        known = list(inspect.signature(OPERATORS[entry.operator]).parameters)[2:]
        for name in set(entry.arguments) | set(entry.control_arguments or {}):
            if name not in known:
                yield f"the operator '{entry.operator}' has no argument '{name}'{_nearest(name, known)}"
    if entry.against not in REFERENCES:
        yield f"against = '{entry.against}' is unknown{_nearest(entry.against, REFERENCES)}"
    if entry.form not in FORMS:
        yield f"as = '{entry.form}' is unknown{_nearest(entry.form, FORMS)}"
    if (entry.against == "control") != bool(entry.control):
        yield "`control` and against = 'control' belong together"
    if (entry.against == "itself") != (entry.form == "value"):
        yield "as = 'value' and against = 'itself' belong together"
    if (entry.form == "share of anchor") != (entry.anchor is not None):
        yield "`anchor` and as = 'share of anchor' belong together"


def read(rows, simulations, folder=FOLDER):
    """The entry of each row by its id. MappingError names all faults: every row has one entry, and no entry another row."""
    faults, entries = [], {}
    ids = {row.id for row in rows}
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, keys in enumerate(table.get("entry", []), start=1):
            place = f"{path}: entry {number} ({', '.join(keys.get('rows', ['no rows']))})"
            unknown = set(keys) - ENTRY
            faults += [f"{place}: there is no key '{key}'{_nearest(key, ENTRY)}" for key in sorted(unknown)]
            known = {("form" if key == "as" else key): value for key, value in keys.items() if key not in unknown}
            entry = Entry(**{"rows": (), "arm": table.get("arm", ""), **known, "place": place})
            if not entry.arm or not entry.rows:
                faults.append(f"{place}: an arm and rows are needed.")
            faults += [f"{place}: {sentence}" for sentence in _faults_of(entry, simulations)]
            for row in entry.rows:
                if row not in ids:
                    faults.append(f"{place}: there is no row {row}{_nearest(row, ids)}")
                if row in entries:
                    faults.append(f"{place}: row {row} has an entry already, {entries[row].place}.")
                entries[row] = entry
    without = (row for row in rows if row.id not in entries)
    faults += [f"{folder}: row {row.id} ({row.study}, {row.quantity}) has no entry." for row in without]
    if faults:
        raise MappingError("\n".join(faults))
    return entries
