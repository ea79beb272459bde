// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A host grows older in one way, whether before the run or during it, and what it does from one age to another is felt
// then and for some days longer.
#include "at_a_point.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  constexpr double year = 365.25;

  double value_of(const Reactions &network, const std::vector<double> &state, const std::string &key)
  {
    return state[network.index(key)];
  }

  double fragmented_share(const Reactions &network, const std::vector<double> &state)
  {
    return value_of(network, state, "collagen_fragmented") / value_of(network, state, "collagen_mature");
  }

  double healthy_share(const Host &host)
  {
    const auto network = network_for("dermis", host);
    return fragmented_share(network, network.healthy());
  }

  double collagen(const Reactions &network, const std::vector<double> &state)
  {
    return value_of(network, state, "collagen_new") + value_of(network, state, "collagen_mature");
  }

  /** Collagen after some years of a run. */
  double collagen_after(const Host &host, const double years)
  {
    auto network = network_for("dermis", host);
    return collagen(network, evolve(network, network.healthy(), years * year, 1e-8));
  }
} // namespace

TEST(Habit, BuildsUpAndFadesByItsLaw)
{
  const Habit habit{{30., 40.}};
  const double tau = 500., small = 1e-4; // d, years
  EXPECT_EQ(habit.felt(30., tau), 0.);
  EXPECT_EQ(habit.felt(12., tau), 0.);
  for (const double age : {30.5, 32., 39., 40.5, 45.})
  {
    const double slope = (habit.felt(age + small, tau) - habit.felt(age - small, tau)) / (2. * small * year);
    EXPECT_NEAR(slope, ((age < 40. ? 1. : 0.) - habit.felt(age, tau)) / tau, 1e-9) << age;
  }
  EXPECT_NEAR(habit.felt(40. + 1e-9, tau), habit.felt(40. - 1e-9, tau), 1e-8);
}

TEST(Habit, WithoutAgesItIsForEver)
{
  for (const double age : {0., 20., 100.})
    EXPECT_EQ(Habit().felt(age, 30.), 1.);
  EXPECT_EQ(Habit{}.during({{30., 40.}}).felt(45., 300.), (Habit{{30., 40.}}).felt(45., 300.));
  EXPECT_EQ((Habit{{50., 60.}}).during({{30., 40.}}).felt(55., 300.), 0.);
}

TEST(Host, SunscreenThatKeepsAllOffIsNoSun)
{
  Host host = host_of_age(55., true), burnt = host;
  burnt.uv_dose = host.uv_dose = 2.;
  burnt.sun.between = host.sun.between = {30., 70.};
  host.sunscreen = 1.;
  for (const double age : {25., 30.01, 50., 70.01, 75.})
    EXPECT_EQ(host.factors(age).mmp_production, host_of_age(55., true).factors(age).mmp_production) << age;
  host.protection.between = {50., 60.};
  EXPECT_EQ(host.factors(49.).mmp_production, burnt.factors(49.).mmp_production);
  EXPECT_NEAR(host.factors(55.).mmp_production, host_of_age(55., true).factors(55.).mmp_production, 1e-12);
  EXPECT_NEAR(host.factors(65.).mmp_production, burnt.factors(65.).mmp_production, 1e-12);
}

TEST(Host, TurnsAreThoseWithinTheRunThatMatter)
{
  Host host = host_of_age(55., true);
  host.sun.between = {30., 60.};
  host.smoking.between = {20., 56.};
  EXPECT_TRUE(host.turns().empty()); // no sun, no smoker
  host.uv_dose = 1.;
  host.smoker = true;
  EXPECT_EQ(host.turns(), (std::vector<double>{5. * year, year}));
  host.ageing = false;
  EXPECT_TRUE(host.turns().empty());
}

TEST(Host, YearsOfARunAreAsYearsBeforeIt)
{
  for (const double uv : {0., 1.})
  {
    Host young = host_of_age(35., true), old = host_of_age(65., true);
    young.uv_dose = old.uv_dose = uv;
    young.sun.between = old.sun.between = {40., 60.};
    auto network = network_for("dermis", young);
    const auto lived = evolve(network, network.healthy(), 30. * year, 1e-9);
    const auto grown = network_for("dermis", old).healthy();
    for (const Species &s : network.species())
      if (s.key != "collagen_crosslinked") // a month behind what matures
        EXPECT_NEAR(value_of(network, lived, s.key), value_of(network, grown, s.key), 3e-6) << s.key << " uv " << uv;
  }
}

TEST(Host, FragmentsGatherWithAgeAndSunAndRestAtAHeldAge)
{
  EXPECT_EQ(healthy_share(host_of_age(20., true)), 0.);
  double before = 0.;
  for (const double age : {30., 40., 50., 60., 70., 80.})
  {
    const double share = healthy_share(host_of_age(age, true));
    EXPECT_GT(share, before + .02) << age;
    before = share;
  }
  EXPECT_LT(before, .6);
  Host exposed = host_of_age(55., true);
  exposed.uv_dose = 1.;
  EXPECT_GT(healthy_share(exposed), healthy_share(host_of_age(55., true)) + .05);

  auto held = network_for("dermis", host_of_age(55., false));
  const auto later = evolve(held, held.healthy(), 10. * year, 1e-8);
  EXPECT_NEAR(fragmented_share(held, later), fragmented_share(held, held.healthy()), 1e-9);
}

TEST(Host, LaterHabitsChangeLaterYearsOnly)
{
  Host exposed = host_of_age(50., true);
  exposed.uv_dose = 1.;
  Host protects = exposed;
  protects.sunscreen = .9;
  protects.protection.between = {55., 80.};
  EXPECT_NEAR(collagen_after(protects, 5.), collagen_after(exposed, 5.), 1e-7);
  EXPECT_GT(collagen_after(protects, 20.), 1.01 * collagen_after(exposed, 20.));

  Host smokes = host_of_age(50., true);
  smokes.smoker = true;
  Host stops = smokes;
  stops.smoking.between = {20., 55.};
  EXPECT_GT(collagen_after(stops, 20.), 1.01 * collagen_after(smokes, 20.));
  EXPECT_LT(collagen_after(stops, 20.), collagen_after(host_of_age(50., true), 20.));
}

TEST(Host, SynthesisIsMeasuredAgainstTheStartOfTheRun)
{
  auto network = network_for("dermis", host_of_age(20., true));
  const std::vector<double> content = {1.};
  const double at_start = network.resting_production(network.index("collagen_new"));
  const auto old = evolve(network, network.healthy(), 60. * year, 1e-8);
  const NodeBlock node{
    1, network.layout().n_fields(), old.data(), 0, nullptr, content.data(), nullptr, nullptr, nullptr};
  network.set_time(60. * year);
  // Fewer and slower fibroblasts, .65 x .68, in tissue of less density, 1.7/(.7 + Ct).
  EXPECT_NEAR(network.production(network.index("collagen_new"), node).front() / at_start,
              .65 * .68 * 1.7 / (.7 + collagen(network, old)),
              2e-3);
  EXPECT_EQ(network.resting_production(network.index("collagen_new")), at_start);
}
