// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needles/lesion_table.h"

#include "model/heat/thermal_damage.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    constexpr double least = 1e-30; // Omega of untouched tissue, so that it has a logarithm

    std::function<std::array<double, 2>(const Place &)> logarithm(const LesionTable::Damage &damage)
    {
      return [&damage](const Place &place) -> std::array<double, 2>
      {
        const LesionDamage d = damage(place);
        return {{std::log(std::max(d.collagen, least)), std::log(std::max(d.cells, least))}};
      };
    }
  } // namespace

  LesionTable::LesionTable(const Place &reach, const double spacing, const Damage &damage)
    : log_damage_(reach, spacing, logarithm(damage))
    , spacing_(spacing)
  {
  }

  void LesionTable::set_residual_heat(std::vector<QuarterTable<1>> rises, const double warmer, const Damage &damage)
  {
    rises_ = std::move(rises);
    log_damage_warm_ = {reach(), spacing_, logarithm(damage)};
    warmer_ = warmer;
  }

  LesionDamage LesionTable::at(const Place &relative, const double warmer) const
  {
    if (!log_damage_.covers(relative))
      return {};
    std::array<double, 2> log_omega = log_damage_.at(relative);
    if (warmer != 0. && warmer_ > 0.)
    {
      const std::array<double, 2> warm = log_damage_warm_.at(relative);
      for (unsigned int i : {0, 1})
        log_omega[i] += (warm[i] - log_omega[i]) * warmer / warmer_;
    }
    const auto damage = [](const double log) { return std::min(std::exp(log), DamageKinetics::largest_damage); };
    return {damage(log_omega[0]), damage(log_omega[1])};
  }

  double LesionTable::rise(const Place &relative, const int turns) const
  {
    if (turns < 1 || turns > static_cast<int>(rises_.size()) || !rises_[turns - 1].covers(relative))
      return 0.;
    return rises_[turns - 1].at(relative)[0];
  }
} // namespace cutis
