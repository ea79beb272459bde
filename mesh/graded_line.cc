// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/graded_line.h"

#include "mesh/grading.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  double LineGrading::size(const double place) const
  {
    double size = largest;
    for (const double fine : fine_places)
      size = std::min(size, finest + growth * std::abs(place - fine));
    return size;
  }

  std::vector<double> graded_line(const std::vector<double> &stops, const LineGrading &grading)
  {
    std::vector<double> line(1, stops.front());
    for (std::size_t i = 1; i < stops.size(); ++i)
    {
      const double start = stops[i - 1], end = stops[i];
      const LayerGrading cells(end - start, grading.size(start), grading.size(end), grading.largest, grading.growth);
      for (int k = 1; k < cells.cells(); ++k)
        line.push_back(start + cells.face(k));
      line.push_back(end);
    }
    return line;
  }
} // namespace cutis
