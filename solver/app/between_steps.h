// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/integrator/counted_fields.h"
#include "numerics/state/state.h"

#include <functional>

namespace cutis
{
  /**
   * What the fields were at moments within the step that has just been made: a quadratic in time through the states at
   * both ends of the step and one earlier state, which the state keeps in a block of its own. Its error is of third
   * order, as that of a step is. Where nothing earlier is known since the last event, it is a straight line. No value
   * is below zero, and what is counted has the total of the quadratic, so that all accounts are balanced as they are at
   * the steps. Stages and rates of the step are not used: those of stiff fields are far from the solution.
   */
  class BetweenSteps
  {
  public:
    /** The step began at `from` [d] with the fields `former`, which are used up by `remember`. */
    BetweenSteps(State &state, NodalVector &former, const CountedFields &counted, double from)
      : state_(state)
      , former_(former)
      , counted_(counted)
      , from_(from)
    {
    }

    /** Let the state be that of a moment within the step [d] while `look` looks at it. Collective. */
    void look_at(double time, const std::function<void()> &look);

    /** Keep the beginning of the step as the earlier state of the next one. */
    void remember();

  private:
    void interpolate(double time);

    State &state_;
    NodalVector &former_;
    const CountedFields &counted_;
    const double from_;
    NodalVector shown_;
  };
} // namespace cutis
