// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/lesion_table.h"
#include "interventions/region.h"
#include "mesh/needle_geometry.h"

#include <vector>

namespace cutis
{
  class Parameters;

  /** Fractions of the tissue at a place that a session destroys, and what it does to the rest. */
  struct SessionEffect
  {
    double collagen = 0.; ///< denatured
    double cells    = 0.; ///< dead, by heat or under a needle
    double track    = 0.; ///< under a needle
    double shock    = 0.; ///< stimulus of heat that cells survive
  };

  /** Those of the places that lie not farther away than `reach` along either axis of the skin. */
  std::vector<Place> near(const std::vector<Place> &places, const Place &where, double reach);

  /**
   * Needles in rows along the width of the patch. Bipolar needles fire in pairs, the first with the second of each row
   * and so on, one pair after the other; then the damage integrals of all pairs are added.
   */
  struct NeedleArray
  {
    NeedleGeometry needle;
    int            columns = 6, rows = 6;        ///< needles along the width and along the length
    double         centre_x = 0., centre_y = 0.; ///< mm

    void declare(Parameters &parameters);
    void check(Parameters &parameters, const PatchExtent &patch) const;

    /** Middles of the pairs, or needles, that are fired. In a section one row lies in its plane. */
    std::vector<Place> sources(bool section) const;
    std::vector<Place> needles(bool section) const;

    /** Damage at a place by all these sources, one after the other. */
    LesionDamage damage_at(const Place &place, const LesionTable &lesion, const std::vector<Place> &sources) const;
    /** What a session does at a place, with the lesion around each of the sources. */
    SessionEffect effect_at(const Place              &place,
                            const LesionTable        &lesion,
                            const std::vector<Place> &sources,
                            const std::vector<Place> &needles) const;

    /**
     * Integrals of these effects over the skin as if it went on for ever, without a mesh [mm^3]; in a section over its
     * plane [mm^2]. The shock is left out.
     */
    SessionEffect integrals(const LesionTable &lesion, bool section) const;
  };
} // namespace cutis
