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
    void require(const bool possible, const std::string &sentence, std::vector<std::string> &problems)
    {
      if (!possible)
        problems.push_back(sentence);
    }

    std::string mm(const double length)
    {
      return format_number(length) + " mm";
    }
  } // namespace

  void NeedleGeometry::declare(Parameters &parameters)
  {
    const Range positive = Range::positive();
    parameters.add_choice(
      "RF microneedling/Polarity",
      polarity,
      {"bipolar", "monopolar"},
      {"bipolar: the current flows between the two needles of a pair. monopolar: from a needle to "
       "a distant return electrode; drive it by current, since its power depends on the distance."});
    parameters.add("RF microneedling/Needle diameter", diameter, "mm", positive, {"Outer diameter (32 G: .235 mm)."});
    parameters.add("RF microneedling/Pitch", pitch, "mm", positive, {"Distance of the axes of the needles of a pair."});
    parameters.add("RF microneedling/Tip depth", tip_depth, "mm", positive, {"Depth of the flat end of the needles."});
    parameters.add("RF microneedling/Exposed length",
                   exposed_length,
                   "mm",
                   positive,
                   {"Bare metal above the end of a needle; the shaft above it is insulated."});
    parameters.add("RF microneedling/Treated half width",
                   box_width,
                   "mm",
                   positive,
                   {"Distance from the needles at which the tissue is cut off; the heat must not get there."});
    parameters.add("RF microneedling/Treated depth",
                   box_depth,
                   "mm",
                   positive,
                   {"Depth at which the tissue is cut off; the heat must not get there."});
  }

  std::vector<std::string> problems_of(const NeedleGeometry &needle)
  {
    const auto &[polarity, diameter, pitch, tip, exposed, width, depth] = needle;
    std::vector<std::string> problems;
    for (const auto &[name, length] : {std::pair<const char *, double>{"diameter of the needles", diameter},
                                       {"pitch of the needles", pitch},
                                       {"depth of the tips", tip},
                                       {"exposed length of the tips", exposed},
                                       {"half width of the treated box", width},
                                       {"depth of the treated box", depth}})
      require(std::isfinite(length) && length > 0.,
              "The " + std::string(name) + " must be positive, but it is " + mm(length) + ".",
              problems);
    if (!problems.empty())
      return problems;

    require(polarity == "bipolar" || polarity == "monopolar",
            "The polarity of the needles must be bipolar or monopolar, not '" + polarity + "'.",
            problems);
    require(!needle.bipolar() || pitch > 1.2 * diameter,
            "Needles of " + mm(diameter) + " at a pitch of " + mm(pitch) +
              " overlap or touch; the pitch must be more than 1.2 times the diameter.",
            problems);
    require(exposed < tip,
            "A tip at a depth of " + mm(tip) + " cannot be exposed over " + mm(exposed) +
              ": bare metal would stand out of the skin.",
            problems);
    require(tip + 2. * diameter < depth,
            "Tips at a depth of " + mm(tip) + " reach the bottom of the treated box, which is " + mm(depth) +
              " deep; it must end two diameters below them or deeper.",
            problems);
    require(!needle.bipolar() || pitch + 2. * diameter < width,
            "A pair of needles at a pitch of " + mm(pitch) + " does not fit into a box of half width " + mm(width) +
              "; the half width must be more than the pitch and two diameters.",
            problems);
    require(4. * diameter < width,
            "Needles of " + mm(diameter) +
              " need a treated box of a half width of more than four diameters, but it is " + mm(width) + ".",
            problems);
    return problems;
  }
} // namespace cutis
