# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the fields that the program writes: files of VTK hold what the tables of HDF5 hold, on any number of ranks, after an
interruption, and after a change of format; and the lines of the manual that read them.

python3 test_field_files.py PROGRAM LAUNCHER [NAME ...]
"""

import pathlib
import re
import shutil
import sys
import unittest

import numpy as np

import test_program as program

sys.path.insert(0, str(program.ROOT / "scripts"))
from cutis_output import FieldSeries  # noqa: E402
from cutis_vtu import times_and_files  # noqa: E402

VTU = "--set=Output/Format=VTU"
SINGLE = 2e-7  # relative: single precision
PLANE = ["--set=PLLA/Sessions=0 d", "--set=Time/End=14 d", "--set=Mesh/Adaptive=true", "--set=Output/Every=7 d"]
WITH_TENSORS = ["--set=PLLA/Sessions=0 d", "--set=Time/End=1 d", "--set=Mesh/Cell size=1 mm", "--set=Mechanics/Enabled=true", "--set=Mechanics/Tension along=24 kPa",
                "--set=Mechanics/Tension across=17 kPa", "--set=Output/Every=1 d"]
BLOCK = ["--set=Mesh/Dimension=3", "--set=Mesh/Length=4 mm", "--set=Mesh/Width=4 mm", "--set=Mesh/Cell size=1 mm",
         "--set=PLLA/Shape=everywhere", "--set=Time/End=3 d", "--set=Output/Every=3 d", "--set=PLLA/Sessions=0 d"]


def in_order(snapshot):
    """The order in which nodes at the same places come in both formats."""
    return np.lexsort(np.round(snapshot.nodes, 4).T)


def difference(one, other):
    """Largest difference of any field at any node, relative to its largest value there; nodes must lie at the same places."""
    a, b = in_order(one), in_order(other)
    assert one.names == other.names, (one.names, other.names)
    places = np.abs(one.nodes[a] - other.nodes[b]).max()
    assert places < 1e-5, places
    worst = 0.0
    for name in one.names:
        x, y = one[name][a], other[name][b]
        assert x.shape == y.shape, (name, x.shape, y.shape)
        worst = max(worst, np.abs(x - y).max() / max(np.abs(x).max(), 1e-3))
    return worst


def corners(snapshot):
    """The cells as the places of their corners, in an order of their own."""
    places = np.round(snapshot.nodes[snapshot.cells], 4) + 0.0
    return places.reshape(len(places), -1)[np.lexsort(places.mean(axis=1).T)]


class FieldFiles(program.ProgramTest):
    def fields(self, name, *settings, **options):
        folder, _ = self.run_small(name, *settings, **options)
        return FieldSeries(folder / "solution.xdmf")

    def assert_same(self, one, other, tolerance):
        self.assertEqual(one.times, other.times)
        for n, time in enumerate(one.times):
            with self.subTest(time=time):
                self.assertLess(difference(one[n], other[n]), tolerance)
                np.testing.assert_allclose(corners(one[n]), corners(other[n]), atol=2e-4)

    def test_files_of_vtk_hold_what_tables_hold(self):
        for name, settings in (("plane", PLANE), ("tensors", WITH_TENSORS), ("block", BLOCK)):
            with self.subTest(name):
                tables = self.fields(f"{name}_tables", *settings)
                for ranks in (None, 2, 3):
                    files = self.fields(f"{name}_{ranks}", *settings, VTU, ranks=ranks)
                    self.assertFalse(files.path.exists())
                    self.assert_same(tables, files, SINGLE if ranks is None else 1e-5)

    def test_one_file_of_every_time_and_one_collection(self):
        folder, _ = self.run_small("run", VTU)
        self.assertEqual(sorted(file.name for file in (folder / "fields").iterdir()), [f"solution-{n:05}.vtu" for n in range(5)])
        self.assertEqual([time for time, _ in times_and_files(folder / "solution.pvd")], [0, 7, 14, 21, 28])

    def test_interrupted_and_resumed_no_time_is_lost_or_doubled(self):
        whole = self.fields("whole", VTU)
        cut = self.folder / "cut"
        self.interrupt_after_a_row(cut, (VTU, "--set", "Time/Largest step=0.0003 d"))
        self.assertEqual([time for time, _ in times_and_files(cut / "solution.pvd")][0], 0)
        self.run_small("cut", VTU, "--resume")
        resumed = FieldSeries(cut / "solution.xdmf")
        self.assertEqual([time for time, _ in times_and_files(cut / "solution.pvd")], whole.times)
        self.assertLess(difference(whole[-1], resumed[-1]), 1e-3)  # the steps differ

    def test_what_lies_behind_the_checkpoint_is_left_out(self):
        """A copy of the state on day 14 is put back after the run has gone on to day 28."""
        settings = [VTU, "--set=PLLA/Sessions=0 d"]
        folder, _ = self.run_small("run", *settings, "--set=Time/End=14 d")
        shutil.copytree(folder / "checkpoint", self.folder / "kept")
        kept = (folder / "timeseries.csv").read_bytes()
        self.run_small("run", *settings, "--resume")
        self.assertEqual([time for time, _ in times_and_files(folder / "solution.pvd")], [0, 7, 14, 21, 28])
        shutil.rmtree(folder / "checkpoint")
        shutil.copytree(self.folder / "kept", folder / "checkpoint")
        (folder / "timeseries.csv").write_bytes(kept)
        self.run_small("run", *settings, "--resume", "--set=Time/End=18 d")
        self.assertEqual([time for time, _ in times_and_files(folder / "solution.pvd")], [0, 7, 14, 18])

    def test_a_run_may_go_on_in_the_other_format(self):
        settings = ["--set=PLLA/Sessions=0 d", *program.ON_STEPS]
        whole = self.fields("whole", *settings)
        folder, _ = self.run_small("run", *settings, "--set=Time/End=7 d")
        self.run_small("run", *settings, "--resume", VTU, "--set=Time/End=14 d")
        self.run_small("run", *settings, "--resume")
        self.assertEqual(program.field_times(folder), [0, 7, 21, 28])
        self.assertEqual([time for time, _ in times_and_files(folder / "solution.pvd")], [14])
        mixed = FieldSeries(folder / "solution.xdmf")
        self.assertEqual(mixed.times, whole.times)
        self.assertLess(difference(whole[-1], mixed[-1]), 1e-3)
        self.run_small("run", "--overwrite", *settings, VTU)
        self.assertFalse((folder / "solution.xdmf").exists())
        self.assertEqual(sorted({file.suffix for file in (folder / "fields").iterdir()}), [".vtu"])

    def test_a_lost_file_is_named_and_left_out(self):
        settings = [VTU, "--set=PLLA/Sessions=0 d"]
        folder, _ = self.run_small("run", *settings, "--set=Time/End=14 d")
        (folder / "fields" / "solution-00001.vtu").unlink()
        _, result = self.run_small("run", *settings, "--resume")
        self.assertIn("fields/solution-00001.vtu", result.stdout + result.stderr)
        self.assertEqual([time for time, _ in times_and_files(folder / "solution.pvd")], [0, 14, 21, 28])

    def test_a_wrong_name_of_a_format_is_refused(self):
        _, result = self.run_small("run", "--set=Output/Format=VTK", expect=program.BAD_INPUT)
        self.expect_bad_input(result, "Output/Format", "VTU")
        self.assertFalse((self.folder / "run").exists())

    def test_the_lines_of_the_manual_read_a_field(self):
        page = (program.ROOT / "docs" / "user_guide.md").read_text(encoding="utf-8")
        lines = re.search(r"```python\n(import h5py.*?)```", page, re.S).group(1)
        folder, _ = self.run_small("run")
        names = {}
        exec(lines.replace("results/plla", str(folder)), names)
        snapshot = FieldSeries(folder / "solution.xdmf")[names["number"]]
        np.testing.assert_array_equal(names["collagen"], snapshot["collagen_total"])
        depth = -snapshot.nodes[:, 1]
        self.assertTrue(np.all(depth[names["dermis"]] < 1.5 + 1e-6))
        self.assertTrue(np.all(depth[~names["dermis"]] > 1.5))


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = map(str, map(pathlib.Path, sys.argv[1:3]))
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
