#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Kill a study at random, and see whether it comes to its end with every run made to the end once and none lost.

    scripts/python tests/robustness/studies.py build/cutis                      64 runs, killed three times
    scripts/python tests/robustness/studies.py build/cutis --runs 6 --kills 1   as the test suite does it

A kill is SIGKILL for scripts/study, Snakemake and all jobs and solvers at once, at a random moment of the study; the first kill spares
the solvers, as a crash of the engine alone would. The study has held if afterwards every run is finished, the solver has ended
with `done` once in each folder, and the rows are those of runs that were left alone, byte for byte. Then one of the two base files
changes, and only its runs may be made again; and a run that fails must be a row of the table. Exit code 1 if something has not held.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from cutis_lock import FolderLock  # noqa: E402

STUDY = """title = "Killed at random"
ranks = 1
[set]
"Mesh/Cell size" = "0.5 mm"
"Time/End" = "{days} d"
"Checkpoint/Every" = "1e-6 min"
[factors]
"PLLA/Dose" = {{ from = 50, to = 300, n = {n}, unit = "mg" }}
[factors.base]
one = {{ parameters = "one.prm" }}
two = {{ parameters = "two.prm" }}
[outcomes]
collagen = {{ column = "collagen_total", take = "final" }}
"""
# In place of the solver: the solver, which notes that it has been started and how it has ended.
WRAPPER = """#!/bin/bash
"{cutis}" "$@"
code=$?
if [[ $1 == run ]]; then echo "$code $*" >>"{folder}/ends"; fi
exit $code
"""


def processes_of(folder):
    """All processes of the study: those whose command line names its folder."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(folder).encode() in (entry / "cmdline").read_bytes() and int(entry.name) != os.getpid():
                found.append((int(entry.name), (entry / "cmdline").read_bytes().split(b"\0")))
        except OSError:
            continue
    return found


class Attempt:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis-studies-"))
        self.results = self.folder / "results"
        for name in ("one", "two"):
            (self.folder / f"{name}.prm").write_text(f"include {ROOT}/parameters/plla.prm\nset Title = {name}\n")
        self.wrapper = self.folder / "cutis"
        self.wrapper.write_text(WRAPPER.format(cutis=options.cutis.resolve(), folder=self.folder))
        self.wrapper.chmod(0o755)
        self.study = self.folder / "killed.toml"
        self.study.write_text(STUDY.format(n=options.runs // 2, days=options.days))
        self.problems = []

    def command(self, *arguments):
        command = [str(ROOT / "scripts" / "study"), *arguments, "--folder", str(self.results), "--program", str(self.wrapper)]
        return [*command, "--unchecked", "--cores", "2"]

    def start(self):
        with (self.folder / "output").open("a") as output:
            return subprocess.Popen(self.command("run", str(self.study)), stdout=output, stderr=output)

    def expect(self, what, is_true, more=""):
        print(f"{'held' if is_true else 'NOT HELD'}: {what}{more}", flush=True)
        if not is_true:
            self.problems.append(what)

    def finished(self):
        records = (json.loads(file.read_text()) for file in (self.results / ".study" / "runs").glob("*.json"))
        return sum(record["state"] == "finished" for record in records)

    def kill(self, process, also_solvers):
        for number, words in processes_of(self.folder):
            if also_solvers or b"run" not in words or b"--output" not in words:
                try:
                    os.kill(number, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        process.wait()

    def killed(self):
        """Start the study and kill it somewhere on its way."""
        for k in range(self.options.kills):
            before = self.finished() if self.results.exists() else 0
            process = self.start()
            target = before + (self.options.runs - before) * self.random.uniform(0.1, 0.5)
            while (self.finished() if self.results.exists() else 0) < target and process.poll() is None:
                time.sleep(0.1)
            time.sleep(self.random.uniform(0, 1))
            self.kill(process, also_solvers=k > 0)
            print(f"killed at {self.finished()} of {self.options.runs} runs", flush=True)

    def ends(self):
        """The folders in which the solver has come to an end, each as often as it did."""
        lines = (self.folder / "ends").read_text().splitlines()
        return [line.split("--output ")[1].split()[0] for line in lines if line.startswith("0 ")]

    def check_whole(self, name):
        with (self.results / "table.csv").open() as file:
            rows = list(csv.DictReader(file))
        self.expect(f"{name}: all runs are finished", len(rows) == self.options.runs and {r["state"] for r in rows} == {"finished"})
        return rows

    def check_ends(self):
        """
        A solver that was killed with its wrapper leaves no line, so what has ended is read off provenance.json, too: an entry
        for each start, and only the last may be at its end.
        """
        twice = []
        for folder in self.results.iterdir():
            if (folder / "provenance.json").exists():
                runs = json.loads((folder / "provenance.json").read_text())["runs"]
                if [run.get("exit") for run in runs].count("done") != 1:
                    twice.append(folder.name)
        ends = self.ends()
        again = sorted({pathlib.Path(folder).name for folder in ends if ends.count(folder) > 1})
        self.expect("no run was made to its end twice", not twice and not again, f" {twice + again}" if twice + again else "")

    def check_rows(self):
        """Some runs against the same ones made in one go."""
        names = sorted(file.parent.name for file in self.results.glob("*/provenance.json"))
        interrupted = [n for n in names if len(json.loads((self.results / n / "provenance.json").read_text())["runs"]) > 1]
        same, chosen = True, (interrupted + names)[: self.options.compared]
        for name in chosen:
            alone = self.folder / "alone"
            shutil.rmtree(alone, ignore_errors=True)
            command = [self.options.cutis, "run", self.results / name / "parameters.prm", "--output", alone, "-q"]
            subprocess.run(list(map(str, command)), check=True, capture_output=True)
            same &= (alone / "timeseries.csv").read_bytes() == (self.results / name / "timeseries.csv").read_bytes()
        self.expect(f"rows are those of runs left alone ({len(chosen)} compared, {len(interrupted)} had been resumed)", same)

    def change_a_base(self):
        (self.folder / "ends").unlink()
        with (self.folder / "two.prm").open("a") as file:
            file.write("subsection Host\n  set Age = 60 year\nend\n")
        os.utime(self.folder / "two.prm", (0, 0))  # its time says nothing
        code = self.start().wait()
        made = {pathlib.Path(folder).name for folder in self.ends()}
        wanted = {row["run"] for row in self.check_whole("base changed") if row["base"] == "two"}
        self.expect("a base file that changes: its runs are made again, and no others", code == 0 and made == wanted)

    def fail_one(self):
        text = self.study.read_text().replace('[factors.base]', '[factors.base]\nthree = { parameters = "one.prm", set = { "PLLA/Depth" = "90 mm" } }')
        self.study.write_text(text)
        code = self.start().wait()
        with (self.results / "table.csv").open() as file:
            failed = [row for row in csv.DictReader(file) if row["state"] == "failed"]
        told = all(row["exit code"] == "2" and "lies outside the skin patch" in row["message"] for row in failed)
        self.expect("runs that fail are rows with exit code and sentence", code == 1 and told and len(failed) == self.options.runs // 2)

    def refuse_a_second(self):
        with FolderLock(self.results):
            second = subprocess.run(self.command("run", str(self.study)), capture_output=True, text=True, check=False)
        told = f"is in use by process {os.getpid()}" in second.stderr
        self.expect("a second user is refused with a sentence", second.returncode == 1 and told)

    def make(self):
        started = time.monotonic()
        self.killed()
        code = self.start().wait()
        self.expect("exit code 0 at the end", code == 0, "" if code == 0 else f" ({code})")
        self.check_whole("killed")
        self.check_ends()
        self.check_rows()
        self.change_a_base()
        self.refuse_a_second()
        self.fail_one()
        print(f"{time.monotonic() - started:.0f} s")
        if self.problems:
            print(f"Kept: {self.folder}")
            return 1
        shutil.rmtree(self.folder)
        return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cutis", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=64, help="an even number")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--days", type=int, default=100, help="length of a run")
    parser.add_argument("--compared", type=int, default=8, help="runs that are made once more, to compare")
    parser.add_argument("--seed", type=int, default=1)
    return Attempt(parser.parse_args()).make()


if __name__ == "__main__":
    sys.exit(main())
