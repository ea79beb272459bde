// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/batch_vectors.h"

#include <cmath>

namespace cutis
{
  void advance_solution(const std::size_t  n_nodes,
                        const unsigned int n,
                        const double      *alpha,
                        const double      *p,
                        const double      *q,
                        const float       *inverse,
                        const float       *scale,
                        double            *x,
                        double            *r,
                        double            *dots,
                        double            *largest)
  {
    for (std::size_t i = 0; i < n_nodes; ++i)
      for (unsigned int f = 0; f < n; ++f)
      {
        const std::size_t k = i * n + f;
        x[k] += alpha[f] * p[k];
        r[k] -= alpha[f] * q[k];
        dots[f] += r[k] * r[k] * inverse[k];
        const double size = std::abs(r[k]) * scale[k];
        largest[f]        = size > largest[f] ? size : largest[f];
      }
  }

  void advance_direction(const std::size_t  n_nodes,
                         const unsigned int n,
                         const double      *beta,
                         const double      *r,
                         const float       *inverse,
                         double            *p)
  {
    for (std::size_t i = 0; i < n_nodes; ++i)
      for (unsigned int f = 0; f < n; ++f)
      {
        const std::size_t k = i * n + f;
        p[k]                = inverse[k] * r[k] + beta[f] * p[k];
      }
  }
} // namespace cutis
