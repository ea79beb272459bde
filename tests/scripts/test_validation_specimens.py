# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the operators of benchmarks/validation that draw excised skin or add up a course, on cases with known answers."""

import pathlib
import sys
import tempfile
import unittest

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "scripts")]

from cutis_output import OutputError, Run
from validation.operators import products, specimen
from verification.tissue_point import tissue

I = np.eye(3)


class Case(unittest.TestCase):
    def run_of(self, columns, parameters):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        lines = [",".join(f"{name} [1]" for name in columns)]
        lines += [",".join(f"{value:.17g}" for value in row) for row in zip(*columns.values())]
        (folder / "timeseries.csv").write_text("\n".join(lines) + "\n")
        (folder / "parameters.prm").write_text(parameters)
        return Run(folder)

    def skin(self, *lines):
        text = "".join(f" set {line}\n" for line in ("Enabled = true", *lines))
        return self.run_of({"time": (0, 1), "fibre_anisotropy": (0.0, 1 / 3)}, f"subsection Mechanics\n{text}end\n")


class Curves(Case):
    def test_matrix_alone_is_drawn_as_a_rubber(self):
        rubber = tissue.Material(matrix=3.0, bulk=3e5)  # nearly incompressible: P = mu (l - 1/l^2), and mu (l - 1/l^5) drawn both ways
        point = tissue.Tissue(((1.0, 0 * I),), 0.0, I, 1.0)
        strains = [0.1, 0.54]
        stretches = 1 + np.array(strains)
        np.testing.assert_allclose(specimen.drawn(rubber, point, [0], strains)[:, 0], 3 * (stretches - stretches**-2), rtol=1e-3)
        both = specimen.drawn(rubber, point, [0, 1], strains)
        np.testing.assert_allclose(both, np.column_stack([3 * (stretches - stretches**-5)] * 2), rtol=1e-3)

    def test_a_piece_that_is_drawn_back_to_its_length_in_the_body_has_its_tension(self):
        material, point = specimen.healthy_skin(self.skin())
        slack, _ = specimen._balanced(material, point, np.ones(3), [0, 1, 2], [0.9, 0.95, 1.1])
        np.testing.assert_allclose(slack, (0.83, 0.90, 1.32), atol=0.005)  # docs/mechanics.md, 24/17 kPa
        stretches, stress = specimen._balanced(material, point, np.ones(3), [2], [1.3])
        np.testing.assert_allclose(stretches, 1, atol=1e-6)
        np.testing.assert_allclose(stress, (24, 17, 0), atol=1e-5)

    def test_strain_counts_from_the_slack_piece_and_strips_are_free_across(self):
        run = self.skin()
        skin = specimen.healthy_skin(run)
        strips = [specimen.drawn(*skin, [axis], [0.0, 0.3])[:, 0] for axis in (0, 1)]
        np.testing.assert_allclose([strip[0] for strip in strips], 0, atol=1e-6)
        self.assertAlmostEqual(specimen.stress_at_strain(run, 0, 0.3), np.mean([strip[1] for strip in strips]), places=4)

    def test_slope_energy_and_stress_belong_to_one_curve(self):
        run = self.skin()
        energy = [specimen.energy_to_strain(run, 0, strain) for strain in (0.29, 0.31)]
        stress = specimen.stress_at_strain(run, 0, 0.3)
        self.assertAlmostEqual((energy[1] - energy[0]) / 0.02, stress, delta=0.01 * stress)
        self.assertAlmostEqual(specimen.initial_slope(run, 0, 0.001), specimen.stress_at_strain(run, 0, 0.01, 0.1))
        slope = (specimen.stress_at_strain(run, 0, 0.54) - specimen.stress_at_strain(run, 0, 0.53)) / 0.01
        self.assertAlmostEqual(specimen.steepest_modulus(run, 0, 0.54, 0.001), slope / 1000, delta=1e-6 * slope)  # it stiffens all the way

    def test_skin_is_as_stiff_in_all_directions_as_it_is_tense(self):
        run = self.skin("Tension along = 20 kPa", "Tension across = 20 kPa")
        along, across = (specimen.equibiaxial_modulus(run, 0, 0.3, direction) for direction in ("along", "across"))
        self.assertAlmostEqual(along, across, delta=1e-6 * along)
        run = self.skin("Tension along = 30 kPa", "Tension across = 10 kPa")
        self.assertGreater(specimen.equibiaxial_modulus(run, 0, 0.3, "along"), specimen.equibiaxial_modulus(run, 0, 0.3, "across"))

    def test_constants_are_those_of_the_run(self):
        text = "subsection Mechanics\n set Enabled = true\n subsection dermis\n  set Bulk modulus = 300 kPa\n end\nend\n"
        stiff = self.run_of({"time": (0, 1), "a": (0, 0)}, text)
        self.assertEqual(specimen.healthy_skin(stiff)[0].bulk, 300)
        with self.assertRaisesRegex(OutputError, "without mechanics"):
            specimen.healthy_skin(self.run_of({"time": (0, 1), "a": (0, 0)}, ""))

    def test_loads_go_as_the_fibres_that_lie_along_them(self):
        self.assertAlmostEqual(specimen.load_ratio(self.skin(), 0), 1)
        self.assertAlmostEqual(specimen.load_ratio(self.skin(), 1), 2)


class Course(Case):
    def test_a_course_of_particles_that_do_nothing_has_their_volume(self):
        parameters = "subsection Mesh\n set Width = 20 mm\nend\nsubsection PLLA\n set Polymer density = 1.25 mg/mm^3\nend\n"
        mass = 0.5  # of each of two sessions; .4 mm3 in a slice of 20 mm2 a mm: .02 mm
        columns = {"time": (0, 100, 200), "plla_mass": (mass, 2 * mass, mass), "tissue_thickness": (4.02, 4.04, 4.2)}
        run = self.run_of(columns, parameters)
        self.assertAlmostEqual(products.volume_of_course(run, 100, 1000, 2), 1000 / 1.25 / 1000)
        self.assertAlmostEqual(products.volume_of_course(run, 200, 1000, 2), 4.0)  # .2 mm over 20 mm for 1 mg, a thousand times


if __name__ == "__main__":
    unittest.main(verbosity=2)
