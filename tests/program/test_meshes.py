# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Meshes of users: the commands that the pages name, and skin that is curved or tilted.

Usage: test_meshes.py CUTIS MPIEXEC [unittest arguments]
"""

import math
import os
import re
import shlex
import shutil
import subprocess
import sys
import unittest

import test_program as program
from test_program import ROOT, cutis, largest_difference, time_series

# Sessions and the end of a documented run are brought forward: it is its mesh that is tried.
SOON = ["-q", "--set", "PLLA/Sessions=0 d", "--set", "Time/End=1 d"]

LAYERS = {"dermis": 1.5, "hypodermis": 2.0}  # mm


def documented_commands():
    """Every line of a page or a geometry that makes a mesh, and those that run it, with the file that says so."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "mesh").glob("*.geo"))]
    commands = []
    for page in pages:
        for line in page.read_text().splitlines():
            command = line.removeprefix("//").strip()
            if re.match(r"gmsh -\d", command):  # words behind the name of the mesh are remarks
                commands.append((page, re.match(r".*? -o \S+", command).group()))
            elif re.match(r"cutis (run|check) .*Mesh/File=", command):
                commands.append((page, command))
    return commands


def section(bend, across=24, down=(6, 4), width=10.0):
    """A mesh of two layers in the format 2.2, from flat skin whose nodes `bend` moves."""
    heights = [0.0]
    for thickness, cells in zip(LAYERS.values(), down):
        heights += [heights[-1] - thickness * (k + 1) / cells for k in range(cells)]
    n = across + 1
    nodes = [bend(width * (i / across - 0.5), y) for y in heights for i in range(n)]
    node = lambda i, j: j * n + i + 1
    last = len(heights) - 1
    elements = [(1, 1, (node(i, 0), node(i + 1, 0))) for i in range(across)]
    elements += [(1, 2, (node(i, last), node(i + 1, last))) for i in range(across)]
    elements += [(1, 3, (node(0, j), node(0, j + 1))) for j in range(last)]
    elements += [(1, 4, (node(across, j), node(across, j + 1))) for j in range(last)]
    for j in range(last):
        layer = 5 if j < down[0] else 6
        elements += [(3, layer, (node(i, j + 1), node(i + 1, j + 1), node(i + 1, j), node(i, j))) for i in range(across)]
    names = ["surface", "base", "left", "right", *LAYERS]
    lines = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$PhysicalNames", str(len(names))]
    lines += [f'{2 if name in LAYERS else 1} {k + 1} "{name}"' for k, name in enumerate(names)]
    lines += ["$EndPhysicalNames", "$Nodes", str(len(nodes))]
    lines += [f"{k + 1} {x!r} {y!r} 0" for k, (x, y) in enumerate(nodes)]
    lines += ["$EndNodes", "$Elements", str(len(elements))]
    lines += [f"{k + 1} {kind} 2 {tag} {tag} " + " ".join(map(str, of)) for k, (kind, tag, of) in enumerate(elements)]
    return "\n".join([*lines, "$EndElements", ""])


def ring(radius):
    return lambda x, y: ((radius + y) * math.sin(x / radius), (radius + y) * math.cos(x / radius) - radius)


def tilt(degrees):
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return lambda x, y: (c * x - s * y, s * x + c * y)


class Meshes(program.ProgramTest):
    @unittest.skipUnless(shutil.which("gmsh"), "Gmsh is not installed: the commands that make meshes are not tried.")
    def test_every_command_of_the_pages_works(self):
        for name in ("mesh", "parameters"):
            (self.folder / name).symlink_to(ROOT / name)
        commands = documented_commands()
        self.assertGreaterEqual(sum("gmsh" in command for _, command in commands), 4)
        for page, command in commands:
            with self.subTest(page=page.name, command=command):
                words = shlex.split(command)
                if words[0] == "cutis":
                    words = [program.CUTIS, *words[1:], *SOON]
                folder = self.folder if page.suffix == ".md" else self.folder / "beside"
                if folder.name == "beside" and not folder.exists():
                    shutil.copytree(ROOT / "mesh", folder)
                result = subprocess.run(words, cwd=folder, capture_output=True, text=True)
                self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def run_mesh(self, name, bend, ranks=None):
        mesh = self.write(f"{name}.msh", section(bend))
        return time_series(self.run_small(name, f"--set=Mesh/File={mesh}", "--set=Time/End=15 d", ranks=ranks)[0])

    def test_curved_skin_is_as_thick_as_it_is_along_its_normal(self):
        column = "dermal_thickness_at_site [mm]"
        flat = self.run_mesh("flat", lambda x, y: (x, y))[0][column]  # with the particles of the first session
        for radius in (60.0, 20.0):
            rows = self.run_mesh(f"ring{radius:g}", ring(radius))
            self.assertAlmostEqual(rows[0][column], flat, delta=0.002)

    def test_tilted_skin_does_what_flat_skin_does(self):
        # Lines of nodes that are straight but for a shear of 1e-7 are no tensor grid, so both are solved alike.
        flat, tilted = self.run_mesh("flat", lambda x, y: (x, y + 1e-7 * x)), self.run_mesh("tilted", tilt(20))
        difference, column, day = largest_difference(flat, tilted)
        self.assertLess(difference, 1e-5, f"{column} on day {day}")

    def test_curved_skin_is_the_same_on_any_number_of_ranks(self):
        alone = self.run_mesh("one", ring(30.0))
        for ranks in (2, 3):
            difference, column, day = largest_difference(alone, self.run_mesh(f"on{ranks}", ring(30.0), ranks))
            self.assertLess(difference, 1e-8, f"{column} on day {day}, {ranks} ranks")


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
