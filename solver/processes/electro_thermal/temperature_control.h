// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/electro_thermal/electro_thermal.h"

namespace cutis
{
  /** A sensor S of a temperature T that follows it with a lag, lag S' = T - S. */
  class LaggingSensor
  {
  public:
    /** At rest at this temperature. The lag [s] is positive. */
    LaggingSensor(double lag, double temperature) : lag_(lag), reading_(temperature) {}

    /** The temperature goes from one value to the other on a straight line, which is followed exactly. */
    void follow(double before, double after, double step);
    double reading() const { return reading_; }

  private:
    double lag_, reading_;
  };

  /** P = gp e + gi (integral of e) of the missing kelvins e, within 0 and the highest power. */
  class PiController
  {
  public:
    PiController(const RfRegulator &regulator, double highest_power)
      : regulator_(regulator)
      , highest_power_(highest_power)
    {
    }

    /** The power [W] for the next period. The integral rests while the power is at a limit, or it would wind up. */
    double power(double missing);

  private:
    RfRegulator regulator_;
    double highest_power_, integral_ = 0.;
  };

  /** Hold the temperature of the pulse as a device does: read the sensor, choose a power, keep it for a period. */
  template <int dim>
  void hold_with_controller(ElectroThermal<dim> &session, const RfPulse &pulse);
} // namespace cutis
