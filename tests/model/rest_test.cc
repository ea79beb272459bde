// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Healthy skin rests: at any age that is held, under sun and smoke, in every layer.
#include "host_module.h"
#include "laws_of_reactions.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

TEST(Rest, YoungSkinIsASteadyState)
{
  for (const char *name : {"dermis", "koppenol2017"})
    EXPECT_LT(drift_of_health(network_for(name, host_of_age(20., false))), round_off_at_rest) << name;
}

TEST(Rest, SkinOfAHeldAgeIsASteadyState)
{
  for (const double age : {55., 80.})
    EXPECT_LT(drift_of_health(network_for("dermis", host_of_age(age, false))), round_off_at_rest) << age;
}

TEST(Rest, SunAndSmokeIncluded)
{
  Host host = host_of_age(55., false);
  host.smoker = true;
  host.uv_dose = .5;
  EXPECT_LT(drift_of_health(network_for("dermis", host)), round_off_at_rest);
  host.sunscreen = .9;
  EXPECT_LT(drift_of_health(network_for("dermis", host)), round_off_at_rest);
}

TEST(Rest, LayersRestWhateverTheyHold)
{
  for (const double age : {20., 55.})
  {
    auto network = network_for("dermis", host_of_age(age, false));
    for (const double content : {.01, .2, 1., 5.})
      EXPECT_LT(drift_of_health(network, content), std::max(1., content) * round_off_at_rest) << "content " << content;
  }
}

TEST(Rest, SoDoModulesWhoseCellsFeelTheHost)
{
  for (const double age : {20., 55.})
  {
    std::vector<ChosenModule> modules;
    modules.push_back({make_module("dermis"), 0});
    modules.push_back({make_host_module(), 0});
    const Reactions treated(std::move(modules), {host_of_age(age, false)});
    for (const double content : {.01, .2, 1., 5.})
      EXPECT_LT(drift_of_health(treated, content), std::max(1., content) * round_off_at_rest) << "content " << content;
  }
}

TEST(Rest, ThePublishedModelOf2017Drifts)
{
  // Known of the paper's constants: (1, 1) is no steady state, and the model goes to (.801, .864).
  auto network = network_for("tepole2017", host_of_age(20., false));
  EXPECT_GT(drift_of_health(network), 1e-3);
  const std::vector<double> end = evolve(network, network.healthy(), 1e4, 1e-8);
  EXPECT_NEAR(end[network.index("fibroblast")], .801, 1e-3);
  EXPECT_NEAR(end[network.index("collagen")], .864, 1e-3);
}

TEST(Rest, AgeingSkinDriftsAsItAges)
{
  auto network = network_for("dermis", host_of_age(55., true));
  // The 35 years before have changed no field by more than a few per cent of its size a year.
  EXPECT_GT(drift_of_health(network), 1e-6);
  EXPECT_LT(drift_of_health(network), 1e-4);
}

TEST(Rest, ConstantsThatFollowFromTheBalance)
{
  auto network = network_for("dermis", host_of_age(20., false));
  EXPECT_NEAR(factor_of(network, "oxygen"), 8. / 3., 1e-12);
  EXPECT_NEAR(factor_of(network, "collagen_mature"), 1.2652e-4 * .9 / .1, 1e-12);
  EXPECT_NEAR(factor_of(network, "collagen_new"), .008914, 1e-6);
  EXPECT_NEAR(factor_of(network, "tgf_beta"), 1., 1e-12);
}

TEST(Rest, SkinAt55)
{
  auto network = network_for("dermis", host_of_age(55., true));
  const auto healthy = [&](const char *key) { return network.healthy()[network.index(key)]; };
  EXPECT_NEAR(healthy("collagen_new"), .060797645, 1e-5 * .060797645);
  EXPECT_NEAR(healthy("collagen_mature"), .68180503, 1e-5 * .68180503);
  EXPECT_NEAR(healthy("elastin"), .95960731, 1e-5 * .95960731);
  EXPECT_NEAR(healthy("mmp"), 1.58332, 1e-5 * 1.58332);
  EXPECT_NEAR(healthy("collagen_fragmented"), .29 * healthy("collagen_mature"), 1e-3 * healthy("collagen_mature"));
  for (const char *key : {"tgf_beta", "vegf", "oxygen", "fibroblast", "macrophage", "vessel", "hyaluronan"})
    EXPECT_NEAR(healthy(key), 1., 1e-8) << key;
  for (const char *key : {"damage_signal", "myofibroblast", "fibronectin"})
    EXPECT_NEAR(healthy(key), 0., 1e-15) << key;
}

TEST(Rest, AgeAndHabitsActTheRightWay)
{
  const auto collagen = [](const Host &host)
  {
    auto network = network_for("dermis", host);
    return network.healthy()[network.index("collagen_new")] + network.healthy()[network.index("collagen_mature")];
  };
  Host host = host_of_age(55., true);
  const double at_55 = collagen(host);
  host.smoker = true;
  const double smoker = collagen(host);
  host.smoker = false;
  host.uv_dose = 1.;
  const double sun = collagen(host);
  host.sunscreen = .9;
  const double screened = collagen(host);
  EXPECT_LT(collagen(host_of_age(80., true)), at_55);
  EXPECT_LT(at_55, collagen(host_of_age(30., true)));
  EXPECT_LT(smoker, at_55);
  EXPECT_LT(sun, screened);
  EXPECT_LT(screened, at_55);
}
