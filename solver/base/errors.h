// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <stdexcept>
#include <string>

namespace cutis
{
  /** What the program answers to the shell. */
  enum class ExitCode : int
  {
    done = 0,
    run_failed = 1,
    bad_input = 2,
    interrupted = 3
  };

  /** The input cannot be run: one or several sentences for the user, nothing was written. Exit code 2. */
  class BadInput : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  /** The run cannot go on: a sentence for the user, the last good checkpoint is kept. Exit code 1. */
  class RunFailed : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  /** The run was asked to stop while it was at work; what it worked at is dropped. Exit code 3. */
  class Interrupted : public std::runtime_error
  {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
  };

  /** A time step was not accepted; the time loop restores the state and tries a smaller one. */
  class StepRejected : public std::runtime_error
  {
  public:
    enum class Reason
    {
      error_too_large,
      negative_value,
      not_finite,
      singular_kinetics,
      solver_stalled,
      no_equilibrium ///< of the tissue
    };

    StepRejected(const Reason reason, const std::string &sentence, const double suggested_step)
      : std::runtime_error(sentence)
      , reason(reason)
      , suggested_step(suggested_step)
    {
    }

    Reason reason;
    double suggested_step; ///< [d]; 0: nothing says which, so half of it
  };
} // namespace cutis
