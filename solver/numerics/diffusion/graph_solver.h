// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/chebyshev.h"
#include "numerics/diffusion/solve_tolerance.h"

namespace cutis
{
  /**
   * Conjugate gradients for a batch A = V d + D K on any mesh, preconditioned with a Chebyshev polynomial. All fields
   * share every pass over the edges and every message, each with its own step lengths; a field that has converged
   * rests.
   */
  class GraphSolver
  {
  public:
    GraphSolver(const NodeGraph &graph, unsigned int n_fields);

    /** Take over the operator; the arrays of `batch` and `scale`, which is as in DiffusionSolver, must stay. */
    void prepare(const DiffusionBatch &batch, const float *scale);

    /** As GridSolver::solve; the residual is reduced in place. */
    SolveOutcome solve(NodalVector &residual, NodalVector &correction, const SolveTolerance &tolerance, double step);

  private:
    std::vector<double> remainder(const NodalVector &residual) const;

    const NodeGraph &graph_;
    unsigned int n_;
    DiffusionBatch batch_;
    const float *scale_ = nullptr;
    std::vector<float> inverse_diagonal_;
    NodalVector direction_, image_;
    Chebyshev polynomial_;
  };
} // namespace cutis
