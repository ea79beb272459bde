# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""The documents say what the program says: the reference pages, and the parameters in all others. Of links and files see
scripts/check_links.py.

Usage: test_reference.py CUTIS [unittest arguments]
"""

import json
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import reference

CUTIS = ""
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


class Reference(unittest.TestCase):
    def test_the_pages_are_up_to_date(self):
        self.assertEqual(reference.outdated(CUTIS), [], "run scripts/reference.py with this program")

    def test_computed_numbers_are_rounded_and_others_kept(self):
        text = "0.060797588218494215, -3.9e-22, 1.2652e-4, 0.0001 1e-08 and 14.583333333333336"
        self.assertEqual(reference.rounded(text), "0.0607976, 0, 1.2652e-4, 0.0001 1e-08 and 14.5833")

    def test_parameters_that_the_documents_set_exist(self):
        known = {entry["path"] for entry in json.loads(reference.describe(CUTIS, "parameters", "json"))}
        self.assertGreater(len(known), 100)
        named = {
            (document.name, path)
            for document in DOCUMENTS
            for path in re.findall(r"--(?:set|vary) \"?([A-Z][^=\n`]*?)=", document.read_text(encoding="utf-8"))
        }
        self.assertGreater(len(named), 5)
        known.add("Section/Name")  # what the table of options says instead of a name
        known.add("Mesh/Widht")  # the mistake that the tutorial makes
        self.assertEqual([(document, path) for document, path in sorted(named) if path not in known], [])


if __name__ == "__main__":
    CUTIS = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
