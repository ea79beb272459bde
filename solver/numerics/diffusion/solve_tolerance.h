// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"

#include <algorithm>
#include <vector>

namespace cutis
{
  /** When to stop a diffusion solve: the largest residual over its scale, and over the first residual. */
  struct SolveTolerance
  {
    double absolute = .03;
    double relative = .1;

    bool met(const double largest, const double first) const
    {
      return largest <= std::max(std::min(absolute, relative * first), 1e-9);
    }

    static constexpr unsigned int most_iterations = 2000;
  };

  /** What a solve of some fields has done. */
  struct SolveOutcome
  {
    unsigned int iterations = 0;   ///< the most of any field
    std::vector<double> remainder; ///< sum of the residual of each field over all nodes
  };

  /** After that many; `step` [d] is that which was tried. */
  [[noreturn]] inline void give_up_solving(const double step)
  {
    throw StepRejected(StepRejected::Reason::solver_stalled, "The diffusion solve did not converge.", .25 * step);
  }
} // namespace cutis
