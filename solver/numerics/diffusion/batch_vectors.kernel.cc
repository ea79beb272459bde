// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/batch_vectors.h"

#include "numerics/diffusion/fixed_length.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  void
  measure(const std::size_t n_nodes, const unsigned int n_fields, const double *r, const float *scale, double *largest)
  {
    with_fixed_length(n_fields,
                      [&](const auto n)
                      {
                        double most[n] = {};
                        for (std::size_t i = 0; i < n_nodes; ++i)
                          for (unsigned int f = 0; f < n; ++f)
                          {
                            const double scaled = std::abs(r[i * n + f]) * scale[i * n + f];
                            most[f] = scaled > most[f] ? scaled : most[f];
                          }
                        for (unsigned int f = 0; f < n; ++f)
                          largest[f] = std::max(largest[f], most[f]);
                      });
  }

  void advance_polynomial(const std::size_t n_nodes,
                          const unsigned int n_fields,
                          const double *keep,
                          const double *gain,
                          const float *diagonal,
                          const double *r,
                          const double *q,
                          double *p,
                          double *z)
  {
    with_fixed_length(n_fields,
                      [&](const auto n)
                      {
                        double old[n], fresh[n];
                        std::copy_n(keep, unsigned(n), old);
                        std::copy_n(gain, unsigned(n), fresh);
                        for (std::size_t i = 0; i < n_nodes; ++i)
                          for (unsigned int f = 0; f < n; ++f)
                          {
                            const std::size_t k = i * n + f;
                            p[k] = old[f] * p[k] + fresh[f] * diagonal[k] * (r[k] - q[k]);
                            z[k] += p[k];
                          }
                      });
  }

  void add_dots(const std::size_t n_nodes, const unsigned int n_fields, const double *r, const double *z, double *dots)
  {
    with_fixed_length(n_fields,
                      [&](const auto n)
                      {
                        double sum[n] = {};
                        for (std::size_t i = 0; i < n_nodes; ++i)
                          for (unsigned int f = 0; f < n; ++f)
                            sum[f] += r[i * n + f] * z[i * n + f];
                        for (unsigned int f = 0; f < n; ++f)
                          dots[f] += sum[f];
                      });
  }

  void advance_solution(const std::size_t n_nodes,
                        const unsigned int n_fields,
                        const double *alpha,
                        const double *p,
                        const double *q,
                        const float *scale,
                        double *x,
                        double *r,
                        double *largest)
  {
    with_fixed_length(n_fields,
                      [&](const auto n)
                      {
                        double length[n];
                        std::copy_n(alpha, unsigned(n), length);
                        for (std::size_t i = 0; i < n_nodes; ++i)
                          for (unsigned int f = 0; f < n; ++f)
                          {
                            x[i * n + f] += length[f] * p[i * n + f];
                            r[i * n + f] -= length[f] * q[i * n + f];
                          }
                      });
    measure(n_nodes, n_fields, r, scale, largest);
  }

  void advance_direction(const std::size_t n_nodes,
                         const unsigned int n_fields,
                         const double *beta,
                         const double *z,
                         double *p)
  {
    with_fixed_length(n_fields,
                      [&](const auto n)
                      {
                        double share[n];
                        std::copy_n(beta, unsigned(n), share);
                        for (std::size_t i = 0; i < n_nodes; ++i)
                          for (unsigned int f = 0; f < n; ++f)
                            p[i * n + f] = z[i * n + f] + share[f] * p[i * n + f];
                      });
  }
} // namespace cutis
