# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
"""Where stromal cells and their factors arrive: through the surface of a section and of a block, and in printed lines.

Usage: test_msc_routes.py CUTIS MPIEXEC [unittest arguments]
"""

import math
import os
import sys
import unittest

import test_program as program
from test_msc import summary
from test_program import time_series

# A slab of dermis that is the same in every column.
SLAB = """
set Title        = Factors on the skin
set Intervention = msc
subsection MSC
  set Route = topical
end
subsection Skin
  set Layers = dermis
  subsection dermis
    set Thickness = 2 mm
    set Cells     = 40
  end
end
subsection Mesh
  set Width     = 2 mm
  set Length    = 1.5 mm
  set Cell size = 0.5 mm
end
subsection Time
  set End       = 3 d
  set Tolerance = 1e-4
end
subsection Output
  set Every = 1 d
end
"""

# A section through the bed of a wound in young skin, on cells that resolve lines of .4 mm.
BED = """
set Title        = Cells printed on a wound
set Intervention = wound, msc
subsection Wound
  set Radius = 3 mm
end
subsection MSC
  set Route   = bioprint
  set Radius  = 3 mm
  set Pattern = stripes
end
subsection Host
  set Age    = 20 year
  set Ageing = false
end
subsection Skin
  set Layers = dermis
  subsection dermis
    set Thickness = 1.5 mm
    set Cells     = 6
  end
end
subsection Mesh
  set Width     = 12 mm
  set Cell size = 0.1 mm
end
subsection Time
  set End = 56 d
end
subsection Output
  set Every              = 7 d
  set Fields             = vegf
  set Probes along width = 0 mm, 0.5 mm, 1.5 mm
  set Probe depths       = 0.25 mm, 0.25 mm, 0.25 mm
end
"""



class Factors(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.file = self.write("slab.prm", SLAB)

    def per_area(self, name, *arguments):
        """What has passed the surface at the end, per mm^2 that was covered."""
        folder, _ = self.run_small(name, *arguments)
        last, covered = time_series(folder)[-1], summary(folder)["sessions"][0]["covered_mm2"]
        return covered, [last[column] / covered for column in ("hgf_brought [ng]", "vegf_delivered [ng]", "tgf_delivered [mm^3]")]

    def test_a_block_takes_up_what_a_section_does(self):
        strip, in_section = self.per_area("section")
        area, in_block = self.per_area("block", "--set=Mesh/Dimension=3")
        self.assertAlmostEqual(strip, 2, delta=1e-9, msg="2 mm by a strip of 1 mm")
        self.assertAlmostEqual(area, 3, delta=1e-9, msg="2 mm by 1.5 mm")
        # The skin is the same column in both; only their linear systems are solved in other ways.
        for of_block, of_section in zip(in_block, in_section):
            self.assertAlmostEqual(of_block, of_section, delta=1e-6 * of_section)
        # At most what flows into skin without any HGF in a day: kp c, kp = .0077 90 mm/d and half of it after .97 d.
        most = 0.0077 * 90 * 0.97 / math.log(2) * (1 - 2 ** (-1 / 0.97)) * 3.6 / 0.3 * 0.01
        self.assertLess(in_section[0], most)
        self.assertGreater(in_section[0], 0.8 * most)

    def test_a_closed_surface_lets_nothing_cross(self):
        for name, dimension in (("section", 2), ("block", 3)):
            with self.subTest(name=name):
                covered, through = self.per_area(name, f"--set=Mesh/Dimension={dimension}", "--set=MSC/Pores=none")
                self.assertGreater(covered, 1)
                self.assertEqual(through, [0, 0, 0])


class Pattern(program.ProgramTest):
    """Cells spread by .9 mm in a week and HGF reaches 1 mm, so that fine lines act as a closed layer."""

    def setUp(self):
        super().setUp()
        self.file = self.write("bed.prm", BED)

    @staticmethod
    def placed(folder):
        return summary(folder)["sessions"][-1]["living_cells"]

    def lines_and_layer(self, pitch):
        """Lines that cover .4 of the bed, and as many cells in a closed layer."""
        short, _ = self.run_small(f"short{pitch}", "--set=MSC/Pattern=uniform", "--set=Time/End=.01 d")
        lines, _ = self.run_small(f"lines{pitch}", f"--set=MSC/Pitch={pitch} mm", f"--set=MSC/Line width={0.4 * pitch:g} mm")
        diluted = f"--set=MSC/Concentration={1e7 * self.placed(lines) / self.placed(short):.15g} /mL"
        layer, _ = self.run_small(f"layer{pitch}", "--set=MSC/Pattern=uniform", diluted)
        self.assertAlmostEqual(self.placed(layer), self.placed(lines), delta=1e-6 * self.placed(lines))
        return time_series(lines), time_series(layer)

    @staticmethod
    def at(row, place, *fields):
        return sum(row[f"at_{place}_{field} [1]"] for field in fields)

    def test_a_pitch_of_one_acts_as_a_layer_and_one_of_three_less_so(self):
        wound = time_series(self.run_small("wound", "--set=Intervention=wound")[0])
        collagen = lambda row, place: self.at(row, place, "collagen_new", "collagen_mature")
        parts, contrasts = [], []
        for pitch, between in ((1, 2), (3, 3)):  # places: 1 on a line, 2 at .5 mm, 3 at 1.5 mm
            lines, layer = self.lines_and_layer(pitch)
            cells = [self.at(lines[1], place, "msc_early", "msc_lasting") for place in (1, between)]
            contrasts.append((cells[0] - cells[1]) / (cells[0] + cells[1]))
            of_pattern = lambda row, place: collagen(lines[row], place) - collagen(layer[row], place)
            of_cells = lambda row, place: collagen(layer[row], place) - collagen(wound[row], place)
            parts.append(max(abs(of_pattern(row, place) / of_cells(row, place)) for row in (4, 8) for place in (1, 2, 3)))
            for column in ("collagen_total [1]", "collagen_area_fraction [1]", "mean_fibroblast [1]", "msc_count [1]"):
                self.assertAlmostEqual(lines[4][column], layer[4][column], delta=0.01 * layer[4][column], msg=column)
        # After four and eight weeks, as a part of what the cells do to the collagen of a place: .024 and .098. A pitch of 1
        # gives .02 to .03 wherever the rim of the wound cuts the lines, finer ones less, as the square of the pitch.
        self.assertLess(parts[0], 0.05)
        self.assertGreater(parts[1], 2 * parts[0])
        # After a week only the first harmonic is left, 1.51 times the mean in the beginning, which decays as exp(-D k^2 t);
        # of pitch 3 the second is still .012 of it.
        first = lambda pitch: 2 * math.sin(0.4 * math.pi) / (0.4 * math.pi) * math.exp(-0.03 * (2 * math.pi / pitch) ** 2 * 7)
        self.assertAlmostEqual(contrasts[0], first(1), delta=0.01)
        self.assertAlmostEqual(contrasts[1], first(3), delta=0.03 * first(3))


if __name__ == "__main__":
    program.CUTIS, program.MPIEXEC = sys.argv[1:3]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
