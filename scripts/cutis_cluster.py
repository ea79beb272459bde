# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What campaigns ask Slurm: is it there, which jobs are in its queue, and which of them are ours."""

import pathlib
import shutil
import subprocess

from cutis_runs import RunError, read_json

# What sbatch is told, as a study says it in [slurm], and what is taken if it does not.
DEFAULTS = {
    "time": "01:00:00",  # of one job
    "warning": 120,  # s before its end, at which runs are interrupted
    "jobs": 100,  # in the queue at a time
    "runs_per_job": 1,
    "options": "",  # more options of sbatch
    "launcher": "mpirun -n {ranks}",
}
OPTIONAL = ("partition", "account", "mem-per-cpu")


class SchedulerAway(RunError):
    """Slurm does not answer."""


def first_line(text):
    return next((line.strip() for line in text.splitlines() if line.strip()), "no message")


def queue():
    """The numbers of all of the user's jobs that wait or run."""
    try:
        done = subprocess.run(
            ["squeue", "--me", "--noheader", "--format=%A"], capture_output=True, text=True, check=False, timeout=120
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SchedulerAway(f"Slurm cannot be asked for its queue: {error}.") from error
    if done.returncode:
        raise SchedulerAway(f"Slurm cannot be asked for its queue: {first_line(done.stderr)}.")
    return done.stdout.split()


def require_slurm():
    """SchedulerAway with a sentence if no job could be handed in. Without Snakemake the campaign itself says so."""
    missing = [name for name in ("sbatch", "squeue", "scontrol") if not shutil.which(name)]
    if missing:
        raise SchedulerAway(f"This host is no part of a Slurm cluster: there is no command {missing[0]}. Leave out --slurm.")
    snakemake = shutil.which("snakemake")
    if snakemake:
        said = subprocess.run([snakemake, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if said.partition(".")[0] not in ("6", "7"):
            reason = f"it takes Snakemake 7, and {snakemake} is '{said}'; from 8 on --cluster is a plugin"
            raise SchedulerAway(f"No job can be handed to Slurm: {reason}. Debian 12 and 13 have 7. Or leave out --slurm.")
    try:
        queue()
    except SchedulerAway as error:
        raise SchedulerAway(f"{error} Nothing was handed in. Without --slurm the runs are made on this machine.") from error


def live_jobs(folder, digests):
    """
    Of the jobs in a folder those that are in the queue still, with the names of their runs. `digests`: the runs that are
    to be made. A job of which nothing is wanted any more is cancelled.
    """
    notes = sorted(pathlib.Path(folder).glob("*.slurm"))
    numbers = set(queue()) if notes else set()
    live = {}
    for note in notes:
        job, number = note.name.removesuffix(".slurm"), note.read_text().strip()
        plan = read_json(note.with_suffix(".json"))
        if number not in numbers or not plan:
            continue
        wanted = [run["name"] for run in plan["runs"] if digests.get(run["name"]) == run["digest"]]
        if not wanted or any(run["name"] in digests and run["name"] not in wanted for run in plan["runs"]):
            subprocess.run(["scancel", number], capture_output=True, check=False)
        else:
            live[job] = wanted
    return live
