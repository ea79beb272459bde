// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/heat/rf_pulse.h"

#include "base/parameters.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  using Control = RfDrive::Control;

  double RfDrive::largest_power(const double conductance) const
  {
    return std::min({highest_power,
                     highest_voltage * highest_voltage * conductance,
                     highest_current * highest_current / conductance});
  }

  double RfDrive::power(const double conductance) const
  {
    const double resistance = 1. / conductance, of_all = circuit.loads * (resistance + circuit.resistance_besides);
    return power_of_all(1. / of_all) * resistance / of_all;
  }

  double RfDrive::power_of_all(const double conductance) const
  {
    const double largest = largest_power(conductance);
    switch (control)
    {
      case Control::voltage:
        return std::min(target * target * conductance, largest);
      case Control::current:
        return std::min(target * target / conductance, largest);
      case Control::power:
        return std::min(target, largest);
      case Control::temperature:
        return largest;
      case Control::off:
        break;
    }
    return 0.;
  }

  void RfPulse::declare(Parameters &parameters)
  {
    const Range voltages = {.01, 1000.}, powers = {.001, 100.}, currents = {.001, 2.};
    parameters.add_choice("RF microneedling/Drive",
                          control,
                          {{Control::voltage, "voltage"},
                           {Control::power, "power"},
                           {Control::current, "current"},
                           {Control::temperature, "temperature"}},
                          {"What the generator holds during a pulse. As tissue conducts better when it is warm, a held "
                           "voltage heats more and more, a held power does not."});
    parameters.add("RF microneedling/Voltage",
                   voltage,
                   "V",
                   voltages,
                   {"Effective voltage between the needles of a pair, for the drive `voltage`."});
    parameters.add(
      "RF microneedling/Power", power, "W", powers, {"Power of one pair of needles, for the drive `power`."});
    parameters.add("RF microneedling/Current",
                   current,
                   "A",
                   currents,
                   {"Effective current of one pair or needle, for the drive `current`."});
    parameters.add("RF microneedling/Temperature",
                   temperature,
                   "degC",
                   {0., 100.},
                   {"Mean temperature of the bare metal, for the drive `temperature`."});
    parameters.add(
      "RF microneedling/Highest voltage", highest_voltage, "V", voltages, {"Limit of the generator, for every drive."});
    parameters.add("RF microneedling/Highest power",
                   highest_power,
                   "W",
                   powers,
                   {"Limit of the generator for one pair, for every drive."});
    parameters.add(
      "RF microneedling/Highest current", highest_current, "A", currents, {"Limit of the generator, for every drive."});
    parameters.add("RF microneedling/Pulse", length, "s", {.001, 60.}, {"Length of a pulse."});
    parameters.add("RF microneedling/Cooling time",
                   cooling,
                   "s",
                   {0., 600.},
                   {"Time after a pulse for which heat still spreads and damages tissue."});
    const auto regulate = [&](const char *name, double &value, const char *unit, const std::string &text)
    {
      parameters.add(
        std::string("RF microneedling/") + name, value, unit, Range::non_negative(), {text, Provenance::assumed, ""});
    };
    regulate(
      "Sensor lag",
      regulator.lag,
      "s",
      "Time constant of the sensor of a device that holds a temperature with a controller; 0: it is held exactly.");
    regulate("Control period", regulator.period, "s", "Time from one reading of a lagging sensor to the next.");
    regulate("Proportional gain", regulator.proportional, "W/K", "Power per kelvin that a lagging sensor is too cold.");
    regulate("Integral gain",
             regulator.integral,
             "W/(K s)",
             "The same, gathered over time; it rests while the power is at a limit.");
  }

  RfDrive RfPulse::drive() const
  {
    RfDrive drive;
    drive.control = control;
    drive.target = control == Control::voltage   ? voltage
                   : control == Control::current ? current
                   : control == Control::power   ? power
                                                 : temperature;
    drive.highest_voltage = highest_voltage;
    drive.highest_power = highest_power;
    drive.highest_current = highest_current;
    drive.circuit = circuit;
    return drive;
  }

  std::vector<Problem> problems_of(const RfPulse &pulse, const double start_temperature)
  {
    std::vector<Problem> problems;
    const auto require = [&](const bool possible, const std::string &name, const std::string &sentence)
    {
      if (!possible)
        problems.push_back({"RF microneedling/" + name, sentence});
    };
    const auto positive = [&](const std::string &name, const double value, const std::string &unit)
    {
      require(std::isfinite(value) && value > 0.,
              name,
              "The " + lower_case(name) + " must be positive, but it is " + format_number(value) + " " + unit + ".");
    };
    const auto target = [&](const std::string &name, const double value, const double highest, const std::string &unit)
    {
      positive(name, value, unit);
      require(!(highest > 0. && value > highest),
              name,
              format_number(value) + " " + unit + " are asked for, but the generator gives " + format_number(highest) +
                " " + unit + " at most; raise `Highest " + lower_case(name) + "` if it can do more.");
    };
    positive("Pulse", pulse.length, "s");
    require(std::isfinite(pulse.cooling) && pulse.cooling >= 0.,
            "Cooling time",
            "The cooling time after a pulse must not be negative, but it is " + format_number(pulse.cooling) + " s.");
    if (pulse.regulated())
    {
      const auto &[lag, period, proportional, integral] = pulse.regulator;
      require(period > 0. && period <= .5 * pulse.length,
              "Control period",
              "A lagging sensor must be read at least twice in a pulse of " + format_number(pulse.length) +
                " s, but the period is " + format_number(period) + " s.");
      require(proportional > 0. || integral > 0.,
              "Proportional gain",
              "A controller whose gains are both zero never heats; give it a proportional or an integral gain.");
    }
    positive("Highest voltage", pulse.highest_voltage, "V");
    positive("Highest power", pulse.highest_power, "W");
    positive("Highest current", pulse.highest_current, "A");

    if (pulse.control == Control::voltage)
      target("Voltage", pulse.voltage, pulse.highest_voltage, "V");
    else if (pulse.control == Control::power)
      target("Power", pulse.power, pulse.highest_power, "W");
    else if (pulse.control == Control::current)
      target("Current", pulse.current, pulse.highest_current, "A");
    else
      require(pulse.temperature > start_temperature && pulse.temperature <= 100.,
              "Temperature",
              "Needles cannot be held at " + format_number(pulse.temperature) +
                " degC: the target must lie above the " + format_number(start_temperature) +
                " degC of the tissue and not above 100 degC, where it boils.");
    return problems;
  }
} // namespace cutis
