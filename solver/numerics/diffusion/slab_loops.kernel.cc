// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/slab_loops.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    /** Sums and maxima are taken in so many parts, as the compiler may not change their order by itself. */
    constexpr std::size_t n_parts = 16;

    /** part = combine(part, k) for each k. */
    template <class Combine>
    void reduce(const std::size_t size, const Combine &combine, double (&part)[n_parts])
    {
      const std::size_t whole = size - size % n_parts;
      for (std::size_t k = 0; k < whole; k += n_parts)
        for (std::size_t l = 0; l < n_parts; ++l)
          part[l] = combine(part[l], k + l);
      for (std::size_t k = whole; k < size; ++k)
        part[k - whole] = combine(part[k - whole], k);
    }

    inline double larger(const double a, const double b)
    {
      return a > b ? a : b;
    }

    double total_of(const double (&part)[n_parts])
    {
      double total = 0.;
      for (const double p : part)
        total += p;
      return total;
    }

    double largest_of(const double (&part)[n_parts])
    {
      return *std::max_element(part, part + n_parts);
    }
  } // namespace

  double sum(const std::size_t size, const double *x)
  {
    double part[n_parts] = {};
    reduce(
      size, [&](const double total, const std::size_t k) { return total + x[k]; }, part);
    return total_of(part);
  }

  double dot(const std::size_t size, const double *x, const double *y)
  {
    double part[n_parts] = {};
    reduce(
      size, [&](const double sum, const std::size_t k) { return sum + x[k] * y[k]; }, part);
    return total_of(part);
  }

  double largest_scaled(const std::size_t size, const double *r, const float *scale)
  {
    double part[n_parts] = {};
    reduce(
      size, [&](const double most, const std::size_t k) { return larger(std::abs(r[k]) * scale[k], most); }, part);
    return largest_of(part);
  }

  void advance_direction(const std::size_t size, const double beta, const double *z, double *p)
  {
    if (beta == 0.)
      std::copy_n(z, size, p);
    else
#pragma GCC ivdep
      for (std::size_t k = 0; k < size; ++k)
        p[k] = z[k] + beta * p[k];
  }

  double advance_solution(const std::size_t size,
                          const double alpha,
                          const double *p,
                          const double *q,
                          const float *scale,
                          double *x,
                          double *r)
  {
    double part[n_parts] = {};
    reduce(
      size,
      [&](const double most, const std::size_t k)
      {
        x[k] += alpha * p[k];
        r[k] -= alpha * q[k];
        return larger(std::abs(r[k]) * scale[k], most);
      },
      part);
    return largest_of(part);
  }
} // namespace cutis
