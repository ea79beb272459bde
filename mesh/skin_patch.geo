// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
//
// A patch of skin of three layers for Gmsh, to start one's own geometry from. Lengths in mm; width along x, and the last
// coordinate is minus the depth. The names of the physical groups are the ones Cutis knows.
//
//   gmsh -2 skin_patch.geo -o skin.msh                      width x depth, quadrilaterals
//   gmsh -3 -setnumber length 10 skin_patch.geo -o skin.msh width x length x depth, hexahedra
//
// Everything in DefineConstant can be set on the command line in this way.

DefineConstant[
  width        = {10,   Min 0, Name "Size/Width"}
  length       = {0,    Min 0, Name "Size/Length (0: two dimensions)"}
  epidermis    = {0.1,  Min 0, Name "Layers/Epidermis"}
  dermis       = {1.5,  Min 0, Name "Layers/Dermis"}
  hypodermis   = {2.4,  Min 0, Name "Layers/Hypodermis"}
  across       = {20,   Min 1, Name "Cells/Along width and length"}
  n_epidermis  = {1,    Min 1, Name "Cells/Epidermis"}
  n_dermis     = {8,    Min 1, Name "Cells/Dermis"}
  n_hypodermis = {5,    Min 1, Name "Cells/Hypodermis"}
];

interface() = {0, -epidermis, -epidermis - dermis, -epidermis - dermis - hypodermis};
n_cells() = {n_epidermis, n_dermis, n_hypodermis};
thick = (length > 0);

// Horizontal lines at the interfaces, from left to right; in three dimensions they lie on the front side.
For i In {0 : 3}
  If (thick)
    Point(2 * i + 1) = {-width / 2, -length / 2, interface(i)};
    Point(2 * i + 2) = {width / 2, -length / 2, interface(i)};
  Else
    Point(2 * i + 1) = {-width / 2, interface(i), 0};
    Point(2 * i + 2) = {width / 2, interface(i), 0};
  EndIf
  Line(10 + i) = {2 * i + 1, 2 * i + 2};
  Transfinite Curve{10 + i} = across + 1;
EndFor

// One rectangle per layer: its left and right side, and the two interfaces it lies between.
For i In {0 : 2}
  Line(20 + i) = {2 * i + 1, 2 * i + 3};
  Line(30 + i) = {2 * i + 2, 2 * i + 4};
  Transfinite Curve{20 + i, 30 + i} = n_cells(i) + 1;
  Curve Loop(i + 1) = {20 + i, 10 + i + 1, -(30 + i), -(10 + i)};
  Plane Surface(i + 1) = {i + 1};
  Transfinite Surface{i + 1};
  Recombine Surface{i + 1};
EndFor

If (!thick)
  Physical Curve("surface") = {10};
  Physical Curve("base") = {13};
  Physical Curve("left") = {20, 21, 22};
  Physical Curve("right") = {30, 31, 32};
  Physical Surface("epidermis") = {1};
  Physical Surface("dermis") = {2};
  Physical Surface("hypodermis") = {3};
Else
  // Extruding a surface gives its copy, the volume, and the sides in the order of the curve loop.
  top() = Extrude{0, length, 0} { Surface{1}; Layers{across}; Recombine; };
  middle() = Extrude{0, length, 0} { Surface{2}; Layers{across}; Recombine; };
  bottom() = Extrude{0, length, 0} { Surface{3}; Layers{across}; Recombine; };
  Physical Surface("surface") = {top(5)};
  Physical Surface("base") = {bottom(3)};
  Physical Surface("left") = {top(2), middle(2), bottom(2)};
  Physical Surface("right") = {top(4), middle(4), bottom(4)};
  Physical Surface("front") = {1, 2, 3};
  Physical Surface("back") = {top(0), middle(0), bottom(0)};
  Physical Volume("epidermis") = {top(1)};
  Physical Volume("dermis") = {middle(1)};
  Physical Volume("hypodermis") = {bottom(1)};
EndIf
