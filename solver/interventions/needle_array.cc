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
  }

  void NeedleArray::check(Parameters &parameters, const PatchExtent &patch) const
  {
    for (const std::string &sentence : problems_of(needle))
      parameters.problem("RF microneedling/Tip depth", sentence);
    if (needle.bipolar() && columns % 2 != 0)
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
    if (!needle.bipolar())
      return all;
    std::vector<Place> pairs;
    for (std::size_t n = 0; n + 1 < all.size(); n += 2)
      pairs.push_back({.5 * (all[n].x + all[n + 1].x), all[n].y, all[n].depth});
    return pairs;
  }

  SessionEffect NeedleArray::effect_at(const Place              &place,
                                       const LesionTable        &lesion,
                                       const std::vector<Place> &sources,
                                       const std::vector<Place> &needles) const
  {
    LesionDamage sum;
    for (const Place &source : sources)
    {
      const Place relative{place.x - source.x, place.y - source.y, place.depth};
      if (std::abs(relative.x) < lesion.reach().x && std::abs(relative.y) < lesion.reach().y)
      {
        const LesionDamage one = lesion.at(relative);
        sum.collagen += one.collagen;
        sum.cells += one.cells;
      }
    }
    SessionEffect effect;
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
