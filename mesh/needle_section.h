// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/treatment_cell.h"

namespace cutis
{
  /** Material ids of the cells of a needle section. */
  enum class SectionPart : dealii::types::material_id
  {
    disc = 0, ///< inside the needle
    ring = 1, ///< between two circles around the needle; its cells are curved
    rest = 2
  };

  /**
   * The horizontal section of half a needle in a rectangle 0 <= x <= width, 0 <= y <= width, with the centre of the
   * needle at (pitch/2, 0): a half disc, circles around it, and a square around these that touches x = 0.
   */
  void
  make_needle_section(const NeedleGeometry &needle, const TreatmentGrading &grading, dealii::Triangulation<2> &section);

  /** That square alone, 0 <= x <= pitch, 0 <= y <= pitch/2: it ends halfway to the neighbours of the needle. */
  void
  make_needle_square(const NeedleGeometry &needle, const TreatmentGrading &grading, dealii::Triangulation<2> &section);
} // namespace cutis
