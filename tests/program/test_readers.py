# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Tests of the fields that the program writes by programs that are not ours: ParaView, the library VTK and meshio find the output times,
cells, points and values that the tables of HDF5 hold, of runs on one and two ranks, that were resumed, on adapted meshes, with tensors and
in a block. A reader that is not installed is skipped (Debian packages python3-paraview or python3-vtk9, and python3-meshio).

python3 test_readers.py PROGRAM LAUNCHER [NAME ...]
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import test_field_files as files
import test_program as program

sys.path.insert(0, str(program.ROOT / "scripts"))
from cutis_output import FieldSeries  # noqa: E402

READER = pathlib.Path(__file__).with_name("foreign_reader.py")
CASES = {"plane": [*files.PLANE, *program.ON_STEPS], "tensors": files.WITH_TENSORS, "block": files.BLOCK}
AS_TABLES = 1e-5  # relative: between numbers of ranks; single precision is less


def read(python, reader, paths):
    """By path what the reader finds there."""
    done = subprocess.run([*python, str(READER), reader, *map(str, paths)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{reader}: {done.stderr[-1500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def python_with(module):
    """A Python that has the module, as a command; None if there is none."""
    for candidate in ("/usr/bin/python3", sys.executable):
        if pathlib.Path(candidate).exists() and subprocess.run([candidate, "-c", f"import {module}"], capture_output=True).returncode == 0:
            return [candidate]
    return None


PVPYTHON = ["pvpython"] if shutil.which("pvpython") else None
VTK, MESHIO = python_with("vtkmodules"), python_with("meshio")


@unittest.skipUnless(PVPYTHON or VTK or MESHIO, "no reader is installed")
class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutis-readers-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "small.prm").write_text(program.SMALL)
        cls.tables = {name: cls.make(f"{name}_tables", *settings) / "solution.xdmf" for name, settings in CASES.items()}
        cls.collections = {(name, ranks): cls.make_collection(name, ranks) for name in CASES for ranks in (None, 2)}

    @classmethod
    def make(cls, name, *settings, ranks=None):
        folder = cls.folder / name
        done = program.cutis("run", cls.folder / "small.prm", "--output", folder, *settings, ranks=ranks)
        if done.returncode != program.DONE:
            raise AssertionError(done.stdout + done.stderr)
        return folder

    @classmethod
    def make_collection(cls, name, ranks):
        """A run in files of VTK; the plane one is resumed."""
        settings = [*CASES[name], files.VTU]
        if name == "plane":
            cls.make(f"{name}_{ranks}", *settings, "--set=Time/End=7 d", ranks=ranks)
            settings.append("--resume")
        return cls.make(f"{name}_{ranks}", *settings, ranks=ranks) / "solution.pvd"

    def assert_found(self, found, name, corners_apart):
        """What was found is what the tables hold, with a point for each node or for each corner of each cell."""
        series = FieldSeries(self.tables[name])
        names = sorted(set(re.findall('<Attribute Name="([^"]+)"', self.tables[name].read_text())))
        self.assertEqual([time["day"] for time in found], series.times)
        for number, time in enumerate(found):
            snapshot = series[number]
            self.assertEqual(time["cells"], len(snapshot.cells))
            self.assertEqual(time["points"], snapshot.cells.size if corners_apart else len(snapshot.nodes))
            self.assertEqual(sorted(time["arrays"]), names)
            for field, (components, low, high) in time["arrays"].items():
                with self.subTest(day=time["day"], field=field):
                    values = snapshot[field].reshape(len(snapshot.nodes), -1)
                    self.assertEqual(components, 9 if values.shape[1] == 6 else values.shape[1])
                    size = max(abs(values[:, 0]).max(), 1e-3)
                    self.assertLess(abs(low - values[:, 0].min()) / size, AS_TABLES)
                    self.assertLess(abs(high - values[:, 0].max()) / size, AS_TABLES)

    def assert_reads_collections(self, python, reader, of_ranks):
        runs = {key: path for key, path in self.collections.items() if key[1] in of_ranks}
        found = read(python, reader, runs.values())
        for (name, ranks), path in runs.items():
            with self.subTest(case=name, ranks=ranks):
                self.assert_found(found[str(path)], name, corners_apart=True)

    @unittest.skipUnless(PVPYTHON, "pvpython is not installed")
    def test_paraview(self):
        found = read(PVPYTHON, "paraview", self.tables.values())
        for name, path in self.tables.items():
            with self.subTest(case=name, format="XDMF"):
                self.assert_found(found[str(path)], name, corners_apart=False)
        self.assert_reads_collections(PVPYTHON, "paraview", (None, 2))

    @unittest.skipUnless(VTK, "no Python here has VTK")
    def test_vtk(self):
        self.assert_reads_collections(VTK, "vtk", (None, 2))

    @unittest.skipUnless(MESHIO, "no Python here has meshio")
    def test_meshio(self):
        """Of one rank: of several pieces it keeps the cells of the last (findings/meshio_vtu_pieces.sh)."""
        self.assert_reads_collections(MESHIO, "meshio", (None,))


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = map(str, map(pathlib.Path, sys.argv[1:3]))
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
