# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the standard views of a run, of their film, and of the reader of VTK's files."""

import base64
import contextlib
import io
import os
import pathlib
import shutil
import subprocess
import unittest
import unittest.mock
import zlib

import numpy as np
from matplotlib import colormaps
from PIL import Image

from test_scripts import InFolder, write_run  # finds the scripts

import cutis_views
import views
from cutis_output import FieldSeries, OutputError, Run
from cutis_vtu import read_vtu

PIECE = """<Piece NumberOfPoints="{n}" NumberOfCells="1"><Points>{points}</Points>
<Cells>{connectivity}{types}</Cells><PointData Scalars="scalars">{vegf}{tensor}</PointData></Piece>"""


def encoded(name, values, kind, columns=1):
    data = np.ascontiguousarray(values).tobytes()
    packed = zlib.compress(data)
    head = np.array([1, len(data), len(data), len(packed)], "<u4").tobytes()
    text = base64.b64encode(head).decode() + base64.b64encode(packed).decode()
    return f'<DataArray type="{kind}" Name="{name}" NumberOfComponents="{columns}" format="binary">\n{text}\n</DataArray>'


def square(x):
    """Corners of a unit square beside x = 0, in the order around it."""
    return np.array([[x, -1, 0], [x + 1, -1, 0], [x + 1, 0, 0], [x, 0, 0]], "<f4")


def write_vtu(path, values):
    """Two squares side by side, each a piece of its own, with a function of the places and a symmetric tensor of one and two."""
    pieces = ""
    for x in (0, 1):
        corners = square(x)
        tensor = np.tile(np.array([1, 2, 0, 2, 1, 0, 0, 0, 1], "<f4"), (4, 1))
        pieces += PIECE.format(
            n=4,
            points=encoded("Points", corners, "Float32", 3),
            connectivity=encoded("connectivity", np.arange(4, dtype="<i4"), "Int32"),
            types=encoded("types", np.array([9], "u1"), "UInt8"),
            vegf=encoded("vegf", values(corners).astype("<f4"), "Float32"),
            tensor=encoded("stress", tensor, "Float32", 9),
        )
    path.write_text(f'<VTKFile type="UnstructuredGrid"><UnstructuredGrid>{pieces}</UnstructuredGrid></VTKFile>')


class VtkFiles(InFolder):
    def test_corners_of_neighbours_are_one_node(self):
        (self.folder / "fields").mkdir()
        write_vtu(self.folder / "fields" / "a.vtu", lambda x: 3 * x[:, 0] - x[:, 1])
        nodes, cells, fields = read_vtu(self.folder / "fields" / "a.vtu")
        self.assertEqual((nodes.shape, cells.shape), ((6, 2), (2, 4)))
        np.testing.assert_allclose(fields["vegf"](), 3 * nodes[:, 0] - nodes[:, 1])
        for cell, x in zip(cells, (0, 1)):
            np.testing.assert_allclose(nodes[cell], square(x)[:, :2])
        collection = '<VTKFile type="Collection"><Collection><DataSet timestep="7" file="fields/a.vtu"/></Collection></VTKFile>'
        (self.folder / "solution.pvd").write_text(collection)
        snapshot = FieldSeries(self.folder / "solution.xdmf").nearest(7)
        np.testing.assert_array_equal(snapshot["stress"][0], [1, 2, 0, 1, 0, 1])

    def test_a_damaged_file_is_a_sentence(self):
        (self.folder / "a.vtu").write_text("<VTKFile><UnstructuredGrid>")
        collection = '<VTKFile><Collection><DataSet timestep="7" file="{}"/></Collection></VTKFile>'
        for file, words in (("a.vtu", "a.vtu cannot be read"), ("b.vtu", "b.vtu, which does not exist")):
            (self.folder / "solution.pvd").write_text(collection.format(file))
            with self.assertRaisesRegex(OutputError, words):
                FieldSeries(self.folder / "solution.xdmf")[0]


def skin(day):
    """Fields of skin in which collagen grows and a wound in the middle heals."""
    return {
        "collagen_total": lambda x: 0.75 + 0.002 * day * np.exp(-x[:, 0] ** 2),
        "macrophage": lambda x: 1 + 2 * np.exp(-x[:, 0] ** 2 - day / 30),
        "vessel": lambda x: 1 + 0 * x[:, 0],
        "fibroblast": lambda x: 1 + 0 * x[:, 0],
        "damage_signal": lambda x: np.exp(-x[:, 0] ** 2 - day / 30),
        "epidermis": lambda x: np.where(np.abs(x[:, 0]) < 1, 0.0, 1.0),
    }


class Views(InFolder):
    def setUp(self):
        super().setUp()
        snapshots = [(day, skin(day)) for day in (0, 30, 90)]
        self.plane = write_run(self.folder / "plane", (16, 8), (-5, -4), (5, 0), snapshots)
        self.block = write_run(self.folder / "block", (8, 4, 4), (-5, -2, -4), (5, 2, 0), snapshots)

    def pictures(self, folder, *arguments):
        with contextlib.redirect_stdout(io.StringIO()):
            views.main([str(folder), *arguments])
        return sorted(path.name for path in (folder / "views").iterdir())

    def refused(self, *arguments):
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit) as end:
            views.main([str(self.plane.directory), *arguments])
        self.assertEqual(end.exception.code, 2)
        self.assertFalse((self.plane.directory / "views").exists())
        return said.getvalue()

    def test_a_picture_of_every_view_that_has_its_fields(self):
        expected = ["cells.png", "collagen.png", "damage.png", "inflammation.png", "overview.png", "vessels.png"]
        self.assertEqual(self.pictures(self.plane.directory), expected)
        self.assertEqual(self.pictures(self.block.directory, "--above", "0.5"), expected)

    def test_the_scale_is_the_same_at_all_times_and_for_all_runs(self):
        figure = views.draw_plate(self.plane, [cutis_views.panel_of(s) for s in self.plane.fields], ["collagen"], None)
        scales = {ax.collections[0].get_clim() for ax in figure.axes if ax.get_title() or not ax.axison}
        self.assertEqual(scales, {(0, 160)})

    def test_the_scale_bar_is_as_long_as_it_says(self):
        figure = views.draw_plate(self.plane, [cutis_views.panel_of(self.plane.fields[0])], ["collagen"], None)
        ax = figure.axes[0]
        bar = next(line for line in ax.lines if line.get_linewidth() == 2)
        said = next(text.get_text() for text in ax.texts if text.get_text().endswith(" mm"))
        self.assertEqual(f"{np.ptp(bar.get_xdata()):g} mm", said)

    def test_cells_are_counted_as_the_program_counts_them(self):
        source = (pathlib.Path(views.__file__).parents[1] / "solver/model/reactions/cell_count.h").read_text()
        for name, value in (("cells_per_unit", 3000), ("free_macrophages_per_unit", 500), ("bound_macrophages_per_unit", 2500)):
            self.assertIn(f"{name} = {value}.", source)
        counts = (cutis_views.FIBROBLASTS, cutis_views.FREE, cutis_views.BOUND)
        self.assertEqual(counts, (3000, 500, 2500))
        first = self.plane.fields[0]
        self.assertAlmostEqual(cutis_views.VIEWS["inflammation"].values(first).max(), 1500, delta=1)

    def test_seen_from_above_a_block_shows_width_and_length(self):
        panel = cutis_views.panel_of(self.block.fields[0], 0.5)
        np.testing.assert_allclose(np.ptp(panel.places, axis=0), (10, 4))
        values = skin(0)["collagen_total"](panel.places)
        np.testing.assert_allclose(panel.snapshot["collagen_total"], values, atol=0.05)

    def test_a_block_is_cut_through_what_was_treated(self):
        (self.block.directory / "parameters.prm").write_text(
            "set Intervention = plla, wound\nsubsection PLLA\n  set Centres along length = # mm\nend\n"
            "subsection Wound\n  set Centres along length = -1.5, 1 # mm\nend\nsubsection MSC\n  set Centres along length = 1\nend\n"
        )
        run = Run(self.block.directory)
        self.assertEqual(cutis_views.plane_of(run), (None, -1.5))
        self.assertEqual(cutis_views.plane_of(run, 0.5), (0.5, None))
        self.assertIn("at -1.5 mm of the length", views.caption(cutis_views.panel_of(run.fields[0], None, -1.5), None))
        run.parameters["Wound/Centres along length"] = "3"  # outside
        self.assertEqual(cutis_views.plane_of(run), (None, 0))
        run.parameters["Skin/Layers"] = "dermis"
        self.assertEqual(cutis_views.plane_of(run), (2, None))

    def test_no_line_is_drawn_where_there_is_no_collagen_or_no_skin(self):
        first = self.plane.fields[0]
        x, y = first.nodes.T
        first._fields["fibre_mature"] = np.tile([1, 0, 0, 0.1, 0, 0.1], (len(x), 1))
        first._fields["collagen_total"] = np.where(x > 2, 0.0, 1.0)
        sunken = np.where((np.abs(x) < 1) & (y == 0), -1.0, 0.0)  # a surface that gapes in the middle
        first._fields["displacement"] = np.stack([0 * x, sunken, 0 * x], axis=1)
        figure, ax = cutis_views.drawing.plt.subplots()
        cutis_views.draw_directions(ax, cutis_views.panel_of(first), "fibre_mature")
        places = np.array([[line.get_xdata().mean(), line.get_ydata().mean()] for line in ax.lines])
        self.assertLess(places[:, 0].max(), 2.6)  # the cells beside the border are .6 mm wide
        self.assertFalse(np.any((np.abs(places[:, 0]) < 0.5) & (places[:, 1] > -0.9)))
        self.assertTrue(np.any((places[:, 0] < -2) & (places[:, 1] > -0.9)))

    def test_the_clock_of_a_film_hides_no_title(self):
        square = write_run(self.folder / "square", (4, 4, 2), (-2, -2, -4), (2, 2, 0), [(0, skin(0))])
        for panel in (cutis_views.panel_of(self.plane.fields[0]), cutis_views.panel_of(square.fields[0], 0.5)):
            figure = views.draw_frame(square, panel, ["collagen", "vessels", "cells", "damage"], None, 90)
            figure.canvas.draw()
            clock = figure.axes[-1].get_window_extent()
            for ax in figure.axes[:4]:
                self.assertLess(ax.title.get_window_extent().y1, clock.y0)

    def test_a_film_has_the_colours_of_the_scales(self):
        colours = np.array(views.palette_of(list(cutis_views.VIEWS)).getpalette()).reshape(-1, 3)
        for name, view in cutis_views.VIEWS.items():
            wanted = 255 * colormaps[view.colours](np.linspace(0, 1, 50))[:, :3]
            nearest = np.abs(wanted[:, None] - colours).max(axis=2).min(axis=1)
            with self.subTest(view=name):
                self.assertLess(nearest.max(), 8)

    def test_lines_lie_along_the_main_direction(self):
        angle = np.radians(30)
        along = np.array([np.cos(angle), np.sin(angle)])
        tensor = 0.1 * np.eye(2) + np.outer(along, along)
        rows = [tensor[0, 0], tensor[0, 1], 0, tensor[1, 1], 0, 0.1]
        first = self.plane.fields[0]
        first._fields["fibre_mature"] = np.tile(rows, (len(first.nodes), 1))
        figure, ax = cutis_views.drawing.plt.subplots()
        cutis_views.draw_directions(ax, cutis_views.panel_of(first), "fibre_mature")
        for line in ax.lines:
            self.assertAlmostEqual(np.degrees(np.arctan2(np.ptp(line.get_ydata()), np.ptp(line.get_xdata()))), 30, places=6)
        self.assertGreater(len(ax.lines), 100)

    def test_a_film_has_a_frame_for_each_time(self):
        self.assertIn("views.gif", self.pictures(self.plane.directory, "--animate", "--views", "collagen,damage"))
        with Image.open(self.plane.directory / "views" / "views.gif") as film:
            self.assertEqual(film.n_frames, 3)
            stay = []
            for k in range(film.n_frames):
                film.seek(k)
                stay.append(film.info["duration"] / 1000)
        self.assertAlmostEqual(sum(stay), 6, delta=0.1)  # five seconds, and one for the last picture
        self.assertAlmostEqual(stay[-1] - stay[0], 1, delta=0.02)

    def test_a_film_of_many_times_has_eight_a_second(self):
        self.assertEqual(views.pace_of(60), 125)
        self.assertEqual(views.pace_of(10), 500)

    @unittest.skipUnless(shutil.which("ffmpeg") and shutil.which("ffprobe"), "needs ffmpeg")
    def test_a_film_for_players_lasts_as_long(self):
        path = self.folder / "film.mp4"
        views.save_mp4([Image.new("RGB", (64, 48), (20 * k, 0, 0)) for k in range(10)], path)
        probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)]
        self.assertAlmostEqual(float(subprocess.run(probe, capture_output=True, text=True).stdout), 6, delta=0.1)

    def test_what_cannot_be_is_refused_at_once_and_nothing_is_written(self):
        with unittest.mock.patch.dict(os.environ, PATH="/nowhere"):
            said = self.refused("--views", "colagen,nothing", "--animate", "mp4", "--paraview")
        for words in ("did you mean 'collagen'", "no view 'nothing'", "needs ffmpeg", "needs xvfb-run, pvbatch"):
            self.assertIn(words, said)

    def test_views_without_fields_are_named(self):
        with self.assertRaisesRegex(OutputError, "no fields for fibres"):
            views.main([str(self.plane.directory), "--views", "fibres"])
        with self.assertRaisesRegex(OutputError, "cannot be seen from above"):
            views.main([str(self.plane.directory), "--above", "1"])


if __name__ == "__main__":
    unittest.main()
