// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/needles/lesion_table.h"
#include "model/heat/thermal_damage.h"

#include <cmath>

/** A lesion that looks like one of a pair of needles, in closed form. */
namespace cutis::test
{
  /** Two balls around the tips of a pair whose rims are 50 um wide; cells die a little farther out. */
  inline LesionDamage two_balls(const Place &p)
  {
    const auto ball = [&](const double radius)
    {
      double sum = 0.;
      for (const double tip : {-.625, .625})
        sum += half_damage *
               std::exp(40. * (radius - std::sqrt(std::pow(p.x - tip, 2) + p.y * p.y + std::pow(p.depth - 1.2, 2))));
      return std::min(sum, DamageKinetics::largest_damage);
    };
    return {ball(.25), ball(.35)};
  }

  inline LesionTable table_of_balls()
  {
    return LesionTable({2.6, 2., 3.}, .025, two_balls);
  }
} // namespace cutis::test
