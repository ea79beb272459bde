# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Run variants of parameter files, many at a time, and reuse those that are already there: the engine of studies, sweeps,
comparisons and figures. What is to be run is decided here, by content (cutis_runs.py); Snakemake runs it, on this machine or through a
batch system; study_job.py makes the runs of one job."""

import collections
import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from cutis_lock import start_of
from cutis_runs import (
    FAILED,
    FINISHED,
    INTERRUPTED,
    PROGRAM,
    ROOT,
    Outcome,
    RunError,
    RunFolder,
    digest,
    read_json,
    write_json,
)

SCRIPTS = ROOT / "scripts"
BETWEEN_LOOKS = 0.2  # s


class Interrupted(RunError):
    """Somebody has asked for an end; the same command goes on."""


class Campaign:
    """
    Runs of `parameter_file`, or of the file that a variant names, each into folder/<name of the variant>. A run that is there
    already is reused if program and settings are the same as now, if every file that it has read is what it was (they are in
    its provenance.json), and if nobody has run into its folder since. One that was interrupted goes on. The caller holds
    the folder (FolderLock).

    `cluster`: what sbatch is told (cutis_cluster.py), else the runs are made here, `jobs` cores in use at a time. `retry`:
    whether runs that have failed are tried again.
    """

    def __init__(self, parameter_file, folder, program=PROGRAM, jobs=None, reuse=True, retry=True, cluster=None):
        self.parameter_file = pathlib.Path(parameter_file) if parameter_file else None
        self.folder = pathlib.Path(folder).absolute()
        self.program = pathlib.Path(program)
        self.jobs = jobs or len(os.sched_getaffinity(0))
        self.reuse = reuse
        self.retry = retry
        self.cluster = cluster
        self.hidden = self.folder / ".study"
        self.job_folder = self.hidden / "jobs"
        self._stop_requests = 0
        if self.parameter_file and not self.parameter_file.is_file():
            raise RunError(f"There is no parameter file {parameter_file}.")
        if not os.access(self.program, os.X_OK) or self.program.is_dir():
            raise RunError(f"There is no program {program}; build it with scripts/first_run.sh.")
        # Relative names of meshes count from the folder in which the program runs.
        self._same_for_all = {"program": str(self.program.resolve()), "run_in": os.getcwd()}
        self._program_digest = digest([self.program])

    def plan(self, variant):
        """A variant as jobs are told of it. Its digest is of all that decides on the results but the files that it reads."""
        parameters = str(pathlib.Path(variant.parameter_file or self.parameter_file).resolve())
        identity = [self._program_digest, parameters, self._same_for_all["run_in"], [list(s) for s in variant.settings]]
        return {
            "name": variant.name,
            "digest": hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:16],
            "parameters": parameters,
            "settings": identity[-1],
            "ranks": variant.ranks,
            "program": self._same_for_all["program"],
            "launcher": (self.cluster or {}).get("launcher", "mpirun -n {ranks}"),
        }

    def runs(self, variants):
        """The folders of variants, in their order; RunError if two of them would meet in one."""
        names = [variant.name for variant in variants]
        repeated = [name for name, count in collections.Counter(names).items() if count > 1]
        if repeated:
            raise RunError(f"Several variants have the same name: {', '.join(repeated)}.")
        return [RunFolder(self.folder, self.plan(variant)) for variant in variants]

    def run(self, variants):
        """Run all variants and report each as it ends. The outcomes, in the order of the variants."""
        runs = self.runs(variants)
        self.require_room(variants)
        try:
            self.job_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"The results cannot go to {self.folder}: {error.strerror}.") from error
        states = {run.name: run.state() for run in runs}
        for run in runs:
            if not self.reuse:
                run.forget()
            elif states[run.name] == FAILED and self.retry:
                run.note(**{**run.record(), "state": "started"})
        there = {name for name, state in states.items() if self.reuse and state in (FINISHED, *(() if self.retry else (FAILED,)))}
        progress = _Progress(len(runs))
        progress.reused([run for run in runs if run.name in there])
        self._run_all([run for run in runs if run.name not in there], progress)
        return [self._outcome(variant, run, run.name in there) for variant, run in zip(variants, runs)]

    def require_room(self, variants):
        """RunError if a run of this machine has more ranks than cores may be in use: Snakemake would start it all the same."""
        ranks = max((variant.ranks for variant in variants), default=1)
        if self.cluster is not None or ranks == 1:
            return
        if not shutil.which("mpirun"):
            raise RunError(f"Runs with {ranks} ranks need mpirun, which is not installed.")
        if ranks > self.jobs:
            cores = f"{self.jobs} core{'s' * (self.jobs > 1)} may be in use"
            raise RunError(f"Each run has {ranks} ranks, and {cores} at a time: take fewer `ranks`, or say --cores {ranks}, which will be slow.")

    @staticmethod
    def _outcome(variant, run, reused):
        state, record = run.state(), run.record()
        if state in (FINISHED, FAILED) or record.get("state") == FAILED:
            message = f"{record['message']} (all of it: {run.log})" if "message" in record else ""
            return Outcome(variant, run.directory, record["exit code"], record["seconds"], reused, message)
        message = "interrupted, to go on" if state == INTERRUPTED else "not begun"
        return Outcome(variant, run.directory, None, record.get("seconds", 0.0), message=message)

    def _run_all(self, pending, progress):
        """Call Snakemake as long as something is left and gets on."""
        self._end_orphan()
        while pending:
            before = [(run.state(), run.progress()) for run in pending]
            jobs = self._write_jobs(pending)
            code = self._snakemake(jobs, pending, progress)
            if self._stop_requests:
                where = " Jobs in the queue go on by themselves." if self.cluster is not None else ""
                raise Interrupted(f"Interrupted; the same command goes on.{where}")
            if code < 0:
                raise RunError(f"Snakemake was killed by signal {-code}; the same command goes on.")
            open_runs = [run for run in pending if not has_ended(run)]
            got_on = before != [(run.state(), run.progress()) for run in pending]
            if open_runs and (not got_on or self.cluster is not None):
                again = {name for job in jobs if (self.job_folder / f"{job}.again").exists() for name in jobs[job]}
                if not again:
                    break
                open_runs = [run for run in open_runs if run.name in again]
            pending = open_runs

    def _write_jobs(self, pending):
        """Share runs out to jobs; the names of the runs by the names of the jobs. Those that are queued already stay as they are."""
        jobs = {}
        if self.cluster is not None:
            from cutis_cluster import live_jobs  # a workstation has no batch system

            jobs = live_jobs(self.job_folder, {run.name: run.plan["digest"] for run in pending})
        for file in self.job_folder.iterdir():
            if file.is_dir():
                shutil.rmtree(file)  # .snakemake: what it remembers is not needed, and its locks outlive a kill
            elif file.name.split(".")[0] not in jobs:
                file.unlink()
        queued = {name for names in jobs.values() for name in names}
        rest = [run.plan for run in pending if run.name not in queued]
        together = (self.cluster or {}).get("runs_per_job", 1)
        for ranks in sorted({plan["ranks"] for plan in rest}):
            plans = [plan for plan in rest if plan["ranks"] == ranks]
            for first in range(0, len(plans), together):
                job = {"runs": plans[first : first + together], "run_in": self._same_for_all["run_in"], "ranks": ranks}
                name = "j" + hashlib.sha256(json.dumps(job, sort_keys=True).encode()).hexdigest()[:12]
                write_json(self.job_folder / f"{name}.json", {**job, "cluster": self.cluster})
                jobs[name] = [plan["name"] for plan in job["runs"]]
        ranks = {name: read_json(self.job_folder / f"{name}.json")["ranks"] for name in jobs}
        (self.job_folder / "jobs.txt").write_text(" ".join(f"{name}={ranks[name]}" for name in jobs) + "\n")
        return jobs

    def _command(self):
        program = shutil.which("snakemake")
        if not program:
            raise RunError("Snakemake is not installed: sudo apt-get install --no-install-recommends snakemake")
        command = [program, "--snakefile", str(SCRIPTS / "study.smk"), "--directory", str(self.job_folder)]
        command += ["--config", f"python={sys.executable}", f"script={SCRIPTS / 'study_job.py'}"]
        command += ["--nolock", "--keep-going", "--scheduler", "greedy"]
        if self.cluster is None:
            return [*command, "--cores", str(self.jobs)]
        return [*command, "--profile", str(SCRIPTS / "slurm"), "--jobs", str(self.cluster["jobs"])]

    def _snakemake(self, jobs, pending, progress):
        """One call of Snakemake; its exit code, negative if a signal has ended it."""
        stop_file = self.hidden / "stop"
        stop_file.unlink(missing_ok=True)
        environment = {**os.environ, "CUTIS_STUDY_STOP": str(stop_file)}
        environment.pop("SNAKEMAKE_PROFILE", None)
        with (self.hidden / "snakemake.log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
            )
        write_json(self.hidden / "snakemake.json", [socket.gethostname(), process.pid, start_of(process.pid)])
        heard = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
        handlers = {number: signal.signal(number, self._hear) for number in heard}
        told = 0
        try:
            while process.poll() is None:
                progress.look(pending)
                if self._stop_requests > told:
                    told = self._stop_requests
                    self._ask_for_an_end(process, stop_file, told)
                time.sleep(BETWEEN_LOOKS)
            progress.look(pending)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        return process.returncode

    def _hear(self, *_):
        self._stop_requests += 1

    def _ask_for_an_end(self, process, stop_file, times):
        if self.cluster is not None or times > 1:
            process.kill()  # with a batch system it does not hear of SIGTERM until the last job has ended
            return
        print("The runs end, with checkpoints ...", flush=True)
        stop_file.touch()
        process.terminate()  # start nothing new

    def _end_orphan(self):
        """The Snakemake of a call that was killed may be at work still: it starts nothing new, and its runs are waited for."""
        host, process, start = read_json(self.hidden / "snakemake.json") or ("", 0, "")
        if host != socket.gethostname() or not start or start_of(process) != start:
            return
        os.kill(process, signal.SIGTERM if self.cluster is None else signal.SIGKILL)
        while start_of(process) == start:
            time.sleep(BETWEEN_LOOKS)


def has_ended(run):
    return run.state() == FINISHED or run.record().get("state") == FAILED


class _Progress:
    """Says of each run how it has ended, and how long the rest will take."""

    MOST_NAMED = 20  # of runs that are there already

    def __init__(self, total):
        self.total = total
        self.ended = set()
        self.first = 0
        self.started = time.monotonic()
        self.seen = {}

    def reused(self, runs):
        self.ended = {run.name for run in runs}
        self.first = len(runs)
        if len(runs) > self.MOST_NAMED:
            print(f"[{len(runs)}/{self.total}] are there already, and nothing has changed", flush=True)
            return
        for number, run in enumerate(runs, 1):
            print(f"[{number}/{self.total}] {run.name}: reused, nothing has changed", flush=True)

    def look(self, pending):
        for run in pending:
            if run.name in self.ended:
                continue
            try:
                changed = run.record_file.stat().st_mtime_ns
            except FileNotFoundError:
                continue
            if self.seen.get(run.name) != changed:
                self.seen[run.name] = changed
                self._tell(run, run.record())

    def _tell(self, run, record):
        if record.get("state") not in (FINISHED, FAILED):
            return
        self.ended.add(run.name)
        if record["state"] == FAILED:
            text = f"exit code {record['exit code']}: {record['message']} (all of it: {run.log})"
        else:
            text = f"done in {record['seconds']:.0f} s"
        print(f"[{len(self.ended)}/{self.total}] {run.name}: {text}{self._rest()}", flush=True)

    def _rest(self):
        left = self.total - len(self.ended)
        seconds = (time.monotonic() - self.started) / (len(self.ended) - self.first) * left
        if not left or seconds < 10:
            return ""
        return f"; about {seconds:.0f} s left" if seconds < 120 else f"; about {seconds / 60:.0f} min left"
