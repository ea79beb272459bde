// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/grid_solver.h"

#include "numerics/diffusion/slab_loops.h"

#include <deal.II/base/mpi.h>

namespace cutis
{
  namespace
  {
    /** Diffusion over reaction in the diagonal from where a V-cycle is cheaper than iterations with the diagonal. */
    constexpr double stiff = 4.;
  } // namespace

  GridSolver::GridSolver(std::shared_ptr<const MultigridGrids> grids,
                         const unsigned int n_fields,
                         const NodeLayout &layout,
                         std::shared_ptr<GridVectors> vectors)
    : n_fields_(n_fields)
    , layout_(layout)
    , size_(grids->levels()[0].size())
    , vectors_(vectors)
    , multigrid_(std::move(grids), n_fields, std::move(vectors))
    , scale_(n_fields * size_)
    , is_stiff_(n_fields)
  {
  }

  void GridSolver::prepare(const DiffusionBatch &batch, const float *scale)
  {
    std::vector<double> stiffness = multigrid_.prepare(batch, layout_);
    dealii::Utilities::MPI::max(stiffness, multigrid_.grids().communicator(), stiffness);
    for (unsigned int f = 0; f < n_fields_; ++f)
    {
      multigrid_.grids().nodes().to_slabs(scale, layout_, {{f, 0}}, vectors_->residual);
      std::copy_n(vectors_->residual.field(0), size_, &scale_[f * size_]);
      is_stiff_[f] = stiffness[f] > stiff;
      if (is_stiff_[f])
        multigrid_.prepare_cycles({{f, 0}});
    }
  }

  SolveOutcome
  GridSolver::solve(const double *residual, double *correction, const SolveTolerance &tolerance, const double step)
  {
    const SlabExchange &nodes = multigrid_.grids().nodes();
    SolveOutcome outcome{0, std::vector<double>(n_fields_)};
    const auto solve_some = [&](const SlabFields &fields)
    {
      nodes.to_slabs(residual, layout_, fields, vectors_->residual);
      outcome.iterations = std::max(outcome.iterations, solve_together(fields, tolerance, step));
      nodes.to_nodes(vectors_->solution, fields, layout_, correction);
      for (const SlabField &f : fields)
        outcome.remainder[f.field] = sum(size_, vectors_->residual.field(f.slot));
    };
    SlabFields together;
    for (unsigned int f = 0; f < n_fields_; ++f)
      if (multigrid_.grids().n_ranks() > 1)
        together.push_back({f, f});
      else
        solve_some({{f, 0}});
    if (!together.empty())
      solve_some(together);
    dealii::Utilities::MPI::sum(outcome.remainder, multigrid_.grids().communicator(), outcome.remainder);
    return outcome;
  }

  unsigned int GridSolver::solve_together(const SlabFields &fields, const SolveTolerance &tolerance, const double step)
  {
    std::vector<Progress> all;
    std::vector<double> sizes;
    for (const SlabField &f : fields)
    {
      all.push_back({f});
      sizes.push_back(largest_scaled(size_, vectors_->residual.field(f.slot), &scale_[f.field * size_]));
      std::fill_n(vectors_->solution.field(f.slot), size_, 0.);
    }
    for (unsigned int iteration = 0; iteration < SolveTolerance::most_iterations; ++iteration)
    {
      dealii::Utilities::MPI::max(sizes, multigrid_.grids().communicator(), sizes);
      bool all_rest = true;
      for (std::size_t k = 0; k < all.size(); ++k)
      {
        if (iteration == 0)
          all[k].first = sizes[k];
        all[k].rests = tolerance.met(sizes[k], all[k].first);
        all_rest = all_rest && all[k].rests;
      }
      if (all_rest)
        return iteration;
      sizes = iterate(all);
    }
    give_up_solving(step);
  }

  /** Solutions of the finest grid = the preconditioner applied to the residuals. */
  void GridSolver::precondition(const SlabFields &fields)
  {
    SlabFields cycled;
    for (const SlabField &f : fields)
      if (is_stiff_[f.field])
        cycled.push_back(f);
      else
        begin_relaxation(size_,
                         multigrid_.inverse_diagonal(f.field),
                         vectors_->residual.field(f.slot),
                         1.,
                         vectors_->grids[0].x.field(f.slot));
    if (!cycled.empty())
      multigrid_.cycle(cycled);
  }

  std::vector<double> GridSolver::iterate(std::vector<Progress> &all)
  {
    GridVectors &v = *vectors_;
    SlabFields active;
    std::vector<double> products(all.size(), 0.), curvatures(all.size(), 0.), sizes(all.size(), 0.);
    for (const Progress &p : all)
      if (!p.rests)
        active.push_back(p.place);
    precondition(active);

    const auto each = [&](const auto &action)
    {
      for (std::size_t k = 0; k < all.size(); ++k)
        if (!all[k].rests)
          action(k, all[k].place.slot);
    };
    const auto add_ranks = [&](std::vector<double> &values)
    { dealii::Utilities::MPI::sum(values, multigrid_.grids().communicator(), values); };

    each([&](const std::size_t k, const unsigned int slot)
         { products[k] = dot(size_, v.residual.field(slot), v.grids[0].x.field(slot)); });
    add_ranks(products);
    each(
      [&](const std::size_t k, const unsigned int slot)
      {
        const double beta = all[k].product > 0. ? products[k] / all[k].product : 0.;
        advance_direction(size_, beta, v.grids[0].x.field(slot), v.direction.field(slot));
        all[k].product = products[k];
      });
    multigrid_.update(v.direction, active);
    each(
      [&](const std::size_t k, const unsigned int slot)
      {
        const unsigned int f = all[k].place.field;
        curvatures[k] =
          multiply(multigrid_.box(f), multigrid_.reaction(f), v.direction.field(slot), v.image.field(slot));
      });
    add_ranks(curvatures);
    each(
      [&](const std::size_t k, const unsigned int slot)
      {
        sizes[k] = advance_solution(size_,
                                    curvatures[k] > 0. ? products[k] / curvatures[k] : 0.,
                                    v.direction.field(slot),
                                    v.image.field(slot),
                                    &scale_[all[k].place.field * size_],
                                    v.solution.field(slot),
                                    v.residual.field(slot));
      });
    return sizes;
  }
} // namespace cutis
