# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""docs/tutorial.md, typed as it stands: every command but those that draw is run, and every number of its tables is
compared with the digits there.

Usage: test_tutorial.py CUTIS MPIEXEC [unittest arguments]

A block without a language whose lines begin with `cutis`, `mpirun` or `scripts/` is typed; other such blocks are
excerpts of the parameter file of the step. A `text` block stands in the output of the commands before it. A table
`run | column | day | value` has rows of time series, or differences of two. After a change of the model this test
prints the new rows.
"""

import csv
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial.md"
CUTIS = MPIEXEC = ""

COMMAND = re.compile(r"(?:cutis|mpirun|scripts/\S+) ")
DRAWS = re.compile(r"scripts/(?:plot_\w+|compare)\.py")  # tests/scripts has them
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (?P<run>[\w/ -]+) \| (?P<column>\w+) \| (?P<day>\d+) \| (?P<value>\S+) \|$", re.MULTILINE)
STEPS = 10


def steps():
    """[(number, title, text)] of the steps of the page."""
    text = PAGE.read_text(encoding="utf-8").split("\n## And now")[0]
    parts = re.split(r"^## (\d+)\. (.*)$", text, flags=re.MULTILINE)
    return [(int(n), title, text) for n, title, text in zip(parts[1::3], parts[2::3], parts[3::3])]


def parameter_file(number):
    (file,) = (ROOT / "parameters" / "tutorial").glob(f"{number:02d}_*.prm")
    return file


def last_digit(value):
    """The place of the last digit that is written: 0.01 of 1.25, 10 of 1.2e2."""
    digits, _, exponent = value.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(digits.partition(".")[2]))


class Folder:
    """A folder in which the commands of the page find what they name, and write what they write."""

    def __init__(self, path):
        self.path = path
        for name in ("parameters", "scripts"):
            (path / name).symlink_to(ROOT / name)
        (path / "bin").mkdir()
        (path / "bin" / "cutis").symlink_to(pathlib.Path(CUTIS).resolve())
        (path / "bin" / "mpirun").symlink_to(shutil.which(MPIEXEC))

    def type(self, commands):
        """(exit code, output) of a block; the tools take the program that is tested."""
        commands = "".join(f"{line}\n" for line in commands.splitlines() if not DRAWS.search(line))
        commands = commands.replace("scripts/sweep.py ", f"scripts/sweep.py --program {shlex.quote(CUTIS)} ")
        environment = {**os.environ, "PATH": f"{self.path / 'bin'}:{os.environ['PATH']}"}
        result = subprocess.run(
            ["bash", "-c", commands], cwd=self.path, env=environment, capture_output=True, text=True, check=False
        )
        return result.returncode, result.stdout + result.stderr

    def value(self, run, column, day):
        """What a row of the tables speaks of: a value, or the difference of two."""
        values = []
        for name in run.split(" - "):
            path = self.path / "results" / "tutorial" / name / "timeseries.csv"
            with open(path, newline="", encoding="utf-8") as file:
                (row,) = (row for row in csv.DictReader(file) if float(row["time [d]"]) == float(day))
            values.append(next(float(v) for key, v in row.items() if key.split(" [")[0] == column))
        return values[0] - sum(values[1:])


class Tutorial(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = pathlib.Path(tempfile.mkdtemp(prefix="cutis-tutorial-"))
        cls.addClassCleanup(shutil.rmtree, path, ignore_errors=True)
        cls.folder = Folder(path)

    def test_there_are_ten_steps_and_a_file_for_each(self):
        self.assertEqual([number for number, _, _ in steps()], list(range(1, STEPS + 1)))
        names = {path.name for path in (ROOT / "parameters" / "tutorial").iterdir()}
        self.assertEqual(names, {parameter_file(number).name for number in range(1, STEPS + 1)})

    def test_excerpts_stand_in_the_files(self):
        for number, title, text in steps():
            file = parameter_file(number).read_text(encoding="utf-8")
            for language, block in BLOCK.findall(text):
                if not language and not COMMAND.match(block):
                    with self.subTest(step=title):
                        missing = [line for line in block.splitlines() if line and line not in file.splitlines()]
                        self.assertEqual(missing, [])

    def test_every_command_works_and_every_number_is_right(self):
        for number, title, text in steps():
            output = ""
            for language, block in BLOCK.findall(text):
                with self.subTest(step=title, block=block):
                    if language == "text":
                        self.assertIn(block, output)
                    elif COMMAND.match(block):
                        code, output = self.folder.type(f"set -e\n{block}")
                        expected = 2 if "nothing was run" in output else 0
                        self.assertEqual(code, expected, output)
            self.assertIn(f"parameters/tutorial/{parameter_file(number).name}", text)
            self.assertIn("**Try:**", text)
            self.compare(title, text)

    def compare(self, title, text):
        rows = [match.groupdict() for match in ROW.finditer(text)]
        with self.subTest(step=title):
            self.assertGreater(len(rows), 2, "a table of what should be seen")
        for row in rows:
            found = self.folder.value(row["run"], row["column"], row["day"])
            place = last_digit(row["value"])
            decimals = max(0, len(row["value"].partition(".")[2]))
            with self.subTest(step=title, **row):
                new = f"| {row['run']} | {row['column']} | {row['day']} | {found:.{decimals}f} |"
                self.assertLessEqual(abs(found - float(row["value"])), place, new)


if __name__ == "__main__":
    CUTIS, MPIEXEC = sys.argv[1:3]
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
