# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the observation operators of benchmarks/validation, each on a case whose answer is known without it."""

import math
import pathlib
import sys
import tempfile
import unittest

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

from cutis_output import OutputError, Run, Snapshot
from validation.operators import OPERATORS, ageing, histology, imaging, mechanics, products, rna, series, specimen, wounds


class FakeFields:
    """Snapshots by time, as a run has them."""

    def __init__(self, snapshots):
        self.snapshots = {snapshot.time: snapshot for snapshot in snapshots}
        self.times = sorted(self.snapshots)

    def nearest(self, time):
        return self.snapshots[min(self.times, key=lambda t: abs(t - time))]


class Case(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def run_of(self, columns, parameters=""):
        """A run with the columns, given by name, of which `time` is one."""
        lines = [",".join(f"{name} [1]" for name in columns)]
        lines += [",".join(f"{value:.17g}" for value in row) for row in zip(*columns.values())]
        (self.folder / "timeseries.csv").write_text("\n".join(lines) + "\n")
        (self.folder / "parameters.prm").write_text(parameters)
        return Run(self.folder)


def grid(count, width, fields, time=0.0):
    """A block of one cell in depth, `width` wide and long with its corner at 0, 0; fields are functions of x and y."""
    x = np.linspace(0, width, count + 1)
    nodes = np.array([(a, b, z) for z in (-1.0, 0.0) for b in x for a in x])
    layer = (count + 1) ** 2
    corner = np.array([i + j * (count + 1) for j in range(count) for i in range(count)])
    square = np.stack([corner, corner + 1, corner + count + 2, corner + count + 1], axis=1)
    cells = np.hstack([square, square + layer])
    return Snapshot(time, nodes, cells, {name: f(nodes[:, 0], nodes[:, 1]) for name, f in fields.items()})


class Series(Case):
    def test_a_column_is_read_between_rows_and_never_beyond_them(self):
        run = self.run_of({"time": (0, 10), "a": (1, 3)})
        self.assertAlmostEqual(series.column(run, 5, "a"), 2)
        for day, name, message in ((11, "a", "not of day 11"), (5, "b", "no column `b`"), (None, "a", "needs a day")):
            with self.assertRaisesRegex(OutputError, message):
                series.column(run, day, name)

    def test_means_are_over_time_and_not_over_rows(self):
        run = self.run_of({"time": (0, 1, 10), "a": (0, 1, 1)})
        self.assertAlmostEqual(series.mean_over(run, None, "a", 0, 10), 0.95)
        self.assertAlmostEqual(series.mean_over(run, None, "a", 0.5, 1), 0.75)

    def test_type_III_of_a_biopsy_is_its_share_of_the_collagen(self):
        run = self.run_of({"time": (0, 1), "collagen": (1, 1.5), "share": (0.2, 0.4)})
        self.assertAlmostEqual(series.sum_of_products(run, 1, [["collagen", "share"], ["share"]]), 1.0)


class Rna(Case):
    PARAMETERS = "subsection Output\n set Site along width = 0 mm\n set Punch diameter = 4 mm\nend\n"

    def snapshot(self, **changes):
        fields = {**rna.REST, **changes}
        return grid(8, 4.0, {name: (lambda x, y, v=value: v + 0 * x) for name, value in fields.items()}, time=1.0)

    def secretion(self, signal, **changes):
        run = self.run_of({"time": (0, 1), "a": (0, 0)}, self.PARAMETERS)
        run._parts["fields"] = FakeFields([self.snapshot(**changes)])
        return rna.secretion(run, 1.0, signal)

    def test_healthy_skin_secretes_what_it_secretes_at_rest(self):
        for signal in rna.FORMULAS:
            self.assertAlmostEqual(self.secretion(signal), 1, places=12)

    def test_rates_follow_cells_damage_and_oxygen(self):
        self.assertAlmostEqual(self.secretion("mmp", damage_signal=0.3), 2)  # 1 + 2/2
        self.assertAlmostEqual(self.secretion("mmp", leukocyte=2, tgf_beta=2), 1.5)  # 6/2 over 2
        self.assertAlmostEqual(self.secretion("vegf", oxygen=0), 5)  # 1.25/.25
        self.assertAlmostEqual(self.secretion("vegf", fibroblast=0, macrophage=0), 0)
        self.assertAlmostEqual(self.secretion("tgf_beta", tgf_beta=2), 2 / 2.5 * 1.5)

    def test_constants_of_the_rates_are_those_of_the_run(self):
        text = "subsection Network\n subsection dermis\n  set MMP per leukocyte = 6\n  set TGF-beta half activation = 2\n end\nend\n"
        run = self.run_of({"time": (0, 1), "a": (0, 0)}, self.PARAMETERS + text)
        run._parts["fields"] = FakeFields([self.snapshot(leukocyte=1, tgf_beta=1)])
        self.assertAlmostEqual(rna.secretion(run, 1.0, "mmp"), 4)  # 2 + 6 over 2
        run._parts["fields"] = FakeFields([self.snapshot(tgf_beta=4)])
        self.assertAlmostEqual(rna.secretion(run, 1.0, "tgf_beta"), 2)  # 4/(2 + 4) over 1/(2 + 1)

    def test_the_punch_is_round_and_nodes_count_by_their_volume(self):
        snapshot = grid(40, 4.0, {"a": lambda x, y: np.hypot(x, y)})
        self.assertAlmostEqual(rna.node_volumes(snapshot).sum(), 16)
        run = self.run_of({"time": (0, 1), "a": (0, 0)}, self.PARAMETERS)
        mean = rna.punch_mean(run, snapshot, snapshot["a"])  # 2/3 of the radius over a disc
        self.assertAlmostEqual(mean, 4 / 3, delta=0.03)

    def test_no_fields_of_the_day_and_an_unknown_signal_are_refused(self):
        run = self.run_of({"time": (0, 1), "a": (0, 0)}, self.PARAMETERS)
        run._parts["fields"] = FakeFields([self.snapshot()])
        with self.assertRaisesRegex(OutputError, "no fields of day 3"):
            rna.secretion(run, 3, "mmp")
        with self.assertRaisesRegex(OutputError, "No rate of 'il6'"):
            rna.secretion(run, 1, "il6")

    def test_collagen_and_its_stain_are_synthesis(self):
        run = self.run_of({"time": (0, 2), "collagen_I_synthesis": (1, 3)})
        self.assertAlmostEqual(rna.synthesis(run, 1, "collagen_I"), 2)
        self.assertAlmostEqual(histology.procollagen_stain(run, 2), 3)


class Images(Case):
    def test_stains(self):
        columns = {"collagen_area_fraction": (1, 1.4), "type_III_share_at_site": (0.2, 0.3)}
        columns |= {"mean_myofibroblast": (0, 0.5), "mean_fibroblast": (1, 1.5)}
        run = self.run_of({"time": (0, 1), **columns})
        self.assertAlmostEqual(histology.stained_area(run, 1), 1.4)
        self.assertAlmostEqual(histology.type_I_percent(run, 1), 70)
        self.assertAlmostEqual(histology.myofibroblast_share(run, 1), 0.25)
        self.assertAlmostEqual(histology.least_rise(run, 1, ["collagen_area_fraction", "mean_fibroblast"]), 1.4)

    def test_degradation_is_that_of_both_pools_with_the_constants_of_the_run(self):
        columns = {"time": (0, 1), "mean_mmp": (1, 4), "collagen_new": (0.1, 0.1), "collagen_mature": (0.9, 0.9)}
        at_rest = 0.088 * 0.1 + 0.00012652 * 0.9
        run = self.run_of(columns)
        self.assertAlmostEqual(histology.collagen_degradation(run, 0), at_rest)
        # of young skin at rest it is what synthesis makes up for: .89 % of all collagen a day
        self.assertAlmostEqual(at_rest, 0.0089, delta=0.00005)
        self.assertAlmostEqual(histology.collagen_degradation(run, 1), 0.088 * 0.2 + 0.00012652 * 0.9 * 4**0.12)
        self.assertAlmostEqual(
            histology.collagen_degradation(run, 1, 0), (histology.collagen_degradation(run, 0) + histology.collagen_degradation(run, 1)) / 2
        )
        text = "subsection Network\n subsection dermis\n  set MMP exponent on new collagen = 1\n  set Mature collagen loss = 0 1/d\n end\nend\n"
        self.assertAlmostEqual(histology.collagen_degradation(self.run_of(columns, text), 1), 0.088 * 0.4)

    def test_no_fibroblasts_have_no_share(self):
        with self.assertRaises(OutputError):
            run = self.run_of({"time": (0, 1), "mean_myofibroblast": (0, 0), "mean_fibroblast": (0, 0)})
            histology.myofibroblast_share(run, 0)

    def test_thickness_of_layers_and_echo(self):
        columns = {"tissue_thickness": 4.5, "dermal_thickness": 1.4, "dermal_thickness_at_site": 1.6}
        columns |= {"collagen_area_fraction": 1.2, "hydration": 1.5}
        run = self.run_of({"time": (0, 1), **{name: (value, value) for name, value in columns.items()}})
        self.assertEqual(imaging.ultrasound_thickness(run, 0), 4.5)
        self.assertEqual(imaging.ct_depth(run, 0), 4.5)
        self.assertEqual(imaging.ultrasound_thickness(run, 0, layer="dermis"), 1.4)
        self.assertEqual(imaging.ultrasound_thickness(run, 0, layer="dermis", site=True), 1.6)
        self.assertAlmostEqual(imaging.echo_density(run, 0), 0.8)


class Wounds(Case):
    def test_a_wound_is_closed_when_a_hundredth_is_left_for_good(self):
        run = self.run_of({"time": (0, 10, 20, 30), "open_wound": (10, 0.05, 0.2, 0)})
        self.assertAlmostEqual(wounds.closure_day(run), 25)  # it re-opens; 0.2 to 0 passes 0.1 in the middle
        self.assertAlmostEqual(wounds.closed_percent(run, 20), 98)
        with self.assertRaisesRegex(OutputError, "still open on day 10"):
            wounds.closure_day(self.run_of({"time": (0, 10), "open_wound": (10, 1)}))

    def test_a_share_of_patients_is_not_an_area(self):
        self.assertAlmostEqual(wounds.closed_share_of_patients([10, 84, 85, None], 84), 50)
        with self.assertRaises(OutputError):
            wounds.closed_share_of_patients([], 84)

    def test_contraction_counts_from_the_gape(self):
        run = self.run_of({"time": (0, 10, 20, 30), "site_contraction": (-0.5, -0.2, 0.1, 0)})
        self.assertAlmostEqual(wounds.gape(run), 1.5)
        self.assertAlmostEqual(wounds.contracted_percent(run, 20), 40)
        self.assertAlmostEqual(wounds.half_contraction_time(run), 10)
        with self.assertRaisesRegex(OutputError, "does not contract"):
            wounds.half_contraction_time(self.run_of({"time": (0, 1), "site_contraction": (0.1, 0)}))

    def test_an_ellipse_that_shrinks_to_half_its_width(self):
        def move(factor):
            return lambda x, y: np.column_stack([factor * x, 0 * x, 0 * x])

        snapshots = [grid(20, 8.0, {"displacement": move(factor)}, time) for time, factor in ((0.0, 0.2), (5.0, -0.4))]
        self.assertAlmostEqual(wounds.deformed_quarter(snapshots[0], (6, 3)), 1.2 * math.pi * 18 / 4, delta=2e-3)
        run = self.run_of({"time": (0, 5), "a": (0, 0)})
        run._parts["fields"] = FakeFields(snapshots)
        self.assertAlmostEqual(wounds.contracted_ellipse_percent(run, 5, (6, 3)), 50, places=6)

    def test_strength_and_the_day_of_its_largest_gain(self):
        run = self.run_of({"time": (0, 1, 2, 3), "strength_at_site": (0, 0.1, 0.4, 0.5)})
        self.assertAlmostEqual(wounds.strength(run, 1.5), 0.25)
        self.assertEqual(wounds.day_of_largest_gain(run, None, "strength_at_site", 3), 2)


class Mechanics(Case):
    def test_a_low_dome_is_held_by_tension_alone(self):
        pressure = mechanics.suction_pressure(0.01, 1.0, thickness=1.5, tension=20, modulus=100)
        self.assertAlmostEqual(pressure, 4 * 1.5 * 20 * 0.01, delta=1e-3 * pressure)

    def test_half_a_sphere_stretches_by_half_of_pi(self):
        self.assertAlmostEqual(mechanics.cap_strain(1.0, 1.0), math.pi / 2 - 1)
        small = mechanics.cap_strain(0.05, 1.0)
        self.assertAlmostEqual(small, 2 / 3 * 0.05**2, delta=0.01 * small)

    def test_height_and_pressure_are_inverse(self):
        for height in (0.02, 0.3, 0.9):
            pressure = mechanics.suction_pressure(height, 1.0, 1.5, 13.5, 129)
            self.assertAlmostEqual(mechanics.suction_height(pressure, 1.0, 1.5, 13.5, 129), height, places=9)

    def test_order_of_fibres_in_a_section(self):
        tensor = np.diag([0.64, 0.32, 0.04])
        self.assertAlmostEqual(mechanics.collagen_orientation_index(tensor, (1, 0, 0), (0, 0, 1)), 0.75)
        self.assertAlmostEqual(mechanics.collagen_orientation_index(np.eye(3) / 3, (1, 0, 0), (0, 1, 0)), 0)
        self.assertAlmostEqual(mechanics.collagen_orientation_index(np.diag([1, 0, 0]), (1, 0, 0), (0, 1, 0)), 1)

    def test_stiffness_of_the_patch(self):
        run = self.run_of({"time": (0, 1), "stiffness_along": (200, 300), "stiffness_across": (100, 100)})
        self.assertAlmostEqual(mechanics.stiffness(run, 1, "across", 0.001), 0.1)
        self.assertAlmostEqual(mechanics.anisotropy_of_stiffness(run, 1), 3)
        self.assertEqual(mechanics.most_extensible_direction(run, 0), 90)


class Lives(Case):
    def life(self):
        days = ageing.DAYS_PER_YEAR * np.arange(0, 61, 10)  # ages 20 to 80
        parameters = "subsection Host\n set Age = 20 year\nend\n"
        years = np.arange(0, 61, 10)
        return self.run_of({"time": days, "t": 1.0 - 0.005 * years, "v": abs(years - 30)}, parameters)

    def test_a_line_that_falls(self):
        run = self.life()
        self.assertAlmostEqual(ageing.percent_per_decade(run, None, "t", 20, 70), -5)
        self.assertAlmostEqual(ageing.ratio_of_ages(run, None, "t", 20, 80), 0.7)
        self.assertAlmostEqual(ageing.change_between_ages(run, None, "t", 25, 35), -0.05 / 0.975)
        self.assertAlmostEqual(ageing.age_of_first_fall(run, None, "t", 0.08), 40)
        self.assertAlmostEqual(ageing.age_of_least(run, None, "v"), 50)

    def test_bundles_keep_their_share_where_volume_is_lost_with_collagen(self):
        days = ageing.DAYS_PER_YEAR * np.array([0, 60])
        parameters = "subsection Host\n set Age = 20 year\nend\n"
        for thickness, share in ((0.6, 90), (1.0, 54), (0.9, 60)):
            run = self.run_of({"time": days, "collagen_total": (1, 0.6), "dermal_thickness": (1.5, 1.5 * thickness)}, parameters)
            self.assertAlmostEqual(ageing.bundle_area_percent(run, None, 20, 80, 90), share)

    def test_persons_who_differ_in_more_than_age(self):
        days = ageing.DAYS_PER_YEAR * np.arange(0, 60.5, 0.5)
        years = np.arange(0, 60.5, 0.5)
        run = self.run_of({"time": days, "t": 1.0 - 0.005 * years}, "subsection Host\n set Age = 20 year\nend\n")
        self.assertAlmostEqual(ageing.correlation_with_age(run, None, "t", 20, 80, 0), -1)
        # of the line: .005 x 60/sqrt(12) years; as much again from elsewhere, relative to the mean of .85 or, up to 50, .925
        for old, mean in ((80, 0.85), (50, 0.925)):
            spread = 0.005 * (old - 20) / math.sqrt(12) / mean
            self.assertAlmostEqual(ageing.correlation_with_age(run, None, "t", 20, old, spread), -math.sqrt(0.5), places=3)
        with self.assertRaisesRegex(OutputError, "of ages 20 to 80, not of 10 to 80"):
            ageing.correlation_with_age(run, None, "t", 10, 80, 0.1)

    def test_what_the_life_does_not_tell(self):
        with self.assertRaisesRegex(OutputError, "older than 10"):
            ageing.ratio_of_ages(self.life(), None, "t", 10, 80)
        with self.assertRaisesRegex(OutputError, "does not fall"):
            ageing.age_of_first_fall(self.life(), None, "t", 0.9)

    def test_what_is_left(self):
        run = self.run_of({"time": (0, 10), "plla_mass": (4, 1)})
        self.assertAlmostEqual(products.left_percent(run, 10, "plla_mass"), 25)
        self.assertAlmostEqual(products.lost_percent(run, 5, "plla_mass"), 37.5)


class Names(unittest.TestCase):
    def test_operators_have_names_of_their_own(self):
        modules = (series, rna, histology, imaging, wounds, mechanics, specimen, ageing, products)
        self.assertEqual(len(OPERATORS), sum(len(module.__all__) for module in modules))


if __name__ == "__main__":
    unittest.main(verbosity=2)
