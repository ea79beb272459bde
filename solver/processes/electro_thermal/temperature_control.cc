// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/temperature_control.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  void LaggingSensor::follow(const double before, const double after, const double step)
  {
    // Behind a ramp the sensor stays by slope times lag; the rest of its distance decays.
    const double behind = lag_ * (after - before) / step;
    reading_ = after - behind + (reading_ - before + behind) * std::exp(-step / lag_);
  }

  double PiController::power(const double missing)
  {
    const double gathered = integral_ + regulator_.integral * regulator_.period * missing;
    const double wanted = regulator_.proportional * missing + gathered;
    const double power = std::clamp(wanted, 0., highest_power_);
    if (power == wanted)
      integral_ = gathered;
    return power;
  }

  template <int dim>
  void hold_with_controller(ElectroThermal<dim> &session, const RfPulse &pulse)
  {
    RfDrive drive = pulse.drive();
    drive.control = RfDrive::Control::power;
    LaggingSensor sensor(pulse.regulator.lag, session.sensor());
    PiController controller(pulse.regulator, pulse.highest_power);

    const double end = session.time() + pulse.length;
    while (session.time() < end * (1. - 1e-12))
    {
      drive.target = controller.power(pulse.temperature - sensor.reading());
      const double period = std::min(pulse.regulator.period, end - session.time());
      const std::size_t done = session.history().size();
      double before = session.sensor(), time = session.time();
      session.apply(drive, period, period);
      for (std::size_t n = done; n < session.history().size(); ++n)
      {
        const SessionRecord &record = session.history()[n];
        sensor.follow(before, record.sensor, record.time - time);
        before = record.sensor;
        time = record.time;
      }
    }
  }

  template void hold_with_controller(ElectroThermal<2> &, const RfPulse &);
  template void hold_with_controller(ElectroThermal<3> &, const RfPulse &);
} // namespace cutis
