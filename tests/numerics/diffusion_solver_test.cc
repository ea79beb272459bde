// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The implicit diffusion solves: they solve, in a number of iterations that does not grow with the mesh, alike on any
// number of ranks.
#include "numerics/diffusion/diffusion_solver.h"

#include "numerics/diffusion/multigrid.h"
#include "test_nodes.h"

#include <gtest/gtest.h>

#include <map>

using namespace cutis;
using namespace cutis::test;

namespace
{
  constexpr LayerContents contents = {{.01, 1., 1., 1., .2}};

  /** Skin with thin upper layers; cells of `cell_size` [mm]. */
  template <int dim>
  void make_skin(Discretization<dim> &d, const double cell_size)
  {
    SkinPatch patch;
    patch.width = patch.length = dim == 2 ? 8. : 4.;
    patch.cell_size = cell_size;
    patch.layers = {{Layer::epidermis, .08, 2}, {Layer::dermis, 1.4, 3}, {Layer::hypodermis, 3., 3}};
    make_skin_patch(patch, d.triangulation);
    d.rebuild(contents);
  }

  /** Fields that diffuse from a hundredth of a millimetre to far across the patch within a step, on both weightings. */
  class Solve
  {
  public:
    explicit Solve(const NodeGraph &graph)
      : correction(graph.make_vector(n))
      , graph_(graph)
      , solver_(graph, {0, 1, 2, 3, 4}, make_grid_vectors(graph, n))
    {
      for (std::size_t i = 0; i < graph.n_owned; ++i)
        for (unsigned int f = 0; f < n; ++f)
        {
          const std::size_t k = solver_.layout()(i, f);
          solver_.reaction()[k] = 1.f + .25f * static_cast<float>(i % 4);
          const double volume = (in_tissue[f] ? graph.tissue_volume : graph.volume)[i];
          solver_.scale()[k] = volume > 0. ? static_cast<float>(1. / (volume * solver_.reaction()[k])) : 0.f;
        }
      solver_.prepare(diffusivity, in_tissue);
    }

    /** A right-hand side that depends on the place alone. */
    NodalVector right_hand_side(const std::vector<Place> &places) const
    {
      NodalVector b = graph_.make_vector(n);
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        for (unsigned int f = 0; f < n; ++f)
          b.local_element(solver_.layout()(i, f)) =
            (in_tissue[f] ? graph_.tissue_volume : graph_.volume)[i] *
            (std::sin(40. * places[i].x + f) + std::cos(places[i].depth + places[i].y));
      return b;
    }

    unsigned int run(const NodalVector &b, const double tolerance)
    {
      NodalVector residual = b;
      return solver_.solve(residual, correction, {tolerance, 1.}, 1.).iterations;
    }

    /** Largest |b - A x| over the volumes, with the product taken anew. */
    double true_residual(const NodalVector &b)
    {
      NodalVector by_node = graph_.make_vector(n), product = by_node;
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        for (unsigned int f = 0; f < n; ++f)
          by_node.local_element(i * n + f) = correction.local_element(solver_.layout()(i, f));
      by_node.update_ghost_values();
      diffuse(graph_.stencil(), diffusivity, in_tissue, n, by_node.begin(), product.begin());
      double largest = 0.;
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        for (unsigned int f = 0; f < n; ++f)
        {
          const std::size_t k = solver_.layout()(i, f);
          const double volume = (in_tissue[f] ? graph_.tissue_volume : graph_.volume)[i];
          if (volume > 0.)
            largest = std::max(largest,
                               std::abs(b.local_element(k) - product.local_element(i * n + f) -
                                        volume * solver_.reaction()[k] * correction.local_element(k)) /
                                 volume);
        }
      return largest;
    }

    static constexpr unsigned int n = 5;
    const std::vector<double> diffusivity = {1e-4, .02, 1., 50., 1000.};
    const std::vector<char> in_tissue = {1, 0, 1, 0, 0};
    NodalVector correction;

  private:
    const NodeGraph &graph_;
    DiffusionSolver solver_;
  };

  template <int dim>
  unsigned int iterations(const double cell_size, const bool refined = false)
  {
    Discretization<dim> d(MPI_COMM_SELF);
    make_skin(d, cell_size);
    if (refined)
    {
      refine_box(d, -2., 1.);
      d.rebuild(contents);
    }
    EXPECT_EQ(d.graph.grids == nullptr, refined);
    Solve solve(d.graph);
    const NodalVector b = solve.right_hand_side(places_of(d));
    const unsigned int count = solve.run(b, 1e-8);
    EXPECT_LT(solve.true_residual(b), 1e-7);
    return count;
  }
} // namespace

TEST(DiffusionSolver, MultigridIterationsDoNotGrowWithTheMesh)
{
  EXPECT_LE(iterations<2>(.4), 14u);
  EXPECT_LE(iterations<2>(.1), 16u);
  EXPECT_LE(iterations<2>(.05), 18u);
  EXPECT_LE(iterations<3>(.5), 14u);
  EXPECT_LE(iterations<3>(.2), 16u);
}

TEST(DiffusionSolver, SolvesOnAdaptedMeshesAsWell)
{
  iterations<2>(.2, true);
  iterations<3>(.5, true);
}

TEST(DiffusionSolver, OnlyNodesInRowsHaveCoarserGrids)
{
  Discretization<2> box(MPI_COMM_SELF);
  make_box(box, 8);
  box.rebuild(contents);
  EXPECT_NE(box.graph.grids, nullptr);
  dealii::GridTools::distort_random(.1, box.triangulation, true, 1);
  box.rebuild(contents);
  EXPECT_EQ(box.graph.grids, nullptr);
}

TEST(DiffusionSolver, TheVCycleIsSymmetricAndPositive)
{
  Discretization<2> d(MPI_COMM_SELF);
  make_skin(d, .2);
  constexpr unsigned int n = 2;
  const NodeLayout layout{n, 1};
  const auto vectors = std::make_shared<GridVectors>(*d.graph.grids, n);
  Multigrid multigrid(d.graph.grids, n, vectors);
  const std::vector<float> reaction(d.graph.n_owned * n, 1.3f);
  const SlabFields fields = {{0, 0}, {1, 1}};
  multigrid.prepare({n, reaction.data(), {3., 200.}, {1, 0}}, layout);
  multigrid.prepare_cycles(fields);

  std::vector<double> x(reaction.size()), y(x), mx(x), my(x);
  for (std::size_t k = 0; k < x.size(); ++k)
  {
    x[k] = std::sin(1.7 * k * k);
    y[k] = std::cos(.9 * k * k);
  }
  const auto apply = [&](const std::vector<double> &residual, std::vector<double> &correction)
  {
    d.graph.grids->nodes().to_slabs(residual.data(), layout, fields, vectors->residual);
    multigrid.cycle(fields);
    d.graph.grids->nodes().to_nodes(vectors->grids[0].x, fields, layout, correction.data());
  };
  apply(x, mx);
  apply(y, my);
  for (unsigned int f = 0; f < n; ++f)
  {
    double xmy = 0., ymx = 0., xmx = 0.;
    for (std::size_t k = f; k < x.size(); k += n)
    {
      xmy += x[k] * my[k];
      ymx += y[k] * mx[k];
      xmx += x[k] * mx[k];
    }
    EXPECT_GT(xmx, 0.);
    EXPECT_NEAR(xmy, ymx, 1e-12 * xmx);
  }
}

/** Every rank solves the same by itself and compares the values at its nodes. */
TEST(DiffusionSolverMpi, SolvesTheSameOnAnyNumberOfRanks)
{
  for (const bool refined : {false, true})
  {
    Discretization<2> alone(MPI_COMM_SELF), together(MPI_COMM_WORLD);
    std::map<std::pair<long, long>, std::size_t> node_at;
    const auto key = [](const Place &p) { return std::pair(std::lround(1e6 * p.x), std::lround(1e6 * p.depth)); };
    for (Discretization<2> *d : {&alone, &together})
    {
      make_skin(*d, .2);
      if (refined)
        refine_box(*d, -2., 1.);
      d->rebuild(contents);
    }
    const std::vector<Place> places = places_of(alone), mine = places_of(together);
    for (std::size_t i = 0; i < alone.graph.n_owned; ++i)
      node_at[key(places[i])] = i;

    DiffusionSolver single(alone.graph, {0, 1}, make_grid_vectors(alone.graph, 2));
    DiffusionSolver parallel(together.graph, {0, 1}, make_grid_vectors(together.graph, 2));
    const auto solve = [&](const Discretization<2> &d, DiffusionSolver &solver, const std::vector<Place> &at)
    {
      NodalVector residual = d.graph.make_vector(2), correction = d.graph.make_vector(2);
      for (std::size_t i = 0; i < d.graph.n_owned; ++i)
        for (unsigned int f = 0; f < 2; ++f)
        {
          const std::size_t k = solver.layout()(i, f);
          solver.reaction()[k] = static_cast<float>(1. + .1 * at[i].depth);
          const double volume = d.graph.volume[i];
          solver.scale()[k] = volume > 0. ? static_cast<float>(1. / volume) : 0.f;
          residual.local_element(k) = volume * std::sin(3. * at[i].x + f);
        }
      solver.prepare({.5, 100.}, {0, 0});
      solver.solve(residual, correction, {1e-4, 1.}, 1.);
      return correction;
    };
    const NodalVector expected = solve(alone, single, places), found = solve(together, parallel, mine);
    double largest = 0.;
    for (std::size_t i = 0; i < together.graph.n_owned; ++i)
      for (unsigned int f = 0; f < 2; ++f)
        largest = std::max(largest,
                           std::abs(found.local_element(parallel.layout()(i, f)) -
                                    expected.local_element(single.layout()(node_at.at(key(mine[i])), f))));
    EXPECT_LT(largest, 1e-12) << (refined ? "adapted" : "in rows");
  }
}
