# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""What the validation table and the list of constants take from the program is what the program says.

Usage: test_validation.py CUTIS [unittest arguments]
"""

import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

import provenance
import reference
from validation import figures, simulations
from validation.operators import histology, rna, specimen
from verification.tissue_point import tissue

CUTIS = ""


class Validation(unittest.TestCase):
    def test_rates_that_operators_copy_are_those_of_the_network(self):
        topics = json.loads(reference.describe(CUTIS, "network", "json"))
        reactions = {e["name"] for t in topics if t["title"] == "Network dermis: reactions" for e in t["entries"]}
        for signal, formula in rna.FORMULAS.items():
            self.assertIn(formula, reactions, f"the network makes {signal} otherwise: see validation/operators/rna.py")
        for formula in histology.LOSSES:
            self.assertIn(formula, reactions, "the network degrades collagen otherwise: see validation/operators/histology.py")

    def test_every_simulation_sets_parameters_that_exist(self):
        known = {entry["path"] for entry in json.loads(reference.describe(CUTIS, "parameters", "json"))}
        for simulation in simulations.read().values():
            self.assertEqual([path for path, _ in simulation.settings if path not in known], [], simulation.name)

    def test_constants_of_a_specimen_are_those_of_the_tissue(self):
        known = {entry["path"]: entry["default"] for entry in json.loads(reference.describe(CUTIS, "parameters", "json"))}
        for key, name in specimen.CONSTANTS.items():
            self.assertEqual(float(known[f"Mechanics/{name}"].split()[0]), getattr(tissue.Material(), key), name)

    def test_the_tension_that_the_picture_shows_is_that_of_the_file(self):
        text = (ROOT / "parameters" / "plla_mechanics.prm").read_text(encoding="utf-8")
        for direction, tension in zip(("along", "across"), figures.TENSION):
            self.assertRegex(text, rf"Tension {direction} += {tension} kPa")


class Provenance(unittest.TestCase):
    def test_the_files_are_up_to_date(self):
        self.assertEqual(provenance.outdated(CUTIS), [], "run scripts/provenance.py with this program")

    def test_every_constant_of_a_network_has_a_mark(self):
        entries = json.loads(reference.describe(CUTIS, "parameters", "json"))
        for entry in entries:
            if entry["path"].startswith("Network/"):
                self.assertIn(entry["provenance"], provenance.MARKS, entry["path"])

    def test_identifiers_and_numbers(self):
        found = provenance.identifiers("mean of three (PMC8259462), doi 10.1115/1.4025109.")
        self.assertEqual(found, "PMC8259462 10.1115/1.4025109")
        self.assertEqual(provenance.identifiers("Babraj 2005"), "")
        for text, expected in (("4e-13", "4e-13"), ("14.583333333333336", "14.5833"), ("10800000", "10800000")):
            self.assertEqual(provenance.written(text), expected)


if __name__ == "__main__":
    CUTIS = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
