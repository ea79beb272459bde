// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needles/needle_array.h"

#include "base/parameters.h"
#include "base/text.h"
#include "model/heat/thermal_damage.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  std::vector<Place> near(const std::vector<Place> &places, const Place &where, const double reach)
  {
    std::vector<Place> those;
    for (const Place &place : places)
      if (std::abs(place.x - where.x) < reach && std::abs(place.y - where.y) < reach)
        those.push_back(place);
    return those;
  }

  void NeedleArray::declare(Parameters &parameters)
  {
    needle.declare(parameters);
    parameters.add("RF microneedling/Columns",
                   columns,
                   {1., 100.},
                   {"Needles along the width of the patch; of a bipolar array an even number."});
    parameters.add("RF microneedling/Rows", rows, {1., 100.}, {"Needles along its length."});
    parameters.add("RF microneedling/Centre along width", centre_x, "mm", {-2e3, 2e3}, {"Centre of the array."});
    parameters.add("RF microneedling/Centre along length", centre_y, "mm", {-2e3, 2e3}, {"The same in a 3-D patch."});
    parameters.add_choice("RF microneedling/Firing",
                          firing,
                          {{Firing::in_turn, "in turn"}, {Firing::at_once, "at once"}},
                          {"in turn: one pair, or one monopolar needle, after the other. at once: all bipolar needles "
                           "at the same time; each one is taken to stand in the middle of a large array."});
    parameters.add_choice("RF microneedling/Pattern",
                          pattern,
                          {{FiringPattern::checkerboard, "checkerboard"}, {FiringPattern::rows, "rows"}},
                          {"Polarities of needles that fire at once. checkerboard: opposite to all four neighbours. "
                           "rows: equal within a row along the width, opposite in the next."});
    parameters.add("RF microneedling/Residual heat",
                   residual_heat,
                   {"Needles that fire in turn meet the heat that earlier ones have left; a second firing, into warm "
                    "tissue, is computed for it. false: the tissue has cooled."});
    parameters.add("RF microneedling/Interval",
                   interval,
                   "s",
                   {1e-3, 1e6},
                   {"Time from one firing to the next, for the residual heat.", Provenance::assumed, "2 to 4 s"});
  }

  void NeedleArray::check(const Parameters &parameters, const PatchExtent &patch) const
  {
    for (const Problem &problem : problems_of(needle))
      parameters.problem(problem.path, problem.sentence);
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
    const auto check_extent =
      [&](
        const int count, const double centre, const Reach &side, const std::string &name, const std::string &direction)
    {
      const double half = .5 * ((count - 1) * needle.pitch + needle.diameter);
      if (!side.contains(centre - half) || !side.contains(centre + half))
        parameters.problem("RF microneedling/" + name,
                           "the needles stand from " + format_rounded(centre - half, 3) + " to " +
                             format_rounded(centre + half, 3) + " mm along the " + direction +
                             " and reach beyond the patch, which goes " + side.in_words() +
                             "; take fewer needles, a smaller pitch or a larger patch.");
    };
    check_extent(columns, centre_x, patch.width, "Columns", "width");
    if (patch.dimension == 3)
      check_extent(rows, centre_y, patch.length, "Rows", "length");
    if (needle.tip_depth >= patch.depth)
      parameters.problem("RF microneedling/Tip depth",
                         "the tips at " + format_rounded(needle.tip_depth, 3) + " mm lie below the patch, which is " +
                           format_rounded(patch.depth, 3) + " mm deep.");
  }

  std::vector<Place> NeedleArray::needles(const bool section) const
  {
    std::vector<Place> places;
    const int middle = rows / 2;
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

  int NeedleArray::firings() const
  {
    return at_once() ? 1 : static_cast<int>(sources(false).size());
  }

  int NeedleArray::turns_between(const Place &earlier, const Place &later) const
  {
    const int per_source = needle.bipolar() ? 2 : 1;
    const int steps = static_cast<int>(std::lround((later.x - earlier.x) / (per_source * needle.pitch)));
    const int rows_on = static_cast<int>(std::lround((later.y - earlier.y) / needle.pitch));
    return rows_on * (columns / per_source) + steps;
  }

  LesionDamage NeedleArray::damage_by(const Place &source,
                                      const Place &place,
                                      const LesionTable &lesion,
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
      const bool own = relative.x >= -half && relative.x < half && relative.y >= -half && relative.y < half;
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

  SessionEffect NeedleArray::effect_at(const Place &place,
                                       const LesionTable &lesion,
                                       const std::vector<Place> &sources,
                                       const std::vector<Place> &needles) const
  {
    const LesionDamage sum = damage_at(place, lesion, sources);
    SessionEffect effect;
    constexpr double rim = .025; // mm, softens the edge of a track, or its size would depend on where nodes lie
    const auto inside = [&](const double way_in) { return std::clamp(.5 + way_in / rim, 0., 1.); };
    for (const Place &n : needles)
      effect.track =
        std::max(effect.track,
                 inside(needle.radius() - std::hypot(place.x - n.x, place.y - n.y)) * inside(n.depth - place.depth));
    constexpr double half_shock = .1; // Omega of cells at which the stimulus is half
    effect.collagen = damaged_fraction(sum.collagen);
    effect.cells = effect.track + (1. - effect.track) * damaged_fraction(sum.cells);
    effect.shock = (1. - effect.cells) * sum.cells / (half_shock + sum.cells);
    return effect;
  }

  namespace
  {
    /**
     * Adds the effects around one source, by the midpoint rule with the spacing of the table: rims are wider than that.
     * Where lesions meet, each source answers for its share of the damage. Cells end where the tile of a needle does.
     */
    void add_around(const Place &source,
                    const NeedleArray &array,
                    const LesionTable &lesion,
                    const bool section,
                    const std::vector<Place> &sources,
                    const std::vector<Place> &needles,
                    SessionEffect &sum)
    {
      constexpr double least = 1e-6; // Omega below which nothing counts
      const double half = .5 * array.needle.pitch;
      const double h = array.at_once() ? half / std::ceil(half / lesion.spacing()) : lesion.spacing();
      const double volume = section ? h * h : h * h * h;
      const Place &reach = lesion.reach();
      const auto cells = [&](const double length) { return static_cast<int>(std::ceil(length / h)); };
      const int nx = cells(reach.x), ny = cells(reach.y), nz = cells(reach.depth);
      for (int i = -nx; i < nx; ++i)
        for (int j = section ? 0 : -ny; j < (section ? 1 : ny); ++j)
          for (int k = 0; k < nz; ++k)
          {
            const Place relative{(i + .5) * h, section ? -source.y : (j + .5) * h, (k + .5) * h};
            const Place place{source.x + relative.x, source.y + relative.y, relative.depth};
            const LesionDamage own = array.damage_by(source, place, lesion, sources);
            if (own.cells < least && own.collagen < least)
              continue;
            const LesionDamage all = array.damage_at(place, lesion, sources);
            const SessionEffect effect = array.effect_at(place, lesion, sources, needles);
            sum.collagen += volume * effect.collagen * own.collagen / std::max(all.collagen, least * least);
            sum.cells += volume * (effect.cells - effect.track) * own.cells / all.cells;
          }
    }
  } // namespace

  SessionEffect NeedleArray::integrals(const LesionTable &lesion, const bool section) const
  {
    const std::vector<Place> all_sources = sources(section), all_needles = needles(section);
    const double reach = 2. * std::max(lesion.reach().x, lesion.reach().y) + needle.pitch;
    SessionEffect sum;
    for (const Place &source : all_sources)
      add_around(
        source, *this, lesion, section, near(all_sources, source, reach), near(all_needles, source, reach), sum);
    for (const Place &n : all_needles)
      if (!section)
        sum.track += M_PI * needle.radius() * needle.radius() * n.depth;
      else if (std::abs(n.y) < needle.radius())
        sum.track += 2. * std::sqrt(needle.radius() * needle.radius() - n.y * n.y) * n.depth;
    sum.cells += sum.track;
    return sum;
  }
} // namespace cutis
