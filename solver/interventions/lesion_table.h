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
    const Place &reach() const { return reach_; }

  private:
    Place                             reach_{0., 0., 0.};
    double                            spacing_ = 1.;
    std::array<std::size_t, 3>        n_       = {{0, 0, 0}};
    std::vector<std::array<float, 2>> log_damage_; ///< x fastest
  };
} // namespace cutis
