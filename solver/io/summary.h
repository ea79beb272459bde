// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"
#include "io/time_series.h"
#include "numerics/state/state.h"

#include <filesystem>

namespace cutis
{
  /** How a run ended and what it took. */
  struct RunCost
  {
    ExitCode exit = ExitCode::done;
    double wall_seconds = 0.;    ///< of this process, without what a resumed run took before
    unsigned int first_step = 0; ///< accepted steps before this process began
    unsigned long long cells = 0, dofs = 0;
  };

  /**
   * Write `summary.json`: last and largest value of every observable, steps, time and memory, checks that a healthy
   * run passes, what the interventions say of themselves, and what each session did. RunFailed if it cannot be written.
   * Collective.
   */
  void write_summary(const std::filesystem::path &file,
                     const TimeSeries &series,
                     const State &state,
                     const RunCost &cost,
                     const std::vector<Account> &accounts,
                     MPI_Comm communicator);
} // namespace cutis
