# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Input at the ends of what can be written: files that are none, constants at the ends of their ranges, narrow terminals,
and sweeps whose files change between two calls.

Usage: test_extremes.py CUTIS MPIEXEC [unittest arguments]
"""

import csv
import fcntl
import json
import math
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import unittest

import test_program as program
from test_program import DONE, ROOT, time_series

PATIENCE = 30  # s; `check` takes a fraction of a second


def columns_that_are_not_finite(folder):
    with open(folder / "timeseries.csv", newline="") as file:
        return sorted({n for row in csv.DictReader(file) for n, value in row.items() if not math.isfinite(float(value))})


class Extremes(program.ProgramTest):
    def check(self, *settings, file=None):
        options = [word for setting in settings for word in ("--set", setting)]
        return program.cutis("check", file or self.file, *options, timeout=PATIENCE)

    def test_constants_at_the_ends_of_their_ranges_are_refused_soon(self):
        for constant in (
            "Mature collagen loss=1e20",
            "Macrophage recruitment=1e300",
            "New collagen degradation=1e300",
        ):
            with self.subTest(constant=constant):
                setting = f"Network/dermis/{constant}"
                self.expect_bad_input(self.check(setting), "leave no healthy state")
                run = program.cutis("run", self.file, "--set", setting, "--output", self.folder / "run", timeout=PATIENCE)
                self.expect_bad_input(run, "leave no healthy state")
                self.assertFalse((self.folder / "run").exists())

    def test_a_constant_that_healthy_skin_balances_ends_the_first_step(self):
        setting = "Network/dermis/VEGF secretion=1e300"
        run = program.cutis("run", self.file, "--set", setting, "--output", self.folder / "run", timeout=PATIENCE)
        self.assertEqual(run.returncode, program.FAILED, run.stdout + run.stderr)
        self.assertIn("The last try: A value is not finite.", run.stderr)

    def test_sizes_that_no_skin_has(self):
        for setting in (
            "Mesh/Width=1e-300 mm",
            "Mesh/Width=1e9 mm",
            "Mesh/Length=1e-300 mm",
            "Mesh/Cell size=1e-300 mm",
            "Output/Punch diameter=1e-300 mm",
            "PLLA/Rim width=1e-300 mm",
            "PLLA/Centres along width=1e300 mm",
            "PLLA/Depth=1e300 mm",
            "PLLA/Depot radius=1e300 mm",
            "Output/Probe depths=1e300 mm",
            "Output/Site along width=-1e300 mm",
            "Time/Largest step=1e-300 d",
        ):
            with self.subTest(setting=setting):
                self.expect_bad_input(self.check(setting), "out of range")

    def test_a_host_that_would_grow_older_than_is_known(self):
        self.expect_bad_input(self.check("Host/Age=120"), "out of range", "20 to 100 year")
        self.expect_bad_input(self.check("Host/Age=99.99"), "Host/Age", "100.1 years old on day 28", "Ageing = false")
        self.expect_bad_input(self.check("Time/End=50 year", "Other site/Along width=0 mm, 2 mm"), "Host/Age", "Other site/Age")
        self.assertEqual(self.check("Host/Age=99.99", "Host/Ageing=false").returncode, DONE)

    def test_every_number_is_one_where_all_tissue_was_taken(self):
        taken = ["--set=Intervention=wound", "--set=Wound/Shape=everywhere", "--set=Time/End=1 d"]
        taken += ["--set=Wound/Inside=fibroblast=0, collagen_mature=0, collagen_new=0"]
        folder, _ = self.run_small("taken", *taken)
        self.assertEqual(columns_that_are_not_finite(folder), [])
        self.assertTrue(json.loads((folder / "summary.json").read_text())["checks"]["finite"])

    def test_pipes_and_devices_are_no_files(self):
        os.mkfifo(self.folder / "pipe")
        self.expect_bad_input(self.check(file=self.folder / "pipe"), "a pipe or a device")
        self.expect_bad_input(self.check(file="/dev/zero"), "a pipe or a device")
        including = self.write("including.prm", "include pipe\nset Title = a\n")
        self.expect_bad_input(self.check(file=including), "including.prm:1", "a pipe or a device")

    def test_the_row_of_a_session_shows_it(self):
        """3 times 1.2 d is rounded to less than 3.6 d."""
        settings = ["--set=Output/Every=1.2 d", "--set=PLLA/Sessions=3.6 d", "--set=Time/End=5 d"]
        rows = time_series(self.run_small("run", *settings)[0])
        self.assertEqual(len(rows), 6)
        self.assertEqual(rows[2]["plla_mass [mg]"], 0.0)
        self.assertGreater(rows[3]["plla_mass [mg]"], 0.0)

    def test_paths_are_read_as_a_shell_reads_them(self):
        place = {**os.environ, "HOME": str(self.folder), "PLACE": str(self.folder / "place")}
        for directory, expected in (("~/home", "home"), ("$PLACE/a", "place/a"), ("'${PLACE}/b c'", "place/b c")):
            with self.subTest(directory=directory):
                options = ["--set", f"Output/Directory={directory}", "--set", "Time/End=0 d", "--set", "Intervention=none"]
                result = program.cutis("run", self.file, *options, cwd=self.folder, env=place)
                self.assertEqual(result.returncode, DONE, result.stderr)
                self.assertTrue((self.folder / expected / "timeseries.csv").is_file())
        for directory, sentence in (("$NOWHERE_AT_ALL/a", "not set"), ("~other/a", "folder of that user"), ("'a", "a quote")):
            with self.subTest(directory=directory):
                self.expect_bad_input(self.check(f"Output/Directory={directory}"), sentence)


class Terminals(program.ProgramTest):
    def progress(self, columns):
        """All that was to be seen on one line of a terminal at any time."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        command = [program.CUTIS, "run", str(self.file), "--output", str(self.folder / f"run{columns}")]
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            seen = b""
            try:
                while piece := os.read(ours, 4096):
                    seen += piece
            except OSError:
                pass  # the program has closed its end
            os.close(ours)
            self.assertEqual(process.wait(), DONE)
        lines = [re.sub("\x1b\\[[0-9;]*[mK]", "", line) for line in re.split("[\r\n]+", seen.decode())]
        return [line for line in lines if re.search(r" %  day .* of ", line)]

    def test_progress_fits_on_a_line(self):
        for columns in (120, 80, 60, 40):
            with self.subTest(columns=columns):
                lines = self.progress(columns)
                self.assertTrue(lines)
                self.assertLess(max(map(len, lines)), columns)

    def test_a_log_has_lines_of_text(self):
        _, result = self.run_small("run")
        self.assertNotIn("\r", result.stdout)
        self.assertNotIn("\x1b", result.stdout)


class Sweeps(program.ProgramTest):
    MESH = """$MeshFormat
2.2 0 8
$EndMeshFormat
$PhysicalNames
5
1 1 "surface"
1 2 "base"
1 3 "left"
1 4 "right"
2 5 "dermis"
$EndPhysicalNames
$Nodes
4
1 0 {base} 0
2 {width} {base} 0
3 {width} 0 0
4 0 0 0
$EndNodes
$Elements
5
1 1 2 1 1 3 4
2 1 2 2 2 1 2
3 1 2 3 3 4 1
4 1 2 4 4 2 3
5 3 2 5 5 1 2 3 4
$EndElements
"""

    def sweep(self):
        command = [ROOT / "scripts" / "python", ROOT / "scripts" / "sweep.py", "x.prm", "--vary", "Host/Age=30,50"]
        command += ["--program", program.CUTIS, "--output", "sweep"]
        result = subprocess.run(list(map(str, command)), cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(result.returncode, DONE, result.stdout + result.stderr)
        return result.stdout.count("reused")

    def test_runs_are_made_again_when_a_file_that_they_read_has_changed(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        mesh = self.write("skin.msh", self.MESH.format(width=2, base=-1))
        included = self.write("elsewhere/included.prm", "set Mesh/File = skin.msh\nset Skin/Layers = dermis\n")
        self.write("x.prm", f"include {included}\nset Time/End = 1 d\n")
        self.assertEqual(self.sweep(), 0)
        self.assertEqual(self.sweep(), 2)
        mesh.write_text(self.MESH.format(width=2, base=-1.5))
        self.assertEqual(self.sweep(), 0)
        self.assertEqual(self.sweep(), 2)
        included.write_text(included.read_text() + "set Time/Tolerance = 1e-4\n")
        self.assertEqual(self.sweep(), 0)
        read = json.loads((self.folder / "sweep" / "Age_30" / "provenance.json").read_text())["runs"][-1]["inputs"]
        self.assertEqual([pathlib.Path(file["file"]).name for file in read], ["x.prm", "included.prm", "skin.msh"])


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
