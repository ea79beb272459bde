# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What bash offers after the tab key, and that it and the manual page know every command and option of the program.

Usage: test_completion.py CUTIS [unittest arguments]
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "completion" / "cutis.bash"
MANUAL_PAGE = ROOT / "docs" / "man" / "cutis.1.md"
CUTIS = ""
PARAMETERS = {}  # what a shell keeps of the parameters once it has asked the program


def bash(line):
    environment = {**os.environ, **PARAMETERS}
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, check=True, env=environment)
    assert not result.stderr, result.stderr
    return result.stdout.splitlines()


def offered(*words):
    """What is offered for the last of the words, as bash has split them."""
    array = " ".join(shlex.quote(word) for word in ("cutis", *words))
    line = (
        f"source {shlex.quote(str(SCRIPT))}; COMP_WORDS=({array}); COMP_CWORD={len(words)};"
        f" _cutis {shlex.quote(CUTIS)}; [[ ${{#COMPREPLY[@]}} -eq 0 ]] || printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    return bash(line)


def help_text():
    return subprocess.run([CUTIS, "help"], capture_output=True, text=True, check=True).stdout


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        found = bash(f"source {shlex.quote(str(SCRIPT))}; _cutis_parameters {shlex.quote(CUTIS)}")
        PARAMETERS.update({"_cutis_parameters_of": CUTIS, "_cutis_parameters_list": "\n".join(found)})

    def test_commands_and_topics(self):
        commands = re.findall(r"^  cutis (\w+)", help_text(), re.MULTILINE)
        self.assertEqual(offered(""), commands)
        self.assertEqual(offered("ch"), ["check"])
        for command, mistaken in (("describe", "paramters"), ("list", "nothing")):
            answer = subprocess.run([CUTIS, command, mistaken], capture_output=True, text=True, check=False).stderr
            known = re.search(r"knows ([\w, ]+), but not", answer).group(1).split(", ")
            self.assertEqual(offered(command, ""), known)

    def test_options_are_those_of_the_program(self):
        options = re.findall(r"(--[a-z]+)[^\n:]*?\s((?:\w+, )*\w+): ", help_text())
        self.assertGreater(len(options), 7)
        for command in ("run", "check", "describe"):
            expected = {option for option, commands in options if command in commands.split(", ")}
            self.assertEqual(set(offered(command, "--")) - {"--help"}, expected)
        self.assertEqual(offered("describe", "--format", ""), ["text", "md", "json"])

    def test_files(self):
        self.assertEqual(offered("run", "parameters/tutorial/01"), ["parameters/tutorial/01_rest.prm"])
        self.assertIn("parameters/skin", offered("check", "parameters/s"))
        self.assertNotIn("README.md", offered("run", "R"))
        self.assertEqual(offered("run", "x.prm", "--output", "doc"), ["docs"])

    def test_parameters(self):
        self.assertEqual(offered("run", "x.prm", "--set", "PLLA/Dos"), ["PLLA/Dose="])
        self.assertEqual(offered("run", "x.prm", "--set", "Mesh/Cell"), [r"Mesh/Cell\ size="])
        self.assertEqual(offered("run", "x.prm", "--set", r"Mesh/Cell\ s"), [r"Mesh/Cell\ size="])
        self.assertEqual(offered("run", "x.prm", "--set", '"Mesh/Cell s'), ["Mesh/Cell size="])
        self.assertGreater(len(offered("run", "x.prm", "--set", "")), 100)

    def test_choices(self):
        self.assertEqual(offered("run", "x.prm", "--set", "PLLA/Preset", "="), ["fast", "medium", "slow", "custom"])
        self.assertEqual(offered("run", "x.prm", "--set", "PLLA/Preset", "=", "m"), ["medium"])
        self.assertEqual(offered("run", "x.prm", "--set", '"PLLA/Preset=m'), ["PLLA/Preset=medium"])
        self.assertEqual(offered("run", "x.prm", "--set", '"Time/Rows=b'), ["Time/Rows=between steps"])
        self.assertEqual(offered("run", "x.prm", "--set", "Mechanics/Enabled", "=", "t"), ["true"])

    def test_the_manual_page_has_all_commands_and_options(self):
        page = MANUAL_PAGE.read_text(encoding="utf-8")
        for word in re.findall(r"^  cutis (\w+)|(--[a-z]+)", help_text(), re.MULTILINE):
            self.assertIn(f"**{word[0] or word[1]}**", page)


if __name__ == "__main__":
    CUTIS = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
