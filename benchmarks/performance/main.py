#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Measure what runs of Cutis cost, and print every figure of performance that README.md and the manual state.

    loops       rates of the loops of a step against the two limits of the machine; the picture of the roofline
    cases       parameter files: steps, seconds, memory; with --against another build, turn about
    reference   the reference problem RD3 against dolfinx, and multigrid against Chebyshev polynomials
    mechanics   Newton steps and iterations against the mesh
    growth      time and memory against nodes and ranks, steps against the tolerance; a model of many ranks

Each prints tables in Markdown and writes numbers and pictures into --into. One thing runs at a time; let the machine do
nothing else meanwhile: only ratios that are taken in one call mean anything. Exit code 1 if a program fails or prints what
cannot be.
"""

import argparse
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "scripts")]

from cutis_runs import ROOT
from performance import cases, growth, loops, mechanics, reference
from performance.running import Failure

COMMANDS = {module.__name__.rsplit(".", 1)[1]: module for module in (loops, cases, reference, mechanics, growth)}


def arguments():
    parser = argparse.ArgumentParser(prog="measure", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=module.__doc__.splitlines()[0], description=module.__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
        command.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="where Cutis is built")
        command.add_argument("--into", type=pathlib.Path, default=ROOT / "results" / "performance")
        command.add_argument("--small", action="store_true", help="in seconds, to see that it works; the numbers mean nothing")
        command.add_argument("--ready", action="store_true", help="the programs are built; do not look after them")
        module.add_arguments(command)
    return parser.parse_args()


def main():
    options = arguments()
    options.build, module = options.build.resolve(), COMMANDS[options.command]
    try:
        if not options.ready:
            build = ["cmake", "--build", options.build, "--target", *module.TARGETS]
            if subprocess.run(build, stdout=sys.stderr).returncode != 0:
                raise Failure("The programs could not be built.")
        options.into.mkdir(parents=True, exist_ok=True)
        module.measure(options)
    except Failure as failure:
        sys.exit(f"Error: {failure}")


if __name__ == "__main__":
    main()
