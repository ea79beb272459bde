// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/lesion_table.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr double least      = 1e-30; // Omega of untouched tissue, so that it has a logarithm
    constexpr double negligible = 1e-6;  // Omega beyond which the table need not be asked
  }                                      // namespace

  LesionTable::LesionTable(const Place                                      &reach,
                           const double                                      spacing,
                           const std::function<LesionDamage(const Place &)> &damage)
    : spacing_(spacing)
  {
    const auto points = [&](const double length) { return static_cast<std::size_t>(std::ceil(length / spacing)) + 2; };
    n_                = {{points(reach.x), points(reach.y), points(reach.depth)}};
    for (std::size_t k = 0; k < n_[2]; ++k)
      for (std::size_t j = 0; j < n_[1]; ++j)
        for (std::size_t i = 0; i < n_[0]; ++i)
        {
          const LesionDamage d = damage({i * spacing, j * spacing, k * spacing});
          log_damage_.push_back({{static_cast<float>(std::log(std::max(d.collagen, least))),
                                  static_cast<float>(std::log(std::max(d.cells, least)))}});
          if (d.collagen > negligible || d.cells > negligible)
            reach_ = {std::max(reach_.x, std::min((i + 1) * spacing, reach.x)),
                      std::max(reach_.y, std::min((j + 1) * spacing, reach.y)),
                      std::max(reach_.depth, std::min((k + 1) * spacing, reach.depth))};
        }
  }

  LesionDamage LesionTable::at(const Place &relative) const
  {
    const double x[3] = {std::abs(relative.x), std::abs(relative.y), relative.depth};
    if (x[0] >= reach_.x || x[1] >= reach_.y || x[2] >= reach_.depth || x[2] < 0.)
      return {};
    std::size_t first[3];
    double      share[3];
    for (int a = 0; a < 3; ++a)
    {
      first[a] = static_cast<std::size_t>(x[a] / spacing_);
      share[a] = x[a] / spacing_ - first[a];
    }
    double sums[2] = {0., 0.};
    for (int corner = 0; corner < 8; ++corner)
    {
      double      weight = 1.;
      std::size_t at[3];
      for (int a = 0; a < 3; ++a)
      {
        const bool up = corner >> a & 1;
        weight *= up ? share[a] : 1. - share[a];
        at[a] = first[a] + up;
      }
      const auto &value = log_damage_[(at[2] * n_[1] + at[1]) * n_[0] + at[0]];
      sums[0] += weight * value[0];
      sums[1] += weight * value[1];
    }
    return {std::exp(sums[0]), std::exp(sums[1])};
  }
} // namespace cutis
