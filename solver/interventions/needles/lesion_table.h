// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/quarter_table.h"

namespace cutis
{
  /** Damage integrals of collagen and of cells at a place. */
  struct LesionDamage
  {
    double collagen = 0., cells = 0.;
  };

  /**
   * What firing did, for each needle: needles fire by themselves, in pairs or all at once, and are computed in ways
   * that have one or two of them; a share of one needle can be added up over any array.
   */
  struct FiringRecord
  {
    double energy = 0.;          ///< that the generator gave [J]
    double heat_defect = 0.;     ///< supplied less stored and lost heat, over the supplied
    double peak = 0.;            ///< of the tissue [degrees Celsius]
    double boiled = 0.;          ///< mm^3 that reached 100 degrees Celsius
    double collagen_lesion = 0.; ///< mm^3 in which half of the collagen or more is denatured
    double cell_lesion = 0.;     ///< mm^3 in which half of the cells or more are dead
  };

  /**
   * The damage around one pair of needles, or one needle, on a regular grid: places relative to the middle of the pair,
   * with the row of the pair along x. The rim of a lesion is 50 um wide, but the logarithm of Omega is smooth; so that
   * is what is tabulated and interpolated.
   *
   * It may know as well what the firing leaves for later ones: the rise of the temperature after each turn, and the
   * damage of a firing into tissue that is warmer. In between the logarithm of Omega is linear in the rise.
   */
  class LesionTable
  {
  public:
    using Damage = std::function<LesionDamage(const Place &)>;

    /** No damage anywhere. */
    LesionTable() = default;
    /** Tabulate `damage` from the middle to `reach` along x, y and depth [mm]. */
    LesionTable(const Place &reach, double spacing, const Damage &damage);
    /**
     * What later firings meet: the rise [K] that is left when those are hottest that fire one, two, ... turns later,
     * and the damage of a firing into tissue that was warmer by these kelvins.
     */
    void set_residual_heat(std::vector<QuarterTable<1>> rises, double warmer, const Damage &damage);

    /** Damage at a place if it was warmer by these kelvins; none beyond the table. */
    LesionDamage at(const Place &relative, double warmer = 0.) const;
    /** Kelvins that are left at a place for those who fire these turns later. */
    double rise(const Place &relative, int turns) const;
    bool leaves_heat() const { return !rises_.empty(); }
    const Place &reach() const { return log_damage_.reach(); }
    double spacing() const { return spacing_; }

  private:
    QuarterTable<2> log_damage_, log_damage_warm_;
    double spacing_ = 1., warmer_ = 0.;
    std::vector<QuarterTable<1>> rises_; ///< after one turn, two turns, ...
  };
} // namespace cutis
