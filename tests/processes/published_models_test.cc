// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The two models from the literature against closed forms and against benchmarks/verification/published_models.
#include "../model/at_a_point.h"
#include "test_run.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;

namespace
{
  constexpr double hour = 1. / 24.; // d

  /**
   * Centre of the disc wound of tepole2017, hours after wounding, with the collagen inside at .01 and at 0, by
   * benchmarks/verification/published_models with cells of 1/16 mm along the radius; halving them changes no value by
   * more than 6e-4 of itself.
   */
  struct DiscHour
  {
    double hours, fibroblast, collagen, collagen_from_zero;
  };
  const std::vector<DiscHour> disc = {{72., .2586, .0161, .0068},
                                      {120., .8264, .0806, .0723},
                                      {168., .8743, .1567, .1493},
                                      {240., .8603, .2498, .2435},
                                      {360., .8285, .3662, .3612}};

  /** Cytokine in the centre of a disc of radius 10 mm that held 1. */
  double cytokine(const double hours)
  {
    return std::exp(-.01 * hours) * (1. - std::exp(-100. / (.4 * hours)));
  }

  /** The disc along its radius; the node at 10 mm lies half inside. */
  std::unique_ptr<NodesRun>
  disc_along_radius(Reactions &network, const Nodes &nodes, const double tolerance, const double collagen)
  {
    auto run = std::make_unique<NodesRun>(network, nodes, tolerance);
    const auto profile = [](const double inside, const double outside)
    {
      return [=](const Place &p) {
        return std::abs(p.x - 10.) < 1e-9 ? .5 * (inside + outside) : p.x < 10. ? inside : outside;
      };
    };
    run->set("cytokine", profile(1., 0.));
    run->set("fibroblast", profile(0., 1.));
    run->set("collagen", profile(collagen, 1.));
    return run;
  }
} // namespace

TEST(PublishedModels, TheClosedFormOfTheCytokineIsThatOfTheTable)
{
  for (const auto &[hours, value] :
       {std::pair(24., .78660), {72., .47164}, {120., .26369}, {168., .14429}, {240., .05871}})
    EXPECT_NEAR(cytokine(hours), value, 6e-6);
}

TEST(PublishedModels, DiscOfTepoleAlongItsRadius)
{
  auto network = network_for("tepole2017", host_of_age(20., false));
  const Nodes nodes = radial_nodes(2, 50., 400);
  const auto scarce = disc_along_radius(network, nodes, 1e-4, .01), none = disc_along_radius(network, nodes, 1e-4, 0.);
  for (const DiscHour &expected : disc)
  {
    scarce->run(expected.hours * hour);
    none->run(expected.hours * hour);
    EXPECT_NEAR(scarce->at({}, "cytokine"), cytokine(expected.hours), .005 * cytokine(expected.hours));
    EXPECT_NEAR(scarce->at({}, "fibroblast"), expected.fibroblast, .01 * expected.fibroblast) << expected.hours;
    EXPECT_NEAR(scarce->at({}, "collagen"), expected.collagen, .01 * expected.collagen) << expected.hours;
    EXPECT_NEAR(none->at({}, "collagen"), expected.collagen_from_zero, .01 * expected.collagen_from_zero)
      << expected.hours;
  }
}

TEST(PublishedModelsSlow, DiscOfTepole)
{
  CaseRun<2> run({}, study("tepole2017_disc"));
  for (const DiscHour &expected : disc)
  {
    run.run(expected.hours * hour);
    const auto at_centre = [&](const char *key) { return run.at({-25., 0., 0.}, key); };
    EXPECT_NEAR(at_centre("cytokine"), cytokine(expected.hours), .005 * cytokine(expected.hours)) << expected.hours;
    EXPECT_NEAR(at_centre("fibroblast"), expected.fibroblast, .01 * expected.fibroblast) << expected.hours;
    EXPECT_NEAR(at_centre("collagen"), expected.collagen, .01 * expected.collagen) << expected.hours;
  }
}

TEST(PublishedModelsSlow, WoundOfKoppenol)
{
  // The wound reaches over the first 10 mm; the half sine of its rim is centred at the edge. The numbers are those of
  // benchmarks/verification/published_models.
  CaseRun<2> run({"Wound/Height=15 mm"}, study("koppenol2017_wound"));
  struct Day
  {
    double day, fibroblasts, myofibroblasts, signal, collagen, tolerance;
  };
  for (const Day &expected : {Day{7., 1315., 1646., 1.461e-8, .02795, .01},
                              {28., 63.87, 4978., 5.431e-8, .1597, .01},
                              {60., 5.784, 6754., 1.1693e-7, .4715, .01},
                              {90., 7.605, 7654., 9.691e-8, .8214, .01},
                              {180., 2042., 134.3, 0., .6313, .03},
                              {365., 7930., 0., 0., .1627, .03}})
  {
    run.run(expected.day);
    const auto check = [&](const char *key, const double value, const double vanishing)
    {
      EXPECT_NEAR(run.at({0., 0., 0.}, key), value, expected.tolerance * value + vanishing)
        << key << " on day " << expected.day;
    };
    check("fibroblast", expected.fibroblasts, .005);
    check("myofibroblast", expected.myofibroblasts, .5);
    check("signal", expected.signal, 5e-12);
    check("collagen", expected.collagen, 5e-6);
  }
}
