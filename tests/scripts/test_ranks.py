# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Runs with several ranks in a campaign, under mpirun, with a script in place of the solver."""

import pathlib
import shutil
import sys
import tempfile
import unittest
import unittest.mock

SCRIPTS = str(pathlib.Path(__file__).resolve().parents[2] / "scripts")
sys.path.insert(0, SCRIPTS)

from cutis_campaign import Campaign
from cutis_runs import RunError, Variant

# Each rank notes its start; the first one writes the results. Another one is killed at the first attempt of the run `killed`.
PROGRAM = """#!/usr/bin/env python3
import json, os, pathlib, signal, sys, time
sys.path.insert(0, {scripts!r})
from cutis_runs import fnv1a
here = pathlib.Path(__file__).parent
folder = pathlib.Path(sys.argv[sys.argv.index("--output") + 1])
rank, size = (os.environ[f"OMPI_COMM_WORLD_{{key}}"] for key in ("RANK", "SIZE"))
with open(here / "starts", "a") as file:
    print(folder.name, rank, size, *(word for word in sys.argv if word in ("--continue", "--overwrite")), file=file)
folder.mkdir(parents=True, exist_ok=True)
inputs = [{{"file": str(here / "case.prm"), "fnv1a": fnv1a(here / "case.prm")}}]
note = folder / "provenance.json"
if rank == "0":
    note.write_text(json.dumps({{"runs": [{{"inputs": inputs}}]}}))
if folder.name == "killed" and "--continue" not in sys.argv:
    while rank == "0" or not note.exists():
        time.sleep(0.1)  # mpirun ends the others
    os.kill(os.getpid(), signal.SIGKILL)
if rank == "0":
    note.write_text(json.dumps({{"runs": [{{"inputs": inputs, "exit": "done"}}]}}))
    (folder / "summary.json").write_text(json.dumps({{"exit": "done"}}))
"""


class Ranks(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.program = self.folder / "program"
        self.program.write_text(PROGRAM.format(scripts=SCRIPTS), encoding="utf-8")
        self.program.chmod(0o755)
        (self.folder / "case.prm").write_text("set Title = x\n", encoding="utf-8")

    def run_all(self, variants, jobs):
        outcomes = Campaign(self.folder / "case.prm", self.folder / "results", self.program, jobs=jobs).run(variants)
        return [(outcome.exit_code, outcome.reused) for outcome in outcomes]

    @unittest.skipUnless(shutil.which("mpirun"), "there is no mpirun")
    def test_each_run_is_started_on_all_its_ranks_and_goes_on_if_one_is_killed(self):
        variants = [Variant("killed", ranks=2), Variant("whole", ranks=2)]
        self.assertEqual(self.run_all(variants, 2), [(0, False), (0, False)])
        starts = sorted((self.folder / "starts").read_text().splitlines())
        expected = [f"killed {rank} 2 --{how}" for rank in (0, 1) for how in ("continue", "overwrite")]
        self.assertEqual(starts, [*expected, "whole 0 2 --overwrite", "whole 1 2 --overwrite"])
        serial = [Variant(variant.name) for variant in variants]
        self.assertEqual(self.run_all(serial, 1), [(0, True), (0, True)])  # ranks are no reason to repeat

    def test_more_ranks_than_cores_are_refused_before_anything_is_run(self):
        with unittest.mock.patch("shutil.which", lambda name: f"/usr/bin/{name}"):
            with self.assertRaisesRegex(RunError, "Each run has 3 ranks, and 2 cores may be in use at a time"):
                self.run_all([Variant("a", ranks=3)], 2)
        with unittest.mock.patch("shutil.which", lambda name: None):
            with self.assertRaisesRegex(RunError, "Runs with 2 ranks need mpirun"):
                self.run_all([Variant("a", ranks=2)], 2)
        self.assertFalse((self.folder / "starts").exists())


if __name__ == "__main__":
    unittest.main(buffer=True)
