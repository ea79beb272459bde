// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A gel of hyaluronic acid: how long it stays, and what it does to the skin with and without mechanics.
#include "../processes/test_run.h"
#include "base/errors.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Settings = std::vector<std::string>;

  Settings filled(const Settings &more)
  {
    Settings all = {"Intervention=filler",
                    "Filler/Shape=everywhere",
                    "Host/Age=55",
                    "Skin/Layers=dermis",
                    "Time/End=1000 d",
                    "Time/Tolerance=1e-5"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  /** f at a point. */
  double gel(const AnyRun &run)
  {
    double volume = 0.;
    for (const char *key : {"filler_fast", "filler_slow", "filler_dry"})
      volume += run.at({}, key) * run.layout.fields[run.layout.find(key)].volume;
    return volume;
  }
} // namespace

TEST(Filler, StaysAsLongAsItWasSeenTo)
{
  // Two exponentials through 90 and 79 %, and 70 and 37 %, at 2 and 12 weeks.
  struct Course
  {
    const char *region;
    std::vector<double> left;
  };
  const std::vector<double> days = {1., 7., 14., 28., 84., 180., 365., 730.};
  for (const Course &course : {Course{"midface", {.98343, .92655, .90000, .87324, .79000, .66575, .47873, .24976}},
                               {"lip", {.95270, .78524, .70000, .60744, .37000, .15853, .03096, .00123}}})
  {
    NodesCase run(filled({std::string("Filler/Region=") + course.region}), single_node());
    for (std::size_t k = 0; k < days.size(); ++k)
    {
      run.run(days[k]);
      EXPECT_NEAR(gel(run) / .25, course.left[k], 2e-5) << course.region << ", day " << days[k];
    }
  }
}

TEST(Filler, AnySessionsShareItsFields)
{
  NodesCase run(filled({"Filler/Sessions=0 d, 90 d", "Filler/Region=lip"}), single_node());
  run.run(118.);
  EXPECT_NEAR(gel(run) / .25,
              .223271 * (std::exp(-.2 * 118.) + std::exp(-.2 * 28.)) +
                (1. - .223271) * (std::exp(-.00882844 * 118.) + std::exp(-.00882844 * 28.)),
              2e-5);
}

TEST(Filler, SwellsToItsVolumeAndNeverBelowZero)
{
  NodesCase run(filled({"Filler/Swelling=.5"}), single_node());
  run.run(0.);
  EXPECT_NEAR(gel(run), .25, 1e-15) << "dry at first";
  double lowest = 1., largest = 0.;
  run.run(1000.,
          [&]
          {
            lowest = std::min(lowest, gel(run));
            largest = std::max(largest, gel(run));
          });
  // f/f0 = 1.5 (w e^(-k1 t) + (1 - w) e^(-k2 t)) - .5 e^(-ks t)
  NodesCase early(filled({"Filler/Swelling=.5"}), single_node());
  early.run(2.);
  const double kept = .082394 * std::exp(-.4) + (1. - .082394) * std::exp(-2. * .00178256);
  EXPECT_NEAR(gel(early) / .25, 1.5 * kept - .5 * std::exp(-1.), 2e-5);
  EXPECT_GT(lowest, 0.);
  EXPECT_GT(largest, 1.3 * .25);
  EXPECT_LT(largest, 1.5 * .25);
}

TEST(Filler, WithoutMechanicsTheTissueDoesNotKnowOfIt)
{
  // Steps of the same size let the two be compared to the last bit.
  const Settings same = {"Time/Tolerance=1e-2", "Time/Largest step=.5 d"};
  NodesCase treated(filled(same), single_node());
  Settings none = filled(same);
  none.push_back("Intervention=none");
  NodesCase control(none, single_node());
  treated.run(60.);
  control.run(60.);
  ASSERT_EQ(treated.state.clock.steps, control.state.clock.steps);
  for (const Species &s : treated.reactions().tissue().fields(0))
    EXPECT_EQ(treated.at({}, s.key), control.at({}, s.key)) << s.key;
}

TEST(Filler, WithMechanicsAUniformLayerThickensAndPulls)
{
  // The column of tests/model/gel_test.cc, as a patch whose sides are held.
  const Settings patch = filled({"Filler/Fraction=.2",
                                 "Host/Age=20",
                                 "Host/Ageing=false",
                                 "Skin/Layers=reticular dermis",
                                 "Skin/reticular dermis/Thickness=1.5 mm",
                                 "Skin/reticular dermis/Cells=3",
                                 "Mesh/Width=3 mm",
                                 "Mesh/Cell size=.5 mm",
                                 "Mechanics/Enabled=true",
                                 "Mechanics/Sides=fixed",
                                 "Mechanics/Tension along=24 kPa",
                                 "Mechanics/Tension across=17 kPa"});
  CaseRun<2> run(patch);
  run.run(1e-3);
  const NodalVector &moved = run.state["displacement"];
  double top = -1e9, bottom = 1e9;
  for (unsigned int i = 0; i < run.mesh.graph.n_owned; ++i)
  {
    const double height = run.mesh.positions[i][1] + moved.local_element(2 * i + 1);
    top = std::max(top, height);
    bottom = std::min(bottom, height);
  }
  EXPECT_NEAR((top - bottom) / 1.5, 1.13827, 2e-3);
}

TEST(Filler, WhatCannotBeInjectedIsRefused)
{
  for (const char *wrong : {"Filler/Fraction=1", "Filler/Region=nose", "Filler/Swelling rate=.1 1/d"})
    EXPECT_THROW(read_case(filled({"Filler/Swelling=.3", wrong})), BadInput) << wrong;
}
