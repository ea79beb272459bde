#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Make the manual from the pages of docs/: HTML with a search, which needs no network, in build/manual.

Usage: scripts/manual [--api] [--man] [--output DIR] [--program PROGRAM]

A dead link, a page in no table of contents, and whatever else Sphinx warns of is an error. If the program is built,
the reference pages must say what it says. --api adds the classes of solver/, made by Doxygen, and a list of those that
lack a description; --man adds man/cutis.1. The folder is emptied before, if it holds a manual.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

import check_links
import cutis_main
import reference

ROOT = pathlib.Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "docs" / "manual"
MATHJAX = pathlib.Path("/usr/share/javascript/mathjax/MathJax.js")
MARK = ".buildinfo"  # Sphinx leaves it in what it has made
SELF_DESCRIBED = r": (?:Field|CohortField|CohortDose|CohortSum|ConstantTable|ModuleDefinition)\b"
FIRST_PAGE = "docs/README.html"


class ManualError(Exception):
    """The manual cannot be made; the message is a sentence for the user."""


def check_sources(program):
    """Links first, because a dead one is told with its line, and then the pages that the program knows best."""
    wrong = list(check_links.Documents(ROOT).violations())
    if wrong:
        raise ManualError("the documents name what does not exist:\n" + "\n".join(wrong))
    if not program.is_file():
        print(f"There is no {program}, so the reference pages were not compared with what the program says.")
    elif names := reference.outdated(program):
        raise ManualError(f"out of date: {', '.join(names)}; run scripts/reference.py.")
    if not MATHJAX.is_file():
        raise ManualError(f"{MATHJAX} is missing, which draws the equations: apt-get install libjs-mathjax.")


def empty(output):
    """Only what is a manual is removed."""
    if output.is_dir() and any(output.iterdir()):
        if not (output / MARK).is_file():
            raise ManualError(f"{output} is there and holds no manual; empty it or take another --output.")
        shutil.rmtree(output)
    output.mkdir(parents=True, exist_ok=True)


def sphinx(builder, output, *options):
    """Run Sphinx with its warnings as errors; the doctrees go, so that every manual is made anew."""
    doctrees = output / ".doctrees"
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-c", str(SETTINGS), "-d", str(doctrees), "-q", "-nW"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run([*command, "--keep-going", *options, str(ROOT), str(output)], check=False, env=environment)
    shutil.rmtree(doctrees, ignore_errors=True)
    if result.returncode != 0:
        raise ManualError("Sphinx did not make the manual; the lines above tell why.")


def undescribed(lines):
    """Warnings about classes without a description; fields, constants and modules carry their text in the code."""
    for line in lines:
        place = re.match(r"([\w/.]+):(\d+): warning: Compound .* is not documented", line)
        if place:
            code = (ROOT / place.group(1)).read_text(encoding="utf-8").splitlines()[int(place.group(2)) - 1]
            if not re.search(SELF_DESCRIBED, code):
                yield line


def doxygen(output):
    """Pages of the classes below `output`; what Doxygen warns of goes into a file, what matters of it to the screen."""
    if not shutil.which("doxygen"):
        raise ManualError("--api needs Doxygen: apt-get install --no-install-recommends doxygen.")
    output.mkdir(parents=True, exist_ok=True)
    warnings = output / "warnings.txt"
    settings = (SETTINGS / "Doxyfile").read_text(encoding="utf-8")
    settings += f'\nOUTPUT_DIRECTORY = "{output.parent}"\nHTML_OUTPUT = "{output.name}"\nWARN_LOGFILE = "{warnings}"\n'
    result = subprocess.run(["doxygen", "-"], input=settings, text=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    if result.returncode != 0:
        raise ManualError(f"Doxygen ended with exit code {result.returncode}; see {warnings}.")
    lines = warnings.read_text(encoding="utf-8").replace(f"{ROOT}/", "").splitlines()
    warnings.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    found = sorted(undescribed(lines))
    others = [line for line in lines if "is not documented" not in line]
    print(*found, *others, sep="\n", end="\n" if found or others else "")
    print(f"API pages: {output / 'index.html'}; {len(found)} classes lack a description, {len(others)} other warnings.")


def make(options):
    output = options.output.resolve()
    check_sources(options.program)
    empty(output)
    sphinx("html", output, *(["-t", "api"] if options.api else []))
    (output / "index.html").write_text(
        f'<!doctype html>\n<meta charset="utf-8">\n<meta http-equiv="refresh" content="0; url={FIRST_PAGE}">\n'
        f'<title>Cutis</title>\n<a href="{FIRST_PAGE}">The manual of Cutis</a>\n',
        encoding="utf-8",
    )
    if options.man:
        sphinx("man", output / "man")
        print(f"Manual page: {output / 'man' / 'cutis.1'}")
    if options.api:
        doxygen(output / "api")
    print(f"Manual: {output / 'index.html'}")


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/manual", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--api", action="store_true", help="add pages of the classes (needs doxygen)")
    parser.add_argument("--man", action="store_true", help="add the manual page man/cutis.1")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "manual", metavar="DIR")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "cutis")
    make(parser.parse_args())


if __name__ == "__main__":
    cutis_main.run(main, ManualError, reference.DescriptionError)
