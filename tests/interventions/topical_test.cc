// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Factors on the skin: what crosses closed, needled and covered surfaces, and what it does.
#include "msc_course.h"

#include "base/errors.h"

#include <cmath>

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Settings = std::vector<std::string>;

  Settings applied(const Settings &more)
  {
    return msc_in_a_host_of_55(with({"MSC/Route=topical"}, more));
  }

  /** Dermis below a surface of 1 mm^2, no flux at its base. */
  Nodes slab(const double depth, const unsigned int cells)
  {
    Nodes nodes = radial_nodes(1, depth, cells);
    for (Place &place : nodes.places)
      place = {0., 0., place.x};
    nodes.graph.surface_area.assign(cells + 1, 0.);
    nodes.graph.surface.assign(cells + 1, 0.);
    nodes.graph.surface_area[0] = 1.;
    nodes.graph.surface[0] = 1. / nodes.graph.volume[0];
    return nodes;
  }

  double change(const AnyRun &run, const AnyRun &control, const Place &place)
  {
    const auto collagen = [&](const AnyRun &r) { return r.at(place, "collagen_new") + r.at(place, "collagen_mature"); };
    return collagen(run) - collagen(control);
  }

  const Place inside = {0., 0., .5};
} // namespace

TEST(Topical, AfterARollerFactorsReachTheDermis)
{
  const Nodes nodes = slab(4., 160);
  const Settings precise = {"Time/Tolerance=1e-5"};
  NodesCase run(applied(precise), nodes),
    control(msc_in_a_host_of_55({"Intervention=none", precise.front()}), single_node());
  struct Day
  {
    double day;
    std::vector<std::pair<const char *, double>> values;
  };
  // By benchmarks/verification/msc_course.
  const std::vector<Day> table = {
    {.5, {{"hgf", .8098}, {"tgf_beta", 1.0058}, {"vegf", 1.5969}, {"mmp", 1.3524}, {"collagen_new", .0610}}},
    {1., {{"hgf", .6366}, {"tgf_beta", 1.0096}, {"vegf", 1.3001}, {"mmp", 1.3363}, {"collagen_new", .0615}}},
    {7., {{"hgf", .0000}, {"tgf_beta", 1.0020}, {"vegf", .9976}, {"mmp", 1.5851}, {"collagen_new", .0621}}}};
  for (const Day &expected : table)
  {
    run.run(expected.day);
    control.run(expected.day);
    for (const auto &[key, value] : expected.values)
    {
      const double without = control.layout.find(key) < 0 ? 0. : control.at({}, key);
      EXPECT_NEAR(run.at(inside, key), value, std::max(1e-4, .01 * std::abs(value - without)) + 5e-5)
        << key << " on day " << expected.day;
    }
  }
  run.run(365.);
  control.run(365.);
  EXPECT_NEAR(change(run, control, inside), .000170, 1e-5);
}

TEST(Topical, ClosedSkinLetsNothingThrough)
{
  const Nodes nodes = slab(2., 40);
  NodesCase run(applied({"MSC/Pores=none"}), nodes), control(msc_in_a_host_of_55({"Intervention=none"}), single_node());
  run.run(90.);
  control.run(90.);
  EXPECT_EQ(run.total("hgf_brought"), 0.);
  EXPECT_LT(std::abs(change(run, control, {})), 1e-7);
}

TEST(Topical, TheFluxIsThatOfAMembraneWhosePoresClose)
{
  // Where a factor is carried away at once its flux is kp(t) c_app: over the time on the skin
  // c_app kw p0 t_half/ln 2 (1 - 2^(-t_on/t_half)). Little of it is applied, so that the skin holds next to none.
  constexpr double kw = 1e-3, p0 = .01, half_life = .97, on = 1.5, c = 1e9 / 3e6 * 3.6;
  NodesCase run(applied({"MSC/Conditioning=1e9 cells d/mL",
                         "MSC/Pore permeability=1e-3 mm/d",
                         "MSC/Open share=.01",
                         "MSC/Time on skin=1.5 d",
                         "MSC/TGF-beta per cell-day=0",
                         "MSC/VEGF per cell-day=0"}),
                slab(2., 80));
  run.run(30.);
  const double expected = kw * p0 * c * half_life / std::log(2.) * (1. - std::exp2(-on / half_life));
  EXPECT_NEAR(run.total("hgf_brought"), expected, 2e-3 * expected);
  EXPECT_NEAR(
    run.total("hgf_brought"), run.total("hgf") + run.total("hgf_cleared"), 2e-6 * expected); // diffusion solves
  EXPECT_EQ(run.total("covered_surface"), 0.) << "taken off";
}

TEST(Topical, WhatRestsOnTheSkinAloneDrawsNothingOut)
{
  // Open pores under a carrier without factors: Robin on the excess over health, of which there is none.
  const Nodes nodes = slab(2., 40);
  NodesCase run(applied({"MSC/Conditioning=0", "MSC/Open share=.5"}), nodes),
    control(msc_in_a_host_of_55({"Intervention=none"}), single_node());
  run.run(30.);
  control.run(30.);
  EXPECT_NEAR(run.at({}, "vegf"), control.at({}, "vegf"), 1e-6);
}

TEST(Topical, TheLawAtTheSurfaceIsOfSecondOrder)
{
  // A tenth of a day after: HGF below the surface against that on cells half as large.
  const auto at_depth = [](const unsigned int cells)
  {
    NodesCase run(applied({"Time/Tolerance=1e-7", "MSC/TGF-beta per cell-day=0", "MSC/VEGF per cell-day=0"}),
                  slab(2., cells));
    run.run(.1);
    return run.at(inside, "hgf");
  };
  const double coarse = at_depth(20), middle = at_depth(40), fine = at_depth(80);
  EXPECT_NEAR(std::log2((coarse - middle) / (middle - fine)), 2., .25);
}

TEST(Topical, ANewSessionTakesOverFromTheOneBefore)
{
  NodesCase run(applied({"MSC/Sessions=0 d, .5 d", "MSC/Time on skin=1 d"}), slab(2., 40));
  run.run(1.2);
  EXPECT_GT(run.at({}, "covered_surface"), .99) << "the first would have ended on day 1";
  run.run(1.6);
  EXPECT_EQ(run.at({}, "covered_surface"), 0.);
  EXPECT_EQ(run.state.sessions.size(), 2u);
}

TEST(Topical, PoresOfNeedlesThatAreNotThereAreMissed)
{
  const Settings needled =
    applied({"MSC/Pores=rf_microneedling", "RF microneedling/Energy=false", "RF microneedling/Tip depth=1 mm"});
  for (const auto &[interventions, good] :
       {std::pair("msc", false), {"msc, rf_microneedling", false}, {"rf_microneedling, msc", true}})
  {
    Settings settings = needled;
    settings.push_back(std::string("Intervention=") + interventions);
    if (good)
      EXPECT_NO_THROW(read_case(settings));
    else
      EXPECT_THROW(read_case(settings), BadInput) << interventions;
  }
}

TEST(Topical, WhatTheSkinHasMoreOfLeavesThroughThePores)
{
  // Inflamed skin under a carrier without factors: TGF-beta is drawn out, and the ledgers stay positive.
  NodesCase run(applied({"MSC/Conditioning=0", "MSC/Open share=.05", "Time/Tolerance=1e-3"}), slab(2., 40));
  run.set("tgf_beta", [](const Place &) { return 3.; });
  run.run(.9);
  EXPECT_GT(run.total("tgf_drawn"), .1);
  EXPECT_EQ(run.total("tgf_delivered"), 0.);
  EXPECT_LT(run.state.clock.steps, 60u);
}

TEST(Topical, ASurfaceIsNeeded)
{
  Nodes nodes = single_node();
  nodes.graph.surface_area = nodes.graph.surface = {0.};
  NodesCase run(applied({}), nodes);
  EXPECT_THROW(run.run(.1), RunFailed);
}
