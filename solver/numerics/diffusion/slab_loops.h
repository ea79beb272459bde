// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>

/** Vector operations of conjugate gradients on one field whose values lie side by side. */
namespace cutis
{
  double sum(std::size_t size, const double *x);
  double dot(std::size_t size, const double *x, const double *y);

  /** The largest |r| scale. */
  double largest_scaled(std::size_t size, const double *r, const float *scale);

  /** p = z + beta p; where beta is 0, p is not read. */
  void advance_direction(std::size_t size, double beta, const double *z, double *p);

  /** x += alpha p, r -= alpha q; returns the largest |r| scale. */
  double advance_solution(std::size_t size,
                          double alpha,
                          const double *p,
                          const double *q,
                          const float *scale,
                          double *x,
                          double *r);
} // namespace cutis
