// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/heat/rf_pulse.h"

#include "base/parameters.h"
#include "model/heat/tissue_heat.h"

#include <gtest/gtest.h>

using namespace cutis;
using Control = RfDrive::Control;

namespace
{
  /** The only problem of a pulse, in tissue of 34 degrees Celsius. */
  std::string problem_of(const RfPulse &pulse)
  {
    const auto problems = problems_of(pulse, 34.);
    EXPECT_EQ(problems.size(), 1u);
    return problems.empty() ? "" : problems.front().sentence;
  }

  bool contains(const std::string &text, const std::string &piece)
  {
    return text.find(piece) != std::string::npos;
  }
} // namespace

TEST(RfDrive, PowerOfEveryControl)
{
  const double conductance = 1. / 4000.;
  RfDrive drive;
  EXPECT_EQ(drive.power(conductance), 0.);
  drive.control = Control::voltage, drive.target = 40.;
  EXPECT_DOUBLE_EQ(drive.power(conductance), .4);
  drive.control = Control::current, drive.target = .01;
  EXPECT_DOUBLE_EQ(drive.power(conductance), .4);
  drive.control = Control::power, drive.target = .4;
  EXPECT_DOUBLE_EQ(drive.power(conductance), .4);
}

TEST(RfDrive, EveryLimitHolds)
{
  const double conductance = 1. / 4000.;
  for (const Control control : {Control::voltage, Control::power, Control::current, Control::temperature})
  {
    RfDrive drive;
    drive.control = control, drive.target = 1e3;
    drive.highest_power = .3;
    EXPECT_DOUBLE_EQ(drive.power(conductance), .3);
    drive.highest_voltage = 20.;
    EXPECT_DOUBLE_EQ(drive.power(conductance), .1);
    drive.highest_current = .002;
    EXPECT_DOUBLE_EQ(drive.power(conductance), .016);
  }
}

TEST(RfDrive, OneOfTwoNeedlesInTheirCircuit)
{
  // Two needles of 3000 ohm each and 500 ohm less between them than they would have by themselves: 5000 ohm.
  const double conductance = 1. / 3000.;
  RfDrive drive;
  drive.circuit = {2., -500.};
  drive.control = Control::power, drive.target = .5;
  EXPECT_DOUBLE_EQ(drive.power(conductance), .5 / 5000. * 3000.);
  drive.control = Control::voltage, drive.target = 50.;
  EXPECT_DOUBLE_EQ(drive.power(conductance), 1e-4 * 3000.);
  drive.control = Control::current, drive.target = .01;
  EXPECT_DOUBLE_EQ(drive.power(conductance), 1e-4 * 3000.) << "a current is the same in both";
  drive.control = Control::temperature, drive.highest_power = 1.;
  EXPECT_DOUBLE_EQ(drive.power(conductance), 1. / 5000. * 3000.) << "limits are those of the pair";
}

TEST(RfPulse, ParametersChooseTheDrive)
{
  RfPulse pulse;
  Parameters parameters;
  pulse.declare(parameters);
  parameters.set("RF microneedling/Drive=temperature");
  parameters.set("RF microneedling/Temperature=345.15 K");
  parameters.set("RF microneedling/Pulse=4000 ms");
  parameters.finish();
  EXPECT_EQ(pulse.drive().control, Control::temperature);
  EXPECT_NEAR(pulse.drive().target, 72., 1e-9);
  EXPECT_DOUBLE_EQ(pulse.length, 4.);
  EXPECT_TRUE(problems_of(pulse, 34.).empty());
}

TEST(RfPulse, ImpossiblePulses)
{
  EXPECT_TRUE(problems_of(RfPulse(), 34.).empty());
  RfPulse pulse;
  pulse.length = 0.;
  EXPECT_TRUE(contains(problem_of(pulse), "pulse must be positive"));
  pulse = RfPulse();
  pulse.control = RfDrive::Control::temperature, pulse.temperature = 30.;
  EXPECT_TRUE(contains(problem_of(pulse), "must lie above the 34 degC"));
  pulse.temperature = 120.;
  EXPECT_TRUE(contains(problem_of(pulse), "where it boils"));
  pulse = RfPulse();
  pulse.cooling = -1.;
  EXPECT_TRUE(contains(problem_of(pulse), "cooling time"));
  pulse = RfPulse();
  pulse.highest_power = 0.;
  EXPECT_TRUE(contains(problem_of(pulse), "highest power"));
  pulse = RfPulse();
  pulse.control = RfDrive::Control::temperature;
  pulse.regulator.lag = .05;
  pulse.regulator.period = .4;
  EXPECT_TRUE(contains(problem_of(pulse), "at least twice"));
  pulse.regulator = {.05, .01, 0., 0.};
  EXPECT_TRUE(contains(problem_of(pulse), "never heats"));
}

TEST(TissueHeat, ConductivityRisesUntilWaterBoils)
{
  const ConductivityLaw law{.02, 37., 100.};
  EXPECT_DOUBLE_EQ(law.factor(37.), 1.);
  EXPECT_DOUBLE_EQ(law.factor(47.), 1.2);
  EXPECT_DOUBLE_EQ(law.factor(100.), 2.26);
  EXPECT_DOUBLE_EQ(law.factor(250.), 2.26);
  EXPECT_GT(law.factor(-200.), 0.);
}
