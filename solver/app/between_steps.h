// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/integrator/counted_fields.h"
#include "numerics/state/state.h"

#include <functional>

namespace cutis
{
  /**
   * What the fields were at moments within the last two steps: a polynomial in time through the states that are known.
   * Two earlier states are kept by the state in blocks of their own. Within the step before the last it is a cubic,
   * with one state on either side of the step; its error is of fourth order, that of a step of third. Within the last
   * one it is a quadratic: a polynomial that reaches far back is of no use where fast fields die away. After an event
   * less is known, and the polynomial is of lower degree.
   *
   * No value is below zero, and what is counted has the total of the polynomial, so that all accounts are balanced as
   * they are at the steps. Stages and rates of a step are not used: those of stiff fields are far from the solution.
   */
  class BetweenSteps
  {
  public:
    /** The last step began at `from` [d] with the fields `former`, which are used up by `remember`. */
    BetweenSteps(State &state, NodalVector &former, const CountedFields &counted, double from)
      : state_(state)
      , former_(former)
      , counted_(counted)
      , from_(from)
    {
    }

    /** The first moment that can be looked at [d]: the beginning of the step before the last, if nothing has happened
     * since. */
    double begin() const { return state_.clock.earlier[0] == Clock::never ? from_ : state_.clock.earlier[0]; }
    /** Let the state be that of a moment within these steps [d] while `look` looks at it. Collective. */
    void look_at(double time, const std::function<void()> &look);

    /** Keep the beginning of the step as an earlier state of the next one. */
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
