# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What a study asks of the program before it makes a run: is each run good to run, how long is it, and which columns can there be?"""

import re
import subprocess

from cutis_runs import environment
from study_file import nearest

END = re.compile(r"^output\s+to day (\S+?),", re.MULTILINE)


def _said(program, *words):
    return subprocess.run([str(program.resolve()), *words], capture_output=True, text=True, env=environment(), check=False)


def asked(program, variant):
    """(what the program has against a run, its last day); the day is None if there is something, or if it is not said."""
    done = _said(program, "check", "--explain", str(variant.parameter_file), *variant.arguments())
    if done.returncode:
        lines = [line for line in done.stderr.strip().splitlines() if not line.endswith("nothing was run.")]
        return lines or [f"cutis check ends with exit code {done.returncode}"], None
    end = END.search(done.stdout)
    return [], float(end.group(1)) if end else None


def wrong_columns(study, program):
    """Sentences on outcomes of columns that no run can have. What a run has depends on its fields, and shows when it is made."""
    done = _said(program, "list", "observables")
    names = [line.partition(" [")[0] for line in done.stdout.splitlines()]
    if done.returncode or not names:
        return []
    known = re.compile("|".join(re.escape(name).replace("KEY", r"\w+").replace("_N_", r"_\d+_") for name in names))
    return [
        f"{study.file}: outcomes.{outcome.name}.column: no run has a column '{outcome.column}'{nearest(outcome.column, names)}"
        for outcome in study.outcomes.values()
        if not known.fullmatch(outcome.column)
    ]


def outcomes_beyond(study, end):
    """Sentences on outcomes of days that a run to day `end` does not reach."""
    return [
        f"{study.file}: outcomes.{outcome.name}.day: {outcome.limit:g} d is beyond the end of the run, {end:g} d."
        for outcome in study.outcomes.values()
        if outcome.key == "day" and outcome.limit > end
    ]
