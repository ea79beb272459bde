// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/region.h"

#include "base/parameters.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutis
{
  void Region::declare(Parameters &parameters, const std::string &section)
  {
    parameters.add_choice(
      section + "/Shape",
      shape,
      {"ball", "column", "plane", "everywhere"},
      {"Form of the treated body: a ball (flattened if it has a height), a column through all layers, a "
       "plane along the skin, or the whole patch. In a 2-D patch a ball is a cylinder across the section."});
    parameters.add_list(
      section + "/Centres along width", x, "mm", Range(), {"Centres of the bodies; 0 is the middle of the patch."});
    parameters.add_list(
      section + "/Centres along length",
      y,
      "mm",
      Range(),
      {"Centres of the bodies along the length of a 3-D patch, as many as along the width; empty: all 0."});
    parameters.add(section + "/Depth", depth, "mm", Range::non_negative(), {"Depth of the centres below the surface."});
    parameters.add(section + "/Rim width", rim, "mm", Range::positive(), {"Width of the soft edge."});
    parameters.add_choice(
      section + "/Rim profile",
      profile,
      {"tanh", "sine"},
      {"tanh: (1 - tanh(s/rim))/2 with the distance s to the edge. sine: half a sine wave from the edge "
       "outwards over the rim."});
  }

  void Region::check(const Parameters &parameters, const std::string &section, const PatchExtent &patch) const
  {
    if (shape == "everywhere")
      return;
    const auto outside = [&](const std::string &name, const double value, const std::string &limits)
    {
      parameters.problem(section + "/" + name,
                         "the centre at " + format_number(value) + " mm lies outside the skin patch, which reaches " +
                           limits + " mm.");
    };
    if (depth > patch.depth)
      outside("Depth", depth, "to a depth of " + format_number(patch.depth));
    if (shape == "plane")
      return;
    for (const double value : x)
      if (std::abs(value) > .5 * patch.width)
        outside("Centres along width",
                value,
                "from " + format_number(-.5 * patch.width) + " to " + format_number(.5 * patch.width));
    if (!y.empty() && patch.dimension == 2)
      parameters.problem(section + "/Centres along length", "a 2-D patch has no length; leave this empty.");
    else if (!y.empty() && y.size() != x.size())
      parameters.problem(section + "/Centres along length",
                         "has " + std::to_string(y.size()) + " centres, but there are " + std::to_string(x.size()) +
                           " along the width.");
    else
      for (const double value : y)
        if (std::abs(value) > .5 * patch.length)
          outside("Centres along length",
                  value,
                  "from " + format_number(-.5 * patch.length) + " to " + format_number(.5 * patch.length));
  }

  double Region::distance_to_edge(const Place &place) const
  {
    const double half_height = height > 0. ? .5 * height : radius;
    if (shape == "plane")
      return std::abs(place.depth - depth) - half_height;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < x.size(); ++c)
    {
      const double across = std::hypot(place.x - x[c], place.y - (y.empty() ? 0. : y[c]));
      const double distance =
        shape == "column"
          ? across - radius
          : (std::hypot(across / radius, (place.depth - depth) / half_height) - 1.) * std::min(radius, half_height);
      nearest = std::min(nearest, distance);
    }
    return nearest;
  }

  double Region::share(const Place &place) const
  {
    if (shape == "everywhere")
      return 1.;
    const double s = distance_to_edge(place);
    if (profile == "tanh")
      return .5 * (1. - std::tanh(s / rim));
    return .5 * (1. + std::cos(M_PI * std::clamp(s / rim, 0., 1.)));
  }
} // namespace cutis
