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
    settings.base = "sliding";
    settings.sides = "held";
    settings.disordered = true;
    Patch<3> patch(slab(Layer::reticular_dermis, 2., .5, 4), settings);
    patch.set("collagen_new", .9);
    patch.set("collagen_mature", .1);
    patch.mechanics->settle(patch.state);
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
  patch.mechanics->settle(patch.state);
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
    patch.mechanics->settle(patch.state);
    patch.advance(40. / steps, steps);
    return patch.state.fibres;
  };
  const NodalVector exact = fibres_after(128);
  const double coarse = difference(fibres_after(4), exact), fine = difference(fibres_after(8), exact);
  EXPECT_NEAR(std::log2(coarse / fine), 2., .35) << coarse << ' ' << fine;
  EXPECT_LT(fine, 2e-3);
}

namespace
{
  /** An intervention that lays a field at a constant rate. */
  class Laying : public Kinetics
  {
  public:
    Laying(const int field, const double rate) : field_(field), rate_(rate) {}

    std::vector<std::pair<int, int>> dependencies() const override { return {}; }
    void bind(const JacobianPattern &) override {}
    void set_time(double) override {}
    void add_rates(const NodeBlock &, double *) const override {}
    void add_jacobian(const NodeBlock &, double *) const override {}
    double gain(const int field, const double *) const override { return field == field_ ? rate_ : 0.; }

  private:
    int field_;
    double rate_;
  };
} // namespace

TEST(MechanicsFibres, WhatInterventionsLayTurnsFibresOver)
{
  MechanicsSettings settings;
  settings.disordered = true;
  settings.tolerance = 1e-11;
  const double days = .1;
  const auto change = [&](const double times) // as much as the network lays, on top of it
  {
    Patch<2> patch(slab(Layer::reticular_dermis, 2., 1., 2), settings);
    const int Cn = patch.layout.find("collagen_new");
    const double at_rest = patch.network->gain(Cn, patch.network->healthy().data());
    Laying more(Cn, times * at_rest);
    patch.kinetics.emplace(patch.layout.n_fields(), std::vector<Kinetics *>{patch.network.get(), &more});
    patch.mechanics->settle(patch.state);
    const NodalVector before = copy_of(patch.state.fibres);
    patch.advance(days, 1);
    return std::pair(difference(patch.state.fibres, before), at_rest / patch.network->healthy()[Cn]);
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
      patch.mechanics->settle(patch.state);
      patch.set("collagen_new",
                [&](const Point<3> &p) { return .1 + .5 * std::exp(-2. * p.distance_square(Point<3>(x, y, 0.))); });
      patch.set("myofibroblast",
                [&](const Point<3> &p) { return .5 * std::exp(-2. * p.distance_square(Point<3>(x, y, 0.))); });
      patch.mechanics->settle(patch.state);
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
        u[c] = patch.state.displacement.local_element(3 * nearest + c);
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
  const StretchGains gains{.2, .3, .1};
  const HostFactors rest, tense = rest.stretched(.5, gains), slack = rest.stretched(-.5, gains);
  EXPECT_NEAR(tense.collagen_synthesis, 1. + .2 * std::tanh(.5), 1e-15);
  EXPECT_NEAR(slack.collagen_synthesis, 1. - .2 * std::tanh(.5), 1e-15);
  EXPECT_EQ(tense.mmp_production, 1.);
  EXPECT_NEAR(slack.mmp_production, 1. + .3 * std::tanh(.5), 1e-15);
  EXPECT_NEAR(tense.tgf_activation, 1. + .1 * std::tanh(.5), 1e-15);
  EXPECT_EQ(slack.tgf_activation, 1.);
  EXPECT_EQ(rest.stretched(0., gains).collagen_synthesis, 1.);
}
