// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Factors from the balance of healthy skin, and sums that no reaction changes.
#include "at_a_point.h"
#include "base/errors.h"
#include "model/reactions/balance.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** Words of the refusal, or "" if there is none. */
  std::string refusal(const DenseMatrix &stoichiometry,
                      const std::vector<double> &rates,
                      const std::vector<int> &balanced,
                      const std::vector<std::string> &keys)
  {
    try
    {
      balancing_factors(stoichiometry, rates, balanced, keys);
    }
    catch (const BadInput &problem)
    {
      return problem.what();
    }
    return "";
  }

  /** An enzyme E binds a substrate S to a complex X, which sets free a product P: E + X and S + X + P stay. */
  namespace enzyme
  {
    struct Constants : ConstantTable
    {
    };

    inline constexpr struct Enzyme : Field
    {
      static constexpr auto key = "enzyme";
      static Row row(const Constants &) { return soluble("E", ""); }
    } E{};
    inline constexpr struct Substrate : Field
    {
      static constexpr auto key = "substrate";
      static Row row(const Constants &) { return soluble("S", ""); }
    } S{};
    inline constexpr struct Complex : Field
    {
      static constexpr auto key = "complex";
      static Row row(const Constants &) { return soluble("X", ""); }
    } X{};
    inline constexpr struct Product : Field
    {
      static constexpr auto key = "product";
      static Row row(const Constants &) { return soluble("P", ""); }
    } P{};

    inline constexpr auto binding = reaction<Fields<E, S>, Stoichiometry<Change<E, -1>, Change<S, -1>, Change<X, 1>>>(
      "binding",
      [](const auto &u, const Constants &, const auto &) { return 2. * u[E] * u[S]; });
    inline constexpr auto release = reaction<Fields<X>, Stoichiometry<Change<X, -1>, Change<E, 1>, Change<P, 1>>>(
      "release",
      [](const auto &u, const Constants &, const auto &) { return 3. * u[X]; });
  } // namespace enzyme

  struct EnzymeKinetics : ModuleDefinition
  {
    static constexpr auto name = "enzyme";
    static constexpr auto title = "Enzyme kinetics";
    static constexpr auto section = "Network/enzyme";
    using Constants = enzyme::Constants;
    using Own = Fields<enzyme::E, enzyme::S, enzyme::X, enzyme::P>;
    static constexpr auto reactions = std::make_tuple(enzyme::binding, enzyme::release);
  };
} // namespace

TEST(Balance, EachSpeciesTakesItsFactorFromItsRest)
{
  // x' = f r0 - r1,  y' = r1 - f' r2 with a factor for r0 and r2.
  const auto f = balancing_factors({{1., -1., 0.}, {0., 1., -1.}}, {2., 6., 4.}, {0, -1, 1}, {"x", "y"});
  EXPECT_DOUBLE_EQ(f[0], 3.);
  EXPECT_DOUBLE_EQ(f[1], 1.);
  EXPECT_DOUBLE_EQ(f[2], 1.5);
}

TEST(Balance, CoupledFactorsAreFoundTogether)
{
  // x' = f0 r0 - f1 r1, y' = f1 r1 - r2: the flux from x to y is itself balanced.
  const auto f = balancing_factors({{1., -1., 0.}, {0., 1., -1.}}, {2., 6., 4.}, {0, 1, -1}, {"x", "y"});
  EXPECT_DOUBLE_EQ(f[1], 4. / 6.);
  EXPECT_DOUBLE_EQ(f[0], 2.);
}

TEST(Balance, WhatIsAbsentStaysAbsent)
{
  // Nothing acts: the factor stays 1. Only production acts: it must be 0.
  EXPECT_EQ(balancing_factors({{1., -1.}}, {0., 0.}, {0, -1}, {"x"})[0], 1.);
  EXPECT_EQ(balancing_factors({{1., -1.}}, {3., 0.}, {0, -1}, {"x"})[0], 0.);
}

TEST(Balance, ConstantsWithoutAHealthyStateAreRefused)
{
  // Two sources, no sink: one of them would have to run backwards.
  EXPECT_NE(refusal({{1., 1.}}, {1., 2.}, {0, -1}, {"slow poison"}).find("'slow poison'"), std::string::npos);
  // A sink, and a source that is at rest.
  EXPECT_NE(refusal({{1., -1.}}, {0., 2.}, {0, -1}, {"x"}).find("no healthy state"), std::string::npos);
  EXPECT_NE(refusal({{1., -1.}}, {1., std::nan("")}, {0, -1}, {"x"}), "");
}

TEST(Balance, ConservedSumsOfANetwork)
{
  const Reactions network = test_network<EnzymeKinetics>();
  const auto sums = network.conserved_sums();
  ASSERT_EQ(sums.size(), 2u);
  const AtAPoint point(network);
  const std::vector<double> rates = point.rates({.7, 2., .3, .1});
  EXPECT_GT(std::abs(rates[0]), .1);
  for (const std::vector<double> &sum : sums)
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
  // Every field of the dermis has sources or sinks of its own.
  EXPECT_TRUE(network_for("dermis", host_of_age(20., false)).conserved_sums().empty());
}

TEST(Balance, ParticlesAndWhatHasDissolvedStay)
{
  const Reactions treated = reactions_for("dermis", {host_of_age(20., false)}, {}, {"plla"});
  const auto sums = treated.conserved_sums();
  ASSERT_EQ(sums.size(), 1u);
  for (std::size_t f = 0; f < sums[0].size(); ++f)
  {
    const std::string key = treated.species()[f].key;
    EXPECT_EQ(sums[0][f], key == "plla_dissolved" || treated.species()[f].family == "plla_mass" ? 1. : 0.) << key;
  }
}
