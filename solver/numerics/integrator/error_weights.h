// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <vector>

namespace cutis
{
  /** Errors that a step may make in each field: absolute + relative |u|, in the unit of the field. */
  struct ErrorWeights
  {
    double relative = 3e-3;
    std::vector<double> absolute;

    /** absolute = .1 relative magnitude, so that a field is resolved to its own size. */
    ErrorWeights(const double relative, const std::vector<double> &magnitudes)
      : relative(relative)
      , absolute(magnitudes)
    {
      for (double &value : absolute)
        value *= .1 * relative;
    }
  };
} // namespace cutis
