#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Score the model on the measurements: run what rows need, read it as an instrument would, write table and pictures.

Usage: benchmarks/validation/score [--into FOLDER] [--jobs N] [--cells FACTOR] [--only ID,...] [--demand V]

Runs that are there already, of the same program, settings and files, are reused; an interrupted one goes on. Exit code 0,
2 if data, mapping or command cannot be used, and 1 with --demand if a row of that role that the mapping declares
(`demand = true`) is not met.
"""

import argparse
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "scripts")]

from cutis_lock import FolderLock
from cutis_output import OutputError
from cutis_runs import PROGRAM, ROOT, RunError
from validation import data, figures, mapping, scoring, simulations, tables

CELLS = "Mesh/Cell size"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "results" / "validation")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--cells", type=float, default=1.0, metavar="FACTOR", help="cells of all runs this many times as large")
    parser.add_argument("--only", help="score these rows alone, such as D001,D002")
    parser.add_argument("--demand", choices=sorted(data.ROLES), help="fail if a declared row of this role is not met")
    parser.add_argument("--check", action="store_true", help="check data and mapping, run nothing")
    options = parser.parse_args()
    if options.jobs < 1 or not 0.05 <= options.cells <= 20:
        parser.error(f"--jobs {options.jobs} and --cells {options.cells:g}: expected 1 or more, and 0.05 to 20.")
    return options


def finer(simulation, factor):
    """The simulation with cells `factor` times as large."""
    if factor == 1:
        return simulation
    settings = dict(simulation.settings)
    size, unit = settings[CELLS].split()
    settings[CELLS] = f"{float(size) * factor:.6g} {unit}"
    return simulations.Simulation(simulation.name, simulation.text, simulation.file, tuple(settings.items()))


def chosen_rows(rows, only):
    if not only:
        return rows
    wanted = {name.strip() for name in only.split(",")}
    unknown = sorted(wanted - {row.id for row in rows})
    if unknown:
        raise data.DataError(f"--only: there is no row {', '.join(unknown)}; rows are {rows[0].id} to {rows[-1].id}.")
    return [row for row in rows if row.id in wanted]


def versions(program, factor):
    """What the scores were made with; no date and no place, so that the same scores make the same files."""
    result = subprocess.run([str(program), "version"], capture_output=True, text=True, check=False)
    words = dict(line.split(None, 1) for line in result.stdout.splitlines() if len(line.split(None, 1)) == 2)
    return {
        "program": f"Cutis {words.get('Cutis', '?')}, revision {words.get('revision', '?').strip()}",
        "cells": f"those of simulations.toml, times {factor:g}",
        "thresholds": f"1 SD; the interval; {100 * scoring.NO_SPREAD:g} % of the mean without a spread;"
        f" a sign beyond {100 * scoring.NO_CHANGE:g} %",
    }


def demanded(scores, role):
    return [s for s in scores if s.entry.demand and s.row.role == role and s.status != scoring.MET]


def main():
    options = arguments()
    try:
        rows, known = data.read(), simulations.read()
        entries = mapping.read(rows, known)
        rows = chosen_rows(rows, options.only)
        if options.check:
            print(f"{len(rows)} rows, {len(known)} simulations: data and mapping are in order.")
            return 0
        needed = {name for row in rows for name in entries[row.id].simulations()}
        with FolderLock(options.into):
            chosen = [finer(known[name], options.cells) for name in known if name in needed]
            runs = simulations.run_all(chosen, options.into, options.program, options.jobs)
            scores = [scoring.score(row, entries[row.id], runs) for row in rows]
            tables.write(scores, options.into / "score", versions(options.program, options.cells))
            if not options.only:
                figures.draw(scores, runs, options.into / "score")
    except (data.DataError, mapping.MappingError, RunError, OutputError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    print("\n".join(tables.summary_lines(scores)))
    print(f"Table and pictures: {options.into / 'score'}")
    failed = demanded(scores, options.demand) if options.demand else []
    for score in failed:
        print(f"Demanded and {score.status}: {score.row.id}, {score.row.quantity}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
