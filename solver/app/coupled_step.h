// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/process.h"

#include <memory>
#include <vector>

namespace cutis
{
  /** A time step of all processes, one after the other in the order of the list. */
  class CoupledStep
  {
  public:
    explicit CoupledStep(const std::vector<std::unique_ptr<Process>> &processes) : processes_(processes) {}

    /** Largest error over the tolerance. StepRejected if the step must be repeated smaller, Interrupted if the run is
     * to stop; `state` is then as before. */
    double advance(State &state, double h);

  private:
    void take_back(std::size_t turn, State &state);

    const std::vector<std::unique_ptr<Process>> &processes_;
    std::vector<Block> before_;
  };
} // namespace cutis
