# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""
The runs that rows need: what they are, and how they are made once and found again. `like` names an earlier one, of which file and
settings are taken over; own settings count instead.
"""

import dataclasses
import pathlib
import tomllib

from cutis_campaign import Campaign
from cutis_output import Run
from cutis_runs import ROOT, RunError, Variant

FILE = pathlib.Path(__file__).with_name("simulations.toml")
KEYS = {"text", "file", "like", "settings"}


@dataclasses.dataclass(frozen=True)
class Simulation:
    name: str
    text: str
    file: pathlib.Path
    settings: tuple  # pairs of path and value


def read(path=FILE):
    """The simulations by name. RunError with all faults of the file at once."""
    tables = tomllib.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    common = tables.pop("defaults", {}).get("settings", {})
    faults, simulations = [], {}
    for name, table in tables.items():
        like = table.get("like")
        if like is not None and like not in simulations:
            faults.append(f"{path}: [{name}]: there is no [{like}] before it that it could be like.")
        before = simulations.get(like)
        faults += [f"{path}: [{name}]: there is no key `{key}`." for key in set(table) - KEYS]
        needed = ("text",) if before else ("text", "file")
        faults += [f"{path}: [{name}]: `{key}` is missing." for key in needed if key not in table]
        file = before.file if before and "file" not in table else ROOT / "parameters" / table.get("file", "")
        if "file" in table and not file.is_file():
            faults.append(f"{path}: [{name}]: there is no parameter file {file}.")
        settings = {**(dict(before.settings) if before else common), **table.get("settings", {})}
        simulations[name] = Simulation(name, table.get("text", ""), file, tuple(settings.items()))
    if faults:
        raise RunError("\n".join(faults))
    return simulations


def run_all(chosen, folder, program, jobs=1):
    """
    Output folders by name, of runs that came to their end. What is there of the same program, settings and files is
    reused, and a run that was interrupted goes on from its checkpoint. Runs that fail are named, and the rest goes on.
    """

    variants = [Variant(simulation.name, simulation.settings, simulation.file) for simulation in chosen]
    outcomes = Campaign(None, folder, program, jobs).run(variants)
    return {outcome.variant.name: Run(outcome.directory) for outcome in outcomes if outcome.exit_code == 0}
