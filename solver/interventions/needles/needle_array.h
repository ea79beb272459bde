// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/needles/lesion_table.h"
#include "interventions/region.h"
#include "mesh/treatment_cell.h"

#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** Fractions of the tissue at a place that a session destroys, and what it does to the rest. */
  struct SessionEffect
  {
    double collagen = 0.; ///< denatured
    double cells = 0.;    ///< dead, by heat or under a needle
    double track = 0.;    ///< under a needle
    double shock = 0.;    ///< stimulus of heat that cells survive
  };

  /** Those of the places that lie not farther away than `reach` along either axis of the skin. */
  std::vector<Place> near(const std::vector<Place> &places, const Place &where, double reach);

  /**
   * Needles in rows along the width of the patch. Bipolar needles fire in pairs, the first with the second of each row
   * and so on, one pair after the other, row by row; then the damage integrals of all pairs are added. Or all of them
   * fire at once, and every needle has a square of the skin to itself.
   */
  struct NeedleArray
  {
    enum class Firing
    {
      in_turn,
      at_once
    };

    NeedleGeometry needle;
    int columns = 6, rows = 6;           ///< needles along the width and along the length
    double centre_x = 0., centre_y = 0.; ///< mm
    Firing firing = Firing::in_turn;
    FiringPattern pattern = FiringPattern::checkerboard; ///< of polarities, at once
    bool residual_heat = false;                          ///< the heat of earlier firings, in turn
    double interval = 3.;                                ///< s, from one firing to the next

    void declare(Parameters &parameters);
    void check(const Parameters &parameters, const PatchExtent &patch) const;

    bool at_once() const { return firing == Firing::at_once; }

    /** Middles of the pairs, or needles, that are fired, in their order. In a section one row lies in its plane. */
    std::vector<Place> sources(bool section) const;
    std::vector<Place> needles(bool section) const;
    /** Of a session, those out of the plane of a section too. */
    int firings() const;

    /** Firings from one source to another; negative if that is earlier. */
    int turns_between(const Place &earlier, const Place &later) const;

    /** Damage at a place by one of these sources, in the heat that earlier ones have left. */
    LesionDamage damage_by(const Place &source,
                           const Place &place,
                           const LesionTable &lesion,
                           const std::vector<Place> &sources) const;
    /** Damage at a place by all these sources. */
    LesionDamage damage_at(const Place &place, const LesionTable &lesion, const std::vector<Place> &sources) const;
    /** What a session does at a place, with the lesion around each of the sources. */
    SessionEffect effect_at(const Place &place,
                            const LesionTable &lesion,
                            const std::vector<Place> &sources,
                            const std::vector<Place> &needles) const;

    /**
     * Integrals of these effects over the skin as if it went on for ever, without a mesh [mm^3]; in a section over its
     * plane [mm^2]. The shock is left out.
     */
    SessionEffect integrals(const LesionTable &lesion, bool section) const;
  };
} // namespace cutis
