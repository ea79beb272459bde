# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the lock of sweeps and comparisons, which reads and writes what solver/io/folder_lock does."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

SCRIPTS = str(pathlib.Path(__file__).resolve().parents[2] / "scripts")
sys.path.insert(0, SCRIPTS)

from cutis_lock import DEATH, FolderLock, start_of
from cutis_runs import RunError

HOLD = f"""
import sys, time
sys.path.insert(0, {SCRIPTS!r})
from cutis_lock import FolderLock
with FolderLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


class Locks(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name) / "sweep"

    def hold(self):
        holder = subprocess.Popen([sys.executable, "-c", HOLD, str(self.folder)], stdout=subprocess.PIPE)
        self.addCleanup(holder.stdout.close)
        self.assertEqual(holder.stdout.readline(), b"held\n")
        return holder

    def test_a_held_folder_is_refused_and_its_holder_named(self):
        holder = self.hold()
        with self.assertRaisesRegex(RunError, f"process {holder.pid} on the host"):
            with FolderLock(self.folder):
                pass
        holder.kill()
        holder.wait()
        with FolderLock(self.folder):  # a process that was killed holds nothing
            self.assertTrue((self.folder / "lock").exists())
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_number_that_another_process_has_now_is_not_its_holder(self):
        self.folder.mkdir()
        (self.folder / "lock").write_text(f"{socket.gethostname()}\n{os.getpid()}\n1{start_of(os.getpid())}\nlong ago\n")
        with FolderLock(self.folder):
            pass

    def test_another_host_is_believed_while_it_shows_signs_of_life(self):
        self.folder.mkdir()
        lock = self.folder / "lock"
        lock.write_text("another-host\n1\n2\ntoday\n")
        with self.assertRaisesRegex(RunError, "another-host"):
            with FolderLock(self.folder):
                pass
        silent = time.time() - DEATH - 5
        os.utime(lock, (silent, silent))
        with FolderLock(self.folder):
            pass

    def test_it_is_given_back_when_interrupted(self):
        holder = self.hold()
        holder.send_signal(signal.SIGINT)
        holder.wait()
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
