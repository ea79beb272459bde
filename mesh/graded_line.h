// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <vector>

namespace cutis
{
  /** Sizes of cells along a line: `finest` at the given places, growing by `growth` per distance up to `largest`. */
  struct LineGrading
  {
    std::vector<double> fine_places;
    double finest;
    double growth;
    double largest;

    double size(double place) const;
  };

  /** Ends of cells of at most the sizes asked for along the ascending `stops`, each of which is the end of a cell. */
  std::vector<double> graded_line(const std::vector<double> &stops, const LineGrading &grading);
} // namespace cutis
