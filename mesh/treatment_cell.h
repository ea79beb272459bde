// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/needle_geometry.h"
#include "mesh/skin_patch.h"

#include <deal.II/grid/tria.h>

#include <vector>

namespace cutis
{
  /** Material ids of the metal of a needle, beside those of the layers of skin. */
  enum class NeedlePart : dealii::types::material_id
  {
    exposed = 10, ///< bare metal: cylinder and flat end, an electrode
    shaft = 11    ///< coated metal: no current passes its wall, heat does
  };

  inline bool is_needle(const dealii::types::material_id id)
  {
    return id >= static_cast<dealii::types::material_id>(NeedlePart::exposed);
  }

  /** Boundary ids of the faces: what happens to current and heat. */
  enum class TreatmentBoundary : dealii::types::boundary_id
  {
    surface = 0,   ///< skin surface: no current, cooled or adiabatic
    insulated = 1, ///< mirror planes, far sides, hub of a needle: neither current nor heat
    ground = 2,    ///< potential zero: plane between the needles of a pair, or return electrode
    electrode = 3  ///< driven potential; for cells whose electrode is a boundary instead of a needle
  };

  /**
   * Sizes of the cells of a treatment cell: at the two rims of the exposed metal, where the gradient of the potential
   * is singular, they are of `finest`, and grow with the distance d from there as finest + growth d.
   */
  struct TreatmentGrading
  {
    double finest = .006; ///< mm
    double growth = .9;
    double largest = 1.; ///< mm
    int sectors = 2;     ///< cells across an eighth of a turn around the needle (3-D)
    int refinement = 0;  ///< uniform refinements on top
  };

  /**
   * The tissue around a needle, of which `copies` mirror images make up the whole. Lengths in mm; the last coordinate
   * is minus the depth. In 2-D the coordinates are the distance from the axis and minus the depth.
   */
  template <int dim>
  struct TreatmentCell
  {
    dealii::Triangulation<dim> triangulation;
    double copies = 1.; ///< needles and halves: 4 for a quarter of a pair
    double share = 1.;  ///< of the driving voltage between the electrode and the ground
  };

  /**
   * A quarter of the box around a pair of needles (bipolar), -`box_depth` <= z <= 0, with mirror planes x = 0 (the
   * ground, midway between the needles) and y = 0 (through both axes). The needle is a cylinder with a flat end and
   * curved cells, its metal meshed. BadInput with the sentences of `problems_of`.
   */
  void make_needle_pair(const NeedleGeometry &needle,
                        const std::vector<LayerExtent> &layers,
                        const TreatmentGrading &grading,
                        TreatmentCell<3> &cell);

  /** Polarities of the needles of an array that fire all at once. */
  enum class FiringPattern
  {
    checkerboard, ///< opposite to all four neighbours
    rows          ///< opposite to the neighbours in the next rows, equal within a row (along x)
  };

  /**
   * Half a needle of a large array whose needles fire all at once, in the square that ends halfway to its neighbours:
   * the needle at (pitch/2, 0), 0 <= x <= pitch, 0 <= y <= pitch/2. No heat crosses these planes by symmetry. Towards
   * opposite needles they are the ground, towards equal ones no current crosses them. Two needles make a pair.
   */
  void make_needle_tile(const NeedleGeometry &needle,
                        FiringPattern pattern,
                        const std::vector<LayerExtent> &layers,
                        const TreatmentGrading &grading,
                        TreatmentCell<3> &cell);

  /** The half-plane of a single needle on the axis (monopolar); the far side and the base are the return electrode. */
  void make_single_needle(const NeedleGeometry &needle,
                          const std::vector<LayerExtent> &layers,
                          const TreatmentGrading &grading,
                          TreatmentCell<2> &cell);
} // namespace cutis
