// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/multigrid.h"
#include "numerics/diffusion/solve_tolerance.h"

#include <memory>
#include <vector>

namespace cutis
{
  /**
   * Conjugate gradients for a batch A = V d + D K on a tensor grid, field by field in long rows: fields that diffuse
   * far in a step are preconditioned with multigrid and all others with the diagonal. On one rank a field is solved
   * before the next is touched, which keeps its vectors in the cache; on several the fields share every message.
   */
  class GridSolver
  {
  public:
    /** `vectors` may be shared with other solvers that are not at work at the same time. */
    GridSolver(std::shared_ptr<const MultigridGrids> grids,
               unsigned int n_fields,
               const NodeLayout &layout,
               std::shared_ptr<GridVectors> vectors);

    /** Take over the operator; `scale` of each node and field as in DiffusionSolver. Arrays lie as the layout says. */
    void prepare(const DiffusionBatch &batch, const float *scale);

    /** Solve A correction = residual. StepRejected if it does not converge; `step` [d] is that which was tried. */
    SolveOutcome solve(const double *residual, double *correction, const SolveTolerance &tolerance, double step);

  private:
    /** A field that is being solved. */
    struct Progress
    {
      SlabField place;
      double first = 0.;   ///< largest residual over scale at the start
      double product = 0.; ///< residual times preconditioned residual, last
      bool rests = false;
    };

    unsigned int solve_together(const SlabFields &fields, const SolveTolerance &tolerance, double step);
    void precondition(const SlabFields &fields);
    /** One iteration for the fields that do not rest; returns their largest residuals over scale on this rank. */
    std::vector<double> iterate(std::vector<Progress> &all);

    unsigned int n_fields_;
    NodeLayout layout_;
    std::size_t size_; ///< nodes in the slab
    std::shared_ptr<GridVectors> vectors_;
    Multigrid multigrid_;
    std::vector<float> scale_;   ///< field by field
    std::vector<char> is_stiff_; ///< fields that are worth a V-cycle
  };
} // namespace cutis
