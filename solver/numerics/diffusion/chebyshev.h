// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/node_graph.h"

#include <vector>

namespace cutis
{
  /**
   * A polynomial in diag(A)^-1 A of a batch A = V d + D K, as preconditioner of conjugate gradients on any mesh. The
   * spectrum of that is known: it begins at the least share of the reaction in the diagonal and ends before the largest
   * sum of the sizes in a row. The polynomial is that of the Chebyshev iteration on the upper part of it, of a degree
   * that grows with the stiffness; conjugate gradients then take few iterations, which keeps their rounding errors and
   * sums over all ranks few.
   */
  class Chebyshev
  {
  public:
    Chebyshev(const NodeGraph &graph, unsigned int n_fields);

    /** What `invert_diagonal` finds, on all ranks. */
    void prepare(const std::vector<double> &stiffness, const std::vector<double> &spectrum);

    /** correction = the polynomial applied to the residual, from zero. */
    void
    apply(const DiffusionBatch &batch, const float *inverse_diagonal, const double *residual, NodalVector &correction);

  private:
    const NodeGraph &graph_;
    unsigned int n_fields_, degree_ = 1;
    std::vector<double> middle_, radius_; ///< of the interval of each field
    NodalVector change_, image_;
  };
} // namespace cutis
