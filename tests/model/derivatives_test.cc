// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The Jacobians are those of the rates, complete, and the dual numbers differentiate as Sacado does.
#include "laws_of_reactions.h"
#include "model/reactions/dual.h"

#include <Sacado.hpp>
#include <gtest/gtest.h>

#include <random>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Sacado3 = Sacado::Fad::SFad<double, 3>;

  template <int n>
  Dual<n> to_the(const Dual<n> &x, const double exponent)
  {
    return power(x, exponent);
  }
  Sacado3 to_the(const Sacado3 &x, const double exponent)
  {
    return pow(x, exponent);
  }

  /** All operations that the rates use. */
  template <class N>
  N expression(const N &x, const N &y, const N &z)
  {
    const N ratio = (2. * x - y + .3) / (1. + x * x / y) - 5. / z;
    const N powers = to_the(N(z + .1), -.41) * to_the(x, 1.7) / 3.;
    return -ratio * powers + (1. - z) * (ratio / (y - 8.)) + x / 2. + (y * .5 - 1.) + (7. - x);
  }

  void expect_equal_derivatives(const double x, const double y, const double z)
  {
    const auto dual = expression(Dual<3>::variable(x, 0), Dual<3>::variable(y, 1), Dual<3>::variable(z, 2));
    const auto sacado = expression(Sacado3(3, 0, x), Sacado3(3, 1, y), Sacado3(3, 2, z));
    EXPECT_NEAR(dual.value, sacado.val(), 1e-14 * std::abs(dual.value));
    for (int i = 0; i < 3; ++i)
      EXPECT_NEAR(dual.d[i], sacado.dx(i), 1e-13 * std::max(1., std::abs(dual.d[i])));
  }
} // namespace

TEST(Derivatives, DualNumbersAgreeWithSacado)
{
  std::mt19937 random(1);
  std::uniform_real_distribution<double> number(.1, 4.);
  for (int i = 0; i < 100; ++i)
    expect_equal_derivatives(number(random), number(random), number(random));
}

TEST(Derivatives, PositivePartHasNoSlopeAtAndBelowZero)
{
  const auto at = [](const double x) { return positive_part(Dual<1>::variable(x, 0)); };
  EXPECT_EQ(at(2.).value, 2.);
  EXPECT_EQ(at(2.).d[0], 1.);
  for (const double x : {0., -1.})
  {
    EXPECT_EQ(at(x).value, 0.);
    EXPECT_EQ(at(x).d[0], 0.);
  }
}

TEST(Derivatives, JacobiansAreThoseOfTheRates)
{
  std::mt19937 random(2);
  Host host = host_of_age(55., true);
  host.smoker = true;
  host.tension_gains = {.2, .2, .3};
  for (const std::string &name : network_names())
  {
    Reactions network = network_for(
      name, host, name == "dermis" ? std::vector<std::string>{"Fragmentation=1e-3"} : std::vector<std::string>{});
    expect_derivatives_of_rates(network, name, random);
  }
  // Modules of interventions, by themselves and together.
  for (const std::vector<std::string> &modules : modules_of_interventions())
  {
    Reactions treated = reactions_for("dermis", {host}, {}, modules);
    treated.set_cohorts("plla", {0., 28.});
    treated.set_time(120.);
    expect_derivatives_of_rates(treated, modules.back(), random);
  }
}
