// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** What a person does from one age to another. */
  struct Habit
  {
    std::vector<double> between; ///< two ages [years]; empty: always

    double since() const;
    double until() const;
    /** The time in which both are done. */
    Habit during(const Habit &other) const;
    /**
     * How much of it the skin feels at an age, from 0 to 1: it builds up and fades with a time constant tau [d], as
     * r' = (1 - r)/tau while it lasts and r' = -r/tau otherwise, r = 0 at birth.
     */
    double felt(double age, double time_constant) const;

    void declare(Parameters &parameters, const std::string &path, const std::string &what);
    void check(Parameters &parameters, const std::string &path) const;
  };

  /**
   * What age and habits do to cells. With q = clamp((age - 20)/60, 0, 1), the dose of ultraviolet light E that passes
   * the sunscreen and is felt, and u = E/(E + E50): synthesis of collagen  (1 - fibroblasts_lost q)(1 - synthesis_lost
   * q)(1 - synthesis_lost_in_sun u) production of MMP      (1 + mmp_gained q)(1 + mmp_gained_in_sun u) and in smokers
   * synthesis of type I and III x (1 - ...), MMP / (1 - inhibitors_lost).
   */
  struct HostConstants
  {
    double fibroblasts_lost = .35;
    double synthesis_lost = .32;
    double mmp_gained = 1.;
    double mmp_gained_in_sun = 3.4;
    double synthesis_lost_in_sun = .57;
    double sun_half_dose = 1.; ///< E50 [minimal erythema doses per day]
    double sun_fades = 2.;     ///< d
    double type_i_lost_by_smoking = .18;
    double type_iii_lost_by_smoking = .22;
    double inhibitors_lost_by_smoking = .14;
    double smoking_fades = 30.; ///< d

    void declare(Parameters &parameters);

  private:
    void declare_ageing(Parameters &parameters);
    void declare_sun(Parameters &parameters);
    void declare_smoking(Parameters &parameters);
  };
} // namespace cutis
