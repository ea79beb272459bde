// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>

/** The two limits of a processor, as loops compiled like the node kernels of Cutis. */
namespace machine
{
  /** a = b + s c: 24 bytes and 2 operations an element. */
  void triad(std::size_t size, double s, const double *b, const double *c, double *a);

  /**
   * Multiplications and additions of registers alone, `rounds` of them; returns a number that hangs on all, so that
   * none can be left out.
   */
  double arithmetic(std::size_t rounds);
  /** Operations of one round. */
  std::size_t operations_of_a_round();
} // namespace machine
