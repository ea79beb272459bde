# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""`scripts/study fit`, and `check` of a study with [fit]."""

import cutis_drawing as drawing
from study_check import asked
from study_file import StudyError
from study_fit import fit
from study_fit_figure import draw_constants, draw_fit
from study_fit_report import describe, write_all
from study_fit_runs import FitRuns


def middle_of(constants):
    return [constant.at(0.5) for constant in constants]


def check_fit(study, folder, program):
    """StudyError with what the program says against the median of the priors in each arm, and with times that no run reaches."""
    runs, problems = FitRuns(study, folder, None), []
    for arm in runs.cases:
        said, end = asked(program, runs.variant(middle_of(runs.constants), arm))
        problems += said
        for m in runs.measurements if end is not None else ():
            if m.arm == arm and m.time > end:
                problems.append(f"{study.fit.data}:{m.line}: time: {m.time:g} d is beyond the end of the runs, {end:g} d.")
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
