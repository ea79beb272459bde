// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/problem.h"

#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** The needles of an array and how deep they stand. */
  struct NeedleGeometry
  {
    std::string polarity = "bipolar"; ///< or "monopolar"
    double diameter = .235;           ///< mm, 32 G
    double pitch = 1.25;              ///< mm between the axes of a pair
    double tip_depth = 1.5;           ///< mm from the surface to the flat end
    double exposed_length = .3;       ///< mm of bare metal above the end
    double box_width = 4.;            ///< mm from the centre to each side
    double box_depth = 4.;            ///< mm

    void declare(Parameters &parameters);
    double radius() const { return .5 * diameter; }
    bool bipolar() const { return polarity == "bipolar"; }
  };

  /** A sentence for every size that makes no treatment cell; empty if there is none. */
  std::vector<Problem> problems_of(const NeedleGeometry &needle);
} // namespace cutis
