// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Transport keeps what it moves, leaves no field below zero, spreads as it should, and carries fronts at their speed.
#include "../model/at_a_point.h"
#include "../numerics/test_networks.h"
#include "../numerics/test_nodes.h"
#include "taxis_in_layers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace cutis;
using namespace cutis::test;

namespace
{
  template <int dim>
  void expect_conservation_and_positivity(const bool hanging, const MPI_Comm communicator)
  {
    Reactions network = test_network<Inert>();
    TissueRun<dim> run(network, 3e-3, communicator);
    make_layers(run, hanging);
    set_strong_taxis(run);
    const double u = run.total("u"), v = run.total("v");
    double peak = 0.;
    run.run(20.,
            [&]
            {
              EXPECT_NEAR(run.total("u"), u, 1e-12 * u) << "day " << run.state.clock.time;
              EXPECT_NEAR(run.total("v"), v, 1e-12 * v) << "day " << run.state.clock.time;
              EXPECT_GE(run.minimum(), -1e-12) << "day " << run.state.clock.time;
              peak = std::max(peak, run.at({0., 0., 0.}, "u"));
            });
    EXPECT_GT(peak, 1.5) << "diffusion alone could not have passed 1, so the taxis was not at work";
    EXPECT_GT(run.state.clock.steps, 10u);
  }

  /** Mean square of the distance from (0, depth) along one direction under the density of a field [mm^2]. */
  double
  variance(const TissueRun<2> &run, const std::string &key, const double depth, const bool along_x, const double total)
  {
    const unsigned int f = run.layout.find(key);
    double sum = 0.;
    for (unsigned int i = 0; i < run.mesh.graph.n_owned; ++i)
    {
      const Place p = run.place(i);
      sum += run.mesh.graph.volume[i] * run.value(i, f) * std::pow(along_x ? p.x : p.depth - depth, 2);
    }
    return sum / total;
  }

  struct FrontSpeed
  {
    double D, r; ///< mm^2/d, 1/d

    double expected() const { return 2. * std::sqrt(D * r); }

    /** Of the logistic network between 20/r and 40/r, with cells of a quarter of the width sqrt(D/r) [mm/d]. */
    double measured() const
    {
      const double width = std::sqrt(D / r), h = .25 * width;
      const unsigned int cells = 480;

      std::vector<ChosenModule> modules;
      modules.push_back({std::make_unique<ModuleOf<Logistic>>(), 0});
      Parameters parameters;
      modules.front().module->declare(parameters);
      parameters.set("Network/test/Growth=" + std::to_string(r));
      parameters.set("Network/test/Diffusivity of u=" + std::to_string(D));
      parameters.finish();
      Reactions network(std::move(modules), {Host()});
      TissueRun<2> run(network, 1e-3);
      dealii::GridGenerator::subdivided_hyper_rectangle(
        run.mesh.triangulation, {cells, 1}, dealii::Point<2>(0., -h), dealii::Point<2>(cells * h, 0.));
      for (const auto &cell : run.mesh.triangulation.active_cell_iterators())
        cell->set_material_id(static_cast<dealii::types::material_id>(Layer::dermis));
      run.start(dermis_everywhere);
      run.set("u", [&](const Place &p) { return std::min(1., std::exp(4. - p.x / width)); });

      // In any profile that spreads without change, the total grows by the speed times the depth of the strip.
      run.run(20. / r);
      const double start = run.total("u"), begin = run.state.clock.time;
      run.run(40. / r);
      return (run.total("u") - start) / h / (run.state.clock.time - begin);
    }
  };
} // namespace

TEST(Transport, KeepsWhatItMovesAndLeavesNothingBelowZero)
{
  expect_conservation_and_positivity<2>(false, MPI_COMM_SELF);
  expect_conservation_and_positivity<3>(false, MPI_COMM_SELF);
}

TEST(Transport, KeepsWhatItMovesOnAdaptedMeshes)
{
  expect_conservation_and_positivity<2>(true, MPI_COMM_SELF);
  expect_conservation_and_positivity<3>(true, MPI_COMM_SELF);
}

TEST(TransportMpi, KeepsWhatItMoves)
{
  expect_conservation_and_positivity<2>(false, MPI_COMM_WORLD);
  expect_conservation_and_positivity<3>(true, MPI_COMM_WORLD);
}

TEST(Transport, AnEmptyNodeCanOnlyBeFilled)
{
  // On boxes all edges conduct, so neither diffusion nor taxis may take from a node that holds nothing.
  std::mt19937 random(2);
  std::uniform_real_distribution<double> value(0., 1.);
  Reactions network = test_network<Inert>();
  TissueRun<3> run(network, 3e-3);
  make_layers(run, false);
  const Motion motion = {{.05, .2, 1.}, {1, 0, 0}, {{0, 1, 30.}}, {}};
  for (int trial = 0; trial < 20; ++trial)
  {
    const NodeGraph &graph = run.mesh.graph;
    for (const char *key : {"u", "v", "x"})
      run.set(key, [&](const Place &) { return value(random) < .5 ? 0. : value(random); });
    std::vector<double> rates(3 * graph.n_owned, 0.);
    add_transport_rates(graph.stencil(), motion, 3, run.state.fields().begin(), 0, graph.n_owned, rates.data());
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      for (unsigned int f = 0; f < 3; ++f)
        EXPECT_TRUE(run.value(i, f) > 0. || rates[3 * i + f] >= 0.) << rates[3 * i + f];
  }
}

TEST(Transport, AGaussianSpreadsByTwiceDiffusivityTimesTime)
{
  for (const bool hanging : {false, true})
  {
    Reactions network = test_network<Inert>();
    TissueRun<2> run(network, 1e-4);
    SkinPatch patch;
    patch.width = 12.;
    patch.cell_size = .125;
    patch.layers = {{Layer::dermis, 12., 1}};
    make_skin_patch(patch, run.mesh.triangulation);
    if (hanging)
      refine_box(run.mesh, -6., 1.); // the left side above 6 mm, so that the bump lies across the edge
    run.start(dermis_everywhere);
    const double s0 = .6, D = .2, days = 3.;
    run.set("v", [&](const Place &p) { return std::exp(-.5 * (p.x * p.x + std::pow(p.depth - 6., 2)) / (s0 * s0)); });
    const double mass = run.total("v");
    EXPECT_NEAR(mass, 2. * M_PI * s0 * s0, 1e-3 * mass);
    run.run(days);
    const double expected = s0 * s0 + 2. * D * days;
    EXPECT_NEAR(variance(run, "v", 6., true, mass), expected, 2e-3 * expected) << "hanging nodes: " << hanging;
    EXPECT_NEAR(variance(run, "v", 6., false, mass), expected, 2e-3 * expected) << "hanging nodes: " << hanging;
    EXPECT_NEAR(run.at({0., 0., 6.}, "v"), s0 * s0 / expected, 5e-3 * s0 * s0 / expected);
  }
}

TEST(Transport, FrontsRunAtTheSpeedOfFisher)
{
  // Growth and diffusivity of the fibroblasts of koppenol2017, dermis and tepole2017.
  const FrontSpeed koppenol = {.1, .924}, dermis = {.2, .82}, tepole = {.0833 * 24., .034 * 24.};
  EXPECT_NEAR(koppenol.expected(), .61, .005);
  EXPECT_NEAR(dermis.expected(), .81, .005);
  EXPECT_NEAR(tepole.expected(), 2.56, .01);
  for (const FrontSpeed &front : {koppenol, dermis, tepole})
    EXPECT_NEAR(front.measured(), front.expected(), .02 * front.expected());
}
