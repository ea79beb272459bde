// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A device that holds a temperature: a sensor with a lag and a controller with a proportional and an integral part.
#include "processes/electro_thermal/temperature_control.h"

#include "annulus.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  RfPulse held_at_67(const RfRegulator &regulator)
  {
    RfPulse pulse;
    pulse.control = RfDrive::Control::temperature;
    pulse.temperature = 67.;
    pulse.highest_power = 1.;
    pulse.length = 3.;
    pulse.cooling = 0.;
    pulse.regulator = regulator;
    return pulse;
  }

  struct Held
  {
    TreatmentCell<2> cell;
    std::optional<ElectroThermal<2>> session;

    explicit Held(const RfPulse &pulse)
    {
      make_annulus(16, cell);
      session.emplace(cell, reference_tissue(.02));
      session->fire(pulse);
    }
    double overshoot() const
    {
      double highest = 0.;
      for (const SessionRecord &record : session->history())
        highest = std::max(highest, record.sensor);
      return highest - 67.;
    }
    double at_the_end() const { return session->history().back().sensor; }
  };
} // namespace

TEST(LaggingSensor, ClosedForms)
{
  LaggingSensor step(.1, 34.);
  step.follow(50., 50., .1);
  EXPECT_NEAR(step.reading(), 50. - 16. * std::exp(-1.), 1e-12);
  LaggingSensor ramp(.1, 34.);
  ramp.follow(34., 134., 1.); // 100 K/s
  EXPECT_NEAR(ramp.reading(), 134. - 10. * (1. - std::exp(-10.)), 1e-12);
  LaggingSensor whole(.1, 34.), halves(.1, 34.);
  whole.follow(40., 60., .2);
  halves.follow(40., 50., .1);
  halves.follow(50., 60., .1);
  EXPECT_NEAR(whole.reading(), halves.reading(), 1e-12);
}

TEST(PiController, GathersButDoesNotWindUp)
{
  PiController controller({.05, .1, .01, .2}, 1.);
  EXPECT_DOUBLE_EQ(controller.power(10.), .1 + .2);
  EXPECT_DOUBLE_EQ(controller.power(10.), .1 + .4);
  EXPECT_DOUBLE_EQ(controller.power(200.), 1.) << "at the limit";
  EXPECT_DOUBLE_EQ(controller.power(0.), .4) << "what was missing meanwhile is forgotten";
  EXPECT_DOUBLE_EQ(controller.power(-1000.), 0.);
}

TEST(TemperatureControl, TheIntegralPartReachesTheTarget)
{
  Held proportional(held_at_67({.02, .01, .02, 0.})), both(held_at_67({.02, .01, .02, .1}));
  EXPECT_LT(proportional.at_the_end(), 66.) << "a proportional controller stays below";
  EXPECT_NEAR(both.at_the_end(), 67., .3);
  EXPECT_LT(std::abs(missing_heat(*both.session)), 1e-9);
  for (const SessionRecord &record : both.session->history())
    EXPECT_LE(record.power, 1. + 1e-12);
}

TEST(TemperatureControl, ALagOvershootsAndAQuickSensorHolds)
{
  const Held exact(held_at_67({0., .02, .02, .1}));
  const Held quick(held_at_67({.002, .002, .1, 1.})), slow(held_at_67({.2, .002, .1, 1.}));
  EXPECT_LT(exact.overshoot(), 1e-9);
  EXPECT_LT(quick.overshoot(), 1.5);
  EXPECT_GT(slow.overshoot(), 4. * std::max(quick.overshoot(), .5));
}
