// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Where interventions act, how much they bring, and when.
#include "../numerics/test_nodes.h"
#include "plla_course.h"

#include <cmath>

using namespace cutis;
using namespace cutis::test;

namespace
{
  Region region(const Region::Shape shape)
  {
    Region region;
    region.shape = shape;
    region.depth = 2.;
    region.radius = 3.;
    region.rim = .3;
    return region;
  }

  std::vector<std::string> depots(const std::vector<std::string> &more)
  {
    std::vector<std::string> assignments = {"Intervention=plla",
                                            "PLLA/Dose=150 mg",
                                            "PLLA/Dilution=9 mL",
                                            "PLLA/Depot volume=.1 mL",
                                            "PLLA/Rim width=.1 mm",
                                            "Skin/Layers=dermis",
                                            "Skin/dermis/Thickness=8 mm",
                                            "Skin/dermis/Cells=1",
                                            "Mesh/Dimension=3",
                                            "Mesh/Width=12 mm",
                                            "Mesh/Length=12 mm",
                                            "Mesh/Cell size=.4 mm",
                                            "PLLA/Depth=4 mm"};
    assignments.insert(assignments.end(), more.begin(), more.end());
    return assignments;
  }

  /** PLLA in all particles, and what has left them [mg]. */
  double particles(const AnyRun &run)
  {
    double sum = 0.;
    for (const Species &s : run.layout.fields)
      if (s.key.rfind("plla_mass", 0) == 0)
        sum += 1e-3 * run.total(s.key);
    return sum;
  }
} // namespace

TEST(Region, TheEdgeLiesWhereTheShareIsHalf)
{
  EXPECT_NEAR(region(Region::Shape::ball).share({3., 0., 2.}), .5, 1e-12);
  EXPECT_NEAR(region(Region::Shape::ball).share({0., 0., 5.}), .5, 1e-12);
  EXPECT_NEAR(region(Region::Shape::ball).share({2., 1., 4.}), .5, 1e-12);
  EXPECT_NEAR(region(Region::Shape::column).share({1.8, 2.4, 7.}), .5, 1e-12) << "whatever the depth";
  EXPECT_NEAR(region(Region::Shape::plane).share({9., -9., 5.}), .5, 1e-12) << "whatever the place along the skin";
  EXPECT_EQ(region(Region::Shape::everywhere).share({99., 99., 99.}), 1.);

  Region flat = region(Region::Shape::ball);
  flat.height = 2.;
  EXPECT_NEAR(flat.share({0., 0., 3.}), .5, 1e-12);
  EXPECT_NEAR(flat.share({0., 3., 2.}), .5, 1e-12);
}

TEST(Region, TheRimFallsAsItsProfileSays)
{
  EXPECT_NEAR(region(Region::Shape::ball).share({3.3, 0., 2.}), .5 * (1. - std::tanh(1.)), 1e-12);
  EXPECT_NEAR(region(Region::Shape::ball).share({2.7, 0., 2.}), .5 * (1. + std::tanh(1.)), 1e-12);
  Region sine = region(Region::Shape::ball);
  sine.profile = Region::Profile::sine;
  EXPECT_EQ(sine.share({2.9, 0., 2.}), 1.);
  EXPECT_NEAR(sine.share({3.15, 0., 2.}), .5, 1e-12);
  EXPECT_NEAR(sine.share({3.1, 0., 2.}), .75, 1e-12);
  EXPECT_EQ(sine.share({3.31, 0., 2.}), 0.);
}

TEST(Region, OfSeveralBodiesTheNearestCounts)
{
  Region two = region(Region::Shape::ball);
  two.x = {-5., 5.};
  two.y = {1., -1.};
  EXPECT_NEAR(two.share({5., -1., 5.}), .5, 1e-12);
  EXPECT_NEAR(two.share({-5., 1., 5.}), .5, 1e-12);
  EXPECT_LT(two.share({0., 0., 2.}), 1e-4);
}

TEST(Region, TheIntegralOfTheShareIsThatOfTheBody)
{
  // With a rim that is narrow against the radius: the volume of the ball, or the area of its section.
  Region ball = region(Region::Shape::ball);
  ball.rim = .05;
  EXPECT_NEAR(ball.integral(false), 4. / 3. * M_PI * 27., .01 * 4. / 3. * M_PI * 27.);
  EXPECT_NEAR(ball.integral(true), M_PI * 9., .01 * M_PI * 9.);
  ball.height = 2.;
  EXPECT_NEAR(ball.integral(false), 4. / 3. * M_PI * 9., .02 * 4. / 3. * M_PI * 9.);
  ball.x = {-9., 9.};
  EXPECT_NEAR(ball.integral(true), 2. * M_PI * 3., .02 * 2. * M_PI * 3.);
}

TEST(Depot, HoldsTheSuspensionThatWasInjected)
{
  // .1 mL of 150 mg in 9 mL, in a round and in a flattened depot, and in two of them.
  const double mass = 150. / 9. * .1;
  for (const auto &[more, depots_injected] :
       {std::pair(std::vector<std::string>{"PLLA/Depot height=0"}, 1.),
        {{"PLLA/Depot height=3 mm"}, 1.},
        {{"PLLA/Depot height=0", "PLLA/Centres along width=-3 mm, 3 mm", "PLLA/Centres along length=0, 1 mm"}, 2.}})
  {
    CaseRun<3> run(depots(more));
    run.run(1e-3);
    EXPECT_NEAR(
      total_of(run.state.sessions, "plla", injected_mass), depots_injected * mass, .02 * depots_injected * mass);
    EXPECT_NEAR(particles(run), total_of(run.state.sessions, "plla", injected_mass), 1e-4 * mass);
  }
}

TEST(Depot, WhatLeavesTheParticlesIsAccountedFor)
{
  NodesCase run(plla_in_a_host_of_55("0 d, 28 d"), radial_nodes(2, 10., 50));
  run.run(20.);
  const double first = total_of(run.state.sessions, "plla", injected_mass);
  EXPECT_NEAR(first, 1e-3 * 16.7 * M_PI * 9., .02 * 1e-3 * 16.7 * M_PI * 9.);
  run.run(400.);
  EXPECT_NEAR(total_of(run.state.sessions, "plla", injected_mass), 2. * first, 1e-12 * first);
  EXPECT_LT(particles(run), .3 * total_of(run.state.sessions, "plla", injected_mass));
  EXPECT_NEAR(particles(run) + 1e-3 * run.total("plla_dissolved"),
              total_of(run.state.sessions, "plla", injected_mass),
              1e-9 * total_of(run.state.sessions, "plla", injected_mass));
}

TEST(Sessions, ActOnTheirDaysAndOnlyOnce)
{
  NodesCase run(plla_in_a_host_of_55("0 d, 28 d, 56 d"), radial_nodes(2, 10., 20));
  std::vector<double> days;
  double injected = 0.;
  run.run(100.,
          [&]
          {
            if (total_of(run.state.sessions, "plla", injected_mass) > injected)
              days.push_back(run.state.clock.time - run.state.clock.last_step);
            injected = total_of(run.state.sessions, "plla", injected_mass);
          });
  EXPECT_EQ(days, (std::vector<double>{0., 28., 56.}));
  EXPECT_EQ(run.state.sessions.size(), 3u);
}

TEST(Sessions, ParticlesOfALaterSessionStartIntact)
{
  NodesCase run(plla_in_a_host_of_55("0 d, 300 d"), radial_nodes(2, 10., 20));
  run.run(320.);
  EXPECT_LT(run.at({}, "plla_mass_1"), .25 * 16.7);
  EXPECT_GT(run.at({}, "plla_mass_2"), .9 * 16.7);
}

TEST(Sessions, AWoundTakesTheValuesThatAreAsked)
{
  NodesCase run({"Intervention=wound",
                 "Wound/Sessions=5 d",
                 "Wound/Radius=2 mm",
                 "Wound/Inside=fibroblast=.25, vessel=2",
                 "Host/Age=20",
                 "Host/Ageing=false",
                 "Time/End=10 d"},
                radial_nodes(2, 10., 100));
  const Reactions &network = run.reactions();
  run.run(5.);
  for (const Species &s : network.species())
  {
    const double healthy = network.healthy()[network.index(s.key)];
    EXPECT_NEAR(run.at({5., 0., 0.}, s.key), healthy, 1e-6 * s.magnitude) << s.key;
    EXPECT_NEAR(run.at({0., 0., 0.}, s.key),
                s.key == "fibroblast" ? .25
                : s.key == "vessel"   ? 2.
                                      : healthy,
                1e-4 * s.magnitude)
      << s.key;
  }
}
