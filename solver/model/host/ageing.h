// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"

namespace cutis
{
  /**
   * State at a point of healthy skin at `age` [years], grown from the `young` state at the age `from`. The kinetics
   * take time as days after the age `age`, so the growth runs over negative times. Integrated with Boost.Odeint's
   * Rosenbrock method to an error of 1e-8. BadInput if the constants lead nowhere: to values that are not finite, or by
   * so many steps that nobody would wait for them.
   */
  std::vector<double> aged_state(Kinetics &kinetics, const std::vector<double> &young, double from, double age);

  /** Integrate the kinetics at a single point from `start` to `end` [d] to an absolute and relative error of
   * `tolerance`. A runtime_error if that takes more steps than anybody would wait for. */
  std::vector<double>
  integrate_at_a_point(Kinetics &kinetics, std::vector<double> state, double start, double end, double tolerance);
} // namespace cutis
