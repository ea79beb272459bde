# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""One run of a campaign and what is known of it on disk: whether it is finished, failed, interrupted or to be begun anew.

Nothing here depends on the times of files, which copies keep or change, nor on what Snakemake remembers: a run is known by
checksums of the program, its settings and every file that it has read. A campaign in FOLDER keeps

    FOLDER/NAME, NAME.log          output folder of the run and what the solver has said, of all attempts
    FOLDER/.study/runs/NAME.json   the record: of which run the folder is (`digest`), how far it is, how it ended
    FOLDER/.study/jobs/            what is given to Snakemake (cutis_campaign.py)
"""

import dataclasses
import functools
import hashlib
import json
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
FINISHED, FAILED, INTERRUPTED, NEW = "finished", "failed", "interrupted", "new"
# In the source tree the program is in build/; installed, this file is in PREFIX/share/cutis/scripts and that in PREFIX/bin.
PROGRAM = ROOT / "build" / "cutis" if (ROOT / "CMakeLists.txt").is_file() else ROOT.parents[1] / "bin" / "cutis"


class RunError(Exception):
    """The runs cannot be started; the message is a sentence for the user."""


@dataclasses.dataclass(frozen=True)
class Variant:
    """A name, which becomes the output folder, and what differs from the parameter file."""

    name: str
    settings: tuple = ()  # pairs of path and value
    parameter_file: pathlib.Path = None  # that of the campaign if not given
    ranks: int = 1

    def arguments(self):
        return [word for path, value in self.settings for word in ("--set", f"{path}={value}")]


@dataclasses.dataclass
class Outcome:
    variant: Variant
    directory: pathlib.Path
    exit_code: int  # None: the run is not at its end
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
        "PRTE_MCA_hwloc_default_binding_policy": "none",  # both, for Open MPI 5
        "PRTE_MCA_rmaps_default_mapping_policy": ":oversubscribe",
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


def write_json(path, value):
    """Write a file so that others see all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beginning = path.with_name(f".{path.name}-{os.getpid()}")
    beginning.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    beginning.replace(path)


def read_json(path):
    """The content of a file, or None if it is missing or no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def last_entry(directory):
    """What provenance.json says of the last start of the solver in a folder; {} if it says nothing."""
    try:
        return dict(read_json(directory / "provenance.json")["runs"][-1])
    except (LookupError, TypeError, ValueError):
        return {}


def files_are_unchanged(directory):
    """Whether all files that a run has read when it was last started, includes and mesh as well, are what they were."""
    try:
        return all(fnv1a(pathlib.Path(i["file"])) == i["fnv1a"] for i in last_entry(directory)["inputs"])
    except (OSError, LookupError, TypeError):
        return False  # an older program noted nothing, or a file is gone


def inputs_are_unchanged(directory):
    """The same of a run that came to its end."""
    return last_entry(directory).get("exit") == "done" and files_are_unchanged(directory)


class RunFolder:
    """A planned run (a dictionary, as it is handed to jobs) in the folder of its campaign."""

    RESULTS = ("parameters.prm", "provenance.json", "summary.json", "timeseries.csv")

    def __init__(self, folder, plan):
        self.plan = plan
        self.name = plan["name"]
        self.directory = pathlib.Path(folder) / self.name
        self.log = pathlib.Path(folder) / f"{self.name}.log"
        self.record_file = pathlib.Path(folder) / ".study" / "runs" / f"{self.name}.json"

    def record(self):
        """What was noted of this very run; {} if there is nothing, or if it is of another one under the same name."""
        record = read_json(self.record_file)
        return record if isinstance(record, dict) and record.get("digest") == self.plan["digest"] else {}

    def note(self, **values):
        write_json(self.record_file, {"digest": self.plan["digest"], **values})

    def forget(self):
        self.record_file.unlink(missing_ok=True)

    def results(self):
        """A checksum by which one sees that somebody has run into the folder since."""
        return digest([self.directory / name for name in self.RESULTS if (self.directory / name).is_file()])

    def state(self):
        record = self.record()
        if not record:
            return NEW
        if record["state"] == FINISHED:
            return FINISHED if record["results"] == self.results() and inputs_are_unchanged(self.directory) else NEW
        if record["state"] == FAILED:  # bad input is no result: nothing is known of the files that it came from
            unchanged = files_are_unchanged(self.directory) or not (self.directory / "provenance.json").exists()
            return FAILED if record["exit code"] != 2 and unchanged else NEW
        return INTERRUPTED if self.goes_on() else NEW

    def replaced(self):
        """A checksum that tells the results that are in the folder from those of a later beginning."""
        file = self.directory / "provenance.json"
        return digest([file]) if file.is_file() else None

    def goes_on(self):
        """
        Whether what is in the folder is a beginning of this very run, so that `--continue` is right. Where the run replaces
        another one, that is so once the solver has let go of the old results, which it puts back if it ends before its first
        checkpoint.
        """
        record = self.record()
        if not record or record["state"] == FINISHED:
            return False
        if record.get("replaces") and ((self.directory / ".earlier").exists() or record["replaces"] == self.replaced()):
            return False
        return self.replaced() is None or files_are_unchanged(self.directory)

    def is_done(self):
        """Whether the solver has come to the end of this very run."""
        summary = read_json(self.directory / "summary.json") or {}
        return self.goes_on() and summary.get("exit") == "done" and inputs_are_unchanged(self.directory)

    def is_refused_as_held(self):
        """Whether the solver said at its last start that another one is at work in the folder."""
        return "is in use by another run" in self._last_log()

    def progress(self):
        """Something that changes whenever the run has come further."""
        rows, checkpoint = self.directory / "timeseries.csv", self.directory / "checkpoint" / "latest"
        return [rows.stat().st_size if rows.is_file() else 0, checkpoint.read_text() if checkpoint.is_file() else ""]

    def _last_log(self):
        try:
            return self.log.read_text(encoding="utf-8", errors="replace").rpartition("\x1e")[2]
        except OSError:
            return ""

    def last_sentence(self):
        """What the solver said last; of bad input all that was wrong, which comes before `nothing was run`."""
        lines = [line.strip() for line in re.split(r"[\r\n]+", self._last_log()) if line.strip()]
        if len(lines) > 1 and lines[-1].endswith("nothing was run."):
            problems = lines[:-1][-int(lines[-1].split()[0]) :] if lines[-1].split()[0].isdigit() else lines[-2:-1]
            return " ".join(problems)
        return lines[-1] if lines else "no message"
