#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Fit the constants that the arms share to the rows of role C alone, and say what the rows tell of each.

Usage: benchmarks/validation/calibrate [--into FOLDER] [--power P] [--jobs N] [--cells FACTOR] [--program FILE] [--no-score]

2^P points over the ranges of calibration.toml, at each the runs that rows of role C need, are laid under a surrogate, on which
the highest mode of the posterior is sought from several starts, and its width is told. The mode is run itself, laid under the surrogate as
well, and sought again. All rows of the table are then scored with the defaults and with the mode. No default is changed.
Runs that are there already are used again; an interrupted call goes on. Exit code 2 if data or command cannot be used.
"""

import argparse
import json
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "scripts")]

import cutis_drawing as drawing
from cutis_lock import FolderLock
from cutis_output import OutputError
from cutis_runs import PROGRAM, ROOT, RunError
from validation import data, mapping, scoring, simulations, tables
from validation.calibration import constants, report
from validation.calibration.posterior import NU, Draws, Posterior
from validation.calibration.runs import Runner, design, with_settings
from validation.calibration.surrogate import Surrogate
from validation.main import finer, versions

STARTS, DRAWS, FEWEST, SEED = 12, 40000, 400, 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "results" / "calibration")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--power", type=int, default=6, metavar="P", help="2^P points (6), which hold those of a smaller P")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--cells", type=float, default=2.0, metavar="FACTOR", help="cells of the fit this many times as large as those of the score")
    parser.add_argument("--score-cells", type=float, default=1.0, metavar="FACTOR", help="the same of the score before and after")
    parser.add_argument("--skip", default="", metavar="RUN,...", help="runs that the score does without; their rows are then untested")
    parser.add_argument("--refine", type=int, default=2, help="how often the mode is run itself (2)")
    parser.add_argument("--normal", action="store_true", help="a normal law of what rows are missed by, instead of Student's t")
    parser.add_argument("--each-row", action="store_true", help="each row counts in full, instead of each series of days")
    parser.add_argument("--no-score", action="store_true", help="leave out the score of all rows before and after")
    options = parser.parse_args()
    if not (3 <= options.power <= 12 and options.jobs >= 1 and 0.05 <= min(options.cells, options.score_cells) and options.refine >= 1):
        parser.error("expected --power 3 to 12, --jobs and --refine of 1 or more, and cells of 0.05 or more times those of the score.")
    unknown = sorted(set(filter(None, options.skip.split(","))) - set(simulations.read()))
    if unknown:
        parser.error(f"--skip: there is no run {', '.join(unknown)} in simulations.toml.")
    return options


def laid_under(points, values):
    """(surrogate, number of points left out) through the points at which all runs came to their end."""
    whole = np.isfinite(values).all(axis=1)
    return Surrogate(points[whole], values[whole]), int((~whole).sum())


def seek(plan, targets, runner, options):
    """Points, runs and the best of them; everything that the report needs, as a dictionary."""
    points = design(plan.constants, options.power)
    values = runner.at(points, [f"p{k:03d}" for k in range(len(points))])
    points = np.vstack([np.zeros(len(plan.constants)), points])
    values = np.vstack([runner.default(), values])
    bounds = [(c.first, c.last) for c in plan.constants]
    random = np.random.default_rng(SEED)
    starts = np.array([c.prior().rvs(STARTS - 1, random_state=random) for c in plan.constants]).T
    for turn in range(1, options.refine + 1):
        surrogate, lost = laid_under(points, values)
        posterior = Posterior(surrogate, surrogate.error, targets, bounds, np.inf if options.normal else NU)
        modes = posterior.best(np.vstack([np.zeros(len(plan.constants)), starts]))
        best, predicted = modes[0][0], surrogate(modes[0][0])[0]
        direct = runner.at([best], [f"best{turn}"])[0]
        points, values = np.vstack([points, best]), np.vstack([values, direct])
    draws = Draws(posterior, plan.constants, DRAWS, SEED)
    if draws.size < FEWEST:
        raise RunError(f"The posterior is too narrow for draws of the prior: {DRAWS} of them are worth {draws.size:.0f}, and {FEWEST} are asked for.")
    return dict(
        surrogate=surrogate, posterior=posterior, modes=modes, best=best, predicted=predicted, direct=direct,
        default=values[0], draws=draws, lost=lost, runs=len(points),
    )  # fmt: skip


def series_left_out(found, targets):
    """Rows of a table: the fit without each series, and how it then does on that series."""
    posterior, table = found["posterior"], []
    for series in dict.fromkeys(t.row.series for t in targets):
        x = posterior.without(series).best([found["best"], np.zeros(len(found["best"]))])[0][0]
        of = [k for k, t in enumerate(targets) if t.row.series == series]

        def residuals(values):
            return " ".join(f"{float(targets[k].residual(values[k])):.2f}" for k in of)

        table.append(
            {
                "series": f"{series[0]}, {series[2]}",
                "rows": " ".join(targets[k].row.id for k in of),
                "residuals, default": residuals(found["default"]),
                "residuals, fitted": residuals(found["predicted"]),
                "residuals, left out": residuals(posterior.surrogate(x)[0]),
                "way of the best": f"{np.linalg.norm(x - found['best']):.2f}",
            }
        )
    return table


def summary(found, plan, targets):
    fit = found["posterior"]
    cost = {name: float((fit.costs(found[name][None]) @ fit.weights)[0]) for name in ("default", "direct")}
    return {
        "constants": len(plan.constants),
        "rows": len(targets),
        "points with runs": found["runs"],
        "points of which a run failed": found["lost"],
        "misfit at the defaults": cost["default"],
        "misfit at the best, by runs": cost["direct"],
        "prior at the best": float(0.5 * (found["best"] ** 2).sum()),
        "rows met at the defaults": int(sum(met(t, v) for t, v in zip(targets, found["default"]))),
        "rows met at the best": int(sum(met(t, v) for t, v in zip(targets, found["direct"]))),
        "log density of the modes found": [round(density, 3) for _, density in found["modes"]],
        "distance of the modes from the first": [round(float(np.linalg.norm(x - found["best"])), 2) for x, _ in found["modes"]],
        "draws of the prior": DRAWS,
        "what they are worth with their weights": round(found["draws"].size),
    }


def met(target, value):
    return float(target.residual(value)) <= (0 if target.kind in ("interval", "sign") else 1)


def score_all(known, rows, entries, plan, best, options):
    """Scores of all rows with the defaults and with the best, on the cells of the score."""
    used = {name for row in rows for name in entries[row.id].simulations()} - set(options.skip.split(","))
    chosen = [finer(simulation, options.score_cells) for name, simulation in known.items() if name in used]
    scores, runs = [], {}
    for name in ("before", "after"):
        if name == "after":
            chosen = [with_settings(s, plan.settings_at(best, runs[s.name].parameters)) for s in chosen if s.name in runs]
        runs = simulations.run_all(chosen, options.into / name, options.program, options.jobs)
        scores.append([scoring.score(row, entries[row.id], runs) for row in rows])
    return scores


def looked_at(rows, entries, fitted, runner, turn):
    """Rows of a table: what the runs of the fit say of rows that are not fitted, with the defaults and with the best."""
    made = {s.name for s in runner.chosen}
    others = [r for r in rows if not entries[r.id].untested and r not in fitted and set(entries[r.id].simulations()) <= made]
    before, after = ([scoring.score(r, entries[r.id], runner.runs_of(label)) for r in others] for label in ("default", f"best{turn}"))
    read = [k for k, (old, new) in enumerate(zip(before, after)) if scoring.UNTESTED not in (old.status, new.status)]
    return report.before_and_after([before[k] for k in read], [after[k] for k in read])


def write(found, plan, targets, options):
    folder = options.into / "report"
    report.write_csv(folder / "constants.csv", report.constants_table(plan.constants, found["best"], found["draws"]))
    rows = report.rows_table(targets, found["surrogate"], found["default"], found["predicted"], found["direct"])
    report.write_csv(folder / "rows.csv", rows)
    report.write_csv(folder / "left_out.csv", series_left_out(found, targets))
    drawing.save(report.draw(plan.constants, found["best"], found["draws"]), folder / "constants.png", colours=64)
    about = {**versions(options.program, options.cells), **summary(found, plan, targets)}
    (folder / "summary.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about, indent=1))
    return folder


def calibrate(options):
    rows, known = data.read(), simulations.read()
    entries = mapping.read(rows, known)
    plan = constants.read(rows, known)
    fitted = constants.rows_to_fit(rows, entries, plan)
    targets = constants.targets(fitted, entries, options.each_row)
    used = {name for row in fitted for name in entries[row.id].simulations()}
    chosen = [finer(simulation, options.cells) for name, simulation in known.items() if name in used]
    print(f"{len(plan.constants)} constants, {len(fitted)} rows of role C, {2**options.power} points of {len(chosen)} runs.", flush=True)
    with FolderLock(options.into):
        runner = Runner(plan, chosen, fitted, entries, options.into / "runs", options.program, options.jobs)
        found = seek(plan, targets, runner, options)
        folder = write(found, plan, targets, options)
        report.write_csv(folder / "looked_at.csv", looked_at(rows, entries, fitted, runner, options.refine))
        if not options.no_score:
            before, after = score_all(known, rows, entries, plan, found["best"], options)
            table = report.before_and_after(before, after)
            report.write_csv(folder / "before_and_after.csv", table)
            (folder / "before_and_after.md").write_text("\n".join(report.markdown(table)) + "\n", encoding="utf-8")
            for name, scores in (("before", before), ("after", after)):
                tables.write(scores, folder / name, versions(options.program, options.score_cells))
            print(json.dumps(report.counts(table), indent=1))
    print(f"Tables and picture: {folder}")


def main():
    try:
        calibrate(arguments())
    except (data.DataError, mapping.MappingError, RunError, OutputError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
