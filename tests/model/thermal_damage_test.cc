// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/heat/thermal_damage.h"

#include <gtest/gtest.h>

using namespace cutis;

namespace
{
  /** Destroyed fraction after this time [s] at a held temperature [degrees Celsius]. */
  double fraction(const DamageKinetics &kinetics, const double temperature, const double time)
  {
    return damaged_fraction(kinetics.advance(0., temperature, temperature, time));
  }
} // namespace

TEST(ThermalDamage, PointRates)
{
  // 130 - 3.72e5/(8.314462618 * 335.15) and 185.3001 - 5.064e5/(8.314462618 * 328.15).
  EXPECT_NEAR(collagen_denaturation.log_rate(62.), -3.4963929, 1e-6);
  EXPECT_NEAR(cell_death.log_rate(55.), -.3038025, 1e-6);
}

TEST(ThermalDamage, HeldTemperatures)
{
  // The activation energy as it was published, 89 kcal/mol; rounded to 372 kJ/mol, rates are 14 % higher.
  const DamageKinetics collagen{130., 89. * 4184.};
  EXPECT_NEAR(fraction(collagen, 62., 4.), .10, .005);
  EXPECT_NEAR(fraction(collagen, 67., 3.), .43, .005);
  EXPECT_NEAR(fraction(collagen, 72., 4.), .994, .001);
  EXPECT_NEAR(fraction(collagen, 55., 4.), .006, .0005);
  for (const double temperature : {55., 62., 67., 72.})
    EXPECT_NEAR(std::exp(collagen_denaturation.log_rate(temperature) - collagen.log_rate(temperature)), 1.14, .01);
  EXPECT_GT(fraction(cell_death, 62., 4.), .9999);
  EXPECT_NEAR(fraction(cell_death, 55., 4.), .95, .005);
}

TEST(ThermalDamage, StepWithLinearLogRateIsExact)
{
  // ln k linear in time: the integral is the difference of the rates over the slope.
  const double before = 60., after = 75., step = .3;
  const double k0 = std::exp(collagen_denaturation.log_rate(before)),
               k1 = std::exp(collagen_denaturation.log_rate(after));
  const double exact = step * (k1 - k0) / std::log(k1 / k0);
  EXPECT_NEAR(collagen_denaturation.increment(before, after, step), exact, 1e-12 * exact);
  EXPECT_NEAR(collagen_denaturation.increment(after, before, step), exact, 1e-12 * exact);
  // Almost the same temperature: the quotient must not lose its digits.
  const double k = std::exp(collagen_denaturation.log_rate(before));
  EXPECT_NEAR(collagen_denaturation.increment(before, before + 1e-9, step), step * k, 1e-8 * step * k);
}

TEST(ThermalDamage, FewStepsOfALinearRise)
{
  const auto steps = [](const int n)
  {
    double damage = 0.;
    for (int i = 0; i < n; ++i)
      damage = cell_death.advance(damage, 35. + 25. * i / n, 35. + 25. * (i + 1) / n, 1. / n);
    return damage;
  };
  const double exact = steps(100000);
  EXPECT_NEAR(steps(4), exact, .02 * exact);
  EXPECT_NEAR(steps(16), exact, .0013 * exact) << "second order";
}

TEST(ThermalDamage, TracesAndExcess)
{
  EXPECT_DOUBLE_EQ(damaged_fraction(1e-18), 1e-18);
  EXPECT_EQ(damaged_fraction(half_damage), .5);
  EXPECT_EQ(cell_death.advance(0., 300., 2000., 1e6), 1e3);
  EXPECT_EQ(damaged_fraction(1e3), 1.);
}
