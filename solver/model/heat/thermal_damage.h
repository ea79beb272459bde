// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <algorithm>
#include <cmath>

namespace cutis
{
  /** 0 degrees Celsius [K]. */
  inline constexpr double ice_point = 273.15;

  /**
   * First-order damage by heat, Omega' = k(T), with the rate of Arrhenius,
   *
   *   ln k = ln A - Ea/(R T),   k in 1/s, T in K.
   *
   * Only logarithms are formed: A itself is of the order of 1e56 (collagen) or 1e80 (cells).
   */
  struct DamageKinetics
  {
    double log_frequency;     ///< ln(A s)
    double activation_energy; ///< J/mol

    static constexpr double gas_constant = 8.314462618; ///< J/(mol K)
    /** Nothing is left of the tissue long before; a bound keeps sums of sessions finite. */
    static constexpr double largest_damage = 1e3;

    /** ln(k s) at a temperature [degrees Celsius]. */
    double log_rate(const double temperature) const
    {
      return log_frequency - activation_energy / (gas_constant * (temperature + ice_point));
    }

    /**
     * Increment of Omega over `step` [s] during which ln k runs linearly in time from its value at `before` to that at
     * `after` [degrees Celsius]:
     *
     *   step e^m sinh(h)/h,   m = (ln k1 + ln k0)/2,   h = (ln k1 - ln k0)/2.
     *
     * The rate grows by half within a kelvin, so that the trapezoidal rule would need much smaller steps than the heat.
     */
    double increment(const double before, const double after, const double step) const
    {
      const double start = log_rate(before), end = log_rate(after);
      const double mean = .5 * (end + start), half = .5 * (end - start);
      const double growth = std::abs(half) < 1e-4 ? 1. + half * half / 6. : std::sinh(half) / half;
      return step * std::exp(mean) * growth;
    }

    /** Omega after the step, given Omega before it. */
    double advance(const double damage, const double before, const double after, const double step) const
    {
      return std::min(damage + increment(before, after, step), largest_damage);
    }
  };

  /** Destroyed fraction f = 1 - e^(-Omega), accurate also for traces of damage. */
  inline double damaged_fraction(const double damage)
  {
    return -std::expm1(-damage);
  }

  /** The damage at which half is destroyed, the rim of a lesion. */
  inline const double half_damage = std::log(2.);

  /** Denaturation of collagen: 89 kcal/mol and e^130 1/s (Maitland and Walsh 1997). */
  inline constexpr DamageKinetics collagen_denaturation{130., 3.72e5};

  /** Death of cells. The constants are quoted from memory of the literature on hyperthermia. */
  inline constexpr DamageKinetics cell_death{185.3001, 5.064e5};

  /** Loss of living skin in burns: 3.1e98 1/s and 150 kcal/mol, from contact burns of pigs and men (Henriques, Arch.
   * Pathol. 43 (1947)). Cells in culture die about ten times as fast. */
  inline constexpr DamageKinetics skin_burn{226.785, 6.28e5};
} // namespace cutis
