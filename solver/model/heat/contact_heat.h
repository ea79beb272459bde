// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/heat/thermal_damage.h"
#include "model/heat/tissue_heat.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  /**
   * Heat that skin takes up from something hot on its surface. The surface has the temperature of what touches it for a
   * time, and is then cooled to its own; below it heat spreads as in a half-space (Carslaw and Jaeger, Conduction of
   * Heat in Solids, 2.5):
   *
   *     T(z, t) = T0 + (Tc - T0) [erfc(z/(2 sqrt(a t))) - erfc(z/(2 sqrt(a (t - tc))))],
   *
   * the second term from the end of the contact on. Blood carries nothing away, and layers conduct like the dermis.
   */
  struct ContactHeat
  {
    double temperature = 100.;     ///< Tc [degrees Celsius]
    double time = 10.;             ///< tc [s]
    double skin_temperature = 34.; ///< T0 [degrees Celsius]

    /** a [mm^2/s] */
    static double diffusivity()
    {
      return skin_heat::dermis.thermal_conductivity / skin_heat::dermis.heat_capacity() * 1e6;
    }

    /** At a depth [mm] and a time since the contact began [s]. */
    double temperature_at(const double depth, const double t) const
    {
      return skin_temperature + (temperature - skin_temperature) * (spread(depth, t) - spread(depth, t - time));
    }

    /** Omega when all has cooled down. */
    double damage(const DamageKinetics &kinetics, const double depth) const
    {
      constexpr int steps = 200; // of each half; 400 change no digit of four
      double omega = 0.;
      const auto over = [&](const double begin, const double length)
      {
        double before = temperature_at(depth, begin), t = begin;
        for (int i = 1; i <= steps; ++i) // quadratic: things happen at the beginning of each half
        {
          const double next = begin + length * i * i / double(steps * steps), after = temperature_at(depth, next);
          omega = kinetics.advance(omega, before, after, next - t);
          before = after;
          t = next;
        }
      };
      over(0., time);
      over(time, std::max(time, 2. * depth * depth / diffusivity()));
      return omega;
    }

    /** Depth down to which half is destroyed [mm], between the surface and 20 mm. */
    double depth_of_half(const DamageKinetics &kinetics) const
    {
      double above = 0., below = 20.;
      if (damage(kinetics, above) < half_damage)
        return 0.;
      for (int i = 0; i < 50; ++i)
      {
        const double middle = .5 * (above + below);
        (damage(kinetics, middle) < half_damage ? below : above) = middle;
      }
      return above;
    }

  private:
    static double spread(const double depth, const double t)
    {
      return t > 0. ? std::erfc(depth / (2. * std::sqrt(diffusivity() * t))) : 0.;
    }
  };
} // namespace cutis
