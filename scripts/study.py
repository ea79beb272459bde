# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Studies: many runs from one file, on this machine or under Slurm.

    scripts/study check  FILE                 is it good to run? Runs nothing
    scripts/study run    FILE [--cores N]     run what is not there yet, and write table.csv and table.h5
    scripts/study run    FILE --slurm         the same through a batch system
    scripts/study status FILE|FOLDER          how far it is
    scripts/study table  FILE|FOLDER          the table of what is there now
    scripts/study figure FILE|FOLDER --outcome NAME --over "FACTOR[;FACTOR]" [--where FACTOR=VALUE]
    scripts/study sensitivity FILE|FOLDER --outcome NAME [--width 0.2] [--where FACTOR=VALUE] [--picture FILE.png]
    scripts/study surrogate FILE|FOLDER [--outcome NAME] [--order P] [--where FACTOR=VALUE]
    scripts/study fit    FILE [--cores N]     fit constants to measurements, as the table [fit] says
    scripts/study cohort FILE|FOLDER --outcome NAME [--above X] [--below X] [--course COLUMN [--of-start] --picture FILE.png]

FILE is a study (.toml, see docs/studies.md), FOLDER the one that its results go to. Exit codes: 0 done; 1 a run has failed, or the
study could not be run; 2 the file is wrong; 3 interrupted, and the same command goes on.
"""

import argparse
import collections
import os
import pathlib
import sys

import cutis_main
from cutis_campaign import Campaign, Interrupted
from cutis_cluster import DEFAULTS, require_slurm
from cutis_lock import FolderLock
from cutis_runs import FAILED, FINISHED, PROGRAM, RunError, read_json, write_json
from study_check import asked, outcomes_beyond, wrong_columns
from study_design import covering, folder_name, points_of
from study_file import StudyError, read_study


class Opened:
    """A study with its folder and its runs. `where`: its file, or its folder once it has been run."""

    def __init__(self, where, options):
        where = pathlib.Path(where)
        note = read_json(where / ".study" / "study.json") if where.is_dir() else None
        if where.is_dir() and not note:
            raise RunError(f"{where} is not the folder of a study: nothing has been run there by scripts/study.")
        program = options.program or (note or {}).get("program") or PROGRAM
        self.study = read_study(pathlib.Path(note["file"]) if note else where, pathlib.Path(program))
        self.folder = pathlib.Path(options.folder or (where if note else self.study.folder))
        self.study.file = self.study.file.resolve()
        options.picture = options.picture and options.picture.resolve()
        note = note or read_json(self.folder / ".study" / "study.json") or {}
        if options.command != "run" and note:
            # What a relative name of a mesh means, and the program, are as they were when it was run.
            os.chdir(note["run_in"]) if pathlib.Path(note["run_in"]).is_dir() else None
            self.folder = pathlib.Path(note["folder"])
            options.program = options.program or note["program"]
        self.program = pathlib.Path(options.program or PROGRAM)
        self.points = points_of(self.study, self.folder)
        self.variants = [point.variant for point in self.points]

    def campaign(self, **options):
        return Campaign(None, self.folder, self.program, **options)

    def note(self):
        values = {"file": str(self.study.file.resolve()), "folder": str(self.folder.resolve())}
        write_json(self.folder / ".study" / "study.json", {**values, "run_in": os.getcwd(), "program": str(self.program.resolve())})


def check_runs(opened, points):
    """StudyError with all that the program has against these runs and the outcomes, each sentence once."""
    said = collections.Counter()
    for point in points:
        problems, end = asked(opened.program, point.variant)
        said.update(problems if end is None else outcomes_beyond(opened.study, end))
    of_runs = [f"{line}" + (f" ({n} of {len(points)} runs)" if n < len(points) else "") for line, n in said.items()]
    problems = wrong_columns(opened.study, opened.program) + of_runs
    if problems:
        raise StudyError(problems)


def command_check(opened, options):
    opened.campaign()  # is the program there?
    if opened.study.fit:
        from study_fit_command import check_fit

        n_arms = check_fit(opened.study, opened.folder, opened.program)
        print(
            f"{opened.study.file} is good to fit: {len(opened.study.fit.constants)} constants to {len(opened.study.fit.measurements)} measurements "
            f"in {n_arms} arm{'s' * (n_arms > 1)}, into {opened.folder}."
        )
        return
    points = opened.points if options.all else covering(opened.study, opened.points)
    check_runs(opened, points)
    print(f"{opened.study.file} is good to run: {len(opened.points)} runs into {opened.folder}, of which {len(points)} were checked.")


def campaign_to_run(opened, options):
    cluster = None
    if options.slurm:
        require_slurm()
        cluster = {**DEFAULTS, **opened.study.slurm, "name": opened.study.file.stem}
    return opened.campaign(jobs=options.cores, reuse=not options.again, retry=options.retry, cluster=cluster)


def command_fit(opened, options):
    from study_fit_command import check_fit, fit_and_tell

    campaign = campaign_to_run(opened, options)
    with FolderLock(opened.folder):
        opened.note()
        if not options.unchecked:
            check_fit(opened.study, opened.folder, opened.program)
        fit_and_tell(opened.study, opened.folder, campaign)


def command_run(opened, options):
    campaign = campaign_to_run(opened, options)
    campaign.require_room(opened.variants)
    with FolderLock(opened.folder):
        opened.note()
        if not options.unchecked:
            check_runs(opened, covering(opened.study, opened.points))
        where = "under Slurm" if options.slurm else f"on {campaign.jobs} core{'s' * (campaign.jobs > 1)}"
        print(f"{opened.study.title}: {len(opened.points)} runs {where}, into {opened.folder}", flush=True)
        try:
            outcomes = campaign.run(opened.variants)
        finally:
            write_table(opened)
    failed = [outcome for outcome in outcomes if outcome.exit_code]
    lost = [outcome for outcome in outcomes if outcome.exit_code is None]
    if lost:
        reasons = sorted({file.read_text().strip() for file in campaign.job_folder.glob("*.refused")}) if options.slurm else []
        why = f" Slurm refuses them: {' '.join(reasons)}" if reasons else " Their jobs were cancelled, or have gone." if options.slurm else ""
        raise RunError(f"{len(lost)} of {len(outcomes)} runs are not at their end.{why} The same command goes on with them.")
    if failed:
        names = ", ".join(outcome.variant.name for outcome in failed[:5]) + (", ..." if len(failed) > 5 else "")
        raise RunError(f"{len(failed)} of {len(outcomes)} runs failed: {names}. The table says why; --retry runs them again.")


def write_table(opened):
    from study_table import write_tables  # tables and figures take a second to load

    frame = write_tables(opened.study, opened.points, opened.campaign().runs(opened.variants), opened.folder)
    finished = int((frame["state"] == FINISHED).sum())
    print(f"Table: {opened.folder / 'table.csv'} and table.h5 ({finished} of {len(frame)} runs are finished)")
    return frame


def command_table(opened, _):
    write_table(opened)


def command_status(opened, _):
    from study_table import states_of

    runs = opened.campaign().runs(opened.variants)
    states = states_of(runs)
    counts = collections.Counter(states)
    print(f"{opened.study.title}: {len(runs)} runs in {opened.folder}")
    print("  " + ", ".join(f"{number} {state}" for state, number in sorted(counts.items())))
    seconds = [run.record()["seconds"] for run, state in zip(runs, states) if state == FINISHED]
    left = len(runs) - counts[FINISHED] - counts[FAILED]
    if seconds and left:
        print(f"  a run takes {sum(seconds) / len(seconds):.0f} s; {left} are left, {left * sum(seconds) / len(seconds) / 60:.0f} min on one core")
    for run, state in zip(runs, states):
        if state == FAILED:
            print(f"  {run.name}: exit code {run.record()['exit code']}: {run.record()['message']}")


def command_figure(opened, options):
    import cutis_drawing as drawing
    from study_figure import draw
    from study_table import make_table

    frame = make_table(opened.study, opened.points, opened.campaign().runs(opened.variants))
    where = dict(text.split("=", 1) for text in options.where)
    over = [name.strip() for name in options.over.split(";")]
    figure = draw(frame, opened.study, options.outcome, over, where)
    drawing.save(figure, options.picture or opened.folder / f"{folder_name([('figure', options.outcome)])}.png")


def command_sensitivity(opened, options):
    import cutis_drawing as drawing
    from study_analysis import draw_effects, sensitivity
    from study_table import make_table

    frame = make_table(opened.study, opened.points, opened.campaign().runs(opened.variants))
    where = dict(text.split("=", 1) for text in options.where)
    print(*sensitivity(frame, opened.study, options.outcome, where, options.width), sep="\n")
    if options.picture:
        drawing.save(draw_effects(frame, opened.study, options.outcome, where), options.picture)


def command_cohort(opened, options):
    import cutis_drawing as drawing
    import study_cohort as cohort
    from study_table import make_table

    frame = make_table(opened.study, opened.points, opened.campaign().runs(opened.variants))
    where = dict(text.split("=", 1) for text in options.where)
    rows = cohort.hosts_of(frame, opened.study, where)
    if options.outcome:
        print(*cohort.describe(rows, opened.study, options.outcome, options.above, options.below), sep="\n")
    if options.course:
        times, values, unit = cohort.courses(rows, opened.folder, options.course, options.of_start)
        name = f"{options.course} [{unit}]" if unit not in ("", "1") else options.course
        limits = () if options.outcome else (options.above, options.below)
        figure = cohort.draw(times, values, name, opened.study.title, *limits)
        drawing.save(figure, options.picture or opened.folder / f"{folder_name([('course', options.course)])}.png")


def command_surrogate(opened, options):
    from study_figure import check_names
    from study_surrogate_report import report
    from study_table import make_table

    frame = make_table(opened.study, opened.points, opened.campaign().runs(opened.variants))
    outcomes = [options.outcome] if options.outcome else list(opened.study.outcomes)
    check_names(outcomes, opened.study.outcomes, "outcome")
    where = dict(text.split("=", 1) for text in options.where)
    report(frame, opened.study, outcomes, where, options.order, opened.folder / "surrogate")


COMMANDS = {
    "check": command_check,
    "run": command_run,
    "status": command_status,
    "table": command_table,
    "figure": command_figure,
    "sensitivity": command_sensitivity,
    "cohort": command_cohort,
    "surrogate": command_surrogate,
    "fit": command_fit,
}


def require_matching(study, command):
    """StudyError if a study with [fit] is to be run as one without, or the other way round."""
    if command == "fit" and not study.fit:
        raise StudyError([f"{study.file}: there is no table [fit], which says what is fitted to what."])
    if study.fit and command not in ("fit", "check"):
        raise StudyError([f"{study.file}: it has a table [fit]: scripts/study fit makes its runs and tells all that comes out."])


def read_command_line():
    parser = argparse.ArgumentParser(
        prog="scripts/study", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=", ".join(COMMANDS))
    parser.add_argument("study", metavar="FILE|FOLDER")
    parser.add_argument("--folder", help="where the results go, or are; results/NAME OF THE FILE if nothing says it")
    parser.add_argument("--program", help="build/cutis if not given")
    parser.add_argument("--cores", type=int, help="run, fit: cores in use at a time; all if not given")
    parser.add_argument("--slurm", action="store_true", help="run, fit: hand the runs to Slurm as the table [slurm] says")
    parser.add_argument("--retry", action="store_true", help="run: also those again that have failed")
    parser.add_argument("--again", action="store_true", help="run: also those again that are finished")
    parser.add_argument("--unchecked", action="store_true", help="run: begin without `cutis check`")
    parser.add_argument("--all", action="store_true", help="check: every run, not only some with each level of each factor")
    parser.add_argument("--outcome", help="figure, sensitivity, cohort, surrogate: which one; surrogate: all if not given")
    parser.add_argument("--over", help="figure: one factor, or two with a semicolon between")
    parser.add_argument("--where", action="append", default=[], metavar="FACTOR=VALUE", help="a factor that is held")
    parser.add_argument("--order", type=int, help="surrogate: total order of the polynomials; the highest that the runs carry if not given")
    parser.add_argument("--width", type=float, default=0.2, help="sensitivity: widest interval of an index that is good enough")
    parser.add_argument("--above", type=float, help="cohort: which share of the hosts is above this")
    parser.add_argument("--below", type=float, help="cohort: which share of the hosts is below this")
    parser.add_argument("--course", metavar="COLUMN", help="cohort: draw a column over time, as a fan over the hosts")
    parser.add_argument("--of-start", action="store_true", help="cohort: the column over its value on day 0")
    parser.add_argument("--picture", type=pathlib.Path, help="figure, sensitivity, cohort: FOLDER/OUTCOME.png if not given")
    options = parser.parse_args()
    if options.command == "figure" and not (options.outcome and options.over):
        parser.error("a figure needs --outcome and --over")
    if options.command == "sensitivity" and not options.outcome:
        parser.error("sensitivity needs --outcome")
    if options.command == "cohort" and not (options.outcome or options.course):
        parser.error("a cohort needs --outcome or --course")
    if options.command == "cohort" and options.above is not None and options.below is not None:
        parser.error("--above and --below go one at a time")
    if options.command == "fit" and options.again:
        parser.error("--again would repeat the runs of a fit at each of its steps; remove its folder instead")
    if options.order is not None and not 1 <= options.order <= 20:
        parser.error("--order needs a whole number from 1 to 20")
    if options.cores is not None and options.cores < 1:
        parser.error("--cores needs a number of 1 or more")
    if any("=" not in text for text in options.where):
        parser.error("--where needs FACTOR=VALUE")
    return options


def main():
    options = read_command_line()
    try:
        opened = Opened(options.study, options)
        require_matching(opened.study, options.command)
        COMMANDS[options.command](opened, options)
    except StudyError as error:
        count = len(error.problems)
        print("\n".join(error.problems), f"{count} problem{'s' * (count > 1)} in the study; {error.ran}.", sep="\n", file=sys.stderr)
        return 2
    except Interrupted as error:
        print(error, file=sys.stderr)
        return 3
    except RunError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    cutis_main.run(main)
