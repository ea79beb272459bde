# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the program and of the folder that it writes into, whatever happens to the two.

python3 test_folder.py PROGRAM LAUNCHER [NAME ...]
"""

import os
import signal
import socket
import subprocess
import sys
import time
import unittest

import test_program as program

BEGUN = ["--set", "Time/Largest step=0.0003 d"]  # takes 1e5 steps, so it is at work until it is stopped
IMPOSSIBLE = [
    "--set=Mechanics/Enabled=true",
    "--set=Mechanics/Tension along=1e-300 kPa",
    "--set=Mechanics/Tension across=1e300 kPa",
]


class Folder(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.file.write_text(program.SMALL.replace("0 d, 14 d", "0 d"))  # runs may end at any time

    def begin(self, name, *arguments, **options):
        """A run that is at work and has written its first row."""
        folder = self.folder / name
        process = subprocess.Popen(
            [program.CUTIS, "run", str(self.file), "--output", str(folder), *BEGUN, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.kill)
        self.wait_until(process, lambda: len((folder / "timeseries.csv").read_text().splitlines()) >= 2)
        return folder, process

    def wait_until(self, process, condition):
        while True:
            try:
                if condition():
                    return
            except OSError:
                pass
            self.assertIsNone(process.poll(), "the run ended too early")
            time.sleep(0.02)

    def stop(self, process, with_signal=signal.SIGTERM, expect=program.INTERRUPTED):
        process.send_signal(with_signal)
        self.assertEqual(process.wait(timeout=60), expect, process.stderr.read())

    def test_nobody_else_writes_while_a_run_is_at_work(self):
        folder, process = self.begin("run")
        for mode in ("--overwrite", "--resume", "--continue"):
            _, refused = self.run_small("run", mode, expect=program.BAD_INPUT)
            self.assertIn("is in use by another run", refused.stderr)
            self.assertIn(f"process {process.pid}", refused.stderr)
        self.stop(process)
        self.assertFalse((folder / "lock").exists())
        self.run_small("run", "--resume")
        self.assertEqual(program.times_of(folder), [0, 7, 14, 21, 28])

    def test_a_killed_run_leaves_a_folder_that_can_be_used(self):
        folder, process = self.begin("run")
        process.kill()
        process.wait()
        self.assertTrue((folder / "lock").exists())
        self.run_small("run", "--continue")
        self.assertEqual(program.times_of(folder), [0, 7, 14, 21, 28])

    def test_one_command_until_it_is_done(self):
        whole, _ = self.run_small("whole")
        folder, process = self.begin("run", "--continue", "--set", "Checkpoint/Every=1e-6 min")
        self.wait_until(process, (folder / "checkpoint" / "latest").exists)
        process.kill()
        process.wait()
        self.run_small("run", "--continue")
        self.assertEqual(program.times_of(folder), [0, 7, 14, 21, 28])
        before = (folder / "timeseries.csv").read_bytes()
        self.run_small("run", "--continue")
        self.assertEqual((folder / "timeseries.csv").read_bytes(), before)
        self.assertEqual(program.field_times(folder), program.field_times(whole))

    def test_signals_of_batch_systems_end_in_a_checkpoint(self):
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP, signal.SIGXCPU, signal.SIGINT):
            with self.subTest(signal=number.name):
                folder, process = self.begin(number.name)
                self.stop(process, number)
                self.assertTrue((folder / "checkpoint" / "latest").exists())

    def test_signals_that_the_caller_ignores_stay_ignored(self):
        for number in (signal.SIGHUP, signal.SIGINT):
            with self.subTest(signal=number.name):
                _, process = self.begin(
                    f"ignores_{number.name}", preexec_fn=lambda number=number: signal.signal(number, signal.SIG_IGN)
                )
                process.send_signal(number)
                time.sleep(0.5)
                self.assertIsNone(process.poll())
                self.stop(process)

    def test_two_ranks_save_when_the_launcher_is_told(self):
        folder = self.folder / "run"
        process = subprocess.Popen(
            [program.MPIEXEC, "-np", "2", program.CUTIS, "run", str(self.file), "--output", str(folder), *BEGUN],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(process.kill)
        self.wait_until(process, lambda: len((folder / "timeseries.csv").read_text().splitlines()) >= 2)
        process.send_signal(signal.SIGUSR1)
        self.assertEqual(process.wait(timeout=60), program.INTERRUPTED)
        self.run_small("run", "--resume")
        self.assertEqual(program.times_of(folder), [0, 7, 14, 21, 28])

    def test_results_stay_until_the_new_run_stands(self):
        folder, _ = self.run_small("run", "--set", "Time/End=1 d")
        before = (folder / "timeseries.csv").read_bytes()
        result = program.cutis("run", folder / "parameters.prm", "--overwrite", *IMPOSSIBLE)
        self.assertIn(result.returncode, (program.FAILED, program.BAD_INPUT))
        self.assertEqual((folder / "timeseries.csv").read_bytes(), before)
        self.assertTrue((folder / "parameters.prm").exists())
        self.run_small("run", "--resume", "--set", "Time/End=2 d")

    def test_a_run_that_fails_at_once_is_no_obstacle(self):
        result = program.cutis("run", self.file, "--output", self.folder / "run", *IMPOSSIBLE)
        self.assertIn(result.returncode, (program.FAILED, program.BAD_INPUT))
        self.assertFalse((self.folder / "run").exists())
        self.run_small("run", "--set", "Time/End=1 d")

    def test_the_parameters_of_a_run_name_its_folder(self):
        other, _ = self.run_small("other", "--set", "Time/End=1 d")
        self.assertIn(f"set Directory = {other}", (other / "parameters.prm").read_text())
        again = program.cutis("run", other / "parameters.prm", "--overwrite", cwd=self.folder)
        self.assertEqual(again.returncode, program.DONE, again.stderr)
        self.assertFalse((self.folder / "results").exists())

    def test_files_of_the_user_stay(self):
        home = self.folder / "home"
        home.mkdir()
        text = f"# agreed on in May\ninclude {self.file}\nsubsection Time\n  set End = 1 d\nend\n"
        (home / "parameters.prm").write_text(text)
        for mode in ([], ["--overwrite"], ["--continue"]):
            result = program.cutis("run", home / "parameters.prm", "--output", home, *mode)
            self.expect_bad_input(result, "was not written by a run")
            self.assertEqual((home / "parameters.prm").read_text(), text)
        folder, _ = self.run_small("run", "--set", "Time/End=1 d")
        with (folder / "parameters.prm").open("a") as file:
            file.write("# my remark\n")
        self.run_small("run", "--overwrite", expect=program.BAD_INPUT)
        self.assertIn("# my remark", (folder / "parameters.prm").read_text())

    def test_a_table_that_is_taken_away_ends_the_run(self):
        folder, process = self.begin("run", "--set", "Output/Every=0.01 d")
        (folder / "timeseries.csv").unlink()
        self.assertEqual(process.wait(timeout=60), program.FAILED)
        self.assertIn("was removed or changed during the run", process.stderr.read())

    def test_a_table_that_was_saved_again_is_refused(self):
        folder, _ = self.run_small("run", "--set", "Time/End=8 d")
        table = folder / "timeseries.csv"
        original = table.read_text()
        for text, part in (
            (original.replace("\n", "\r\n"), "saved again by another program"),
            ("\n".join(original.splitlines()[:2]) + "\n", "is not as the run left it"),
        ):
            table.write_bytes(text.encode())
            _, refused = self.run_small("run", "--resume", expect=program.BAD_INPUT)
            self.assertIn(part, refused.stderr)
            self.assertEqual(table.read_bytes(), text.encode())
        table.unlink()
        _, refused = self.run_small("run", "--resume", expect=program.BAD_INPUT)
        self.assertIn("is missing", refused.stderr)

    def test_field_files_that_are_gone_are_named(self):
        folder, _ = self.run_small("run", "--set", "Time/End=15 d")
        before = (folder / "solution.xdmf").read_text().count("<Attribute")
        (folder / "fields" / "solution-00001.h5").unlink()
        _, result = self.run_small("run", "--resume")
        self.assertIn("fields/solution-00001.h5", result.stdout + result.stderr)
        self.assertEqual(program.field_times(folder), [0, 14, 15, 21, 28])
        self.assertGreater((folder / "solution.xdmf").read_text().count("<Attribute"), before // 2)

    def test_the_newest_whole_checkpoint_counts_whatever_latest_says(self):
        folder, _ = self.run_small("run", "--set", "Time/End=8 d")
        (folder / "checkpoint" / "latest").write_text("")
        self.run_small("run", "--resume")
        self.assertEqual(program.times_of(folder)[-1], 28)

    def test_an_end_that_has_passed(self):
        self.run_small("run", "--set", "Time/End=8 d")
        _, refused = self.run_small("run", "--resume", "--set", "Time/End=7 d", expect=program.BAD_INPUT)
        self.assertIn("has already reached day 8", refused.stderr)

    def test_equal_runs_write_equal_fields(self):
        bytes_of = []
        for name in ("a", "b"):
            folder, result = self.run_small(name, "--set", "Time/End=1 d")
            self.assertEqual(result.stderr, "", "libraries have nothing to say")
            bytes_of.append((folder / "fields" / "solution-00000.h5").read_bytes())
            time.sleep(1.1)
        self.assertEqual(*bytes_of)

    def test_a_mesh_may_move_but_not_change(self):
        mesh = self.write("skin.msh", SECTION.format(width=2))
        on_mesh = ["--set", f"Mesh/File={mesh}", "--set", "Intervention=none"]
        self.run_small("run", *on_mesh, "--set", "Time/End=1 d")
        elsewhere = self.write("elsewhere.msh", SECTION.format(width=2))
        moved = ["--set", f"Mesh/File={elsewhere}", "--set", "Intervention=none"]
        self.run_small("run", "--resume", *moved, "--set", "Time/End=2 d")
        elsewhere.write_text(SECTION.format(width=3))
        _, refused = self.run_small("run", "--resume", *moved, "--set", "Time/End=3 d", expect=program.BAD_INPUT)
        self.assertIn("belongs to another mesh", refused.stderr)

    def test_checking_reads_the_mesh_and_the_folder(self):
        def check(*settings):
            return program.cutis("check", self.file, *settings)

        self.expect_bad_input(check("--set=Mesh/File=nowhere.msh"), "there is no such file")
        in_metres = SECTION.format(width=0.002).replace("-2 ", "-0.002 ").replace("-4 ", "-0.004 ")
        mesh = self.write("metres.msh", in_metres)
        self.expect_bad_input(
            check(f"--set=Mesh/File={mesh}", "--set=Intervention=none"), "no piece of skin", "metres: scale it by 1000"
        )
        self.expect_bad_input(check("--set=Output/Directory=/dev/null/x"), "is not a folder")
        self.expect_bad_input(check("--set=Mesh/Cell size=0.001 mm", "--set=Mesh/Refinement=8"), "are possible")

    def test_places_outside_the_patch(self):
        for setting in ("Output/Site along width=77 mm", "PLLA/Centres along width=-5 mm"):
            refused = program.cutis("check", self.file, "--set", setting)
            self.expect_bad_input(refused, "outside the skin patch", "from -4 to 4 mm")
        probes = ["--set=Output/Probes along width=0 mm", "--set=Output/Probe depths=30 mm"]
        self.expect_bad_input(program.cutis("check", self.file, *probes), "Probe depths", "outside the skin patch")

    def test_a_session_that_reaches_no_node_is_no_success(self):
        between_nodes = ["PLLA/Centres along width=0.2 mm", "PLLA/Depot radius=0.05 mm", "PLLA/Depot height=0.05 mm"]
        between_nodes += ["PLLA/Rim profile=sine", "PLLA/Rim width=0.01 mm", "PLLA/Depth=1.1 mm"]
        settings = [word for setting in between_nodes for word in ("--set", setting)]
        folder, result = self.run_small("run", *settings, expect=program.FAILED)
        self.assertIn("A session of 'plla' reaches no node of the mesh", result.stderr)
        self.assertFalse(folder.exists() and (folder / "checkpoint" / "latest").exists())

    def alone(self):
        """The environment of a program that nobody has given a folder of MPI, and the place where it would make one."""
        place = self.folder / "temporary"
        place.mkdir()
        own = {name: value for name, value in os.environ.items() if not name.startswith("OMPI_MCA_orte_tmpdir")}
        return {**own, "TMPDIR": str(place)}, place

    def test_programs_that_run_alone_share_no_folder_of_mpi(self):
        """A file stands where Open MPI would have one for all programs of a user, as when another has just removed it."""
        environment, place = self.alone()
        obstacles = {f"ompi.{host}.{os.getuid()}" for host in (socket.gethostname(), socket.gethostname().split(".")[0])}
        for name in obstacles:
            (place / name).touch()
        result = program.cutis("version", env=environment)
        self.assertEqual(result.returncode, program.DONE, result.stdout + result.stderr)
        self.assertEqual(set(os.listdir(place)), obstacles)

    def test_a_run_that_is_killed_leaves_no_folder_of_mpi(self):
        environment, place = self.alone()
        _, process = self.begin("run", env=environment)
        self.assertEqual(os.listdir(place), [])
        process.kill()
        process.wait()
        self.assertEqual(os.listdir(place), [])

    def test_a_full_disk_is_no_success(self):
        with open("/dev/full", "w") as full:
            command = [program.CUTIS, "describe", "parameters"]
            result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, program.FAILED)
        self.assertIn("No space left", result.stderr)

    def test_options_of_libraries_are_not_taken(self):
        for option in ("-version", "-help", "-log_view"):
            self.expect_bad_input(program.cutis(option), "no option")


# A section of one cell a layer in the format 2.2.
SECTION = """$MeshFormat
2.2 0 8
$EndMeshFormat
$PhysicalNames
6
1 1 "surface"
1 2 "base"
1 3 "left"
1 4 "right"
2 5 "dermis"
2 6 "hypodermis"
$EndPhysicalNames
$Nodes
6
1 0 0 0
2 {width} 0 0
3 0 -2 0
4 {width} -2 0
5 0 -4 0
6 {width} -4 0
$EndNodes
$Elements
8
1 1 2 1 1 1 2
2 1 2 2 2 5 6
3 1 2 3 3 1 3
4 1 2 3 3 3 5
5 1 2 4 4 2 4
6 1 2 4 4 4 6
7 3 2 5 5 3 4 2 1
8 3 2 6 6 5 6 4 3
$EndElements
"""

if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
