// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "machine.h"

namespace machine
{
  namespace
  {
    /** Enough independent sums to hide the latency of each in registers of 256 or 512 bits. */
    constexpr std::size_t n_sums = 12, width = 8;
    using Pack = double __attribute__((vector_size(8 * width)));
  } // namespace

  void triad(const std::size_t size, const double s, const double *b, const double *c, double *a)
  {
#pragma GCC ivdep
    for (std::size_t i = 0; i < size; ++i)
      a[i] = b[i] + s * c[i];
  }

  double arithmetic(const std::size_t rounds)
  {
    Pack sums[n_sums];
    for (std::size_t k = 0; k < n_sums; ++k)
      sums[k] = Pack{} + 1e-3 * double(k);
    const Pack factor = Pack{} + .999999, term = Pack{} + 1e-6;
    for (std::size_t round = 0; round < rounds; ++round)
      for (Pack &sum : sums)
        sum = sum * factor + term;
    double all = 0.;
    for (const Pack &sum : sums)
      for (std::size_t lane = 0; lane < width; ++lane)
        all += sum[lane];
    return all;
  }

  std::size_t operations_of_a_round()
  {
    return 2 * n_sums * width;
  }
} // namespace machine
