// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The Jacobians are those of the rates, complete, and the dual numbers differentiate as Sacado does.
#include "at_a_point.h"
#include "model/reactions/dual.h"

#include <Sacado.hpp>
#include <gtest/gtest.h>

#include <random>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Sacado3 = Sacado::Fad::SFad<double, 3>;

  /** All operations that the rates use. */
  template <class N>
  N expression(const N &x, const N &y, const N &z)
  {
    using std::pow;
    const N ratio = (2. * x - y + .3) / (1. + x * x / y) - 5. / z;
    const N powers = pow(z + .1, -.41) * pow(x, 1.7) / 3.;
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

  /** States of all sizes between absent and several times the usual. */
  std::vector<double> random_state(const std::vector<double> &sizes, std::mt19937 &random)
  {
    std::uniform_real_distribution<double> share(.02, 3.);
    std::vector<double> u;
    for (const double size : sizes)
      u.push_back(size * share(random));
    return u;
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

TEST(Derivatives, JacobiansOfTheNetworksAreThoseOfTheirRates)
{
  std::mt19937 random(2);
  Host host = host_of_age(55., true);
  host.smoker = true;
  for (const std::string &name : network_names())
  {
    const auto network = network_for(
      name, host, name == "dermis" ? std::vector<std::string>{"Fragmentation=1e-3"} : std::vector<std::string>{});
    const std::vector<double> sizes = magnitudes(*network);
    const std::size_t n = sizes.size();
    AtAPoint point(n, {network.get()});
    for (const double content : {.2, 1.})
      for (int trial = 0; trial < 20; ++trial)
      {
        point.content = content;
        const std::vector<double> u = random_state(sizes, random);
        const std::vector<double> jacobian = point.jacobian(u);
        const std::vector<double> differences = point.differences(u, sizes, 1e-5);
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t j = 0; j < n; ++j)
          {
            // In units of the fields' sizes; central differences of terms of up to 1e3 /d leave 1e-8.
            const double unit = sizes[j] / sizes[i];
            const double size = 1. + std::abs(jacobian[i * n + j]) * unit;
            EXPECT_NEAR(jacobian[i * n + j] * unit, differences[i * n + j] * unit, 2e-6 * size)
              << name << ": " << network->species()[i].key << " by " << network->species()[j].key;
          }
      }
  }
}
