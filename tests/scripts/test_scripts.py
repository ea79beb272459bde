# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the Python tools on a small run written in the layout of the solver (deal.II's HDF5 and XDMF)."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

SCRIPTS = str(pathlib.Path(__file__).resolve().parents[2] / "scripts")
sys.path.insert(0, SCRIPTS)

import cutis_drawing as drawing
import plot_lesion
import plot_run
import sweep
from cutis_output import FieldSeries, OutputError, Run, flatten
from cutis_runs import RunError

TIMESERIES = """time [d],plla_mass [mg],mass-balance defect [1],cells
0,150,0,8
28,120.5,2e-15,8
"""
PARAMETERS = """# in force
set Intervention = plla, rf_microneedling
subsection PLLA
  set Dose = 150 mg
  set Sessions = 0 d, 28 d # with the start
end
subsection Skin
  set Layers = epidermis, dermis, hypodermis
  subsection epidermis
    set Thickness = 0.1
  end
  subsection dermis
    set Thickness = 1.5 mm
  end
  subsection hypodermis
    set Thickness = 3
  end
end
subsection RF microneedling
  set Sessions = 14
end
subsection MSC
  set Sessions = 99
end
subsection Network
  subsection dermis
    set TGF-beta decay = 0.24
  end
end
"""
GRID = """<Grid Name="mesh" GridType="Uniform"><Time Value="{time}"/>
<Geometry GeometryType="{geometry}"><DataItem Format="HDF">
  fields/mesh.h5:/nodes
</DataItem></Geometry>
<Topology TopologyType="{topology}"><DataItem Format="HDF">
  fields/mesh.h5:/cells
</DataItem></Topology>
{attributes}</Grid>
"""
ATTRIBUTE = """<Attribute Name="{name}" AttributeType="Scalar" Center="Node"><DataItem Format="HDF">
  fields/fields_{index}.h5:/{name}
</DataItem></Attribute>
"""


def block_mesh(divisions, low, high):
    """Nodes and cells of a box in the node order of VTK."""
    axes = [np.linspace(a, b, n + 1) for n, a, b in zip(divisions, low, high)]
    nodes = np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)
    number = np.arange(len(nodes)).reshape([n + 1 for n in divisions])
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    if len(divisions) == 3:
        corners = [(*corner, z) for z in (0, 1) for corner in corners]
    windows = [[slice(c, c + n) for c, n in zip(corner, divisions)] for corner in corners]
    return nodes, np.stack([number[tuple(window)].ravel() for window in windows], axis=1)


def write_run(directory, divisions, low, high, snapshots):
    """A run folder; `snapshots` is a list of (day, {field: function of the nodes})."""
    (directory / "fields").mkdir(parents=True)
    (directory / "timeseries.csv").write_text(TIMESERIES, encoding="utf-8")
    (directory / "parameters.prm").write_text(PARAMETERS, encoding="utf-8")
    nodes, cells = block_mesh(divisions, low, high)
    with h5py.File(directory / "fields" / "mesh.h5", "w") as file:
        file["nodes"], file["cells"] = nodes, cells.astype("u4")
    geometry, topology = ("XY", "Quadrilateral") if len(divisions) == 2 else ("XYZ", "Hexahedron")
    grids = []
    for index, (time, fields) in enumerate(snapshots):
        with h5py.File(directory / "fields" / f"fields_{index}.h5", "w") as file:
            for name, function in fields.items():
                file[name] = function(nodes)[:, None]
        attributes = "".join(ATTRIBUTE.format(name=name, index=index) for name in fields)
        grids.append(GRID.format(time=time, geometry=geometry, topology=topology, attributes=attributes))
    head = '<?xml version="1.0" ?>\n<!DOCTYPE Xdmf SYSTEM "Xdmf.dtd" []>\n<Xdmf Version="2.0"><Domain>'
    collection = '<Grid Name="CellTime" GridType="Collection" CollectionType="Temporal">'
    text = f"{head}{collection}{''.join(grids)}</Grid></Domain></Xdmf>"
    (directory / "solution.xdmf").write_text(text, encoding="utf-8")
    return Run(directory)


def triangle_areas(snapshot):
    corner = snapshot.nodes[snapshot.triangles()]
    a, b = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    return 0.5 * np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


class InFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)


class PlaneRun(InFolder):
    def setUp(self):
        super().setUp()
        collagen = {"collagen_new": lambda x: 0.1 + 0 * x[:, 0], "collagen_mature": lambda x: 0.9 + 0.01 * x[:, 0]}
        particles = {"plla_mass_1": lambda x: -x[:, 1], "plla_mass_2": lambda x: 1 + 0 * x[:, 1]}
        snapshots = [(0, collagen), (28, {**collagen, **particles})]
        self.run_folder = write_run(self.folder / "run", (4, 2), (-5, -4), (5, 0), snapshots)

    def test_time_series_has_names_units_and_one_row_per_time(self):
        series = self.run_folder.timeseries
        self.assertEqual(list(series.index), [0, 28])
        self.assertEqual(series["plla_mass"][0], 150)  # the later of the two rows of day 0
        self.assertEqual(len(series.loc[14:]), 1)  # days, not row numbers, although all of them are whole
        self.assertEqual(series.attrs["units"], {"time": "d", "plla_mass": "mg", "mass-balance defect": "1", "cells": ""})

    def test_sessions_are_those_of_the_interventions_in_force(self):
        self.assertEqual(self.run_folder.sessions(), [0, 14, 28])
        self.assertEqual(self.run_folder.parameters["Network/dermis/TGF-beta decay"], "0.24")

    def test_layers_meet_where_their_thicknesses_say(self):
        self.assertEqual(self.run_folder.layers(), ["epidermis", "dermis", "hypodermis"])
        np.testing.assert_allclose(self.run_folder.layer_interfaces(), [0.1, 1.6])

    def test_fields_are_found_by_time_and_derived_from_stored_ones(self):
        snapshot = self.run_folder.fields.nearest(20)
        self.assertEqual(snapshot.time, 28)
        np.testing.assert_allclose(snapshot["collagen_total"], 1 + 0.01 * snapshot.nodes[:, 0])
        np.testing.assert_allclose(snapshot["plla_mass_concentration"], 1 - snapshot.nodes[:, 1])
        self.assertIn("plla_mass_concentration", snapshot.names)
        self.assertNotIn("type_III_share", snapshot)

    def test_fields_at_rest_are_not_drawn_as_if_they_changed(self):
        snapshots = [self.run_folder.fields[0], self.run_folder.fields[1]]
        self.assertEqual(plot_run.changing(snapshots, ["collagen_new", "collagen_mature"]), ["collagen_mature"])
        np.testing.assert_allclose(drawing.limits_of(snapshots, "collagen_mature"), (0.85, 0.95), rtol=1e-14)

    def test_triangles_cover_the_patch(self):
        self.assertAlmostEqual(triangle_areas(self.run_folder.fields[0]).sum(), 40)

    def test_samples_are_exact_for_linear_fields_and_nothing_outside(self):
        values = self.run_folder.fields[0].sample("collagen_total", np.array([[1.3, -0.7], [9.0, -1.0]]))
        self.assertAlmostEqual(values[0], 1.013)
        self.assertTrue(np.isnan(values[1]))

    def test_what_is_missing_is_named(self):
        with self.assertRaisesRegex(OutputError, "no field 'tgf_beta'.*collagen_total"):
            self.run_folder.fields[0]["tgf_beta"]
        with self.assertRaisesRegex(OutputError, "no folder"):
            Run(self.folder / "elsewhere")
        (self.folder / "run" / "fields" / "fields_1.h5").unlink()
        with self.assertRaisesRegex(OutputError, "fields_1.h5, which does not exist"):
            FieldSeries(self.folder / "run" / "solution.xdmf")[1]["plla_mass_1"]


class SolidRun(InFolder):
    def test_sections_cover_the_cut_and_keep_linear_fields(self):
        linear = {"tgf_beta": lambda x: 1 + x @ np.array([0.1, 0.2, 0.3])}
        run = write_run(self.folder / "run", (5, 4, 3), (-5, -2, -3), (5, 2, 0), [(0, linear)])
        snapshot = run.fields[0]
        for plane, area in (({"y": 0.3}, 30), ({"y": 0.0}, 30), ({"y": -2.0}, 30), ({"y": 2.0}, 30), ({"x": 1.7}, 12)):
            with self.subTest(**plane):
                section = snapshot.section(**plane)
                self.assertAlmostEqual(triangle_areas(section).sum(), area)
                (name, position), = plane.items()
                slopes = (0.2, 0.1) if name == "y" else (0.1, 0.2)
                expected = 1 + slopes[0] * position + section.nodes @ np.array([slopes[1], 0.3])
                np.testing.assert_allclose(section["tgf_beta"], expected, atol=1e-8)
        with self.assertRaisesRegex(OutputError, "misses the skin patch"):
            snapshot.section(y=2.1)


class Lesions(InFolder):
    """Half a plane of two rows, as the program writes it, and what is drawn of it."""

    HEADER = "x [mm],depth [mm],highest temperature [degC],denatured collagen [1],dead cells [1]\n"
    GEOMETRY = {"polarity": "bipolar", "diameter_mm": 0.2, "pitch_mm": 1, "tip_depth_mm": 1.5, "exposed_length_mm": 0.3}

    def write(self, step):
        rows = [f"{i * step:g},{d:g},{40 + i + 10 * d:g},{0.1 * i:g},{0.2 * i:g}\n" for d in (0, 1.6) for i in range(4)]
        (self.folder / "lesion.csv").write_text(self.HEADER + "".join(rows), encoding="utf-8")
        (self.folder / "lesion.json").write_text(json.dumps({"geometry": self.GEOMETRY}), encoding="utf-8")

    def test_the_other_half_is_a_mirror_image(self):
        self.write(step=0.5)
        lesion = plot_lesion.Lesion(self.folder)
        np.testing.assert_allclose(lesion.x, [-1.5, -1, -0.5, 0, 0.5, 1, 1.5])
        np.testing.assert_allclose(lesion.temperature[1], [59, 58, 57, 56, 57, 58, 59])
        np.testing.assert_allclose(lesion.cells[0], [0.6, 0.4, 0.2, 0, 0.2, 0.4, 0.6])
        self.assertEqual(lesion.needles(), [-0.5, 0.5])
        drawing.save(plot_lesion.draw(lesion, "A pair", [0.1, 1.8]), self.folder / "lesion.png")
        self.assertGreater((self.folder / "lesion.png").stat().st_size, 5000)

    def test_one_needle_stands_in_the_middle(self):
        self.write(step=0.2)
        self.assertEqual(plot_lesion.Lesion(self.folder).needles(), [0.0])

    def test_a_run_without_needles_is_refused(self):
        with self.assertRaisesRegex(OutputError, "needles that fire"):
            plot_lesion.Lesion(self.folder)


class Sweeps(InFolder):
    def test_a_sweep_runs_all_combinations(self):
        vary = dict(map(sweep.parse_vary, ["PLLA/Dose=50 mg, 100 mg", "PLLA/Sessions=0 d; 0 d, 28 d"]))
        combinations, variants = sweep.variants_of(vary, {"Time/End": "365 d"})
        self.assertEqual(len(combinations), 4)
        self.assertEqual(variants[3].name, "Dose_100_mg__Sessions_0_d_28_d")
        self.assertEqual(variants[0].arguments()[:2], ["--set", "Time/End=365 d"])
        self.assertEqual(flatten({"final": {"strength": 1}, "steps": 9}), {"final.strength": 1, "steps": 9})
        self.assertEqual(flatten({"sessions": [{"time": 0}, {"time": 28}]}), {"sessions.1.time": 0, "sessions.2.time": 28})

    def test_decimal_commas_are_refused_with_both_readings(self):
        for text, one, two in (
            ("A=2,5 mL", "2.5 mL", "2 and 5 mL"),
            ("A=-2,5 mL", "-2.5 mL", "-2 and 5 mL"),
            ("A=2,5 mL,3,75 mL", "2.5 mL and 3.75 mL", "2 and 5 mL and 3 and 75 mL"),
            ("A=1 mL, 2,5 mL", "1 mL and 2.5 mL", "1 mL and 2 and 5 mL"),
            ("A=2,5e-3mL", "2.5e-3mL", "2 and 5e-3mL"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(RunError, f"values {one}, or as {two}; write"):
                sweep.parse_vary(text)
        for text, values in (
            ("Host/Age=30,50", ["30", "50"]),
            ("A=0, 5 mL", ["0", "5 mL"]),
            ("A=2 mL,5 mL", ["2 mL", "5 mL"]),
            ("A=2,3,5 mL", ["2", "3", "5 mL"]),
            ("A=0.5,5 mL", ["0.5", "5 mL"]),
            ("A=2,5 mL; 3", ["2,5 mL", "3"]),
        ):
            with self.subTest(text=text):
                self.assertEqual(sweep.parse_vary(text)[1], values)
        with self.assertRaisesRegex(RunError, "empty place"):
            sweep.parse_vary("A=1 mL,,2 mL")

    def test_names_are_different_and_no_longer_than_file_systems_take(self):
        values = ["d" * 400, "\u03bc" * 400, "1/2", "1_2", "3"]
        _, variants = sweep.variants_of({"Section/Name": values}, {})
        names = [variant.name for variant in variants]
        self.assertEqual(len(set(names)), 5)
        self.assertTrue(all(len(name.encode()) < 200 for name in names), names)
        self.assertEqual(names[4], "Name_3")
        self.assertRegex(names[2], "^Name_1_2__[0-9a-f]{8}$")
        self.assertEqual(names, [v.name for v in sweep.variants_of({"Section/Name": values}, {})[1]])
        with self.assertRaisesRegex(RunError, "PLLA/Dose is to have the value 50 mg more than once"):
            sweep.variants_of({"PLLA/Dose": ["50 mg", "60 mg", "50 mg"]}, {})

    def study(self, text, vary=(), common=()):
        file = self.folder / "study.json"
        file.write_text(text, encoding="utf-8")
        return sweep.read_study(argparse.Namespace(study=file, vary=list(vary), set=list(common)))

    def test_studies_are_read_as_they_are_meant(self):
        _, vary, common = self.study(
            '{"parameters": "x.prm", "vary": {"A": "1 mL, 2 mL", "B": [1, 0.5], "C": 3}, "set": {"Smoker": true}}'
        )
        self.assertEqual(vary, {"A": ["1 mL", "2 mL"], "B": ["1", "0.5"], "C": ["3"]})
        self.assertEqual(common, {"Smoker": "true"})
        plain = '{"parameters": "x.prm", "vary": {"A": [1, 2]}}'
        self.assertEqual(self.study(plain, ["A=3,4"])[1], {"A": ["3", "4"]})
        with self.assertRaisesRegex(RunError, "--vary names B more than once"):
            self.study(plain, ["B=1", "B=2"])
        with self.assertRaisesRegex(RunError, "A is to vary and is set as well"):
            self.study(plain, common=["A=3"])
        for text in ("[]", '{"parameters": "x.prm"}', '{"parameters": "x.prm", "vary": [1]}', "nonsense"):
            with self.subTest(text=text), self.assertRaisesRegex(RunError, "not a study"):
                self.study(text)
        with self.assertRaisesRegex(RunError, "no value of a parameter"):
            self.study('{"parameters": "x.prm", "vary": {"A": [[1, 2]]}}')


class ReaderTest(unittest.TestCase):
    """A reader that leaves, as `head` does, ends a tool without a traceback."""

    def test_tools_end_without_a_word_when_their_reader_has_left(self):
        # The checks of the source and the jobs of a study are not for people who read them through pipes.
        scripts = [path for path in sorted(pathlib.Path(SCRIPTS).glob("*.py")) if 'if __name__ == "__main__":' in path.read_text()]
        tools = [[str(path)] for path in scripts if not path.name.startswith(("check_", "study_job"))] + [["-m", "cutis_report"]]
        self.assertGreater(len(tools), 12)
        for tool in tools:
            with self.subTest(tool=tool[-1]):
                command = [sys.executable, *tool, "--help"]
                process = subprocess.Popen(command, cwd=SCRIPTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                process.stdout.close()
                _, complaint = process.communicate()
                self.assertEqual((process.returncode, complaint), (141, ""))

    def test_an_expected_error_is_a_sentence(self):
        process = subprocess.run([sys.executable, f"{SCRIPTS}/summarise_run.py", "no-such-run"], capture_output=True, text=True)
        self.assertEqual(process.returncode, 1)
        self.assertTrue(process.stderr.startswith("Error: "), process.stderr)
        self.assertNotIn("Traceback", process.stderr)


if __name__ == "__main__":
    unittest.main(buffer=True)
