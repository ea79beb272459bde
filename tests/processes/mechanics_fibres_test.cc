// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Fibres on meshes follow the tension and nothing else, and cells answer to the tension of the fibres.
#include "mechanics_patch.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;
using namespace dealii;

TEST(MechanicsFibresMpi, DisorderedFibresFollowTheTension)
{
  double anisotropy[2] = {1e-3, 1e-3}, angle[2];
  int side = 0;
  for (const double degrees : {30., -30.})
  {
    MechanicsSettings settings;
    settings.angle = degrees;
    settings.base = MechanicsSettings::Base::sliding;
    settings.sides = MechanicsSettings::Sides::held;
    settings.disordered = true;
    Patch<3> patch(slab(Layer::reticular_dermis, 2., .5, 4), settings);
    patch.set("collagen_new", .9);
    patch.set("collagen_mature", .1);
    patch.mechanics->equilibrate(patch.state);
    double last = 0.;
    for (const double days : {10., 30., 60., 100., 200.})
    {
      patch.advance(5., static_cast<int>((days - last) / 5.));
      last = days;
      const MechanicsReport r = patch.report();
      EXPECT_GT(r.fibre_anisotropy, anisotropy[side]) << days;
      anisotropy[side] = r.fibre_anisotropy;
    }
    angle[side] = patch.report().fibre_angle;
    ++side;
  }
  EXPECT_NEAR(angle[0], 30., .01);
  EXPECT_NEAR(angle[0], -angle[1], 1e-8);
  EXPECT_NEAR(anisotropy[0], anisotropy[1], 1e-10);
  EXPECT_GT(anisotropy[0], .05);
}

TEST(MechanicsFibres, EquibiaxialTensionAlignsNothing)
{
  MechanicsSettings settings;
  settings.along = settings.across = 20.;
  settings.disordered = true;
  Patch<3> patch(slab(Layer::reticular_dermis, 2., .5, 2), settings);
  patch.set("collagen_new", .9);
  patch.set("collagen_mature", .1);
  patch.mechanics->equilibrate(patch.state);
  patch.advance(20., 20);
  EXPECT_LT(patch.report().fibre_anisotropy, 1e-12);
}

/** Fibres of a slab without order over 200 days in ever shorter steps. */
TEST(MechanicsFibres, SecondOrderInTheStepOfTheFibres)
{
  const auto fibres_after = [](const int steps)
  {
    MechanicsSettings settings;
    settings.disordered = true;
    settings.tolerance = 1e-11;
    Patch<2> patch(slab(Layer::reticular_dermis, 2., 1., 2), settings);
    patch.mechanics->equilibrate(patch.state);
    patch.advance(40. / steps, steps);
    return patch.state[fibres_block];
  };
  const NodalVector exact = fibres_after(128);
  const double coarse = difference(fibres_after(4), exact), fine = difference(fibres_after(8), exact);
  EXPECT_NEAR(std::log2(coarse / fine), 2., .35) << coarse << ' ' << fine;
  EXPECT_LT(fine, 2e-3);
}

namespace
{
  /** Lays a field at a constant rate. */
  class Laying : public Kinetics
  {
  public:
    int field = -1;
    double rate = 0.;

    std::vector<std::pair<int, int>> dependencies() const override { return {}; }
    void bind(const JacobianPattern &) override {}
    void set_time(double) override {}
    void add_rates(const NodeBlock &, double *) const override {}
    void add_jacobian(const NodeBlock &, double *) const override {}
    void add_production(const int made, const NodeBlock &nodes, double *production) const override
    {
      for (std::size_t n = 0; n < nodes.size && made == field; ++n)
        production[n] += rate;
    }
  };

  /** Rate at which healthy skin makes a field [field unit / d]. */
  double production_at_rest(const Reactions &reactions, const std::string &key, const double *tension = nullptr)
  {
    AtAPoint point(reactions);
    point.relative_tension = tension;
    return point.production(key, reactions.healthy());
  }
} // namespace

TEST(MechanicsFibres, WhatInterventionsLayTurnsFibresOver)
{
  MechanicsSettings settings;
  settings.disordered = true;
  settings.tolerance = 1e-11;
  const double days = .1;
  const auto change = [&](const double times) // as much as the network lays, on top of it
  {
    Laying more;
    Patch<2> patch(slab(Layer::reticular_dermis, 2., 1., 2), settings, 20., &more);
    const int Cn = patch.layout.find("collagen_new");
    const double at_rest = production_at_rest(*patch.reactions, "collagen_new");
    more.field = Cn;
    more.rate = times * at_rest;
    patch.mechanics->equilibrate(patch.state);
    const NodalVector before = copy_of(patch.state[fibres_block]);
    patch.advance(days, 1);
    return std::pair(difference(patch.state[fibres_block], before), at_rest / patch.reactions->healthy()[Cn]);
  };
  const auto [alone, rate] = change(0.);
  EXPECT_NEAR(change(3.).first / alone, std::expm1(-4. * rate * days) / std::expm1(-rate * days), .02);
}

namespace
{
  /** A slab with an off-centre hill of collagen under tension lines at an angle, after four steps of 20 days. */
  struct Hill
  {
    Patch<3> patch;

    static MechanicsSettings under(const double degrees)
    {
      MechanicsSettings settings;
      settings.angle = degrees;
      settings.tolerance = 1e-12;
      return settings;
    }

    Hill(const double degrees, const double x, const double y)
      : patch(slab(Layer::reticular_dermis, 2., 1., 4), under(degrees))
    {
      patch.mechanics->equilibrate(patch.state);
      patch.set("collagen_new",
                [&](const Point<3> &p) { return .1 + .5 * std::exp(-2. * p.distance_square(Point<3>(x, y, 0.))); });
      patch.set("myofibroblast",
                [&](const Point<3> &p) { return .5 * std::exp(-2. * p.distance_square(Point<3>(x, y, 0.))); });
      patch.mechanics->equilibrate(patch.state);
      patch.advance(20., 4);
    }

    /** Displacement at the node nearest to a place. */
    Tensor<1, 3> at(const Point<3> &place) const
    {
      unsigned int nearest = 0;
      for (unsigned int i = 0; i < patch.skin.graph.n_owned; ++i)
        if (patch.skin.positions[i].distance(place) < patch.skin.positions[nearest].distance(place))
          nearest = i;
      Tensor<1, 3> u;
      for (int c = 0; c < 3; ++c)
        u[c] = patch.state[displacement_block].local_element(3 * nearest + c);
      return u;
    }
  };
} // namespace

TEST(MechanicsFibres, MirroredAndTurnedRunsAreMirroredAndTurned)
{
  const Hill hill(30., .5, 0.), mirrored(-30., .5, 0.), turned(120., 0., .5);
  double size = 0.;
  for (const auto &p : hill.patch.skin.positions)
  {
    const Tensor<1, 3> u = hill.at(p), m = mirrored.at(Point<3>(p[0], -p[1], p[2])),
                       t = turned.at(Point<3>(-p[1], p[0], p[2]));
    EXPECT_LT((Tensor<1, 3>({m[0], -m[1], m[2]}) - u).norm(), 1e-10);
    EXPECT_LT((Tensor<1, 3>({t[1], -t[0], t[2]}) - u).norm(), 1e-10);
    size = std::max(size, u.norm());
  }
  EXPECT_GT(size, 1e-3);
}

TEST(MechanicsFibres, TenseFibresCallForSynthesisAndTgfBetaAndSlackOnesForMmp)
{
  const TensionGains gains{.2, .3, .1};
  const HostFactors rest, tense = under_tension(rest, .5, gains), slack = under_tension(rest, -.5, gains);
  EXPECT_NEAR(tense.collagen_synthesis, 1. + .2 * std::tanh(.5), 1e-15);
  EXPECT_NEAR(slack.collagen_synthesis, 1. - .2 * std::tanh(.5), 1e-15);
  EXPECT_EQ(tense.mmp_production, 1.);
  EXPECT_NEAR(slack.mmp_production, 1. + .3 * std::tanh(.5), 1e-15);
  EXPECT_NEAR(tense.tgf_activation, 1. + .1 * std::tanh(.5), 1e-15);
  EXPECT_EQ(slack.tgf_activation, 1.);
  EXPECT_EQ(under_tension(rest, 0., gains).collagen_synthesis, 1.);
}

TEST(MechanicsFibres, CollagenIsMadeAsTheTensionSaysAndTurnsFibresOverAsFast)
{
  // What is made at a node, which columns report and which turns fibres over, sees the tension that rates see.
  Host host;
  host.age = 20.;
  host.tension_gains = {.2, .2, 0.};
  const Reactions skin = reactions_for("dermis", {host});
  const double tense = .7, slack = -.7;
  const double rest = production_at_rest(skin, "collagen_new");
  EXPECT_NEAR(production_at_rest(skin, "collagen_new", &tense), rest * (1. + .2 * std::tanh(.7)), 1e-14 * rest);
  EXPECT_NEAR(production_at_rest(skin, "collagen_new", &slack), rest * (1. - .2 * std::tanh(.7)), 1e-14 * rest);
}
