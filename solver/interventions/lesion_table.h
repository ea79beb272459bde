// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/place.h"

#include <array>
#include <functional>
#include <vector>

namespace cutis
{
  /** Damage integrals of collagen and of cells at a place. */
  struct LesionDamage
  {
    double collagen = 0., cells = 0.;
  };

  /** What the needles did when they were fired once. */
  struct FiringRecord
  {
    double energy          = 0.; ///< of the current [J]
    double heat_defect     = 0.; ///< supplied less stored and lost heat, over the supplied
    double peak            = 0.; ///< of the tissue [degrees Celsius]
    double boiled          = 0.; ///< mm^3 that reached 100 degrees Celsius
    double collagen_lesion = 0.; ///< mm^3 in which half of the collagen or more is denatured
    double cell_lesion     = 0.; ///< mm^3 in which half of the cells or more are dead
  };

  /**
   * The damage around one pair of needles, or one needle, on a regular grid: places relative to the middle of the pair,
   * with the row of the pair along x. Four mirror images are one quarter. The rim of a lesion is 50 um wide, but the
   * logarithm of Omega is smooth; so that is what is tabulated and interpolated.
   */
  class LesionTable
  {
  public:
    /** No damage anywhere. */
    LesionTable() = default;
    /** Tabulate `damage` from the middle to `reach` along x, y and depth [mm]. */
    LesionTable(const Place &reach, double spacing, const std::function<LesionDamage(const Place &)> &damage);

    /** Damage at a place; none beyond the table. */
    LesionDamage at(const Place &relative) const;
    /** How far from its middle there is damage; not farther than was tabulated. */
    const Place &reach() const { return reach_; }
    double       spacing() const { return spacing_; }

  private:
    Place                             reach_{0., 0., 0.};
    double                            spacing_ = 1.;
    std::array<std::size_t, 3>        n_       = {{0, 0, 0}};
    std::vector<std::array<float, 2>> log_damage_; ///< x fastest
  };
} // namespace cutis
