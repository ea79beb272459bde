// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

/**
 * What the program says while it works. After `start_log`, everything is said through spdlog's default logger:
 * `spdlog::info("{} cells", n)`, `spdlog::warn`, `spdlog::debug`; `<spdlog/spdlog.h>` is included where that is done.
 */
namespace cutis
{
  enum class Verbosity
  {
    quiet,   ///< warnings and errors only
    normal,  ///< what happens
    detailed ///< also every step and solve
  };

  /**
   * Set the log up, once per process and before the first message. Only the process that `speaks` (the first rank)
   * prints, to the standard output; colours are left out if that is not a terminal.
   */
  void start_log(bool speaks, Verbosity verbosity = Verbosity::normal);

  /** True if the standard output is a terminal, so that a line on it can be written anew. */
  bool output_is_terminal();
  /** Letters that fit on a line of it; 80 where it does not say. */
  unsigned int terminal_columns();

  /**
   * Shows how far a run has come: share of the simulated time, day, steps, step size, wall time and the time still to
   * be expected. On a terminal this is one line that is written anew, with as much of it as fits, because a line that
   * wraps could not be; otherwise a line every `interval`.
   */
  class Progress
  {
  public:
    using Seconds = std::chrono::duration<double>;

    /** `now` returns the wall time since any fixed moment; without it, the clock of the machine is used. `columns` are
     * those of the terminal, which may change; without it, the terminal is asked. */
    Progress(std::ostream &out,
             bool speaks,
             bool terminal,
             Seconds interval = Seconds(10),
             std::function<Seconds()> now = {},
             std::function<unsigned int()> columns = {});

    /**
     * Tell that `time` [d] of the simulation up to `end` [d] is reached after `steps` steps, the last with size `dt`
     * [d]. The first call marks the start (or, after a restart, the point of resuming), from which the rest is
     * extrapolated.
     */
    void update(double time, double end, unsigned int steps, double dt);
    /** Show the last state if that was not done yet, and end the line on a terminal. */
    void finish();

  private:
    struct Status
    {
      double time, end;
      unsigned int steps;
      double dt;
    };

    void show();
    std::string line() const;
    std::string line(int details) const;

    std::ostream &out_;
    const bool speaks_, terminal_;
    const Seconds interval_;
    std::function<Seconds()> now_;
    std::function<unsigned int()> columns_;

    std::optional<Status> latest_;
    bool latest_is_shown_ = false;
    double first_time_ = 0.; ///< [d]
    Seconds start_{0.}, last_shown_{0.};
  };
} // namespace cutis
