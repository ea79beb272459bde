// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/diffusion_solver.h"
#include "numerics/integrator/counted_fields.h"
#include "numerics/integrator/solve_order.h"
#include "numerics/integrator/stage_loops.h"

#include <vector>

namespace cutis
{
  /**
   * The right-hand factor of W (see Rosenbrock): U = (B - gh L)^-1 B U with the diffusion L of each field and
   * B = I - gh tril(J) in the order of the solves. Level by level, the diffusion solves of a level share their
   * messages; fields that do not move follow node by node.
   */
  class CoupledDiffusion
  {
  public:
    struct Statistics
    {
      unsigned long scalar_solves = 0; ///< diffusion solves, one per field and stage
      unsigned long iterations = 0;    ///< of conjugate gradients, the most of any field of a level
    };

    CoupledDiffusion(const NodeGraph &graph,
                     const Motion &motion,
                     const JacobianPattern &pattern,
                     const SolveOrder &order,
                     const CountedFields &counted,
                     const ErrorWeights &weights);

    /** Take what is needed of the Jacobian of a group of nodes from node `first` on; `u` are all fields of all nodes.
     */
    void take(std::size_t first, std::size_t size, const double *jacobian, double gh, const double *u);
    /** When the Jacobian of all nodes has been taken. `guided`: null where fibres guide no field. */
    void prepare(double gh, const GuidedEdges *guided);

    /** stage = factor (B - gh L)^-1 B stage, within the tolerance of a stage. `step` [d] is that which is tried. */
    void solve(NodalVector &stage, double factor, double step);

    const Statistics &statistics() const { return statistics_; }

  private:
    /** Some fields that are solved together, and their couplings to fields of earlier levels. */
    struct Level
    {
      DiffusionSolver solver;
      NodalVector residual, correction;
      Couplings couplings;
      DiagonalRows diagonal;
    };

    void add_level(const std::vector<int> &fields, const std::vector<int> &earlier, const JacobianPattern &pattern);
    void add_bound_fields(const JacobianPattern &pattern);
    void solve_level(Level &level, double step);
    void conserve(Level &level, const std::vector<double> &remainder) const;

    const NodeGraph &graph_;
    const Motion &motion_;
    const CountedFields &counted_;
    const ErrorWeights &weights_;
    unsigned int n_fields_;
    std::shared_ptr<GridVectors> grid_vectors_;
    std::vector<Level> levels_;
    Couplings bound_; ///< of fields that do not move to those before them
    std::vector<double> diffusivity_;
    std::vector<double> diffusion_;        ///< gh D K stage, moving fields interleaved
    std::vector<FieldColumn> corrections_; ///< of the moving fields, in the vectors of their levels
    Statistics statistics_;
  };
} // namespace cutis
