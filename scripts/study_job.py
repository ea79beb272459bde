# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Make the runs of one job, one after the other: `study_job.py JOB.json`. Snakemake and jobs of batch systems call this.

A run that is finished is not made again, one that was interrupted goes on, and one that fails is noted. JOB.end is written once
all have ended, well or not. Exit code 3: something is left to go on with; 0: nothing is.

SIGUSR1, SIGTERM or the appearance of the file in CUTIS_STUDY_STOP ask for an end with checkpoints. The solver hears SIGUSR1 in any
case, because mpirun kills its ranks a second after a SIGTERM. It has a process group of its own: Ctrl-C in a terminal goes to all of
the group in the foreground.
"""

import os
import pathlib
import shlex
import signal
import subprocess
import sys
import tempfile
import time

from cutis_lock import FolderLock, holder_of
from cutis_runs import FAILED, FINISHED, RunError, RunFolder, environment, read_json, write_json

MOST_KILLS = 3  # without progress in between; after that it is the run's own fault, such as too little memory
BETWEEN_LOOKS = 0.5  # s


class Job:
    def __init__(self, file):
        self.file = pathlib.Path(file).resolve()
        self.plan = read_json(self.file)
        self.folder = self.file.parents[2]
        stop = os.environ.get("CUTIS_STUDY_STOP")
        self.stop_file = pathlib.Path(stop) if stop else None
        self.signalled = False
        for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.hear)

    def hear(self, *_):
        self.signalled = True

    def is_stopped(self):
        return self.signalled or bool(self.stop_file and self.stop_file.exists())

    def make_all(self):
        """Whether all runs have ended."""
        ended = [self.make(RunFolder(self.folder, run)) for run in self.plan["runs"] if not self.is_stopped()]
        return all(ended) and len(ended) == len(self.plan["runs"])

    def make(self, run):
        """One run by itself: a second job that has the same one, after a crash, waits here and finds it done."""
        work = run.record_file.with_suffix(".work")
        while not self.is_stopped():
            try:
                with FolderLock(work):
                    return self.make_alone(run)
            except RunError:
                if not holder_of(work):
                    raise
            time.sleep(BETWEEN_LOOKS)
        return False

    def make_alone(self, run):
        kills, before = 0, None
        while not self.is_stopped():
            if holder_of(run.directory):  # the solver of a job that was killed is at work still
                time.sleep(BETWEEN_LOOKS)
                continue
            if run.is_done():  # and nobody was there to note it
                self.note_end(run, 0, run.record()["seconds"])
            if run.state() in (FINISHED, FAILED):
                return True
            code, seconds = self.solve(run)
            if code == 3:
                return False
            if code == 2 and run.is_refused_as_held():  # by one that had not yet taken the folder
                continue
            if 0 <= code < 128:
                self.note_end(run, code, seconds)
                return True
            kills = kills + 1 if run.progress() == before else 1
            before = run.progress()
            if kills == MOST_KILLS:
                self.note_end(run, code, seconds, f"killed {kills} times at the same place (exit code {code})")
                return True
        return False

    def note_end(self, run, code, seconds, message=""):
        if code == 0:
            run.note(state=FINISHED, results=run.results(), seconds=seconds, **{"exit code": 0})
        else:
            values = {"exit code": code, "message": message or run.last_sentence()}
            run.note(state=FAILED, seconds=seconds, **values)

    def solve(self, run):
        """Start the solver and wait; its exit code and the seconds of all attempts. 128 + N if signal N has ended it."""
        record = run.record()
        goes_on = run.goes_on()
        before = record.get("seconds", 0.0) if goes_on else 0.0
        if not goes_on or record["state"] == FAILED:
            run.note(state="started", replaces=record.get("replaces") if goes_on else run.replaced(), seconds=before)
        plan = run.plan
        command = [plan["program"], "run", plan["parameters"]]
        command += [word for path, value in plan["settings"] for word in ("--set", f"{path}={value}")]
        command += ["--output", str(run.directory), "--continue" if goes_on else "--overwrite"]
        if plan["ranks"] > 1:
            command = [*shlex.split(plan["launcher"].format(ranks=plan["ranks"])), *command]
        started = time.monotonic()
        try:
            with run.log.open("a", encoding="utf-8") as log:
                log.write("\x1e")  # marks where an attempt begins
                log.flush()
                code = self.wait(command, log)
        except OSError as error:  # such as a value that is longer than a command line may be
            code = 126
            with run.log.open("a", encoding="utf-8") as log:
                log.write(f"the program cannot be started: {error.strerror}\n")
        seconds = before + time.monotonic() - started
        if code == 3 or code >= 128:
            record = run.record()
            run.note(state="started", replaces=record.get("replaces"), seconds=seconds)
        return code, seconds

    def wait(self, command, log):
        # Open MPI keeps a folder for all processes of a user on a host, which a run that ends may remove just when another one
        # begins and wants it: MPI_Init then fails. So each run has its own, in a place with a short name.
        with tempfile.TemporaryDirectory(prefix="cutis-", ignore_cleanup_errors=True) as sessions:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**environment(), "OMPI_MCA_orte_tmpdir_base": sessions},
                cwd=self.plan["run_in"],
                start_new_session=True,
            )
            return self.wait_for(process)

    def wait_for(self, process):
        told = False
        while True:
            try:
                code = process.wait(BETWEEN_LOOKS)
                return code if code >= 0 else 128 - code
            except subprocess.TimeoutExpired:
                if self.is_stopped() and not told:
                    process.send_signal(signal.SIGUSR1)
                    told = True


def main():
    job = Job(sys.argv[1])
    if not job.make_all():
        return 3
    write_json(job.file.with_suffix(".end"), {"ended": [run["name"] for run in job.plan["runs"]]})
    return 0


if __name__ == "__main__":
    sys.exit(main())
