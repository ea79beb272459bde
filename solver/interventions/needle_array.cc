// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needle_array.h"

#include "base/parameters.h"
#include "base/text.h"
#include "model/thermal_damage.h"

#include <cmath>

namespace cutis
{
  void NeedleArray::declare(Parameters &parameters)
  {
    needle.declare(parameters);
    parameters.add("RF microneedling/Columns",
                   columns,
                   {1., 100.},
                   {"Needles along the width of the patch; of a bipolar array an even number."});
    parameters.add("RF microneedling/Rows", rows, {1., 100.}, {"Needles along its length."});
    parameters.add("RF microneedling/Centre along width", centre_x, "mm", Range(), {"Centre of the array."});
    parameters.add("RF microneedling/Centre along length", centre_y, "mm", Range(), {"The same in a 3-D patch."});
    parameters.add_choice("RF microneedling/Firing",
                          firing,
                          {"in turn", "at once"},
                          {"in turn: one pair, or one monopolar needle, after the other. at once: all bipolar needles "
                           "at the same time; each one is taken to stand in the middle of a large array."});
    parameters.add_choice("RF microneedling/Pattern",
                          pattern,
                          {"checkerboard", "rows"},
                          {"Polarities of needles that fire at once. checkerboard: opposite to all four neighbours. "
                           "rows: equal within a row along the width, opposite in the next."});
    parameters.add("RF microneedling/Residual heat",
                   residual_heat,
                   {"Needles that fire in turn meet the heat that earlier ones have left; a second firing, into warm "
                    "tissue, is computed for it. false: the tissue has cooled."});
    parameters.add("RF microneedling/Interval",
                   interval,
                   "s",
                   Range::positive(),
                   {"Time from one firing to the next, for the residual heat.", Provenance::assumed, "2 to 4 s"});
  }

  void NeedleArray::check(Parameters &parameters, const PatchExtent &patch) const
  {
    for (const std::string &sentence : problems_of(needle))
      parameters.problem("RF microneedling/Tip depth", sentence);
    if (at_once() && !needle.bipolar())
      parameters.problem("RF microneedling/Firing",
                         "monopolar needles fire in turn: their number and the distance of the return electrode would "
                         "decide everything if they fired at once.");
    if (at_once() && residual_heat)
      parameters.problem("RF microneedling/Residual heat",
                         "needles that fire at once have no earlier ones whose heat they could meet.");
    if (needle.bipolar() && !at_once() && columns % 2 != 0)
      parameters.problem("RF microneedling/Columns",
                         "bipolar needles fire in pairs along the rows; " + std::to_string(columns) +
                           " needles leave one without a partner.");
    const double width = (columns - 1) * needle.pitch, length = (rows - 1) * needle.pitch;
    if (std::abs(centre_x) + .5 * width > .5 * patch.width)
      parameters.problem("RF microneedling/Columns",
                         "the array is " + format_rounded(width, 3) + " mm wide and reaches beyond the patch of " +
                           format_rounded(patch.width, 3) + " mm.");
    if (patch.dimension == 3 && std::abs(centre_y) + .5 * length > .5 * patch.length)
      parameters.problem("RF microneedling/Rows",
                         "the array is " + format_rounded(length, 3) + " mm long and reaches beyond the patch of " +
                           format_rounded(patch.length, 3) + " mm.");
    if (needle.tip_depth >= patch.depth)
      parameters.problem("RF microneedling/Tip depth",
                         "the tips at " + format_rounded(needle.tip_depth, 3) + " mm lie below the patch, which is " +
                           format_rounded(patch.depth, 3) + " mm deep.");
  }

  std::vector<Place> NeedleArray::needles(const bool section) const
  {
    std::vector<Place> places;
    const int          middle = rows / 2;
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c)
        places.push_back({centre_x + (c - .5 * (columns - 1)) * needle.pitch,
                          section ? (r - middle) * needle.pitch : centre_y + (r - .5 * (rows - 1)) * needle.pitch,
                          needle.tip_depth});
    return places;
  }

  std::vector<Place> NeedleArray::sources(const bool section) const
  {
    const std::vector<Place> all = needles(section);
    if (!needle.bipolar() || at_once())
      return all;
    std::vector<Place> pairs;
    for (std::size_t n = 0; n + 1 < all.size(); n += 2)
      pairs.push_back({.5 * (all[n].x + all[n + 1].x), all[n].y, all[n].depth});
    return pairs;
  }

  FiringPattern NeedleArray::firing_pattern() const
  {
    return pattern == "rows" ? FiringPattern::rows : FiringPattern::checkerboard;
  }

  int NeedleArray::turns_between(const Place &earlier, const Place &later) const
  {
    const int per_source = needle.bipolar() ? 2 : 1;
    const int steps      = static_cast<int>(std::lround((later.x - earlier.x) / (per_source * needle.pitch)));
    const int rows_on    = static_cast<int>(std::lround((later.y - earlier.y) / needle.pitch));
    return rows_on * (columns / per_source) + steps;
  }

  LesionDamage NeedleArray::damage_by(const Place              &source,
                                      const Place              &place,
                                      const LesionTable        &lesion,
                                      const std::vector<Place> &sources) const
  {
    const auto from = [&](const Place &centre) -> Place {
      return {place.x - centre.x, place.y - centre.y, place.depth};
    };
    const Place relative = from(source);
    if (std::abs(relative.x) >= lesion.reach().x || std::abs(relative.y) >= lesion.reach().y)
      return {};
    if (at_once())
    {
      const double half = .5 * needle.pitch;
      const bool   own  = relative.x >= -half && relative.x < half && relative.y >= -half && relative.y < half;
      return own ? lesion.at(relative) : LesionDamage();
    }
    double warmer = 0.;
    if (lesion.leaves_heat())
      for (const Place &other : sources)
        warmer += lesion.rise(from(other), turns_between(other, source));
    return lesion.at(relative, warmer);
  }

  LesionDamage
  NeedleArray::damage_at(const Place &place, const LesionTable &lesion, const std::vector<Place> &sources) const
  {
    LesionDamage sum;
    for (const Place &source : sources)
    {
      const LesionDamage one = damage_by(source, place, lesion, sources);
      sum.collagen += one.collagen;
      sum.cells += one.cells;
    }
    return sum;
  }

  SessionEffect NeedleArray::effect_at(const Place              &place,
                                       const LesionTable        &lesion,
                                       const std::vector<Place> &sources,
                                       const std::vector<Place> &needles) const
  {
    const LesionDamage sum = damage_at(place, lesion, sources);
    SessionEffect      effect;
    for (const Place &n : needles)
      if (place.depth <= n.depth && std::hypot(place.x - n.x, place.y - n.y) <= needle.radius())
        effect.track = 1.;
    constexpr double half_shock = .1; // Omega of cells at which the stimulus is half
    effect.collagen             = damaged_fraction(sum.collagen);
    effect.cells                = std::max(effect.track, damaged_fraction(sum.cells));
    effect.shock                = (1. - effect.cells) * sum.cells / (half_shock + sum.cells);
    return effect;
  }
} // namespace cutis
