# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of scripts/cutis_campaign.py, with Snakemake and a script in place of the solver."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

SCRIPTS = str(pathlib.Path(__file__).resolve().parents[2] / "scripts")
sys.path.insert(0, SCRIPTS)

from cutis_campaign import Campaign
from cutis_cluster import SchedulerAway, require_slurm
from cutis_runs import RunError, Variant, fnv1a, inputs_are_unchanged

# Stands for the solver: notes each start, refuses the dose 13, is killed at its first starts (Kills), and tells as the solver does
# which files it has read. The folder of a run that is done is left alone by --continue.
PROGRAM = """#!/usr/bin/env python3
import json, os, pathlib, signal, sys
sys.path.insert(0, {scripts!r})
from cutis_runs import fnv1a
here = pathlib.Path(__file__).parent
with open(here / "starts", "a") as file:
    print(*sys.argv, file=file)
settings = dict(word.split("=", 1) for word in sys.argv if "=" in word)
folder = pathlib.Path(sys.argv[sys.argv.index("--output") + 1])
if settings.get("PLLA/Dose", "").startswith("13"):
    sys.exit("The dose is refused.")
folder.mkdir(parents=True, exist_ok=True)
inputs = [{{"file": str(file), "fnv1a": fnv1a(file)}} for file in (here / "case.prm", here / "skin.msh")]
done = folder / "provenance.json"
busy = folder / "busy"
if busy.exists() and not busy.unlink():
    print("The folder is in use by another run: process 1.")
    sys.exit(2)
if "--continue" in sys.argv and done.exists() and json.loads(done.read_text())["runs"][-1].get("exit") == "done":
    sys.exit(0)
done.write_text(json.dumps({{"runs": [{{"inputs": inputs}}]}}))
tries = folder / "tries"
tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
if len(tries.read_text()) <= int(settings.get("Kills", 0)):
    os.kill(os.getpid(), signal.SIGKILL)
done.write_text(json.dumps({{"runs": [{{"inputs": inputs, "exit": "done"}}]}}))
(folder / "summary.json").write_text(json.dumps({{"command": sys.argv, "exit": "done"}}))
"""


class InFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.program = self.folder / "program"
        self.program.write_text(PROGRAM.format(scripts=SCRIPTS), encoding="utf-8")
        self.program.chmod(0o755)
        (self.folder / "case.prm").write_text("set Intervention = plla\n", encoding="utf-8")
        (self.folder / "skin.msh").write_text("$MeshFormat\n", encoding="utf-8")

    def campaign(self, **options):
        return Campaign(self.folder / "case.prm", self.folder / "results", self.program, jobs=2, **options)

    def starts(self):
        file = self.folder / "starts"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


class Reuse(InFolder):
    def reused(self, variants, **options):
        return [outcome.reused for outcome in self.campaign(**options).run(variants)]

    def test_unchanged_runs_are_reused_and_changed_ones_are_not(self):
        variants = [Variant("a", (("PLLA/Dose", "50 mg"),)), Variant("b", (("PLLA/Dose", "100 mg"),))]
        self.assertEqual(self.reused(variants), [False, False])
        self.assertEqual(self.reused(variants), [True, True])
        self.assertEqual(len(self.starts()), 2)
        changed = [Variant("a", (("PLLA/Dose", "60 mg"),)), variants[1]]
        self.assertEqual(self.reused(changed), [False, True])
        self.assertIn("--overwrite", self.starts()[-1])  # what is there is of another run, and not to go on from
        self.assertEqual(self.reused(changed, reuse=False), [False, False])
        self.assertEqual(len(self.starts()), 5)

    def test_runs_are_reused_only_if_all_files_that_they_read_are_what_they_were(self):
        variants = [Variant("a")]
        self.reused(variants)
        for name in ("case.prm", "skin.msh"):
            with self.subTest(file=name):
                file = self.folder / name
                file.write_bytes(file.read_bytes().replace(b"M", b"m").replace(b"p", b"P"))
                self.assertEqual(self.reused(variants), [False])
                self.assertEqual(self.reused(variants), [True])
        (self.folder / "skin.msh").rename(self.folder / "elsewhere.msh")
        self.assertFalse(inputs_are_unchanged(self.folder / "results" / "a"))

    def test_a_run_that_somebody_has_replaced_is_not_reused(self):
        self.reused([Variant("a")])
        (self.folder / "results" / "a" / "summary.json").write_text("{}", encoding="utf-8")
        self.assertEqual(self.reused([Variant("a")]), [False])

    def test_checksums_are_those_of_the_solver(self):
        for content, checksum in ((b"", "cbf29ce484222325"), (b"a", "af63dc4c8601ec8c"), (b"foobar", "85944171f73967e8")):
            file = self.folder / checksum
            file.write_bytes(content)
            self.assertEqual(fnv1a(file), checksum)  # as published with the algorithm


class Failures(InFolder):
    BAD = Variant("a", (("PLLA/Dose", "13 mg"),))

    def test_a_failed_run_is_noted_keeps_none_from_running_and_is_tried_again_where_that_is_wanted(self):
        for retry, starts in ((True, 2), (True, 3), (False, 3)):
            bad, good = self.campaign(retry=retry).run([self.BAD, Variant("b")])
            self.assertEqual((bad.exit_code, good.exit_code), (1, 0))
            self.assertIn("The dose is refused.", bad.message)
            self.assertEqual(len(self.starts()), starts)

    def test_what_a_failed_run_has_overwritten_is_not_reused(self):
        good = Variant("a", (("PLLA/Dose", "50 mg"),))
        outcomes = [self.campaign().run([v])[0] for v in (good, self.BAD, good)]
        self.assertEqual([outcome.exit_code for outcome in outcomes], [0, 1, 0])
        self.assertFalse(outcomes[2].reused)

    def test_a_run_that_is_killed_goes_on_and_one_that_always_is_fails(self):
        good, hopeless = self.campaign().run([Variant("a", (("Kills", "2"),)), Variant("b", (("Kills", "99"),))])
        self.assertEqual((good.exit_code, hopeless.exit_code), (0, 137))
        self.assertIn("killed 3 times at the same place", hopeless.message)
        of_good = [start for start in self.starts() if "Kills=2" in start]
        self.assertEqual(["--continue" in start for start in of_good], [False, True, True])

    def test_what_cannot_be_started_is_a_sentence(self):
        outcome, = self.campaign().run([Variant("a", (("Title", "x" * 3_000_000),))])
        self.assertNotEqual(outcome.exit_code, 0)
        self.assertIn("cannot be started", outcome.message)
        with self.assertRaisesRegex(RunError, "same name: a"):
            self.campaign().run([Variant("a"), Variant("b"), Variant("a")])
        (self.folder / "results").rename(self.folder / "before")
        (self.folder / "results").write_text("", encoding="utf-8")
        with self.assertRaisesRegex(RunError, "cannot go to"):
            self.campaign().run([Variant("a")])


class Beginnings(InFolder):
    """What is in the folder of a run when it is started again decides whether it goes on there or begins anew."""

    def made(self):
        """A run that has been made without a campaign, as this class needs no more than its folder."""
        (run,) = self.campaign().runs([Variant("a", (("PLLA/Dose", "60 mg"),))])
        subprocess.run([self.program, "run", "--output", run.directory], check=True)
        return run

    def test_old_results_that_came_back_are_not_taken_for_a_beginning(self):
        run = self.made()
        run.note(state="started", replaces=run.replaced(), seconds=0)
        self.assertFalse(run.goes_on())  # the solver was killed before it did anything, or has put them back
        provenance = run.directory / "provenance.json"
        runs = json.loads(provenance.read_text())
        provenance.write_text(json.dumps({"runs": [{"inputs": runs["runs"][0]["inputs"]}]}))
        self.assertTrue(run.goes_on())
        (run.directory / ".earlier").mkdir()
        self.assertFalse(run.goes_on())

    def test_what_was_done_while_nobody_looked_is_not_done_again(self):
        run = self.made()
        run.note(state="started", replaces=None, seconds=7)
        self.assertTrue(run.is_done())
        (outcome,) = self.campaign().run([Variant("a", (("PLLA/Dose", "60 mg"),))])
        self.assertEqual((outcome.exit_code, outcome.seconds, len(self.starts())), (0, 7, 1))

    def test_a_folder_that_is_held_is_waited_for_and_no_failure(self):
        (run,) = self.campaign().runs([Variant("a")])
        run.directory.mkdir(parents=True)
        (run.directory / "busy").touch()
        (outcome,) = self.campaign().run([Variant("a")])
        self.assertEqual((outcome.exit_code, len(self.starts())), (0, 2))

    def test_a_beginning_from_other_files_is_not_gone_on_with(self):
        run = self.made()
        run.note(state="started", replaces=None, seconds=0)
        self.assertEqual(run.state(), "interrupted")
        (self.folder / "skin.msh").write_text("other", encoding="utf-8")
        self.assertEqual(run.state(), "new")


class Slurm(InFolder):
    def require(self, snakemake):
        """Ask for Slurm where its commands are there, have nothing in the queue, and Snakemake is of this version."""
        for name in ("sbatch", "squeue", "scontrol", "snakemake"):
            command = self.folder / name
            command.write_text(f"#!/bin/sh\n{f'echo {snakemake}' if name == 'snakemake' else ''}\n", encoding="utf-8")
            command.chmod(0o755)
        with mock.patch.dict(os.environ, {"PATH": f"{self.folder}:/usr/bin:/bin"}):
            require_slurm()

    def test_a_snakemake_without_cluster_is_named_before_anything_is_handed_in(self):
        self.require("7.32.4")
        with self.assertRaisesRegex(SchedulerAway, "takes Snakemake 7.*'8.25.2'.*plugin"):
            self.require("8.25.2")


if __name__ == "__main__":
    unittest.main(buffer=True)
