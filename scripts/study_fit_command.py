# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""`scripts/study fit`, and `check` of a study with [fit]."""

import re
import subprocess

import cutis_drawing as drawing
from cutis_runs import environment
from study_file import StudyError
from study_fit import fit
from study_fit_figure import draw_constants, draw_fit
from study_fit_report import describe, write_all
from study_fit_runs import FitRuns

END = re.compile(r"^output\s+to day (\S+?),", re.MULTILINE)


def middle_of(constants):
    return [constant.at(0.5) for constant in constants]


def check_fit(study, folder, program):
    """StudyError with what the program says against the median of the priors in each arm, and with times that no run reaches."""
    runs, problems = FitRuns(study, folder, None), []
    for arm in runs.cases:
        variant = runs.variant(middle_of(runs.constants), arm)
        command = [str(program.resolve()), "check", "--explain", str(variant.parameter_file), *variant.arguments()]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
        if done.returncode:
            problems += [line for line in done.stderr.strip().splitlines() if not line.endswith("nothing was run.")]
        end = END.search(done.stdout)
        for m in runs.measurements if end else ():
            if m.arm == arm and m.time > float(end.group(1)):
                problems.append(f"{study.fit.data}:{m.line}: time: {m.time:g} d is beyond the end of the runs, {end.group(1)} d.")
    if problems:
        raise StudyError(list(dict.fromkeys(problems)))
    return len(runs.cases)


def fit_and_tell(study, folder, campaign):
    """Make the fit and write FOLDER/fit."""
    result = fit(study, folder, campaign, lambda line: print(line, flush=True))
    write_all(result, folder / "fit")
    print(*describe(result), sep="\n")
    drawing.save(draw_fit(result), folder / "fit" / "fit.png")
    drawing.save(draw_constants(result), folder / "fit" / "constants.png")
    print(f"Best values: {folder / 'fit' / 'fitted.prm'}, to be included; all of it: {folder / 'fit' / 'fit.json'}")
