# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""A picture of several runs as a command: it runs them, or finds them unchanged, and draws.

    make_picture(__doc__, "wound_figures", variants, draw)   # draw(runs by name, path of the picture)
"""

import argparse
import pathlib

import cutis_main
from cutis_campaign import Campaign
from cutis_lock import FolderLock
from cutis_output import OutputError, Run
from cutis_runs import PROGRAM, ROOT, RunError


def simulate(variants, options):
    """The runs by name. `variants`, called with settings that all share, gives pairs of a file of parameters/ and variants."""
    common = tuple(tuple(setting.split("=", 1)) for setting in options.set)
    runs = {}
    for case, chosen in variants(common):
        file = ROOT / "parameters" / f"{case}.prm"
        campaign = Campaign(file, options.into, options.program, options.jobs, reuse=not options.again)
        for outcome in campaign.run(chosen):
            if outcome.exit_code != 0:
                raise RunError(f"{outcome.variant.name} failed, so the figures would be incomplete.")
            runs[outcome.variant.name] = Run(outcome.directory)
    return runs


def make_picture(document, name, variants, draw):
    parser = argparse.ArgumentParser(description=document, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "results" / name)
    parser.add_argument("--picture", type=pathlib.Path, help=f"INTO/{name}.png if not given")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="the same in all runs")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--again", action="store_true", help="repeat also the runs that are there already")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)

    def main():
        options = parser.parse_args()
        with FolderLock(options.into):
            draw(simulate(variants, options), options.picture or options.into / f"{name}.png")

    cutis_main.run(main, OutputError, RunError)
