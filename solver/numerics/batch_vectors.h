// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>

/** Vector operations of the batch conjugate gradients, fused so that each runs once over memory. */
namespace cutis
{
  /**
   * x += alpha p, r -= alpha q per field; adds r . P r to `dots` and takes the maximum of |r| scale into `largest`.
   * P is the diagonal preconditioner `inverse`.
   */
  void advance_solution(std::size_t   n_nodes,
                        unsigned int  n,
                        const double *alpha,
                        const double *p,
                        const double *q,
                        const float  *inverse,
                        const float  *scale,
                        double       *x,
                        double       *r,
                        double       *dots,
                        double       *largest);

  /** p = P r + beta p per field. */
  void advance_direction(std::size_t   n_nodes,
                         unsigned int  n,
                         const double *beta,
                         const double *r,
                         const float  *inverse,
                         double       *p);
} // namespace cutis
