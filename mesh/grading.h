// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  /**
   * Cells across one layer.
   *
   * The wanted cell size starts at `first` on the upper side, rises with the slope \f$dh/dz\f$ = `slope` to at most
   * `largest` and falls again to `last` on the lower side. The layer is measured in cells,
   * \f$\xi(z) = \int_0^z dz' / h(z')\f$, and the faces lie at equal distances of \f$\xi\f$; where \f$h\f$ rises or
   * falls the cells then form a geometric sequence with the quotient \f$e^{\text{slope}\,\Delta\xi}\f$.
   */
  class LayerGrading
  {
  public:
    /** Sizes and thickness in mm; `first` and `last` at most `largest` and within reach of each other at this slope. */
    LayerGrading(double thickness, double first, double last, double largest, double slope);

    int cells() const { return cells_; }
    void add_cell() { ++cells_; }

    /** Distance of the k-th face from the upper side of the layer; 0 for k = 0, the thickness for k = cells() [mm]. */
    double face(int k) const;
    double first_cell() const { return face(1); }
    double last_cell() const { return thickness_ - face(cells_ - 1); }

  private:
    double thickness_, first_, last_, slope_;
    double peak_;                      ///< largest wanted size that is reached
    double rise_cells_, cells_wanted_; ///< value of xi at the end of the rise and at the lower side
    double fall_cells_;                ///< cells along the fall
    int cells_;
  };
} // namespace cutis
