// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/problem.h"

#include <limits>
#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** What the generator keeps at its target, within its limits. All of one pair, or of one needle and its return. */
  struct RfDrive
  {
    enum class Control
    {
      off,
      voltage,    ///< effective value between the electrodes [V]
      power,      ///< [W]
      current,    ///< effective value [A]
      temperature ///< mean of the bare metal [degrees Celsius]
    };

    Control control         = Control::off;
    double  target          = 0.; ///< in the unit of `control`
    double  highest_voltage = std::numeric_limits<double>::infinity();
    double  highest_power   = std::numeric_limits<double>::infinity();
    double  highest_current = std::numeric_limits<double>::infinity();

    /** The power [W] that no limit forbids through a load of this conductance [S]. */
    double largest_power(double conductance) const;
    /** The power [W] of the drive; with a held temperature the largest there is. */
    double power(double conductance) const;
  };

  /** One firing of the generator and the time for which the tissue is followed afterwards. */
  struct RfPulse
  {
    std::string control         = "power";
    double      voltage         = 40.;  ///< V
    double      power           = .4;   ///< W
    double      current         = .01;  ///< A
    double      temperature     = 67.;  ///< degrees Celsius
    double      highest_voltage = 120.; ///< V
    double      highest_power   = 5.;   ///< W
    double      highest_current = .2;   ///< A
    double      length          = .5;   ///< s
    double      cooling         = 5.;   ///< s

    void    declare(Parameters &parameters);
    RfDrive drive() const;
  };

  /** A sentence for everything that no generator does to tissue of this temperature [degrees Celsius]. */
  std::vector<Problem> problems_of(const RfPulse &pulse, double start_temperature);
} // namespace cutis
