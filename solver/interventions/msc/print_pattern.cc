// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/msc/print_pattern.h"

#include "base/parameters.h"
#include "base/text.h"

#include <cmath>

namespace cutis
{
  void PrintPattern::declare(Parameters &parameters, const std::string &section)
  {
    parameters.add_choice(section + "/Pattern",
                          kind,
                          {{Kind::uniform, "uniform"},
                           {Kind::stripes, "stripes"},
                           {Kind::lattice, "lattice"},
                           {Kind::droplets, "droplets"}},
                          {"What is printed: a closed layer, parallel lines, lines both ways, or droplets on a square "
                           "grid. Only for the route `bioprint`."});
    parameters.add(section + "/Pitch", pitch, "mm", {1e-3, 100.}, {"Distance from one line or droplet to the next."});
    parameters.add(section + "/Line width", width, "mm", {1e-3, 100.}, {"Width of a line, or diameter of a droplet."});
    parameters.add(section + "/Layer", layer, "mm", {1e-3, 100.}, {"Thickness of the printed layer."});
    parameters.add(section + "/Print rim", rim, "mm", {1e-6, 10.}, {"Width over which its edges are soft."});
  }

  void PrintPattern::check(const Parameters &parameters, const std::string &section) const
  {
    if (kind != Kind::uniform && width > pitch)
      parameters.problem(section + "/Line width",
                         "lines or droplets of " + format_number(width) + " mm overlap at a pitch of " +
                           format_number(pitch) + " mm; print a uniform layer, or set them further apart.");
  }

  double PrintPattern::inside(const double distance, const double half) const
  {
    return .5 * (1. + std::tanh((half - distance) / rim));
  }

  double PrintPattern::share(const Place &place, const unsigned int dimension) const
  {
    const auto to_nearest = [&](const double x) { return std::abs(x - pitch * std::round(x / pitch)); };
    const double deep = inside(place.depth, layer), x = to_nearest(place.x), y = to_nearest(place.y);
    const double along = inside(x, .5 * width);
    if (kind == Kind::uniform)
      return deep;
    if (kind == Kind::stripes || (kind == Kind::lattice && dimension == 2))
      return deep * along;
    if (kind == Kind::lattice)
      return deep * (1. - (1. - along) * (1. - inside(y, .5 * width)));
    return deep * inside(dimension == 2 ? x : std::hypot(x, y), .5 * width);
  }
} // namespace cutis
