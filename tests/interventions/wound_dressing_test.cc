// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What a wound is dressed with: a splint that holds its edges while it lasts, and a graft under which nothing pulls.
#include "../processes/test_run.h"
#include "processes/mechanics/mechanics.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Settings = std::vector<std::string>;

  /** A trench of 4 mm in a section of tense dermis that slides on its base. */
  class Trench
  {
  public:
    explicit Trench(const Settings &dressing)
    {
      Settings all = {"Intervention=wound",
                      "Wound/Sessions=0 d",
                      "Wound/Shape=disc",
                      "Wound/Radius=2 mm",
                      "Wound/Rim width=.2 mm",
                      "Host/Age=20",
                      "Host/Ageing=false",
                      "Skin/Layers=reticular dermis",
                      "Skin/reticular dermis/Thickness=1.4 mm",
                      "Skin/reticular dermis/Cells=1",
                      "Mesh/Width=16 mm",
                      "Mesh/Cell size=.25 mm",
                      "Mechanics/Enabled=true",
                      "Mechanics/Base=sliding",
                      "Time/Tolerance=1e-2",
                      "Time/End=21 d"};
      all.insert(all.end(), dressing.begin(), dressing.end());
      const auto problem = read_case(all);
      run = std::make_unique<Run<2>>(*problem, MPI_COMM_SELF);
      run->start();
    }

    /** Distance of the edges of the cut, along the skin, on this day [mm]. */
    double width_on(const double day)
    {
      run->state.clock.end = day;
      run->advance();
      const NodalVector &displacement = run->state[displacement_block];
      double width = 0.;
      for (unsigned int i = 0; i < run->discretization.graph.n_owned; ++i)
        if (const Place &p = run->discretization.places[i]; p.depth == 0. && std::abs(std::abs(p.x) - 2.) < 1e-9)
          width +=
            2. + (p.x > 0. ? 1. : -1.) * displacement.local_element(2 * run->discretization.displacement->at_field[i]);
      return width;
    }

    /** Surface without epidermis [mm^2 of a strip of 1 mm]. */
    double open() const
    {
      const NodeGraph &graph = run->discretization.graph;
      const unsigned int cover = run->layout.find("epidermis"), n = run->layout.n_fields();
      double sum = 0.;
      for (unsigned int i = 0; i < graph.n_owned; ++i)
        sum += graph.surface_area[i] * (1. - run->state.fields().local_element(i * n + cover));
      return sum;
    }

    std::unique_ptr<Run<2>> run;
  };

  constexpr double cut = 4.;          // mm
  constexpr double just_after = 1e-3; // d
} // namespace

TEST(WoundDressing, WithoutOneThereIsNothingOfIt)
{
  const Trench bare({});
  for (const char *key : {"splint", "graft"})
  {
    EXPECT_EQ(bare.run->layout.find(key), -1) << key;
    EXPECT_FALSE(bare.run->state.has(key)) << key;
  }
}

TEST(WoundDressing, ASplintHoldsTheEdgesWhileItLasts)
{
  Trench bare({}), splinted({"Wound/Splint=14 d"});
  const double gape = bare.width_on(just_after), held = splinted.width_on(just_after);
  EXPECT_GT(gape, 1.2 * cut);
  EXPECT_NEAR(held, gape, .002 * gape) << "it is put on when the wound has come to rest";
  EXPECT_LT(bare.width_on(13.), .93 * gape) << "it is drawn together";
  EXPECT_NEAR(splinted.width_on(13.), held, .005 * held);
  EXPECT_LT(splinted.width_on(15.), .95 * held) << "and so is this one when the splint is gone";
}

TEST(WoundDressing, UnderAGraftNothingPullsAndTheWoundIsCovered)
{
  Trench bare({}), grafted({"Wound/Graft=true"});
  const double gape = bare.width_on(just_after);
  EXPECT_NEAR(grafted.width_on(just_after), gape, .01 * gape);
  EXPECT_GT(bare.open(), 3.5);
  EXPECT_LT(grafted.open(), .3) << "but for the seam";
  // What is laid below it draws the wound together still, less than half as much as cells do.
  EXPECT_GT(gape - bare.width_on(14.), 2. * (gape - grafted.width_on(14.)));
}
