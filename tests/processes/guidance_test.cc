// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Cells that crawl along fibres: they spread as their tensor says, none are lost, none are drawn below zero.
#include "../model/at_a_point.h"
#include "numerics/diffusion/guidance.h"
#include "taxis_in_layers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace cutis;
using namespace cutis::test;
using namespace dealii;

namespace
{
  Reactions guided_network(const double diffusivity)
  {
    return edited_network<Inert>(
      [&](FieldLayout &layout)
      {
        layout.fields[0].diffusivity = diffusivity; // "u"
        layout.fields[0].guided = true;
      });
  }

  template <int dim>
  SymmetricTensor<2, dim> tilted(const double along, const double across, const double angle)
  {
    SymmetricTensor<2, dim> D = unit_symmetric_tensor<dim>();
    const double c = std::cos(angle), s = std::sin(angle);
    D[0][0] = along * c * c + across * s * s;
    D[1][1] = along * s * s + across * c * c;
    D[0][1] = (along - across) * c * s;
    return D;
  }

  /** Second moment of a field about (0, -6) in mesh coordinates [mm^2]. */
  SymmetricTensor<2, 2> covariance(const TissueRun<2> &run, const double total)
  {
    SymmetricTensor<2, 2> sum;
    for (unsigned int i = 0; i < run.mesh.graph.n_owned; ++i)
    {
      const Tensor<1, 2> x({run.place(i).x, 6. - run.place(i).depth});
      sum += run.mesh.graph.volume[i] * run.value(i, 0) / total * symmetrize(outer_product(x, x));
    }
    return sum;
  }
} // namespace

TEST(Guidance, AGaussianSpreadsAsItsTensorSays)
{
  for (const bool hanging : {false, true})
  {
    const double D0 = .2, s0 = .6, days = 3.;
    Reactions network = guided_network(D0);
    TissueRun<2> run(network, 1e-4);
    SkinPatch patch;
    patch.width = 12.;
    patch.cell_size = .125;
    patch.layers = {{Layer::dermis, 12., 1}};
    make_skin_patch(patch, run.mesh.triangulation);
    if (hanging)
      refine_box(run.mesh, -6., 1.);
    run.start(dermis_everywhere);
    const auto tensor = tilted<2>(1.6, .4, .5);
    Guidance<2> guidance(run.mesh, dermis_everywhere);
    guidance.rebuild();
    guidance.update([&](unsigned int) { return tensor; });
    EXPECT_NEAR(guidance.edges().majorant, 1.6, 1e-12);
    run.surroundings.guided = &guidance.edges();
    run.set("u", [&](const Place &p) { return std::exp(-.5 * (p.x * p.x + std::pow(p.depth - 6., 2)) / (s0 * s0)); });
    run.set("v", [](const Place &) { return 0.; });
    const double total = run.total("u");
    run.run(days);
    EXPECT_NEAR(run.total("u"), total, 1e-12 * total);
    const auto expected = s0 * s0 * unit_symmetric_tensor<2>() + 2. * D0 * days * tensor;
    EXPECT_LT((covariance(run, total) - expected).norm(), 4e-3 * expected.norm()) << "hanging nodes: " << hanging;
  }
}

namespace
{
  /** A band of cells under strong taxis across layers, with strongly aligned fibres. */
  template <int dim>
  void expect_conservation_and_positivity(const bool hanging, const MPI_Comm communicator)
  {
    Reactions network = guided_network(.2);
    TissueRun<dim> run(network, 3e-3, communicator);
    make_layers(run, hanging);
    set_strong_taxis(run);
    Guidance<dim> guidance(run.mesh, layer_contents);
    guidance.rebuild();
    guidance.update([&](const unsigned int node) { return tilted<dim>(1.9, .1, run.place(node).x); });
    run.surroundings.guided = &guidance.edges();
    const double u = run.total("u");
    run.run(100.,
            [&]
            {
              EXPECT_NEAR(run.total("u"), u, 1e-12 * u) << "day " << run.state.clock.time;
              EXPECT_GE(run.minimum(), -1e-12) << "day " << run.state.clock.time;
            });
    EXPECT_LT(run.state.clock.rejected, run.state.clock.steps);
    EXPECT_GT(run.state.clock.last_step, 5.) << "long steps are stable once the signal has spread";
  }
} // namespace

TEST(Guidance, KeepsCellsAndLeavesNoneBelowZero)
{
  for (const bool hanging : {false, true})
  {
    expect_conservation_and_positivity<2>(hanging, MPI_COMM_SELF);
    expect_conservation_and_positivity<3>(hanging, MPI_COMM_SELF);
  }
}

TEST(GuidanceMpi, KeepsCellsOnAnyNumberOfRanks)
{
  expect_conservation_and_positivity<2>(true, MPI_COMM_WORLD);
  expect_conservation_and_positivity<3>(false, MPI_COMM_WORLD);
}

TEST(Guidance, AnEmptyNodeCanOnlyBeFilled)
{
  // Fibres that cross the edges make some of them carry against the gradient; they may not take from an empty node.
  std::mt19937 random(3);
  std::uniform_real_distribution<double> value(0., 1.);
  Reactions network = guided_network(.2);
  TissueRun<3> run(network, 3e-3);
  make_layers(run, false);
  Guidance<3> guidance(run.mesh, layer_contents);
  guidance.rebuild();
  guidance.update([&](const unsigned int node) { return tilted<3>(1.9, .1, run.place(node).x); });
  const GuidedEdges &edges = guidance.edges();
  EXPECT_LT(*std::min_element(edges.weight.begin(), edges.weight.end()), -1e-3);

  const NodeGraph &graph = run.mesh.graph;
  const Motion motion = {{.2, .05, 1.}, {1, 0, 0}, {{0, 1, 30.}}, {}, {1, 0, 0}};
  for (int trial = 0; trial < 20; ++trial)
  {
    for (const char *key : {"u", "v", "x"})
      run.set(key, [&](const Place &) { return value(random) < .5 ? 0. : value(random); });
    std::vector<double> rates(3 * graph.n_owned, 0.);
    const double *u = run.state.fields().begin();
    add_transport_rates(graph.stencil(), motion, 3, u, 0, graph.n_owned, rates.data());
    add_guided_rates(graph.stencil(), edges, motion, 3, u, 0, graph.n_owned, rates.data());
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      EXPECT_TRUE(run.value(i, 0) > 0. || rates[3 * i] >= 0.) << rates[3 * i];
  }
}
