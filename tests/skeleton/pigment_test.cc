// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The skeleton that contributors copy obeys the laws that they are to test: rest, derivatives, balance, sessions,
// values.
#include "../model/laws_of_reactions.h"
#include "../numerics/test_nodes.h"
#include "app/run.h"
#include "base/errors.h"
#include "interventions/pigmentation/pigmentation.h"
#include "interventions/schedule.h"
#include "pigment_module.h"

#include <gtest/gtest.h>

namespace cutis
{
  std::vector<Observable> pigment_observables(); // its line in observable.h
}

using namespace cutis;
using namespace cutis::test;

namespace
{
  // Defaults of the skeleton.
  constexpr double clearance = .5, permeability = .5, turnover = .03, diffusivity = .29, added = 4.;

  constexpr double depth = 2.; ///< of the patch [mm]

  /** The dermis, of a host of 20 or of this age, with the module of the skeleton on top. */
  Reactions pigmented_dermis(std::unique_ptr<Module> pigment = make_pigment(), const double age = 20.)
  {
    std::vector<ChosenModule> modules;
    modules.push_back({make_module("dermis"), 0});
    modules.push_back({std::move(pigment), 0});
    return Reactions(std::move(modules), {host_of_age(age, false)});
  }

  /** The intervention with these assignments `name=value` of its settings. */
  std::unique_ptr<Intervention> pigmentation(const std::vector<std::string> &assignments = {})
  {
    auto intervention = std::make_unique<Pigmentation>(make_pigment());
    Parameters parameters;
    intervention->declare(parameters);
    for (const std::string &assignment : assignments)
      parameters.set("Pigmentation/" + assignment);
    parameters.finish();
    return intervention;
  }

  /** Dermis in cells of .5 mm along the width and .1 mm along the depth. */
  SkinPatch patch_of_dermis()
  {
    SkinPatch patch;
    patch.width = 1.;
    patch.layers = {{Layer::dermis, depth, 20}};
    return patch;
  }

  /** A run on that patch: what a user's case would be if the skeleton were registered by its names. */
  std::unique_ptr<Run<2>>
  run_with(std::vector<std::unique_ptr<Intervention>> interventions, Reactions reactions, const double tolerance)
  {
    RunSetup<2> setup;
    setup.model = {std::make_shared<Reactions>(std::move(reactions)), std::move(interventions)};
    setup.time.tolerance = tolerance;
    setup.outputs = {1e5};
    setup.layers = patch_of_dermis().layers;
    setup.make_mesh = [](RunSetup<2>::Mesh &mesh) { make_skin_patch(patch_of_dermis(), mesh); };
    auto run = std::make_unique<Run<2>>(std::move(setup), MPI_COMM_SELF);
    run->start();
    return run;
  }

  void run_until(Run<2> &run, const double day)
  {
    run.state.clock.end = day;
    ASSERT_EQ(run.advance(), ExitCode::done);
  }

  double &value(Run<2> &run, const unsigned int node, const char *key)
  {
    return run.state.fields().begin()[node * run.layout.n_fields() + run.layout.find(key)];
  }

  /** An observable of the skeleton now. */
  double observed(Run<2> &run, const std::string &name)
  {
    const Observation look(run.observer.skin(), run.state, run.transport.reactions_at(run.state));
    for (const Observable &o : pigment_observables())
      if (o.name == name)
      {
        Sources sources(run.layout, false);
        const Observable::Value read = o.read(sources);
        EXPECT_TRUE(sources.complete());
        return read(look);
      }
    ADD_FAILURE() << "no observable " << name;
    return 0.;
  }
} // namespace

TEST(PigmentModule, HealthySkinRests)
{
  for (const double age : {20., 55.})
  {
    const Reactions reactions = pigmented_dermis(make_pigment(), age);
    for (const double content : {.01, .2, 1., 5.})
      for (const double surface : {0., 2.})
        EXPECT_LT(drift_of_health(reactions, content, surface), std::max(1., content) * round_off_at_rest)
          << "content " << content << ", surface " << surface;
  }
}

TEST(PigmentModule, JacobianIsThatOfTheRates)
{
  std::mt19937 random(3);
  Reactions reactions = pigmented_dermis();
  expect_derivatives_of_rates(reactions, "pigment", random);
}

TEST(PigmentModule, LayersWithFewCellsMakeLessPigment)
{
  const Reactions reactions = pigmented_dermis();
  AtAPoint point(reactions);
  std::vector<double> u = reactions.healthy();
  u[reactions.index("pigment_factor")] = 3.;
  for (const double content : {.2, 1.})
  {
    point.content = content;
    EXPECT_NEAR(point.rates(u)[reactions.index("pigment")], content * turnover * 2., 1e-15);
    EXPECT_NEAR(point.rates(u)[reactions.index("vegf")], content * .2 * 14. * 2., 14. * 1e-14);
  }
}

TEST(PigmentModule, WhatTheSkinLosesPassesItsSurfaceOrIsCleared)
{
  const Reactions reactions = pigmented_dermis();
  const unsigned int n = reactions.layout().n_fields(), factor = reactions.index("pigment_factor");
  Discretization<2> skin(MPI_COMM_SELF);
  make_skin_patch(patch_of_dermis(), skin.triangulation);
  skin.rebuild(dermis_everywhere);
  State state;
  fill_healthy(state, skin.graph, reactions);
  const auto excess = [&](const unsigned int i) { return .3 + std::sin(1. + 3. * i); }; // of both signs
  std::vector<double> rates(skin.graph.n_owned * n, 0.);
  for (unsigned int i = 0; i < skin.graph.n_owned; ++i)
    state.fields().begin()[i * n + factor] += excess(i);
  reactions.add_rates(skin.graph.nodes(state.fields(), n, state.doses(), 0), rates.data());
  double gain = 0., cleared = 0., passed = 0., area = 0., size = 0.;
  for (unsigned int i = 0; i < skin.graph.n_owned; ++i)
  {
    gain += skin.graph.volume[i] * rates[i * n + factor];
    cleared += clearance * skin.graph.volume[i] * excess(i);
    passed +=
      permeability * (skin.positions[i][1] == 0. ? (std::abs(skin.positions[i][0]) == .5 ? .25 : .5) : 0.) * excess(i);
    size += skin.graph.volume[i] * std::abs(rates[i * n + factor]);
    area += skin.graph.surface_area[i];
  }
  EXPECT_NEAR(area, 1., 1e-14);
  EXPECT_GT(std::abs(passed), .01);
  EXPECT_NEAR(gain, -cleared - passed, 1e-13 * size);
}

TEST(PigmentModule, TheSlowestModeFadesAsClearanceAndTheSurfaceLetIt)
{
  // S - 1 = cos(m (L - z)) e^(-(c + D m^2) t) with m tan(m L) = h/D, between a surface with exchange and a tight base.
  double low = 0., high = .5 * M_PI / depth;
  for (int i = 0; i < 60; ++i)
  {
    const double m = .5 * (low + high);
    (m * std::tan(m * depth) < permeability / diffusivity ? low : high) = m;
  }
  const auto run = run_with({}, pigmented_dermis(), 1e-5);
  for (unsigned int i = 0; i < run->discretization.places.size(); ++i)
    value(*run, i, "pigment_factor") = 1. + std::cos(low * (depth - run->discretization.places[i].depth));
  const double before = observed(*run, "pigment_factor_excess"), days = 2.;
  EXPECT_NEAR(before, std::sin(low * depth) / low, 1e-3);
  run_until(*run, days);
  // Cells of .1 mm add (.1 m)^2/12 = 3e-4 to D m^2 = .1 and 44 steps of a tolerance of 1e-5 at most 5e-4.
  const double left = std::exp(-(clearance + diffusivity * low * low) * days);
  EXPECT_NEAR(observed(*run, "pigment_factor_excess") / before, left, 6e-4 * left);
}

TEST(PigmentIntervention, SessionsAddTheFactorOnTheirDays)
{
  const Nodes nodes = radial_nodes(2, 10., 100);
  std::vector<std::unique_ptr<Intervention>> interventions;
  interventions.push_back(pigmentation({"Sessions=0 d, 30 d", "Shape=column", "Radius=3 mm", "Added factor=2"}));
  const Reactions reactions = pigmented_dermis(std::move(interventions.front()->modules().front()));
  const FieldLayout &layout = reactions.layout();
  const Tissue tissue{nodes.graph, nodes.places, layout, MPI_COMM_SELF};
  State state;
  state.clock.end = 100.;
  fill_healthy(state, nodes.graph, reactions);
  const Schedule schedule(interventions);
  const auto at = [&](const unsigned int node, const char *key)
  { return state.fields().begin()[node * layout.n_fields() + layout.find(key)]; };

  ASSERT_EQ(schedule.apply_due(tissue, state).size(), 1u);
  EXPECT_NEAR(at(0, "pigment_factor"), 3., 1e-7);   // the rim is .3 mm wide, so e^-20 is missing
  EXPECT_NEAR(at(30, "pigment_factor"), 2., 1e-12); // half at the edge
  EXPECT_NEAR(at(100, "pigment_factor"), 1., 1e-12);
  EXPECT_EQ(at(0, "pigment"), 1.);
  EXPECT_TRUE(schedule.apply_due(tissue, state).empty());
  EXPECT_EQ(schedule.next_event(state), 30.);

  state.clock.time = 30.;
  ASSERT_EQ(schedule.apply_due(tissue, state).size(), 1u);
  EXPECT_NEAR(at(0, "pigment_factor"), 5., 1e-7);
  EXPECT_EQ(schedule.next_event(state), SessionPlan::no_more);
  // 2 pi r (1 - tanh((r - 3)/.3))/2 over the radius is pi 3^2 + pi^3 .3^2/12 but for e^-20, as nodes
  // .1 mm apart see it.
  const double integral = 2. * (9. * M_PI + std::pow(M_PI, 3.) * .09 / 12.);
  EXPECT_NEAR(total_of(state.sessions, "pigmentation", "factor_mm3"), 2. * integral, 1e-3 * integral);
}

TEST(PigmentIntervention, SettingsThatMeanNothingAreRefused)
{
  EXPECT_THROW(pigmentation({"Added factor=-1"}), BadInput);
  EXPECT_THROW(pigmentation({"Factor clearence=1 1/d"}), BadInput); // misspelt
  const auto check_with_centre = [](const std::string &x)
  {
    Pigmentation intervention(make_pigment());
    Parameters parameters;
    intervention.declare(parameters);
    parameters.set("Pigmentation/Centres along width=" + x);
    intervention.check(parameters, {2, {-5., 5.}, {0., 0.}, depth}, *make_module("dermis"));
    parameters.finish();
  };
  EXPECT_THROW(check_with_centre("7 mm"), BadInput);
  EXPECT_NO_THROW(check_with_centre("4 mm"));
}

TEST(PigmentIntervention, EverySessionDarkensTheSkinForAWhile)
{
  // With a tight surface the totals follow S' = -c S, p' = t (S - p) from each session on, whatever diffuses where.
  std::vector<std::unique_ptr<Intervention>> interventions;
  interventions.push_back(
    pigmentation({"Sessions=0 d, 28 d", "Shape=plane", "Depth=1 mm", "Surface permeability=0 mm/d"}));
  Reactions reactions = pigmented_dermis(std::move(interventions.front()->modules().front()));
  const auto run = run_with(std::move(interventions), std::move(reactions), 1e-4);
  run_until(*run, 30.);
  ASSERT_EQ(run->state.sessions.size(), 2u);
  const double amount = run->state.sessions.front().amounts.front().value;
  // Twice (1 - tanh((z - .3)/.3))/2 over the distance z from the middle; .006 of it lies outside the skin.
  EXPECT_NEAR(amount, added * .3 * std::log(1. + std::exp(2.)), .01);
  double factor = 0., pigment = 0.;
  for (const double age : {30., 2.})
  {
    factor += amount * std::exp(-clearance * age);
    pigment += amount * turnover / (clearance - turnover) * (std::exp(-turnover * age) - std::exp(-clearance * age));
  }
  // 88 steps of a tolerance of 1e-4 add up to 9e-3 at most; the method is of a higher order than its error estimate.
  EXPECT_NEAR(observed(*run, "pigment_factor_excess"), factor, 9e-4 * factor);
  const unsigned int p = run->layout.find("pigment");
  const Observation look(run->observer.skin(), run->state, run->transport.reactions_at(run->state));
  EXPECT_NEAR((look.mean(p) - 1.) * depth, pigment, 9e-4 * pigment);
  EXPECT_NEAR(observed(*run, "pigment_darkest"), look.maximum(p) - 1., 1e-14);
}

TEST(PigmentObservables, AreWhatTheySay)
{
  const auto run = run_with({}, pigmented_dermis(), 1e-3);
  EXPECT_NEAR(observed(*run, "pigment_factor_excess"), 0., 1e-14);
  EXPECT_EQ(observed(*run, "pigmented_surface"), 0.);
  for (unsigned int i = 0; i < run->discretization.places.size(); ++i)
  {
    value(*run, i, "pigment_factor") = 1. + run->discretization.places[i].depth;
    value(*run, i, "pigment") = run->discretization.places[i].x > .4 ? 1.5 : 1.05;
  }
  EXPECT_NEAR(observed(*run, "pigment_factor_excess"), .5 * depth * depth, 1e-13);
  EXPECT_NEAR(observed(*run, "pigmented_surface"), .25, 1e-14); // half a cell of the two
  EXPECT_NEAR(observed(*run, "pigment_darkest"), .5, 1e-14);
}

TEST(PigmentObservables, AreNotInARunWithoutPigment)
{
  const Reactions bare = tissue_alone("dermis", host_of_age(20., false));
  for (const Observable &o : pigment_observables())
  {
    Sources sources(bare.layout(), false);
    o.read(sources);
    EXPECT_FALSE(sources.complete()) << o.name;
  }
}
