// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Current and heat between two coaxial electrodes, where closed forms exist; benchmarks/verification/needle_heat prints
// them, and the transient.
#include "annulus.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;
using Control = RfDrive::Control;

namespace
{
  struct Annulus
  {
    TreatmentCell<2> cell;
    std::optional<ElectroThermal<2>> session;

    explicit Annulus(const ElectroThermalSetting &setting, const unsigned int n_cells = 32)
    {
      make_annulus(n_cells, cell);
      session.emplace(cell, setting);
    }

    double rise(const double radius) const { return rise_at(*session, {radius, 0., -.5}); }
  };

  ElectroThermalSetting with_held_walls(const double slope)
  {
    ElectroThermalSetting setting = reference_tissue(slope);
    setting.heat.walls_held = true;
    return setting;
  }

  const double middle = std::sqrt(inner_radius * outer_radius);
} // namespace

TEST(AnnulusHeat, Resistance)
{
  Annulus annulus(reference_tissue());
  EXPECT_NEAR(1. / annulus.session->conductance(), 1505.2623, 1e-3);
}

TEST(AnnulusHeat, SteadyBetweenHeldWalls)
{
  Annulus annulus(with_held_walls(0.));
  annulus.session->apply(drive(Control::voltage, 30.), 100.);
  // The steady rise is quadratic in the potential, which is logarithmic in the radius: half-way it is the largest.
  EXPECT_NEAR(annulus.rise(middle), 70.3125, 1e-3);
  EXPECT_NEAR(annulus.rise(std::sqrt(inner_radius * middle)), .75 * 70.3125, 1e-3);
}

TEST(AnnulusHeat, SteadyWithWarmingConductivity)
{
  ElectroThermalSetting setting = with_held_walls(.015);
  setting.tolerance = 1e-4;
  Annulus annulus(setting, 64);
  annulus.session->apply(drive(Control::voltage, 30.), 100.);
  EXPECT_NEAR(annulus.session->peak_temperature() - 35., 124.7385, .01);
  EXPECT_NEAR(1. / annulus.session->conductance(), 711.7530, .01);
  EXPECT_NEAR(annulus.session->history().back().resistance(), 711.7530, .01);
}

TEST(AnnulusHeat, TransientBetweenAdiabaticWalls)
{
  ElectroThermalSetting setting = reference_tissue();
  setting.tolerance = 1e-4;
  Annulus annulus(setting);
  struct
  {
    double duration, inner, middle, outer;
  } expected[] = {{.1, 32.7314, 8.3741, .7652}, {.4, 90.9265, 44.1444, 4.7548}, {1.5, 185.658, 125.809, 35.148}};
  for (const auto &reference : expected)
  {
    annulus.session->apply(drive(Control::voltage, 30.), reference.duration);
    EXPECT_NEAR(annulus.rise(inner_radius), reference.inner, 1e-3 * reference.inner);
    EXPECT_NEAR(annulus.rise(middle), reference.middle, 1e-3 * reference.middle);
    EXPECT_NEAR(annulus.rise(outer_radius), reference.outer, 1e-3 * reference.outer);
  }
}

TEST(AnnulusHeat, SecondOrderInTime)
{
  // At a held voltage the source grows with the temperature, so that the coupling is tested as well.
  const auto rise = [](const unsigned int steps)
  {
    Annulus annulus(reference_tissue(.015), 16);
    annulus.session->fixed_step = .5 / steps;
    annulus.session->apply(drive(Control::voltage, 30.), .5);
    EXPECT_EQ(annulus.session->history().size(), steps);
    return annulus.rise(inner_radius);
  };
  const double exact = rise(2560), coarse = rise(160) - exact, fine = rise(320) - exact;
  EXPECT_LT(std::abs(fine), 1e-6 * exact);
  // The source is switched on at once, which costs the first steps a little of their order.
  EXPECT_GT(std::log2(coarse / fine), 1.9);
}

TEST(AnnulusHeat, FewAdaptiveStepsAreAccurate)
{
  Annulus accurate(reference_tissue(.015)), usual(reference_tissue(.015));
  accurate.session->fixed_step = 1e-3;
  for (Annulus *annulus : {&accurate, &usual})
    annulus->session->apply(drive(Control::voltage, 30.), .5);
  EXPECT_LT(usual.session->history().size(), 30u);
  const double exact = accurate.rise(inner_radius);
  EXPECT_NEAR(usual.rise(inner_radius), exact, 3e-3 * exact);
}

TEST(AnnulusHeat, NothingIsLostBetweenTheDrives)
{
  for (const Control control : {Control::voltage, Control::power, Control::current, Control::temperature})
  {
    ElectroThermalSetting setting = reference_tissue(.02);
    setting.conductivity.highest = 100.;
    setting.water = BoilingWater();
    setting.heat.surface_transfer = 500.;
    Annulus annulus(setting, 16);
    const double target = control == Control::voltage   ? 30.
                          : control == Control::power   ? .6
                          : control == Control::current ? .02
                                                        : 70.;
    RfDrive generator = drive(control, target);
    generator.highest_power = 2.;
    annulus.session->apply(generator, .6);
    annulus.session->apply(RfDrive(), 1.);
    EXPECT_LT(std::abs(missing_heat(*annulus.session)), 1e-9);
    EXPECT_GT(annulus.session->balance().lost, .01 * annulus.session->balance().supplied);
  }
}

TEST(AnnulusHeat, DrivesKeepTheirTargets)
{
  ElectroThermalSetting setting = reference_tissue(.02);
  Annulus voltage(setting, 16), current(setting, 16), power(setting, 16);
  voltage.session->apply(drive(Control::voltage, 30.), .2);
  current.session->apply(drive(Control::current, .02), .2);
  power.session->apply(drive(Control::power, .6), .2);
  const auto &v = voltage.session->history().back(), &c = current.session->history().back(),
             &p = power.session->history().back();
  EXPECT_NEAR(v.voltage(), 30., 1e-9);
  EXPECT_NEAR(c.current(), .02, 1e-12);
  EXPECT_NEAR(p.power, .6, 1e-12);
  EXPECT_NEAR(power.session->balance().supplied, .6 * .2, 1e-12);
  EXPECT_LT(v.resistance(), voltage.session->history().front().resistance()) << "warm tissue conducts better";
}

TEST(AnnulusHeat, HeldTemperature)
{
  ElectroThermalSetting setting = reference_tissue(.02);
  Annulus annulus(setting, 16);
  RfDrive generator = drive(Control::temperature, 72.);
  generator.highest_power = 1.;
  annulus.session->apply(generator, 2.);
  bool reached = false;
  for (const SessionRecord &record : annulus.session->history())
  {
    EXPECT_LE(record.sensor, 72. + 1e-9);
    EXPECT_LE(record.power, 1. + 1e-12);
    if (reached)
      EXPECT_NEAR(record.sensor, 72., 1e-9) << "at " << record.time << " s";
    else
      reached = record.sensor > 72. - 1e-9;
  }
  EXPECT_TRUE(reached);
  EXPECT_LT(annulus.session->history().back().power, .5) << "holding takes less than heating up";
}

TEST(AnnulusHeat, WaterBoilsAtAPlateau)
{
  ElectroThermalSetting setting = reference_tissue();
  setting.water = BoilingWater();
  Annulus annulus(setting);
  annulus.session->apply(drive(Control::voltage, 30.), .5);
  // Without water the rise would be 91 K at the inner wall.
  EXPECT_NEAR(annulus.session->peak_temperature(), 100., 1e-9);
  EXPECT_GT(annulus.session->boiled_volume(), 0.);
  EXPECT_LT(std::abs(missing_heat(*annulus.session)), 1e-9);
  // Steam condenses: once all is as warm as it was on the average, no latent heat is left.
  const double hot = annulus.session->peak_temperature();
  annulus.session->apply(RfDrive(), 200.);
  const HeatBalance heat = annulus.session->balance();
  const double volume = M_PI * (outer_radius * outer_radius - inner_radius * inner_radius) * 1e-9;
  EXPECT_NEAR(annulus.rise(middle), heat.supplied / (volume * 1115. * 3450.), 1e-6);
  EXPECT_EQ(annulus.session->peak_temperature(), hot);
}

TEST(AnnulusHeat, CooledSurface)
{
  // A half space that suddenly loses heat at its surface: the surface follows e^{x^2} erfc x, x = h sqrt(kappa t)/k.
  ElectroThermalSetting setting = reference_tissue();
  setting.heat.surface_transfer = 1000.;
  setting.heat.coolant_temperature = 15.;
  setting.tolerance = 1e-4;
  TreatmentCell<2> cell;
  make_annulus(2, cell);
  cell.triangulation.refine_global(4);
  ElectroThermal<2> session(cell, setting);
  session.apply(RfDrive(), .3);
  const double x = 1000. * std::sqrt(.40 / (1115. * 3450.) * .3) / .40;
  EXPECT_NEAR(rise_at(session, {.5, 0., 0.}), -20. * (1. - std::exp(x * x) * std::erfc(x)), .01);
  const HeatBalance heat = session.balance();
  EXPECT_NEAR(heat.lost, -heat.stored, 1e-9 * heat.lost);
}

TEST(AnnulusHeat, BloodCarriesHeatAway)
{
  // All of the tissue is equally warm and cooled by blood alone: it relaxes at perfusion/(rho c).
  ElectroThermalSetting setting = reference_tissue();
  setting.tissues.dermis.perfusion = 8065.;
  setting.heat.surface_transfer = 0.;
  Annulus annulus(setting, 4);
  annulus.session->apply(drive(Control::voltage, 30.), .5);
  annulus.session->apply(RfDrive(), 100.);
  const double stopped = annulus.rise(middle);

  setting.heat.perfused = true;
  setting.tolerance = 1e-4;
  Annulus flowing(setting, 4);
  flowing.session->apply(drive(Control::voltage, 30.), .5);
  flowing.session->apply(RfDrive(), 100.);
  const double rate = 8065. / (1115. * 3450.);
  // Heat comes in evenly over the first half second.
  const double mean_time = 100.25;
  EXPECT_NEAR(flowing.rise(middle), stopped * std::exp(-rate * mean_time), 1e-3 * stopped);
}
