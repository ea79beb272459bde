// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Forms of wounds, and what cutting and burning leave.
#include "../model/at_a_point.h"
#include "../processes/test_run.h"
#include "interventions/thermal_injury.h"
#include "model/heat/contact_heat.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Settings = std::vector<std::string>;

  Region wound_of(const Region::Shape shape)
  {
    Region region;
    region.shape = shape;
    region.radius = 3.;
    region.across = 2.;
    region.length = 8.;
    region.gap = .4;
    region.bottom = 1.;
    region.rim = .1;
    return region;
  }

  /** A section through 1 mm of dermis and 1 mm of fat that has just been wounded. */
  std::unique_ptr<CaseRun<2>> wounded(const Settings &more)
  {
    Settings all = {"Intervention=wound",
                    "Wound/Sessions=0 d",
                    "Wound/Rim width=.05 mm",
                    "Host/Age=20",
                    "Host/Ageing=false",
                    "Skin/Layers=dermis, hypodermis",
                    "Skin/dermis/Thickness=1 mm",
                    "Skin/dermis/Cells=20",
                    "Skin/hypodermis/Thickness=1 mm",
                    "Skin/hypodermis/Cells=10",
                    "Mesh/Width=8 mm",
                    "Mesh/Cell size=.1 mm",
                    "Time/End=100 d"};
    all.insert(all.end(), more.begin(), more.end());
    auto run = std::make_unique<CaseRun<2>>(all);
    run->run(1e-6);
    return run;
  }
} // namespace

TEST(WoundKinds, OutlinesLieWhereTheShareIsHalf)
{
  using Shape = Region::Shape;
  EXPECT_NEAR(wound_of(Shape::disc).share({1.8, 2.4, 0.}), .5, 1e-12);
  EXPECT_NEAR(wound_of(Shape::ellipse).share({3., 0., 0.}), .5, 1e-12);
  EXPECT_NEAR(wound_of(Shape::ellipse).share({0., 2., .5}), .5, 1e-12);
  EXPECT_NEAR(wound_of(Shape::incision).share({.2, 0., 0.}), .5, 1e-12) << "along the length of the patch";
  EXPECT_NEAR(wound_of(Shape::incision).share({0., 4., 0.}), .5, 1e-12);
  for (const Shape shape : {Shape::disc, Shape::ellipse, Shape::incision})
  {
    EXPECT_GT(wound_of(shape).share({0., 0., 0.}), .95);
    EXPECT_NEAR(wound_of(shape).share({0., 0., 1.}), .5, 1e-12) << "the bottom";
    Region through = wound_of(shape);
    through.bottom = 0.;
    EXPECT_EQ(through.share({0., 0., 50.}), through.share({0., 0., 0.}));
  }
}

TEST(WoundKinds, AnAngleTurnsThem)
{
  const double c = std::cos(M_PI / 6.), s = std::sin(M_PI / 6.);
  Region ellipse = wound_of(Region::Shape::ellipse), cut = wound_of(Region::Shape::incision);
  ellipse.angle = cut.angle = 30.;
  EXPECT_NEAR(ellipse.share({3. * c, 3. * s, 0.}), .5, 1e-12);
  EXPECT_NEAR(ellipse.share({-2. * s, 2. * c, 0.}), .5, 1e-12);
  EXPECT_NEAR(cut.share({-4. * s, 4. * c, 0.}), .5, 1e-12);
  EXPECT_NEAR(cut.share({.2 * c, .2 * s, 0.}), .5, 1e-12);
}

TEST(WoundKinds, AnIncisionOfTheDermisLeavesTheFat)
{
  const auto run = wounded({"Wound/Shape=incision", "Wound/Gap=.6 mm", "Wound/Bottom=1 mm"});
  EXPECT_NEAR(run->at({0., 0., .2}, "collagen_mature"), 0., 1e-3);
  EXPECT_NEAR(run->at({0., 0., .2}, "fibronectin"), 1., 1e-3);
  EXPECT_NEAR(run->at({0., 0., 1.5}, "collagen_mature"), .9, 1e-3);
  EXPECT_NEAR(run->at({1., 0., .2}, "collagen_mature"), .9, 1e-3);
}

TEST(WoundKinds, BelowAnOpenWoundNoEpidermisIsLeftToGrow)
{
  const Settings cut = {"Wound/Shape=disc", "Wound/Radius=2 mm", "Wound/Bottom=.5 mm"};
  EXPECT_NEAR(wounded(cut)->at({0., 0., 1.8}, "epidermis"), 0., 1e-3);
  Settings shallow = cut;
  shallow.push_back("Wound/Epidermis=from all sides");
  const auto run = wounded(shallow);
  EXPECT_NEAR(run->at({0., 0., .2}, "epidermis"), 0., 1e-3);
  EXPECT_NEAR(run->at({0., 0., 1.8}, "epidermis"), 1., 1e-3);
  run->run(8.);
  EXPECT_GT(run->at({0., 0., 0.}, "epidermis"), .9) << "it has come up from the bed";
}

TEST(WoundKinds, ABurnDenaturesAndKillsAsDeepAsItsHeatReaches)
{
  const auto run = wounded({"Wound/Kind=burn",
                            "Wound/Shape=disc",
                            "Wound/Radius=2 mm",
                            "Wound/Contact temperature=75 degC",
                            "Wound/Contact time=10 s",
                            "Wound/Epidermis=from all sides"});
  const ContactHeat contact{75., 10.};
  for (const double depth : {0., .3, .6, 1.})
  {
    const Place middle{0., 0., depth};
    const double denatured = damaged_fraction(contact.damage(collagen_denaturation, depth)),
                 dead = damaged_fraction(contact.damage(skin_burn, depth));
    EXPECT_NEAR(run->at(middle, "denatured_collagen"), denatured, 2e-3) << depth;
    EXPECT_NEAR(run->at(middle, "collagen_mature"), .9 * (1. - denatured), 2e-3) << depth;
    EXPECT_NEAR(run->at(middle, "fibroblast"), 1. - dead, 2e-3) << depth;
    EXPECT_NEAR(run->at(middle, "epidermis"), 1. - dead, 2e-3) << depth;
  }
  EXPECT_EQ(run->at({3.5, 0., 0.}, "denatured_collagen"), 0.);
  const SessionEntry &session = run->state.sessions.front();
  EXPECT_NEAR(total_of({session}, "wound", "dead_to_mm"), contact.depth_of_half(skin_burn), 1e-12);
  run->run(70.);
  EXPECT_LT(run->at({0., 0., 0.}, "denatured_collagen"), .1);
  EXPECT_GT(run->at({0., 0., 0.}, "collagen_mature"), .7) << "it has been replaced";
}

TEST(WoundKinds, NorBelowABurnOfWhichNothingIsLeft)
{
  const auto run = wounded({"Wound/Kind=burn",
                            "Wound/Shape=disc",
                            "Wound/Radius=2 mm",
                            "Wound/Bottom=.5 mm",
                            "Wound/Contact temperature=90 degC",
                            "Wound/Contact time=30 s"});
  EXPECT_NEAR(run->at({0., 0., 1.8}, "epidermis"), 0., 1e-3) << "below the bottom as well";
  EXPECT_NEAR(run->at({3.5, 0., 1.8}, "epidermis"), 1., 1e-3);
}

TEST(WoundKinds, WhatHeatDestroysIsCountedOnce)
{
  auto reactions = reactions_for("dermis", {host_of_age(20., false)}, {}, {"repair", "msc"});
  std::vector<double> u = reactions.healthy();
  u[reactions.index("msc_early")] = 2.;
  ThermalInjury{.25, .5}.act_on(u.data(), reactions.layout());
  EXPECT_NEAR(u[reactions.index("denatured_collagen")], .25, 1e-14);
  for (const char *key : {"collagen_mature", "collagen_crosslinked"})
    EXPECT_NEAR(u[reactions.index(key)], .75 * .9, 1e-14) << key;
  EXPECT_NEAR(u[reactions.index("vessel")], .5, 1e-14);
  EXPECT_NEAR(u[reactions.index("msc_early")] + u[reactions.index("msc_lost")], 2., 1e-14);
}
