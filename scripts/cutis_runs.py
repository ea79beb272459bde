# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Run variants of one parameter file side by side, and reuse those that are already there."""

import collections
import concurrent.futures
import dataclasses
import functools
import hashlib
import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# In the source tree the program is in build/; installed, this file is in PREFIX/share/cutis/scripts and that in PREFIX/bin.
PROGRAM = ROOT / "build" / "cutis" if (ROOT / "CMakeLists.txt").is_file() else ROOT.parents[1] / "bin" / "cutis"


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


@functools.lru_cache(maxsize=None)
def _fnv1a_of_version(path, _size, _changed):
    checksum = 0xCBF29CE484222325
    for byte in path.read_bytes():
        checksum = (checksum ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{checksum:016x}"


def fnv1a(path):
    """The checksum by which the solver notes the files that it has read (FNV-1a, 64 bits), computed once per version."""
    status = path.stat()
    return _fnv1a_of_version(path, status.st_size, status.st_mtime_ns)


def inputs_are_unchanged(directory):
    """Whether all files that a finished run has read, includes and mesh as well, are what they were."""
    try:
        run = json.loads((directory / "provenance.json").read_text(encoding="utf-8"))["runs"][-1]
        return run["exit"] == "done" and all(fnv1a(pathlib.Path(i["file"])) == i["fnv1a"] for i in run["inputs"])
    except (OSError, ValueError, LookupError, TypeError):
        return False  # the run did not come to its end, an older program noted nothing, or a file is gone


class Campaign:
    """
    Runs of `parameter_file` with different settings, each into folder/<name of the variant>. A run that is there already
    is reused if program and settings are the same as now (they are kept in its variant.json), if every file that it has
    read is what it was (they are in its provenance.json), and if nobody has run into its folder since.
    """

    RESULTS = ("parameters.prm", "provenance.json", "summary.json", "timeseries.csv")

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
        # Relative names of meshes count from the folder in which the program runs.
        place = {"parameter_file": str(self.parameter_file.resolve()), "run_in": os.getcwd()}
        self._same_for_all = {"program": digest([self.program]), **place}

    def run(self, variants):
        """Run all variants, `jobs` at a time, and report each as it ends. The outcomes, in the order of the variants."""
        names = [variant.name for variant in variants]
        repeated = [name for name, count in collections.Counter(names).items() if count > 1]
        if repeated:
            raise RunError(f"Several variants have the same name: {', '.join(repeated)}.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"The results cannot go to {self.folder}: {error.strerror}.") from error
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
        stamp = {**self._same_for_all, "settings": dict(variant.settings)}
        stamp_file = directory / "variant.json"
        if self.reuse and self._is_up_to_date(directory, stamp):
            return Outcome(variant, directory, 0, 0.0, reused=True)
        command = [str(self.program.resolve()), "run", str(self.parameter_file), *variant.arguments()]
        command += ["--output", str(directory), "--overwrite"]
        stamp_file.unlink(missing_ok=True)  # from here on the folder is not what it was, whatever comes of the run
        started = time.monotonic()
        log = self.folder / f"{variant.name}.log"
        try:
            with log.open("w", encoding="utf-8") as file:
                exit_code = subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, env=environment(), check=False
                ).returncode
        except OSError as error:  # such as a value that is longer than a command line may be
            message = f"the program cannot be started: {error.strerror}"
            return Outcome(variant, directory, 126, time.monotonic() - started, message=message)
        outcome = Outcome(variant, directory, exit_code, time.monotonic() - started)
        if exit_code == 0:
            stamp["results"] = self._results_of(directory)
            stamp_file.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
        else:
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            outcome.message = f"{lines[-1] if lines else 'no message'} (all of it: {log})"
        return outcome

    def _results_of(self, directory):
        """A checksum by which one sees that somebody has run into the folder since."""
        return digest([directory / name for name in self.RESULTS if (directory / name).is_file()])

    def _is_up_to_date(self, directory, stamp):
        try:
            before = json.loads((directory / "variant.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return before == {**stamp, "results": self._results_of(directory)} and inputs_are_unchanged(directory)

    @staticmethod
    def _report(outcome, finished, total):
        if outcome.exit_code != 0:
            text = f"exit code {outcome.exit_code}: {outcome.message}"
        elif outcome.reused:
            text = "reused, nothing has changed"
        else:
            text = f"done in {outcome.seconds:.0f} s"
        print(f"[{finished}/{total}] {outcome.variant.name}: {text}", flush=True)
