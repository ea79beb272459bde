# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The program as its users meet it: commands, messages, exit codes, interrupted and resumed runs, numbers of ranks.

Usage: test_program.py CUTIS MPIEXEC [unittest arguments]
"""

import csv
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CUTIS = MPIEXEC = ""

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 3

# For runs that end at a row and go on, which only then are those that went all the way, and where a law holds to more
# digits than rows between steps have.
ON_STEPS = ["--set=Time/Rows=on steps"]

# A patch that is solved in seconds: a depot of PLLA in two layers.
SMALL = """
set Title        = A small depot
set Intervention = plla
subsection PLLA
  set Sessions      = 0 d, 14 d
  set Depot volume  = 0.02 mL
  set Depot height  = 1.2 mm
  set Depth         = 1 mm
end
subsection Skin
  set Layers = dermis, hypodermis
  subsection dermis
    set Thickness = 1.5 mm
    set Cells     = 5
  end
  subsection hypodermis
    set Thickness = 2 mm
  end
end
subsection Mesh
  set Width     = 8 mm
  set Cell size = 0.4 mm
end
subsection Time
  set End = 28 d
end
subsection Output
  set Every = 7 d
end
"""


def cutis(*arguments, ranks=None, **options):
    command = [CUTIS, *map(str, arguments)]
    if ranks:
        command = [MPIEXEC, "-np", str(ranks), *command]
    return subprocess.run(command, capture_output=True, text=True, **options)


def time_series(folder):
    with open(folder / "timeseries.csv", newline="") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    times = [row["time [d]"] for row in rows]
    assert all(a < b for a, b in zip(times, times[1:])), f"the times of {folder} do not increase: {times}"
    return rows


def times_of(folder):
    return [row["time [d]"] for row in time_series(folder)]


def field_times(folder):
    return [float(value) for value in re.findall(r'<Time Value="([^"]+)"', (folder / "solution.xdmf").read_text())]


def largest_difference(a, b):
    """Relative difference of two time series; values below 1e-3 count as if they were as large."""
    assert len(a) == len(b) and a[0].keys() == b[0].keys()
    return max(
        (abs(x[name] - y[name]) / max(abs(x[name]), abs(y[name]), 1e-3), name, x["time [d]"])
        for x, y in zip(a, b)
        for name in x
    )


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis-program-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.file = self.write("small.prm", SMALL)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def run_small(self, name, *arguments, expect=DONE, **options):
        folder = self.folder / name
        result = cutis("run", self.file, "--output", folder, *arguments, **options)
        self.assertEqual(result.returncode, expect, result.stdout + result.stderr)
        return folder, result

    def interrupt_after_a_row(self, folder, settings=("--set", "Time/Largest step=0.0003 d"), rows=1):
        """A signal after the first rows, to a run that could not be at its end before it comes: it would take 1e5 steps."""
        process = subprocess.Popen([CUTIS, "run", str(self.file), "--output", str(folder), *settings])
        while not (folder / "timeseries.csv").exists() or len((folder / "timeseries.csv").read_text().splitlines()) < 1 + rows:
            self.assertIsNone(process.poll(), "the run ended before it could be interrupted")
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(), INTERRUPTED)

    def expect_bad_input(self, result, *parts):
        self.assertEqual(result.returncode, BAD_INPUT, result.stdout + result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)


class Commands(ProgramTest):
    def test_every_file_of_the_project_is_good_to_run(self):
        files = [f for f in sorted((ROOT / "parameters").rglob("*.prm")) if f.parent.name != "skin"]
        self.assertGreater(len(files), 5)
        for file in files:
            with self.subTest(file=file.name):
                result = cutis("check", file)
                self.assertEqual(result.returncode, DONE, result.stderr)

    def test_versions_and_lists(self):
        text = cutis("version").stdout
        for name in ("revision", "compiler", "deal.II", "Trilinos", "p4est", "HDF5", "MPI"):
            self.assertIn(name, text)
        lists = {"interventions": "plla", "networks": "koppenol2017", "skins": "hypodermis", "observables": "dt"}
        for topic, name in lists.items():
            with self.subTest(topic=topic):
                self.assertIn(name, cutis("list", topic).stdout)

    def test_descriptions_in_every_format(self):
        for topic in ("network", "parameters", "interventions", "observables"):
            for style in ("text", "md", "json"):
                with self.subTest(topic=topic, format=style):
                    result = cutis("describe", topic, "--format", style)
                    self.assertEqual(result.returncode, DONE, result.stderr)
                    self.assertGreater(len(result.stdout), 300)

    def test_what_was_in_force_can_be_run_again(self):
        folder, _ = self.run_small("first")
        again = self.folder / "again"
        result = cutis("run", folder / "parameters.prm", "--output", again)
        self.assertEqual(result.returncode, DONE, result.stderr)
        self.assertEqual((folder / "timeseries.csv").read_bytes(), (again / "timeseries.csv").read_bytes())


class BadInput(ProgramTest):
    def test_single_mistakes(self):
        cases = {
            "PLLA/Dosis=3": ["no such parameter", "did you mean 'PLLA/Dose'"],
            "PLLA/Dose=3 mm": ["'3 mm' is a length", "expected a mass in mg"],
            "PLLA/Dose=3 furlong": ["furlong"],
            "PLLA/Dose=-3 mg": ["out of range", "0 to 5000 mg"],
            "PLLA/Dose=1e9 mg": ["out of range"],
            "PLLA/Dose=nan": ["not a finite number"],
            "PLLA/Sessions=every 0,5 d": ["a decimal point is written as '.'"],
            "Mesh/Cell size=0 mm": ["out of range", "to 2000 mm"],
            "PLLA/Sessions=0 d, 28 d": ["day 28", "not before the end of the run"],
            "PLLA/Depth=4 mm": ["lies outside the skin patch", "3.5 mm"],
            "PLLA/Centres along width=5 mm": ["lies outside the skin patch", "from -4 to 4 mm"],
            "Mesh/Depth=1.2 mm": ["the dermis reaches to 1.5 mm", "only 1.2 mm deep"],
            "Skin/dermis/Thickness=3 m": ["out of range", "200 mm"],
            "Intervention=pla": ["'pla' is not one of the choices", "did you mean 'plla'"],
            "Intervention=none, plla": ["'none' cannot be combined"],
            "Network=dermiss": ["did you mean 'dermis'"],
            "Output/Fields=vegg": ["there is no field 'vegg'", "did you mean 'vegf'"],
            "Mesh/Dimension=4": ["out of range", "2 to 3"],
            "Mechanics/Tension along=-3 kPa": ["out of range", "> 0 kPa"],
            "Mechanics/Tension angle=1 kPa": ["is a pressure", "angle in degree"],
            "Mechanics/dermis/Matrix modulus=0 kPa": ["out of range", "> 0 kPa"],
            "Mechanics/Base=glued": ["not one of the choices", "clamped, sliding, elastic"],
        }
        for assignment, parts in cases.items():
            with self.subTest(assignment=assignment):
                self.expect_bad_input(cutis("check", self.file, "--set", assignment), assignment, *parts)

    def test_mechanics_that_cannot_be(self):
        cases = {
            "Network=tepole2017": ["has no collagen_new", "use dermis"],
            "Mechanics/Gravity=9.81 m/s^2": ["needs three numbers"],
            "Mechanics/Gravity=0, 9.81, 0": ["cannot move along its length"],
            "Mechanics/Fibres/Guided share=.95": ["out of range"],
        }
        for assignment, parts in cases.items():
            with self.subTest(assignment=assignment):
                result = cutis("check", self.file, "--set", "Mechanics/Enabled=true", "--set", assignment)
                self.expect_bad_input(result, *parts)
        aligned = ["--set", "Mechanics/Enabled=true", "--set", "Mechanics/Fibres/Alignment=9"]
        stiff = cutis("check", self.file, *aligned, "--set", "Mechanics/dermis/Fibre modulus=4 MPa")
        self.expect_bad_input(stiff, "dermis: The skin cannot rest under this tension", "lower the alignment")
        warned = cutis("check", self.file, "--set", "Mechanics/Enabled=true", "--set", "Mechanics/Fibres/Alignment=4")
        self.assertEqual(warned.returncode, DONE)
        self.assertIn("align by themselves", warned.stdout + warned.stderr)

    def test_every_mistake_of_a_file_with_its_line(self):
        file = self.write(
            "bad.prm",
            "include missing.prm\nset Title = a\nset Title = b\nset Foo = 3\n"
            "subsection PLLA\n  set Dose = 150 mg\n  set Dose = 2 s\nend\nsubsection Time\n  set End = 1 kg\n",
        )
        result = cutis("check", file)
        self.expect_bad_input(
            result,
            "bad.prm:1: the included file",
            "missing.prm' cannot be read: there is no such file",
            "bad.prm:3: Title: this is already set in line 2",
            "bad.prm:4: Foo: there is no such parameter",
            "bad.prm:7: PLLA/Dose: this is already set in line 6",
            "bad.prm:9: 'subsection Time' is never closed",
            "bad.prm:10: Time/End: '1 kg' is a mass; expected a time in d",
            "problems in",
        )

    def test_files_that_are_none(self):
        self.expect_bad_input(cutis("run", self.folder), "this is a folder")
        self.expect_bad_input(cutis("run", self.folder / "nothing.prm"), "there is no such file")
        self.expect_bad_input(cutis("run", self.write("empty.prm", "")), "sets no parameter")
        self.expect_bad_input(cutis("run", self.file, "--outptu", "x"), "did you mean '--output'")

    def test_results_are_not_overwritten(self):
        folder, _ = self.run_small("run", "--set", "Time/End=15 d")
        before = (folder / "timeseries.csv").read_bytes()
        _, result = self.run_small("run", expect=BAD_INPUT)
        self.assertIn("already holds the results of a run", result.stderr)
        self.assertEqual((folder / "timeseries.csv").read_bytes(), before)
        self.run_small("run", "--overwrite", "--set", "Time/End=16 d")
        self.assertNotEqual((folder / "timeseries.csv").read_bytes(), before)

    def test_a_folder_that_cannot_be_made(self):
        self.write("file", "")
        result = cutis("run", self.file, "--output", self.folder / "file" / "run")
        self.assertIn(result.returncode, (FAILED, BAD_INPUT))
        self.assertIn(str(self.folder / "file"), result.stderr)

    def test_resuming_what_cannot_be_resumed(self):
        folder, _ = self.run_small("run", "--set", "Time/End=15 d")
        _, result = self.run_small("run", "--resume", "--set", "PLLA/Dose=100 mg", expect=BAD_INPUT)
        self.assertIn("PLLA/Dose: 150 -> 100", result.stderr)
        _, result = self.run_small("nothing", "--resume", expect=BAD_INPUT)
        self.assertIn("nothing", result.stderr)

        files = [f for f in (folder / "checkpoint").rglob("*") if f.is_file() and f.stat().st_size > 1000]
        self.assertTrue(files)
        for file in files:  # truncated, in both checkpoints if there are two
            with open(file, "r+b") as stream:
                stream.truncate(file.stat().st_size // 2)
        _, result = self.run_small("run", "--resume", expect=BAD_INPUT)
        self.assertIn("checkpoint", result.stderr)


class Runs(ProgramTest):
    def test_the_same_input_gives_the_same_bytes(self):
        a, _ = self.run_small("a")
        b, _ = self.run_small("b")
        self.assertEqual((a / "timeseries.csv").read_bytes(), (b / "timeseries.csv").read_bytes())

    def test_any_number_of_ranks_gives_the_same(self):
        alone = time_series(self.run_small("one")[0])
        for ranks in (2, 3):
            with self.subTest(ranks=ranks):
                together = time_series(self.run_small(f"with{ranks}", ranks=ranks)[0])
                difference, column, day = largest_difference(alone, together)
                self.assertLess(difference, 1e-8, f"{column} on day {day}")

    def test_more_ranks_than_cells(self):
        one_cell = [
            "--set=Skin/Layers=dermis",
            "--set=Skin/dermis/Cells=1",
            "--set=Mesh/Width=1.5 mm",
            "--set=Mesh/Cell size=1.5 mm",
            "--set=PLLA/Shape=everywhere",
        ]
        alone = time_series(self.run_small("one", *one_cell)[0])
        together = time_series(self.run_small("three", *one_cell, ranks=3)[0])
        self.assertLess(largest_difference(alone, together)[0], 1e-8)

    def test_a_signal_interrupts_and_the_run_can_be_resumed(self):
        cut = self.folder / "cut"
        self.interrupt_after_a_row(cut)
        self.assertLess(times_of(cut)[-1], 28.0)
        self.run_small("cut", "--resume")
        self.assertEqual(times_of(cut), [0.0, 7.0, 14.0, 21.0, 28.0])

    def test_interrupted_between_rows_and_resumed_it_has_the_same_bits(self):
        small_steps = ["--set", "Time/Largest step=0.02 d"]
        small_steps += ["--set", "Output/Every=0.07 d", "--set", "Output/Fields every=9 d"]
        whole, _ = self.run_small("whole", *small_steps)
        cut = self.folder / "cut"
        self.interrupt_after_a_row(cut, small_steps, rows=60)
        self.assertLess(times_of(cut)[-1], 27.0)
        self.run_small("cut", "--resume", *small_steps)
        self.assertEqual(field_times(cut), [0.0, 9.0, 18.0, 27.0, 28.0])
        for file in ("timeseries.csv", *(f"fields/solution-{n:05}.h5" for n in range(5))):
            self.assertEqual((whole / file).read_bytes(), (cut / file).read_bytes(), file)

    def test_rows_on_steps_or_between_is_decided_at_the_start(self):
        self.run_small("run", "--set", "Time/End=15 d")
        _, refused = self.run_small("run", "--resume", *ON_STEPS, expect=BAD_INPUT)
        self.assertIn("Time/Rows: between steps -> on steps", refused.stderr)

    def test_continued_to_a_later_end(self):
        """Every row once, and those of the later end at multiples of the interval, whatever was written before."""
        for every, first, second, expected in (
            (28, 73, 100, [0, 28, 56, 73, 84, 100]),
            (7, 20, 49, [0, 7, 14, 20, 21, 28, 35, 42, 49]),
            (7, 21, 30, [0, 7, 14, 21, 28, 30]),
        ):
            with self.subTest(every=every, first=first, second=second):
                name = f"every{every}to{first}"
                interval = ["--set", f"Output/Every={every} d"]
                folder, _ = self.run_small(name, *interval, "--set", f"Time/End={first} d")
                self.run_small(name, "--resume", *interval, "--set", f"Time/End={second} d")
                self.assertEqual(times_of(folder), expected)
                self.assertEqual(field_times(folder), expected)

    def test_intervals_may_change_when_a_run_is_resumed(self):
        folder, _ = self.run_small("run", "--set", "Output/Fields every=10 d", "--set", "Time/End=25 d")
        self.assertEqual(times_of(folder), [0, 7, 14, 21, 25])
        self.assertEqual(field_times(folder), [0, 10, 20, 25])
        changed = ["--set", "Output/Every=6 d", "--set", "Output/Fields every=16 d", "--set", "Time/End=40 d"]
        self.run_small("run", "--resume", *changed)
        self.assertEqual(times_of(folder), [0, 7, 14, 21, 25, 30, 36, 40])
        self.assertEqual(field_times(folder), [0, 10, 20, 25, 32, 40])
        self.run_small("run", "--resume", *changed)  # nothing is left to do
        self.assertEqual(times_of(folder)[-1], 40)
        self.assertEqual(field_times(folder)[-1], 40)

    def test_adaptation_gives_the_same_with_ranks_and_after_resuming(self):
        adaptive = ["--set", "Mesh/Adaptive=true", "--set", "Mesh/Cell size=0.4 mm", "--set", "Output/Every=1 d", *ON_STEPS]
        whole = time_series(self.run_small("whole", *adaptive)[0])
        self.assertGreater(len({row["cells [1]"] for row in whole}), 1, "the mesh never changes")
        by_two = time_series(self.run_small("two", *adaptive, ranks=2)[0])
        self.assertLess(largest_difference(whole, by_two)[0], 1e-8)
        for ranks in (None, 2):
            cut, _ = self.run_small(f"cut{ranks}", *adaptive, "--set", "Time/End=15 d")
            self.run_small(f"cut{ranks}", "--resume", *adaptive, ranks=ranks)
            difference, column, day = largest_difference(whole, time_series(cut))
            self.assertLess(difference, 1e-8, f"{column} on day {day}, resumed on {ranks or 1} ranks")

    def test_accounts_are_balanced_until_the_last_of_a_dose_is_gone(self):
        # Steps are so long then that one could use up more than there is.
        for name in ("plla", "msc"):
            with self.subTest(name=name):
                self.file = ROOT / "parameters" / f"{name}.prm"
                rows = time_series(self.run_small(name, "--set=Mesh/Cell size=1 mm", "--set=Output/Fields every=730 d")[0])
                defects = {key: max(abs(row[key]) for row in rows) for key in rows[0] if "balance_defect" in key}
                self.assertTrue(defects)
                self.assertEqual({key: value for key, value in defects.items() if value > 1e-9}, {})

    def test_mechanics_gives_the_same_with_ranks_and_after_resuming(self):
        tense = ["--set", "Mechanics/Enabled=true", "--set", "Mechanics/Tolerance=1e-10", "--set", "Mechanics/Tension angle=30"]

        def without_iterations(rows):
            return [{n: v for n, v in row.items() if n != "mechanics_iterations [1]"} for row in rows]

        whole, _ = self.run_small("whole", *tense)
        rows = without_iterations(time_series(whole))
        self.assertGreater(rows[-1]["tension_along [kPa]"], rows[0]["tension_along [kPa]"] * 1.001)
        for ranks in (2, 3):
            by_more = without_iterations(time_series(self.run_small(f"with{ranks}", *tense, ranks=ranks)[0]))
            difference, column, day = largest_difference(rows, by_more)
            self.assertLess(difference, 1e-8, f"{column} on day {day}")
        half = ["--set", "Time/End=21 d"]  # a multiple of the interval, so that the whole run has the row as well
        cut, _ = self.run_small("cut", *tense, *half)
        self.run_small("cut", "--resume", *tense)
        resumed = without_iterations(time_series(cut))
        self.assertLess(largest_difference(rows, resumed)[0], 1e-10)

    def test_without_macrophages_plla_does_nothing(self):
        # The particles still dissolve, and their error would choose other steps: both runs take the same small ones.
        steps = ["--set", "Time/Largest step=0.25 d"]
        with_plla = time_series(self.run_small("off", *steps, "--set", "PLLA/Macrophages=false")[0])
        control = time_series(self.run_small("none", *steps, "--set", "Intervention=none")[0])
        self.assertEqual([r["time [d]"] for r in with_plla], [r["time [d]"] for r in control])
        same = [n for n in control[0] if n.startswith(("mean_", "min_", "max_", "collagen_total"))]
        self.assertGreater(len(same), 40)
        for a, b in zip(with_plla, control):
            for name in same:
                self.assertAlmostEqual(a[name], b[name], delta=1e-9, msg=name)


if __name__ == "__main__":
    CUTIS, MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
