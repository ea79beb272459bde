// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/time_loop.h"

#include "base/text.h"

#include <algorithm>
#include <limits>

namespace cutis
{
  namespace
  {
    constexpr unsigned int most_rejections = 60; // of one step

    /**
     * The step after a change of the mesh [d]. Interpolation leaves kinks in fast signals between the old nodes; they
     * are gone in a fraction of this time, but a long explicit step of those who climb the signal would follow them
     * over all of its length, and be rejected until it is about as short.
     */
    constexpr double settling_step = .01;
  } // namespace

  TimeLoop::TimeLoop(State &state,
                     const Schedule &schedule,
                     Advance advance,
                     const OutputTimes &outputs,
                     Limits limits,
                     Hooks hooks)
    : state_(state)
    , schedule_(schedule)
    , advance_(std::move(advance))
    , outputs_(outputs)
    , limits_(std::move(limits))
    , hooks_(std::move(hooks))
  {
  }

  ExitCode TimeLoop::run(const std::function<Tissue()> &tissue, const Schedule::Observe &observe)
  {
    // All that was due before now is written; a resumed run may have to look into its last step first.
    bool is_written = !hooks_.between || state_.clock.earlier[0] == Clock::never || state_.clock.finished();
    while (true)
    {
      apply_sessions(tissue(), observe);
      if (is_written)
        write_output();
      if (state_.clock.finished())
        return ExitCode::done;
      if (hooks_.interrupted && hooks_.interrupted())
        return ExitCode::interrupted;
      const double from = state_.clock.time, turn = next_turn(), stop = next_stop();
      try
      {
        step_towards(stop);
      }
      catch (const Interrupted &)
      {
        return ExitCode::interrupted;
      }
      is_written = !hooks_.between || state_.clock.reached(stop);
      if (hooks_.between)
        write_between(from, is_written);
      if (state_.clock.reached(turn))
        begin_afresh();
      if (hooks_.after_step) // may change the mesh
        hooks_.after_step();
    }
  }

  void TimeLoop::apply_sessions(const Tissue &tissue, const Schedule::Observe &observe)
  {
    while (state_.clock.reached(schedule_.next_event(state_)))
    {
      if (hooks_.before_session)
        hooks_.before_session();
      const auto events = schedule_.apply_due(tissue, state_, observe);
      if (events.empty()) // only check-ups
        return;
      begin_afresh();
      if (hooks_.after_session)
        hooks_.after_session(events);
    }
  }

  /** What the steps so far tell of the next one holds no longer. */
  void TimeLoop::begin_afresh()
  {
    state_.clock.next_step = TransportKinetics::first_step;
    state_.clock.last_error = 0.;
    state_.clock.earlier.fill(Clock::never);
  }

  void TimeLoop::write_output()
  {
    if (outputs_.row_is_due(state_))
    {
      if (hooks_.row)
        hooks_.row();
      state_.ledger.last_row = state_.clock.time;
      ++state_.ledger.rows;
    }
    if (hooks_.fields && outputs_.fields_are_due(state_))
      hooks_.fields();
  }

  /**
   * What is due within the step before the one that began at `from`, because what lies on both sides of it is known
   * now; where that one has come to a stop, within it as well. What falls on a stop is written when sessions are done.
   */
  void TimeLoop::write_between(const double from, const bool stopped)
  {
    BetweenSteps steps = hooks_.between(from);
    const double since = std::max({steps.begin(), state_.ledger.last_row, state_.ledger.last_fields()});
    const double until = stopped ? state_.clock.time - 2. * Clock::resolution : from + Clock::resolution;
    for (double time = outputs_.next(since); time < until; time = outputs_.next(time))
      steps.look_at(time, [this] { write_output(); });
    steps.remember();
  }

  double TimeLoop::next_turn() const
  {
    double next = std::numeric_limits<double>::infinity();
    for (const double turn : limits_.turns)
      if (turn > state_.clock.time + Clock::resolution)
        next = std::min(next, turn);
    return next;
  }

  double TimeLoop::next_stop() const
  {
    const double stop = std::min({schedule_.next_event(state_), next_turn(), state_.clock.end});
    return hooks_.between ? stop : std::min(stop, outputs_.next(state_.clock.time));
  }

  /** The size of the next step after one of size h that was accepted, when `proposed` was planned. */
  double TimeLoop::next_step(const double h, const double error, const double proposed, const bool after_rejection)
  {
    const bool cut = !after_rejection && h < proposed; // to land: this says nothing against the size that was planned
    const double of_unit_step = error / (h * h * h), before = state_.clock.last_error;
    const double trend = before > 0. && !cut && !after_rejection ? of_unit_step / before : 1.;
    state_.clock.last_error = cut ? 0. : of_unit_step;
    double next = TransportKinetics::suggested_step(h, error, trend);
    if (cut)
      next = std::max(next, proposed);
    if (after_rejection)
      next = std::min(next, h);
    return std::min(next, limits_.largest);
  }

  /** One accepted step that does not pass `stop`, but lands on it if it comes near. */
  void TimeLoop::step_towards(const double stop)
  {
    Clock &clock = state_.clock;
    const double left = stop - clock.time;
    const double proposed = std::min(clock.next_step, limits_.largest);
    double h = clock.settling ? std::min(proposed, settling_step) : proposed;
    std::string last_rejection = "there was none, because the step would be too short for the clock.";
    for (unsigned int rejections = 0; rejections < most_rejections && h > .5 * Clock::resolution; ++rejections)
    {
      const bool lands = h >= left * (1. - 1e-9);
      h = lands ? left : std::min(h, .5 * left);
      try
      {
        const double error = advance_(state_, h);
        clock.next_step = next_step(h, error, proposed, rejections > 0);
        clock.settling = false;
        clock.last_step = h;
        clock.time = lands ? stop : clock.time + h;
        ++clock.steps;
        return;
      }
      catch (const StepRejected &rejection)
      {
        ++clock.rejected;
        last_rejection = rejection.what();
        h = std::min(rejection.suggested_step, .9 * h);
      }
    }
    throw RunFailed(
      "No step from day " + format_rounded(clock.time, 6) +
      " is accepted, however small. The constants or the doses are likely extreme. The last try: " + last_rejection);
  }
} // namespace cutis
