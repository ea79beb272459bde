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

  /** What lies between the generator and the tissue that is computed. */
  struct RfCircuit
  {
    double loads = 1.;              ///< in series and all alike, of which one is computed
    double resistance_besides = 0.; ///< of each, beyond what is computed; negative if too much is [ohm]
  };

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

    Control control = Control::off;
    double target = 0.; ///< in the unit of `control`
    double highest_voltage = std::numeric_limits<double>::infinity();
    double highest_power = std::numeric_limits<double>::infinity();
    double highest_current = std::numeric_limits<double>::infinity();
    RfCircuit circuit;

    /** The power [W] of the generator in all loads together that no limit forbids. */
    double largest_power(double conductance) const;
    /** The power [W] in one load of this conductance [S]; with a held temperature the largest there is. */
    double power(double conductance) const;
    /** What the generator gives for this power in one load: some of it lies besides [W]. */
    double drawn(double power, double conductance) const
    {
      return power * (1. + circuit.resistance_besides * conductance);
    }

  private:
    double power_of_all(double conductance) const;
  };

  /**
   * How a device holds a temperature: a sensor that follows the metal with a lag, read once a period, and a controller
   * with a proportional and an integral part. Without a lag the temperature is held exactly.
   */
  struct RfRegulator
  {
    double lag = 0.;           ///< time constant of the sensor [s]
    double period = .02;       ///< s
    double proportional = .02; ///< W/K
    double integral = .05;     ///< W/(K s)
  };

  /** One firing of the generator and the time for which the tissue is followed afterwards. */
  struct RfPulse
  {
    RfDrive::Control control = RfDrive::Control::power;
    double voltage = 40.;          ///< V
    double power = .4;             ///< W
    double current = .01;          ///< A
    double temperature = 67.;      ///< degrees Celsius
    double highest_voltage = 120.; ///< V
    double highest_power = 5.;     ///< W
    double highest_current = .2;   ///< A
    double length = .5;            ///< s
    double cooling = 5.;           ///< s
    RfRegulator regulator;
    RfCircuit circuit;

    bool regulated() const { return control == RfDrive::Control::temperature && regulator.lag > 0.; }
    void declare(Parameters &parameters);
    RfDrive drive() const;
  };

  /** A sentence for everything that no generator does to tissue of this temperature [degrees Celsius]. */
  std::vector<Problem> problems_of(const RfPulse &pulse, double start_temperature);
} // namespace cutis
