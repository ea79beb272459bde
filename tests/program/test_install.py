# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What `cmake --install` puts where, and that nothing of it looks for the source tree or the folder of the build.

Usage: test_install.py BUILD [unittest arguments]
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path()
PLACES = (
    "bin/cutis",
    "bin/cutis-tool",
    "share/bash-completion/completions/cutis",
    "share/cutis/parameters/plla.prm",
    "share/cutis/scripts/cutis_report/columns.toml",
    "share/cutis/scripts/cutis_runs.py",
    "share/cutis/scripts/plot_run.py",
    "share/cutis/scripts/python",
    "share/cutis/scripts/report",
    "share/doc/cutis/LICENSE",
    "share/doc/cutis/README.md",
    "share/doc/cutis/copyright",
    "share/doc/cutis/docs/figures/fields.png",
    "share/doc/cutis/docs/user_guide.md",
)
# What is for the source tree only.
STAYS = re.compile(r"check_|_figures\.py|\.sh$|packages\.txt|__pycache__|make_manual|reference\.py|/manual$|\.(cc|h|cmake)$")


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis-install-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.prefix, cls.elsewhere = folder / "prefix", folder / "elsewhere"
        cls.elsewhere.mkdir()
        command = ["cmake", "--install", str(BUILD), "--prefix", str(cls.prefix)]
        cls.result = subprocess.run(command, capture_output=True, text=True, check=False)
        cls.files = {str(path.relative_to(cls.prefix)): path for path in cls.prefix.rglob("*") if path.is_file()}

    def setUp(self):
        self.assertEqual(self.result.returncode, 0, self.result.stdout + self.result.stderr)

    def run_there(self, *words):
        """A command in an empty folder, without what a user of the source tree has in the environment."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("CUTIS", "PYTHON"))}
        return subprocess.run(
            [str(self.prefix / words[0]), *map(str, words[1:])],
            capture_output=True, text=True, check=False, cwd=self.elsewhere, env=environment,
        )  # fmt: skip

    def test_everything_is_in_its_place(self):
        self.assertEqual([place for place in PLACES if place not in self.files], [])
        folders = {"/".join(name.split("/")[:3]) for name in self.files if name.startswith("share/")}
        known = ("bash-completion/completions", "cutis/parameters", "cutis/scripts", "doc/cutis", "man/man1")
        self.assertLessEqual(folders, {f"share/{folder}" for folder in known})

    def test_all_parameter_files_are_there(self):
        sources = {str(path.relative_to(ROOT)) for path in (ROOT / "parameters").rglob("*") if path.is_file()}
        installed = {name.removeprefix("share/cutis/") for name in self.files if name.startswith("share/cutis/parameters/")}
        self.assertEqual(installed, sources)

    def test_what_belongs_to_the_source_tree_stays_there(self):
        self.assertEqual([name for name in self.files if STAYS.search(name)], [])

    def test_nothing_names_the_source_tree(self):
        """But for assertions of the program, which say in which source file they stand."""
        here = re.compile(b"(?:%s)[^\\0\\s\"']*(?<!\\.cc)(?<!\\.h)[\\0\\s\"']" % b"|".join(re.escape(bytes(p)) for p in (ROOT, BUILD)))
        named = {name: here.search(path.read_bytes()) for name, path in self.files.items()}
        self.assertEqual({name: found.group() for name, found in named.items() if found}, {})

    def test_the_manual_page_is_there_if_it_was_made(self):
        self.assertEqual("share/man/man1/cutis.1" in self.files, (BUILD / "man" / "cutis.1").is_file())

    def test_the_program_runs_from_there(self):
        for name in ("plla.prm", "diabetic_ulcer.prm", "studies/reference_wound.prm"):
            result = self.run_there("bin/cutis", "check", self.prefix / "share/cutis/parameters" / name)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(str(self.prefix), result.stdout + result.stderr)
        self.assertEqual(list(self.elsewhere.iterdir()), [])

    def test_the_scripts_run_from_there_and_find_the_program(self):
        listed = self.run_there("bin/cutis-tool")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        names = listed.stdout.split("\n  ")[1:]
        self.assertLessEqual({"report", "sweep", "plot_run", "summarise_run", "compare"}, {n.strip() for n in names})
        for name in ("report", "sweep"):
            result = self.run_there("bin/cutis-tool", name, "--help")
            self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.run_there("bin/cutis-tool", "python").returncode, 2)
        code = "import sys; sys.path[0] = sys.argv[1]; import cutis_runs; print(cutis_runs.PROGRAM.resolve())"
        found = self.run_there("share/cutis/scripts/python", "-Bc", code, self.prefix / "share/cutis/scripts")
        self.assertEqual(found.stdout.strip(), str((self.prefix / "bin/cutis").resolve()), found.stderr)


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv[1]).resolve()
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
