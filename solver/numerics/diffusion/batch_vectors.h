// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>

/** Vector operations of the batch conjugate gradients on `n` fields interleaved by node. */
namespace cutis
{
  /** Takes the maximum of |r| scale of each field into `largest`. */
  void measure(std::size_t n_nodes, unsigned int n, const double *r, const float *scale, double *largest);

  /** A step of a polynomial iteration: p = keep p + gain P (r - q), z += p, per field with the diagonal P. */
  void advance_polynomial(std::size_t n_nodes,
                          unsigned int n,
                          const double *keep,
                          const double *gain,
                          const float *diagonal,
                          const double *r,
                          const double *q,
                          double *p,
                          double *z);

  /** Adds r . z of each field to `dots`. */
  void add_dots(std::size_t n_nodes, unsigned int n, const double *r, const double *z, double *dots);

  /** x += alpha p, r -= alpha q per field, and measures r. */
  void advance_solution(std::size_t n_nodes,
                        unsigned int n,
                        const double *alpha,
                        const double *p,
                        const double *q,
                        const float *scale,
                        double *x,
                        double *r,
                        double *largest);

  /** p = z + beta p per field. */
  void advance_direction(std::size_t n_nodes, unsigned int n, const double *beta, const double *z, double *p);
} // namespace cutis
