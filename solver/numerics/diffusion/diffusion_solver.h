// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/graph_solver.h"
#include "numerics/diffusion/grid_solver.h"

#include <optional>
#include <vector>

namespace cutis
{
  /** Implicit diffusion of a batch of fields: on the grid where the nodes form one, else on the graph of the mesh. */
  class DiffusionSolver
  {
  public:
    /** `vectors`: of the grids, if there are any; they may be shared with other solvers. */
    DiffusionSolver(const NodeGraph &graph, std::vector<int> fields, std::shared_ptr<GridVectors> vectors);

    const std::vector<int> &fields() const { return fields_; }
    unsigned int n() const { return fields_.size(); }

    /** How all arrays lie: field by field for the grid, node by node for the graph. */
    const NodeLayout &layout() const { return layout_; }
    /** d and scale of all fields at each owned node, as `prepare` wants them. */
    std::vector<float> &reaction() { return reaction_; }
    std::vector<float> &scale() { return scale_; }
    const std::vector<float> &reaction() const { return reaction_; }
    const std::vector<float> &scale() const { return scale_; }
    /**
     * Set up A = V d + D K for d in `reaction` and D in `diffusivity` (which includes the step), and the sizes against
     * which residuals are measured: `scale` is one over the error that is tolerated at a node, in units of V d.
     */
    void prepare(const std::vector<double> &diffusivity, const std::vector<char> &in_tissue);

    /**
     * Solve A correction = residual; the residual is used up. StepRejected if it does not converge; `step` [d] is that
     * which is tried.
     */
    SolveOutcome solve(NodalVector &residual, NodalVector &correction, const SolveTolerance &tolerance, double step);

  private:
    std::vector<int> fields_;
    NodeLayout layout_;
    std::vector<float> reaction_, scale_;
    std::optional<GridSolver> on_grid_;
    std::optional<GraphSolver> on_graph_;
  };

  /** Room for the solves of at most `most_fields` at once; null where the nodes form no grid. */
  std::shared_ptr<GridVectors> make_grid_vectors(const NodeGraph &graph, unsigned int most_fields);
} // namespace cutis
