// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Factors from the balance of healthy skin, and sums that no reaction changes.
#include "at_a_point.h"
#include "base/errors.h"
#include "model/reactions/balance.h"
#include "model/reactions/network_of.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  std::vector<Species> named(const std::vector<std::string> &keys)
  {
    std::vector<Species> species;
    for (const std::string &key : keys)
    {
      species.emplace_back();
      species.back().key = key;
    }
    return species;
  }

  /** Words of the refusal, or "" if there is none. */
  std::string refusal(const DenseMatrix &stoichiometry,
                      const std::vector<double> &rates,
                      const std::vector<int> &balanced,
                      const std::vector<Species> &species)
  {
    try
    {
      balancing_factors(stoichiometry, rates, balanced, species);
    }
    catch (const BadInput &problem)
    {
      return problem.what();
    }
    return "";
  }

  /** An enzyme E binds a substrate S to a complex X, which sets free a product P: E + X and S + X + P stay. */
  struct Enzyme
  {
    static constexpr Field<0> E{};
    static constexpr Field<1> S{};
    static constexpr Field<2> X{};
    static constexpr Field<3> P{};

    static constexpr auto name = "enzyme";
    static constexpr auto title = "Enzyme kinetics";
    static constexpr bool ages = false;
    struct Constants : ConstantTable
    {
    };
    static constexpr auto binding = reaction<Fields<E, S>, Stoichiometry<Change<E, -1>, Change<S, -1>, Change<X, 1>>>(
      "binding",
      [](const auto &u, const Constants &, const HostFactors &) { return 2. * u[E] * u[S]; });
    static constexpr auto release = reaction<Fields<X>, Stoichiometry<Change<X, -1>, Change<E, 1>, Change<P, 1>>>(
      "release",
      [](const auto &u, const Constants &, const HostFactors &) { return 3. * u[X]; });
    static constexpr auto reactions = std::make_tuple(binding, release);

    static std::vector<Species> species() { return named({"enzyme", "substrate", "complex", "product"}); }
    static void derive(Constants &) {}
    static std::vector<Taxis> taxis(const Constants &) { return {}; }
    static std::vector<CrowdedMobility> crowding() { return {}; }
    static std::vector<double> active() { return {1., 1., 1., 1.}; }
  };
} // namespace

TEST(Balance, EachSpeciesTakesItsFactorFromItsRest)
{
  // x' = f r0 - r1,  y' = r1 - f' r2 with a factor for r0 and r2.
  const auto f = balancing_factors({{1., -1., 0.}, {0., 1., -1.}}, {2., 6., 4.}, {0, -1, 1}, named({"x", "y"}));
  EXPECT_DOUBLE_EQ(f[0], 3.);
  EXPECT_DOUBLE_EQ(f[1], 1.);
  EXPECT_DOUBLE_EQ(f[2], 1.5);
}

TEST(Balance, CoupledFactorsAreFoundTogether)
{
  // x' = f0 r0 - f1 r1, y' = f1 r1 - r2: the flux from x to y is itself balanced.
  const auto f = balancing_factors({{1., -1., 0.}, {0., 1., -1.}}, {2., 6., 4.}, {0, 1, -1}, named({"x", "y"}));
  EXPECT_DOUBLE_EQ(f[1], 4. / 6.);
  EXPECT_DOUBLE_EQ(f[0], 2.);
}

TEST(Balance, WhatIsAbsentStaysAbsent)
{
  // Nothing acts: the factor stays 1. Only production acts: it must be 0.
  EXPECT_EQ(balancing_factors({{1., -1.}}, {0., 0.}, {0, -1}, named({"x"}))[0], 1.);
  EXPECT_EQ(balancing_factors({{1., -1.}}, {3., 0.}, {0, -1}, named({"x"}))[0], 0.);
}

TEST(Balance, ConstantsWithoutAHealthyStateAreRefused)
{
  // Two sources, no sink: one of them would have to run backwards.
  EXPECT_NE(refusal({{1., 1.}}, {1., 2.}, {0, -1}, named({"slow poison"})).find("'slow poison'"), std::string::npos);
  // A sink, and a source that is at rest.
  EXPECT_NE(refusal({{1., -1.}}, {0., 2.}, {0, -1}, named({"x"})).find("no healthy state"), std::string::npos);
  EXPECT_NE(refusal({{1., -1.}}, {1., std::nan("")}, {0, -1}, named({"x"})), "");
}

TEST(Balance, ConservedSumsOfANetwork)
{
  NetworkOf<Enzyme> network;
  const auto sums = network.conserved_sums();
  ASSERT_EQ(sums.size(), 2u);
  AtAPoint point(4, {&network});
  const std::vector<double> rates = point.rates({.7, 2., .3, .1});
  EXPECT_GT(std::abs(rates[0]), .1);
  for (const ConservedSum &sum : sums)
  {
    double change = 0., largest = 0.;
    for (int i = 0; i < 4; ++i)
    {
      change += sum[i] * rates[i];
      largest = std::max(largest, std::abs(sum[i]));
    }
    EXPECT_NEAR(change, 0., 1e-14);
    EXPECT_DOUBLE_EQ(largest, 1.);
  }
}

TEST(Balance, SkinIsOpen)
{
  // Every species of the dermis has sources or sinks of its own, except macrophages on particles: without particles no
  // reaction changes them.
  const auto network = make_network("dermis");
  const auto sums = network->conserved_sums();
  ASSERT_EQ(sums.size(), 1u);
  for (std::size_t s = 0; s < sums[0].size(); ++s)
    EXPECT_EQ(sums[0][s], network->species()[s].key == "plla_macrophage" ? 1. : 0.);
}
