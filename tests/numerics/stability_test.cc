// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Healthy skin is a stable state of the integrator with any step, and the order of the solves is what makes it so.
#include "fixed_steps.h"
#include "linear_step.h"
#include "test_networks.h"
#include "test_nodes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** The state in which the network rests. */
  std::vector<double> rest(Reactions &network)
  {
    std::vector<double> state = network.healthy();
    if (network.tissue().name() == "tepole2017") // whose published constants do not rest at (1, 1)
      state = evolve(network, state, 1e5, 1e-8);
    return state;
  }

  LinearStep linear_step(Reactions &network, const SolveOrder &order)
  {
    const std::vector<double> state = rest(network);
    const AtAPoint point(network);
    return LinearStep(point.jacobian(state), state, motion_of(network), order);
  }

  /** Largest spectral radius over wave numbers and steps. */
  double largest_radius(const LinearStep &step, const double first_step = 1e-3, const double last_step = 1e3)
  {
    double largest = 0.;
    for (double h = first_step; h < 1.001 * last_step; h *= std::sqrt(10.))
    {
      largest = std::max(largest, step.spectral_radius(0., h));
      for (double k2 = 1e-4; k2 < 1.001e4; k2 *= std::pow(10., .25))
        largest = std::max(largest, step.spectral_radius(k2, h));
    }
    return largest;
  }
} // namespace

TEST(Stability, HealthySkinIsStableForAnyStepAndWave)
{
  for (const char *name : {"dermis", "koppenol2017", "tepole2017"})
    for (const double age : {20., 55.})
    {
      auto network = network_for(name, host_of_age(age, false));
      EXPECT_LE(largest_radius(linear_step(network, solve_order_of(network))), 1. + 1e-9) << name << " at " << age;
    }
}

TEST(Stability, WhatInterventionsBringLeavesItStable)
{
  for (const std::vector<std::string> &modules : modules_of_interventions())
    for (const double age : {20., 55.})
    {
      Reactions treated = reactions_for("dermis", {host_of_age(age, false)}, {}, modules);
      EXPECT_LE(largest_radius(linear_step(treated, solve_order_of(treated))), 1. + 1e-9) << modules.back();
    }
}

TEST(Stability, TheOrderOfTheTableWouldNotBeStable)
{
  auto network = network_for("dermis", host_of_age(20., false));
  SolveOrder table;
  for (unsigned int f = 0; f < motion_of(network).n(); ++f)
    table.levels.push_back({static_cast<int>(f)});
  EXPECT_GT(largest_radius(linear_step(network, table), 10.), 1.01);
}

TEST(Stability, TheIntegratorTakesTheStepOfTheDefinition)
{
  Reactions network = test_network<LinearLoop>();
  const std::vector<double> start = {2., 3., 1., 4., 5.};
  const SolveOrder order = solve_order_of(network);
  const AtAPoint point(network);
  const LinearStep step(point.jacobian(start), start, motion_of(network), order);
  ASSERT_EQ(order.levels.size(), 3u) << "each of the solves shall depend on another";

  // Two nodes: what they have in common has the wave number zero, their difference k. The problem is linear but for
  // constant sources, so the differences of two runs obey the step up to the single precision of W, whose round-off the
  // four stages multiply.
  for (const double h : {.01, .3, 5.})
  {
    const double k2 = 3.;
    const Nodes nodes = two_nodes(k2);
    const StepMatrix even = step.matrix(0., h), odd = step.matrix(k2, h);
    FixedSteps base(nodes.graph, network);
    for (std::size_t f = 0; f < start.size(); ++f)
      base.set(f, [&](unsigned int) { return start[f]; });
    base.advance(h, 1);
    for (std::size_t j = 0; j < start.size(); ++j)
    {
      FixedSteps changed(nodes.graph, network);
      for (std::size_t f = 0; f < start.size(); ++f)
        changed.set(f, [&](const unsigned int node) { return start[f] + (f == j && node == 0 ? .5 : 0.); });
      changed.advance(h, 1);
      for (unsigned int node = 0; node < 2; ++node)
        for (std::size_t i = 0; i < start.size(); ++i)
          EXPECT_NEAR(
            changed.value(node, i) - base.value(node, i), .25 * (even(i, j) + (node == 0 ? 1. : -1.) * odd(i, j)), 1e-5)
            << "field " << i << " after a change of field " << j << " at node 0, step " << h;
    }
  }
}

TEST(SolveOrder, OneEdgeOfTheLoopOfVesselsOxygenAndVegfPointsBack)
{
  auto network = network_for("dermis", host_of_age(20., false));
  const std::vector<int> order = solve_order_of(network).order;
  const auto place = [&](const char *key)
  { return std::find(order.begin(), order.end(), network.index(key)) - order.begin(); };
  const int back =
    (place("vessel") > place("oxygen")) + (place("oxygen") > place("vegf")) + (place("vegf") > place("vessel"));
  EXPECT_EQ(back, 1) << "two would let the oscillation of the loop grow at large steps";
}

TEST(SolveOrder, CutsALoopAtItsWeakestEdge)
{
  // The loop 0 -> 1 -> 2 -> 3 -> 0 with edges of these strengths; row i holds what acts on i.
  const auto loop =
    [](const double to_1, const double to_2, const double to_3, const double to_0) -> std::vector<double> {
    return {-1., 0., 0., to_0, to_1, -1., 0., 0., 0., to_2, -1., 0., 0., 0., to_3, -1.};
  };
  const std::vector<double> equal = {1., 1., 1., 1.};
  EXPECT_EQ(solve_order({loop(2., .7, 2., 2.)}, equal, 4).order, (std::vector<int>{2, 3, 0, 1}));
  EXPECT_EQ(solve_order({loop(2., 2., .7, 2.)}, equal, 4).order, (std::vector<int>{3, 0, 1, 2}));
  // The sizes of the fields count: field 2 is ten times larger, so the edge to it is .7 and the edge from it 2.
  EXPECT_EQ(solve_order({loop(2., 7., .2, 2.)}, {1., 1., 10., 1.}, 4).order, (std::vector<int>{2, 3, 0, 1}));
  // An edge is as strong as in the state in which it is strongest.
  const std::vector<double> first = loop(2., .1, 2., .3), second = loop(2., 2., 2., .2);
  EXPECT_EQ(solve_order({first, second}, equal, 4).order, (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(solve_order({second, first}, equal, 4).order, (std::vector<int>{0, 1, 2, 3}));
}

TEST(SolveOrder, FieldsWithoutStrongCouplingsShareALevel)
{
  const std::vector<double> jacobian = {-1., 0., 0., .4, -1., 0., .4, .6, -1.};
  EXPECT_EQ(solve_order({jacobian}, {1., 1., 1.}, 3).levels, (std::vector<std::vector<int>>{{0, 1}, {2}}));
  EXPECT_EQ(solve_order({jacobian}, {1., 1., 1.}, 3, .3).levels, (std::vector<std::vector<int>>{{0}, {1}, {2}}));
  EXPECT_EQ(solve_order({jacobian}, {1., 1., 1.}, 2).levels, (std::vector<std::vector<int>>{{0, 1}}));
}
