// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/diffusion_solver.h"

namespace cutis
{
  std::shared_ptr<GridVectors> make_grid_vectors(const NodeGraph &graph, const unsigned int most_fields)
  {
    if (!graph.grids)
      return nullptr;
    return std::make_shared<GridVectors>(*graph.grids, graph.grids->n_ranks() > 1 ? most_fields : 1);
  }

  DiffusionSolver::DiffusionSolver(const NodeGraph &graph,
                                   std::vector<int> fields,
                                   std::shared_ptr<GridVectors> vectors)
    : fields_(std::move(fields))
    , layout_(graph.grids ? NodeLayout{1, graph.n_owned} : NodeLayout{n(), 1})
    , reaction_(graph.n_owned * fields_.size())
    , scale_(graph.n_owned * fields_.size())
  {
    if (graph.grids)
      on_grid_.emplace(graph.grids, n(), layout_, std::move(vectors));
    else
      on_graph_.emplace(graph, n());
  }

  void DiffusionSolver::prepare(const std::vector<double> &diffusivity, const std::vector<char> &in_tissue)
  {
    const DiffusionBatch batch{n(), reaction_.data(), diffusivity, in_tissue};
    if (on_grid_)
      on_grid_->prepare(batch, scale_.data());
    else
      on_graph_->prepare(batch, scale_.data());
  }

  SolveOutcome DiffusionSolver::solve(NodalVector &residual,
                                      NodalVector &correction,
                                      const SolveTolerance &tolerance,
                                      const double step)
  {
    return on_grid_ ? on_grid_->solve(residual.begin(), correction.begin(), tolerance, step)
                    : on_graph_->solve(residual, correction, tolerance, step);
  }
} // namespace cutis
