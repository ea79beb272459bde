// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/needle_geometry.h"

#include "base/parameters.h"
#include "base/text.h"

#include <cmath>

namespace cutis
{
  namespace
  {
    const std::string section = "RF microneedling/";

    std::string mm(const double length)
    {
      return format_number(length) + " mm";
    }
  } // namespace

  void NeedleGeometry::declare(Parameters &parameters)
  {
    parameters.add_choice(
      section + "Polarity",
      polarity,
      {"bipolar", "monopolar"},
      {"bipolar: the current flows between the two needles of a pair. monopolar: from a needle to "
       "a distant return electrode; drive it by current, since its power depends on the distance."});
    parameters.add(section + "Needle diameter", diameter, "mm", {.05, 1.}, {"Outer diameter (32 G: .235 mm)."});
    parameters.add(section + "Pitch", pitch, "mm", {.1, 50.}, {"Distance of the axes of the needles of a pair."});
    parameters.add(section + "Tip depth", tip_depth, "mm", {.05, 50.}, {"Depth of the flat end of the needles."});
    parameters.add(section + "Exposed length",
                   exposed_length,
                   "mm",
                   {.02, 50.},
                   {"Bare metal above the end of a needle; the shaft above it is insulated."});
    parameters.add(section + "Treated half width",
                   box_width,
                   "mm",
                   {.5, 50.},
                   {"Distance from the needles at which the tissue is cut off; the heat must not get there."});
    parameters.add(section + "Treated depth",
                   box_depth,
                   "mm",
                   {.5, 50.},
                   {"Depth at which the tissue is cut off; the heat must not get there."});
  }

  std::vector<Problem> problems_of(const NeedleGeometry &needle)
  {
    const auto &[polarity, diameter, pitch, tip, exposed, width, depth] = needle;
    std::vector<Problem> problems;
    const auto require = [&](const bool possible, const std::string &name, const std::string &sentence)
    {
      if (!possible)
        problems.push_back({section + name, sentence});
    };
    for (const auto &[name, length] : {std::pair<const char *, double>{"Needle diameter", diameter},
                                       {"Pitch", pitch},
                                       {"Tip depth", tip},
                                       {"Exposed length", exposed},
                                       {"Treated half width", width},
                                       {"Treated depth", depth}})
      require(std::isfinite(length) && length > 0.,
              name,
              "The " + lower_case(name) + " must be positive, but it is " + mm(length) + ".");
    if (!problems.empty())
      return problems;

    require(polarity == "bipolar" || polarity == "monopolar",
            "Polarity",
            "The polarity of the needles must be bipolar or monopolar, not '" + polarity + "'.");
    require(!needle.bipolar() || pitch > 1.2 * diameter,
            "Pitch",
            "Needles of " + mm(diameter) + " at a pitch of " + mm(pitch) +
              " overlap or touch; the pitch must be more than 1.2 times the diameter.");
    require(exposed < tip,
            "Exposed length",
            "A tip at a depth of " + mm(tip) + " cannot be exposed over " + mm(exposed) +
              ": bare metal would stand out of the skin.");
    require(tip + 2. * diameter < depth,
            "Tip depth",
            "Tips at a depth of " + mm(tip) + " reach the bottom of the treated box, which is " + mm(depth) +
              " deep; it must end two diameters below them or deeper.");
    require(!needle.bipolar() || pitch + 2. * diameter < width,
            "Treated half width",
            "A pair of needles at a pitch of " + mm(pitch) + " does not fit into a box of half width " + mm(width) +
              "; the half width must be more than the pitch and two diameters.");
    require(4. * diameter < width,
            "Treated half width",
            "Needles of " + mm(diameter) +
              " need a treated box of a half width of more than four diameters, but it is " + mm(width) + ".");
    return problems;
  }
} // namespace cutis
