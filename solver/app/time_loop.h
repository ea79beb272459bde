// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "app/between_steps.h"
#include "app/output_times.h"
#include "base/errors.h"
#include "interventions/schedule.h"
#include "processes/transport/transport_kinetics.h"

#include <functional>
#include <vector>

namespace cutis
{
  /** Takes the state from its time to the end of the run. */
  class TimeLoop
  {
  public:
    /** What else happens on the way; each may be empty. */
    struct Hooks
    {
      std::function<void()> before_session; ///< the mesh may be prepared for it
      std::function<void(const std::vector<Schedule::Event> &)> after_session;
      std::function<void()> after_step; ///< progress, adaptation, checkpoints
      std::function<void()> row;        ///< of the time series is due
      std::function<void()> fields;     ///< are due
      std::function<bool()> interrupted;
      /** What was within the last steps, of which the very last began at this time [d]; empty: each row and each field
       * output is a step. */
      std::function<BetweenSteps(double)> between;
    };

    /** Takes the state over a step [d] and returns the error over the tolerance, or throws StepRejected and leaves it
     * as it was. */
    using Advance = std::function<double(State &, double)>;

    /** What bounds a step from above. */
    struct Limits
    {
      double largest;            ///< d
      std::vector<double> turns; ///< times at which rates have a kink, for steps to land on [d]
    };

    TimeLoop(State &state,
             const Schedule &schedule,
             Advance advance,
             const OutputTimes &outputs,
             Limits limits,
             Hooks hooks);

    /** `observe` is needed where sessions follow from a condition. ExitCode::done, or ExitCode::interrupted. RunFailed
     * if a step fails however small it is. */
    ExitCode run(const std::function<Tissue()> &tissue, const Schedule::Observe &observe = {});

  private:
    void apply_sessions(const Tissue &tissue, const Schedule::Observe &observe);
    void write_output();
    void write_between(double from, bool stopped);
    double next_turn() const;
    double next_stop() const;
    void begin_afresh();
    double next_step(double h, double error, double proposed, bool after_rejection);
    void step_towards(double stop);

    State &state_;
    const Schedule &schedule_;
    const Advance advance_;
    const OutputTimes outputs_;
    const Limits limits_;
    const Hooks hooks_;
  };
} // namespace cutis
