# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of scripts/arms_figure.py: what is taken from what, and how it is told."""

import pathlib
import sys
import types
import unittest

import numpy as np
import pandas as pd

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import arms_figure as arms

DRAW = "Network/dermis/Fibroblast capacity"


def study():
    level = lambda text: types.SimpleNamespace(text=text)
    factors = {arms.ARM: [level("none"), level("PLLA")], arms.AGE: [], arms.SMOKER: []}
    return types.SimpleNamespace(factors=factors, sample=types.SimpleNamespace(ranges=[types.SimpleNamespace(path=DRAW)]))


def table():
    """Every outcome is the age, ten times the draw and, with PLLA, one more for each year beyond 45."""
    rows = []
    for arm in ("PLLA", "none"):  # the measure need not come first in the table
        for age in (75, 45):
            for smoker in ("false", "true"):
                for draw in (4.0, 5.0, 6.0):
                    value = age + 10 * draw + (age - 45 if arm == "PLLA" else 0)
                    rows.append({arms.ARM: arm, arms.AGE: age, arms.SMOKER: smoker, DRAW: draw} | {name: value for name, *_ in arms.OUTCOMES})
    return pd.DataFrame(rows)


class Arms(unittest.TestCase):
    def test_what_hosts_and_draws_differ_in_by_themselves_is_in_no_difference(self):
        changes = arms.differences(study(), table())
        self.assertEqual(set(changes[arms.ARM]), {"PLLA"})
        for name, _, _, scale, _ in arms.OUTCOMES:
            np.testing.assert_allclose(changes[name], scale * (changes[arms.AGE] - 45), atol=1e-12)

    def test_a_row_for_each_host_with_the_range_of_its_draws(self):
        rows = arms.by_host(arms.differences(study(), table()))
        self.assertEqual(len(rows), 4)
        self.assertEqual(set(rows["draws"]), {3})
        oldest = rows[rows["age [year]"] == 75].iloc[0]
        self.assertEqual([float(oldest[f"thickness at the site, {q} [mm]"]) for q in ("lowest", "median", "highest")], [30, 30, 30])

    def test_words(self):
        self.assertEqual(arms.in_words(np.array([-1.24, 0.5, 2.06]), 1), "+0.5 (-1.2 to +2.1)")
        self.assertEqual(arms.in_words(np.array([0.04, 0.01, -0.04]), 1), "0")

    def test_a_host_without_its_twin_is_no_difference(self):
        whole = table()
        lost = whole.drop(whole[(whole[arms.ARM] == "none") & (whole[DRAW] == 5.0)].index[0])
        with self.assertRaises(KeyError):
            arms.differences(study(), lost)

    def test_the_figure_has_every_host_of_every_arm(self):
        changes = arms.differences(study(), table())
        for hosts, count, legend in ((changes, 4, True), (changes[~arms.is_smoker(changes)], 2, False)):
            figure = arms.draw(hosts, "none", 3, 180)
            medians = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
            self.assertEqual(len(medians), count)
            self.assertEqual("smoker" in [text.get_text() for text in figure.legends[0].get_texts()], legend)
            self.assertIn("After 6 months, less none", figure.texts[0].get_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
