// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/place.h"

#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace cutis
{
  /**
   * Values on a regular grid around a source that has two vertical mirror planes, x = 0 and y = 0: a quarter is kept,
   * and interpolated linearly in all directions. One set of weights serves all values of a place;
   * InterpolatedUniformGridData of deal.II is a table for one number, in double precision.
   */
  template <std::size_t n_values>
  class QuarterTable
  {
  public:
    using Values = std::array<double, n_values>;

    QuarterTable() = default;
    /** Tabulate from the source to `reach` along x, y and depth [mm]. */
    QuarterTable(const Place &reach, const double spacing, const std::function<Values(const Place &)> &values)
      : reach_(reach)
      , spacing_(spacing)
      , n_{{points(reach.x), points(reach.y), points(reach.depth)}}
    {
      values_.reserve(n_[0] * n_[1] * n_[2]);
      for (std::size_t k = 0; k < n_[2]; ++k)
        for (std::size_t j = 0; j < n_[1]; ++j)
          for (std::size_t i = 0; i < n_[0]; ++i)
          {
            const Values value = values({i * spacing, j * spacing, k * spacing});
            values_.emplace_back();
            for (std::size_t v = 0; v < n_values; ++v)
              values_.back()[v] = static_cast<float>(value[v]);
          }
    }

    const Place &reach() const { return reach_; }

    bool covers(const Place &relative) const
    {
      return std::abs(relative.x) < reach_.x && std::abs(relative.y) < reach_.y && relative.depth >= 0. &&
             relative.depth < reach_.depth;
    }

    /** At a place that the table covers. */
    Values at(const Place &relative) const
    {
      const double x[3] = {std::abs(relative.x), std::abs(relative.y), relative.depth};
      std::size_t first[3];
      double share[3];
      for (int a = 0; a < 3; ++a)
      {
        first[a] = static_cast<std::size_t>(x[a] / spacing_);
        share[a] = x[a] / spacing_ - first[a];
      }
      Values sums = {};
      for (int corner = 0; corner < 8; ++corner)
      {
        double weight = 1.;
        std::size_t at[3];
        for (int a = 0; a < 3; ++a)
        {
          const bool up = corner >> a & 1;
          weight *= up ? share[a] : 1. - share[a];
          at[a] = first[a] + up;
        }
        const auto &value = values_[(at[2] * n_[1] + at[1]) * n_[0] + at[0]];
        for (std::size_t v = 0; v < n_values; ++v)
          sums[v] += weight * value[v];
      }
      return sums;
    }

  private:
    std::size_t points(const double length) const { return static_cast<std::size_t>(std::ceil(length / spacing_)) + 2; }

    Place reach_{0., 0., 0.};
    double spacing_ = 1.;
    std::array<std::size_t, 3> n_ = {{0, 0, 0}};
    std::vector<std::array<float, n_values>> values_; ///< x fastest
  };
} // namespace cutis
