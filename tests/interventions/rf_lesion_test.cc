// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The lesion that a session lays around every source of an array.
#include "interventions/needles/rf_lesion.h"

#include "base/parameters.h"
#include "processes/electro_thermal/electro_thermal.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;

namespace
{
  const std::vector<LayerExtent> dermis = {{Layer::dermis, 4.}};

  /** Needles of these settings. */
  struct Needles
  {
    RfMicroneedling rf;
    ElectroThermalSetting setting;
    RfReport report;

    explicit Needles(const std::vector<std::string> &settings)
    {
      Parameters parameters;
      rf.declare(parameters);
      for (const std::string &assignment : settings)
        parameters.set("RF microneedling/" + assignment);
      parameters.finish();
      setting.tissues = TissueTable::uniform({.25, .40, 1115., 3450.});
    }

    LesionTable lesion() { return compute_lesion(rf, setting, dermis, report); }
  };
} // namespace

TEST(RfLesion, ResidualHeatIsThatOfASecondFiring)
{
  // A needle that fires twice at one place: nowhere is the heat of the first firing greater or steeper.
  Needles needles({"Polarity=monopolar",
                   "Columns=2",
                   "Rows=1",
                   "Drive=current",
                   "Current=10 mA",
                   "Residual heat=true",
                   "Interval=4 s"});
  const LesionTable lesion = needles.lesion();
  ASSERT_TRUE(lesion.leaves_heat());

  TreatmentCell<2> cell;
  TreatmentGrading grading;
  grading.finest = .003, grading.growth = .5;
  make_single_needle(needles.rf.array().needle, dermis, grading, cell);
  ElectroThermal<2> session(cell, needles.setting);
  RfPulse pulse = needles.rf.pulse();
  pulse.cooling = 4. - pulse.length;
  session.fire(pulse);
  const dealii::Vector<double> first = session.cell_damage();
  session.fire(pulse);
  dealii::Vector<double> second = session.cell_damage();
  second -= first;

  TreatmentSampler<2> sampler(session.space());
  for (const Place &place : {Place{.3, 0., 1.35}, Place{.2, 0., 1.6}, Place{.4, 0., 1.2}, Place{.25, 0., 1.}})
  {
    const double rise = lesion.rise(place, 1);
    EXPECT_GT(rise, 1.);
    EXPECT_LT(rise, 4.);
    ASSERT_TRUE(sampler.go_to({place.x, place.y, -place.depth}));
    const double cold = std::log(lesion.at(place).cells), warm = std::log(lesion.at(place, rise).cells);
    EXPECT_NEAR(std::log(sampler.damage(second)) - cold, warm - cold, .1 * (warm - cold));
    EXPECT_GT(warm - cold, .3);
  }
  EXPECT_EQ(lesion.rise({.3, 0., 1.35}, 0), 0.);
  EXPECT_EQ(lesion.rise({.3, 0., 1.35}, -1), 0.);
}

TEST(RfLesion, TheReportHasAPlane)
{
  Needles needles({"Polarity=monopolar", "Drive=temperature", "Temperature=67 degC", "Pulse=.2 s", "Cooling time=1 s"});
  needles.lesion();
  const RfReport &report = needles.report;
  EXPECT_EQ(report.needles, 1u);
  EXPECT_LT(report.overshoot, 3.) << "see OnlyWithoutCurrentIsTheMetalHotterThanItIsHeld";
  ASSERT_GT(report.plane.size(), 1000u);
  double highest = 0., farthest = 0.;
  for (const auto &point : report.plane)
  {
    highest = std::max(highest, point.highest_temperature);
    if (point.x > .1175 && point.damage.cells > std::log(2.))
      farthest = std::max(farthest, point.x);
  }
  EXPECT_NEAR(highest, report.peak, .03 * report.peak);
  EXPECT_NEAR(2. * farthest, report.cells.width, .05);
  EXPECT_NE(report.as_json().find("\"overshoot_K\""), std::string::npos);
  EXPECT_EQ(report.plane_as_csv().substr(0, 6), "x [mm]");
}

TEST(RfLesion, OnlyWithoutCurrentIsTheMetalHotterThanItIsHeld)
{
  // The needle jumps to the temperature at the highest power. Then tissue at its rims is hotter than the metal, and
  // warms it although no current flows; a generator cannot cool.
  Needles needles({"Polarity=monopolar", "Drive=temperature", "Temperature=67 degC", "Pulse=.2 s"});
  TreatmentCell<2> cell;
  make_single_needle(needles.rf.array().needle, dermis, {}, cell);
  ElectroThermal<2> session(cell, needles.setting);
  session.fire(needles.rf.pulse());
  unsigned int hotter = 0, held = 0;
  for (const SessionRecord &record : session.history())
  {
    const bool above = record.sensor > 67.01;
    EXPECT_FALSE(above && record.power > 0.) << record.sensor;
    hotter += above;
    held += !above && record.sensor > 66.99;
  }
  EXPECT_GT(held, 2u);
  EXPECT_GT(hotter, 0u);
}

TEST(RfReport, TheRecordIsTheShareOfANeedle)
{
  RfReport report;
  report.needles = 2;
  report.energy = 1.;
  report.boiled = .2;
  report.collagen.volume = .4;
  report.cells.volume = .6;
  report.peak = 90.;
  report.heat_defect = 1e-9;
  const FiringRecord each = report.record();
  EXPECT_EQ(each.energy, .5);
  EXPECT_EQ(each.boiled, .1);
  EXPECT_EQ(each.collagen_lesion, .2);
  EXPECT_EQ(each.cell_lesion, .3);
  EXPECT_EQ(each.peak, 90.);
  EXPECT_EQ(each.heat_defect, 1e-9);
}

TEST(SlowRfLesion, ANeedleHasTheSameShareHoweverItIsComputed)
{
  // Half of what the generator gives to a pair, in 3-D and for a single needle in its circuit.
  for (const std::string control : {"power", "current"})
  {
    const std::string drive = control == "power" ? "Power=.4 W" : "Current=10 mA";
    Needles pair({"Model=pair", "Drive=" + control, drive, "Pulse=.3 s", "Cooling time=.05 s"}),
      single({"Model=single needle", "Drive=" + control, drive, "Pulse=.3 s", "Cooling time=.05 s"});
    pair.lesion();
    single.lesion();
    EXPECT_EQ(pair.report.needles, 2u);
    EXPECT_EQ(single.report.needles, 1u);
    const FiringRecord half = pair.report.record(), whole = single.report.record();
    if (control == "power")
      EXPECT_NEAR(half.energy, .2 * .3, 1e-9);
    EXPECT_NEAR(whole.energy, half.energy, .02 * half.energy) << drive << ": the tissue is not equally hot";
  }
}

TEST(RfLesion, ASensorWithALagOvershoots)
{
  Needles needles({"Polarity=monopolar", "Drive=temperature", "Temperature=67 degC", "Pulse=1 s", "Sensor lag=.1 s"});
  needles.lesion();
  EXPECT_GT(needles.report.overshoot, .5);
  EXPECT_LT(needles.report.heat_defect, 1e-9);
}

TEST(SlowRfLesion, NeedlesThatFireAtOnceHaveATileEach)
{
  Needles needles({"Firing=at once", "Pulse=.05 s", "Cooling time=.05 s"});
  const LesionTable lesion = needles.lesion();
  EXPECT_EQ(needles.report.needles, 2u);
  EXPECT_NEAR(needles.report.energy, .4 * .05, 1e-9);
  EXPECT_NEAR(needles.report.record().energy, .2 * .05, 1e-9);
  const double half = .625;
  EXPECT_NEAR(lesion.reach().x, half + .03, 1e-12);
  // The pattern of a checkerboard looks the same from all sides, and is mirrored at the plane to the next needle.
  const double along = std::log(lesion.at({.3, .1, 1.35}).cells), across = std::log(lesion.at({.1, .3, 1.35}).cells);
  EXPECT_NEAR(along, across, 1e-3);
  EXPECT_NEAR(
    std::log(lesion.at({half - .01, 0., 1.35}).cells), std::log(lesion.at({half + .01, 0., 1.35}).cells), .02);
}
