# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Sites of the body to include (parameters/skin): each runs, says where its numbers come from, and is as thick beside the
others as several sources agree.

Usage: test_sites.py CUTIS MPIEXEC [unittest arguments]
"""

import os
import re
import sys
import unittest

import test_program as program
from test_program import DONE, ROOT, cutis, time_series

SITES = ["cheek", "forehead", "neck", "forearm_inner", "forearm_outer", "back", "abdomen"]
LAYERS = ["epidermis", "papillary dermis", "reticular dermis", "hypodermis"]

# A patch of a few cells, a few steps into its life; at two sites of different tension also under it.
TINY = ["-q", "--set", "Mesh/Width=2 mm", "--set", "Mesh/Cell size=1 mm", "--set", "Time/End=0.001 d"]
TENSE = {"back", "forearm_inner"}


def file_of(site):
    return ROOT / "parameters" / "skin" / f"{site}.prm"


def thicknesses(text):
    """Thickness [mm] of each layer in a parameter file, by its name."""
    found = re.findall(r"subsection ([a-z ]+)\n(?:\s*[#\n].*\n|\s*set (?!Thickness).*\n)*\s*set Thickness\s*= ([0-9.]+) mm", text)
    return {layer: float(value) for layer, value in found}


def dermis(site):
    layers = thicknesses(file_of(site).read_text())
    return layers["papillary dermis"] + layers["reticular dermis"]


def unexplained(text):
    """Lines that set a number without a remark on the line or right above its block that has a year, n or `assumed`."""
    bare, remark = [], ""
    for line in text.splitlines():
        words = line.strip()
        if words.startswith("#"):
            remark += words
        elif not words.startswith(("set", "subsection")):
            remark = ""
        if re.match(r"set (Thickness|Content|Tension)", words):
            told = (words + remark).lower()
            if not re.search(r"assumed|\b(19|20)\d\d\b|n = \d", told):
                bare.append(words)
    return bare


class Sites(program.ProgramTest):
    def test_every_file_is_here_and_none_is_untested(self):
        files = {file.stem for file in file_of("cheek").parent.glob("*.prm")}
        self.assertEqual(files, {*SITES, "cheek_55"})

    def test_each_runs_as_thick_as_it_says(self):
        for site in SITES:
            with self.subTest(site=site):
                folder = self.folder / site
                tension = ["--set", "Mechanics/Enabled=true"] if site in TENSE else []
                result = cutis("run", file_of(site), *TINY, *tension, "--output", folder)
                self.assertEqual(result.returncode, DONE, result.stderr)
                layers = thicknesses(file_of(site).read_text())
                self.assertEqual(list(layers), LAYERS)
                last = time_series(folder)[-1]
                self.assertAlmostEqual(last["dermal_thickness [mm]"], dermis(site), delta=1e-3)
                self.assertAlmostEqual(last["tissue_thickness [mm]"], sum(layers.values()), delta=1e-3)

    def test_the_cheek_of_55_is_the_cheek(self):
        self.assertEqual(thicknesses(file_of("cheek_55").read_text()), {})
        self.assertIn("include cheek.prm", file_of("cheek_55").read_text())

    def test_no_number_without_a_source(self):
        for site in SITES:
            with self.subTest(site=site):
                self.assertEqual(unexplained(file_of(site).read_text()), [])

    def test_dermis_is_ordered_as_sources_agree(self):
        # The back is thickest: histology of 28 regions (Lee and Hwang 2002) and ultrasound of 4 sites (Laurent 2007).
        for site in SITES:
            if site != "back":
                self.assertGreater(dermis("back"), dermis(site), site)
        # Face and trunk above limbs: ultrasound of 13 sites, n = 189 (PMID 36331142); trunk above limbs: 22 sites, n = 18.
        for limb in ("forearm_inner", "forearm_outer"):
            for site in ("cheek", "forehead", "back", "abdomen"):
                self.assertGreater(dermis(site), dermis(limb), f"{site}, {limb}")

    def test_the_page_has_the_numbers_of_the_files(self):
        page = (ROOT / "docs" / "sites.md").read_text()
        for site in SITES:
            layers = thicknesses(file_of(site).read_text())
            row = f"| `{site}` | {layers['epidermis']:g} | {dermis(site):g} | {layers['hypodermis']:g} |"
            self.assertIn(row, page)


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
