# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Run variants of one parameter file side by side, and reuse those that are already there."""

import concurrent.futures
import dataclasses
import hashlib
import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "cutis"


class RunError(Exception):
    """The runs cannot be started; the message is a sentence for the user."""


@dataclasses.dataclass(frozen=True)
class Variant:
    """A name, which becomes the output folder, and what differs from the parameter file."""

    name: str
    settings: tuple = ()  # pairs of path and value

    def arguments(self):
        return [word for path, value in self.settings for word in ("--set", f"{path}={value}")]


@dataclasses.dataclass
class Outcome:
    variant: Variant
    directory: pathlib.Path
    exit_code: int
    seconds: float
    reused: bool = False
    message: str = ""


def environment():
    """The solver's environment on a machine with few cores, also for root in a container."""
    values = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "OMPI_MCA_hwloc_base_binding_policy": "none",
        "OMPI_MCA_rmaps_base_oversubscribe": "1",
    }
    if os.geteuid() == 0:
        values.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    return values


def digest(paths):
    """One checksum of the contents of several files."""
    checksum = hashlib.sha256()
    for path in sorted(paths):
        checksum.update(path.read_bytes())
    return checksum.hexdigest()


class Campaign:
    """
    Runs of `parameter_file` with different settings, each into folder/<name of the variant>. A run that is there already
    is reused if program, parameter files and settings are the same as now (they are kept in its variant.json).
    """

    def __init__(self, parameter_file, folder, program=PROGRAM, jobs=None, reuse=True):
        self.parameter_file = pathlib.Path(parameter_file)
        self.folder = pathlib.Path(folder)
        self.program = pathlib.Path(program)
        self.jobs = jobs or os.cpu_count() or 1
        self.reuse = reuse
        if not self.parameter_file.is_file():
            raise RunError(f"There is no parameter file {parameter_file}.")
        if not os.access(self.program, os.X_OK):
            raise RunError(f"There is no program {program}; build it with scripts/first_run.sh.")
        # Files that the parameter file includes lie beside it or one folder below, so all of these count as its contents.
        folder = self.parameter_file.resolve().parent
        beside = {*folder.glob("*.prm"), *folder.glob("*/*.prm")}
        self._inputs = {"program": digest([self.program]), "parameters": digest(beside)}

    def run(self, variants):
        """Run all variants, `jobs` at a time, and report each as it ends. The outcomes, in the order of the variants."""
        names = [variant.name for variant in variants]
        if len(set(names)) < len(names):
            raise RunError("Two variants have the same name.")
        self.folder.mkdir(parents=True, exist_ok=True)
        finished = 0
        outcomes = {}
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for future in concurrent.futures.as_completed([pool.submit(self._run, variant) for variant in variants]):
                outcome = future.result()
                outcomes[outcome.variant.name] = outcome
                finished += 1
                self._report(outcome, finished, len(variants))
        return [outcomes[name] for name in names]

    def _run(self, variant):
        directory = self.folder / variant.name
        stamp = {**self._inputs, "parameter_file": self.parameter_file.name, "settings": dict(variant.settings)}
        stamp_file = directory / "variant.json"
        if self.reuse and stamp_file.is_file() and json.loads(stamp_file.read_text(encoding="utf-8")) == stamp:
            return Outcome(variant, directory, 0, 0.0, reused=True)
        command = [str(self.program.resolve()), "run", str(self.parameter_file), *variant.arguments()]
        command += ["--output", str(directory), "--overwrite"]
        stamp_file.unlink(missing_ok=True)  # from here on the folder is not what it was, whatever comes of the run
        started = time.monotonic()
        log = self.folder / f"{variant.name}.log"
        with log.open("w", encoding="utf-8") as file:
            exit_code = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, env=environment(), check=False
            ).returncode
        outcome = Outcome(variant, directory, exit_code, time.monotonic() - started)
        if exit_code == 0:
            stamp_file.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
        else:
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            outcome.message = f"{lines[-1] if lines else 'no message'} (all of it: {log})"
        return outcome

    @staticmethod
    def _report(outcome, finished, total):
        if outcome.exit_code != 0:
            text = f"exit code {outcome.exit_code}: {outcome.message}"
        elif outcome.reused:
            text = "reused, nothing has changed"
        else:
            text = f"done in {outcome.seconds:.0f} s"
        print(f"[{finished}/{total}] {outcome.variant.name}: {text}", flush=True)
