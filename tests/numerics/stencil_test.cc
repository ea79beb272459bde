// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Laws of the edges and volumes to which a mesh is reduced.
#include "test_nodes.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

using namespace cutis;
using namespace cutis::test;

namespace
{
  constexpr LayerContents of_layers = {{.01, 1., .7, 1., .2}};

  /** Four layers, of which the thinnest is fifty times thinner than the thickest. */
  SkinPatch layered_patch()
  {
    SkinPatch patch;
    patch.width = 3.;
    patch.length = 2.;
    patch.cell_size = .5;
    patch.layers = {{Layer::epidermis, .06, 2},
                    {Layer::papillary_dermis, .2, 2},
                    {Layer::reticular_dermis, 1.2, 3},
                    {Layer::hypodermis, 3., 3}};
    return patch;
  }

  template <int dim>
  void make_layers(Discretization<dim> &d, const bool hanging)
  {
    make_skin_patch(layered_patch(), d.triangulation);
    if (hanging)
      refine_box(d, -2., 1.); // around the middle of the surface
    d.rebuild(of_layers);
  }

  using Edges = std::map<std::pair<unsigned int, unsigned int>, double>;

  Edges edges(const NodeGraph &graph, const std::vector<double> &weight)
  {
    Edges edges;
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      for (unsigned int e = graph.row_start[i]; e < graph.row_start[i + 1]; ++e)
        edges[{i, graph.column[e]}] = weight[e];
    return edges;
  }

  /** What leaves a node counts at its neighbour: the same weight from both ends. */
  void expect_symmetric(const NodeGraph &graph, const std::vector<double> &weight)
  {
    const Edges all = edges(graph, weight);
    for (const auto &[ends, w] : all)
    {
      const auto opposite = all.find({ends.second, ends.first});
      ASSERT_NE(opposite, all.end());
      EXPECT_NEAR(w, opposite->second, 1e-12 * std::abs(w));
      EXPECT_NE(ends.first, ends.second);
    }
  }

  double total(const std::vector<double> &volume)
  {
    return std::accumulate(volume.begin(), volume.end(), 0.);
  }

  template <int dim>
  void expect_laws(const bool hanging)
  {
    Discretization<dim> d(MPI_COMM_SELF);
    make_layers(d, hanging);
    const NodeGraph &graph = d.graph;
    EXPECT_EQ(graph.any_hanging, hanging);
    expect_symmetric(graph, graph.soluble);
    expect_symmetric(graph, graph.tissue);

    const double area = dim == 3 ? 6. : 3.;
    EXPECT_NEAR(total(graph.volume), area * 4.46, 1e-12 * area * 4.46);
    EXPECT_NEAR(total(graph.dermis_volume), area * 1.4, 1e-12 * area * 1.4);
    const double tissue = area * (.01 * .06 + 1. * .2 + .7 * 1.2 + .2 * 3.);
    EXPECT_NEAR(total(graph.tissue_volume), tissue, 1e-12 * tissue);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      if (graph.volume[i] > 0.)
        EXPECT_NEAR(graph.content[i] * graph.volume[i], graph.tissue_volume[i], 1e-14);
  }

  /** D K applied to a field that is linear along the skin, at nodes away from the sides: nothing flows together. */
  template <int dim>
  double flow_of_linear_field(const Discretization<dim> &d, const double far_side)
  {
    const NodeGraph &graph = d.graph;
    double largest = 0.;
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const dealii::Point<dim> &x = d.positions[i];
      if (std::abs(x[0]) > far_side - 1e-9 || std::abs(x[0]) < 1e-9)
        continue;
      double flow = 0., size = 0.;
      for (unsigned int e = graph.row_start[i]; e < graph.row_start[i + 1]; ++e)
      {
        flow += graph.soluble[e] * (d.positions[graph.column[e]][0] - x[0]);
        size += std::abs(graph.soluble[e] * (d.positions[graph.column[e]][0] - x[0]));
      }
      if (size > 0.)
        largest = std::max(largest, std::abs(flow) / size);
    }
    return largest;
  }
} // namespace

TEST(Stencil, LawsOnGradedLayers)
{
  expect_laws<2>(false);
  expect_laws<3>(false);
}

TEST(Stencil, LawsWithHangingNodes)
{
  expect_laws<2>(true);
  expect_laws<3>(true);
}

TEST(Stencil, OnGradedBoxesOnlyEdgesRemainAndAllConduct)
{
  Discretization<3> d(MPI_COMM_SELF);
  make_layers(d, false);
  for (const auto &[ends, w] : edges(d.graph, d.graph.soluble))
  {
    EXPECT_GT(w, 0.);
    unsigned int directions = 0;
    for (unsigned int k = 0; k < 3; ++k)
      directions += std::abs(d.positions[ends.first][k] - d.positions[ends.second][k]) > 1e-9;
    EXPECT_EQ(directions, 1u);
  }
}

TEST(Stencil, TheConductanceOfABoxIsItsAreaOverItsLength)
{
  // Two nodes across a slab of 2 x 3 mm^2 and .5 mm: the four edges between its faces carry 12 mm together.
  Discretization<3> d(MPI_COMM_SELF);
  dealii::GridGenerator::hyper_rectangle(d.triangulation, {0., 0., 0.}, {2., 3., .5});
  d.triangulation.begin_active()->set_material_id(static_cast<dealii::types::material_id>(Layer::dermis));
  d.rebuild(dermis_everywhere);
  double across = 0.;
  for (const auto &[ends, w] : edges(d.graph, d.graph.soluble))
    if (d.positions[ends.first][2] < .25 && d.positions[ends.second][2] > .25)
      across += w;
  EXPECT_NEAR(across, 12., 1e-12);
  EXPECT_TRUE(d.graph.tissue.empty()) << "where the content is 1 everywhere, one set of edges is enough";
}

TEST(Stencil, ALinearFieldIsInBalance)
{
  Discretization<2> distorted(MPI_COMM_SELF);
  make_box(distorted, 9);
  dealii::GridTools::distort_random(.2, distorted.triangulation, true, 3);
  distorted.rebuild(dermis_everywhere);
  EXPECT_LT(flow_of_linear_field(distorted, 1.), 1e-13);

  Discretization<3> hanging(MPI_COMM_SELF);
  make_box(hanging, 8);
  refine_box(hanging, .25, .75);
  hanging.rebuild(dermis_everywhere);
  EXPECT_LT(flow_of_linear_field(hanging, 1.), 1e-13);
}

TEST(Stencil, HangingNodesFollowTheirMasters)
{
  Discretization<3> d(MPI_COMM_SELF);
  make_box(d, 4);
  refine_box(d, .25, .75);
  d.rebuild(dermis_everywhere);
  NodalVector u = d.graph.make_vector(2);
  for (unsigned int i = 0; i < d.graph.n_owned; ++i)
  {
    u.local_element(2 * i) = d.graph.volume[i] > 0. ? d.positions[i][0] - 3. * d.positions[i][2] : 1e9;
    u.local_element(2 * i + 1) = d.graph.volume[i] > 0. ? 5. : 1e9;
  }
  d.graph.complete(u, 2);
  ASSERT_FALSE(d.graph.hanging.empty());
  for (unsigned int i = 0; i < d.graph.n_owned; ++i)
  {
    EXPECT_NEAR(u.local_element(2 * i), d.positions[i][0] - 3. * d.positions[i][2], 1e-13);
    EXPECT_NEAR(u.local_element(2 * i + 1), 5., 1e-13);
  }
}
