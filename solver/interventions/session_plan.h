// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"

#include <limits>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * When the sessions of an intervention take place: on dates, and, if the user names a condition, whenever it holds at
   * a check-up. Check-ups are at whole multiples of their interval, so that a resumed run decides the same.
   */
  class SessionPlan
  {
  public:
    static constexpr double no_more = std::numeric_limits<double>::infinity();

    void declare(Parameters &parameters, const std::string &section);
    /** Report dates after the end of the run, and a condition that cannot be read. */
    void check(Parameters &parameters, const std::string &section, double end);
    /** Report a condition on what the run does not observe. */
    void check_observable(Parameters &parameters,
                          const std::string &section,
                          const std::vector<std::string> &observables) const;

    /** The k-th date, counted from 0, of a run until `end` [d]; no_more if there are not as many. */
    double date(unsigned int k, double end) const;
    /** Time of a check-up, counted from 0, at which the next session may be due; no_more if there is none. */
    double check_up(unsigned int k, unsigned int sessions_so_far) const;
    /** Name of the observable that the condition reads; empty if there is no condition. */
    const std::string &observable() const { return observable_; }
    bool holds(double value) const { return below_ ? value < limit_ : value > limit_; }

    /** How many sessions may lie within any `lifetime` days. */
    unsigned int most_within(double lifetime) const;

    /** `on days 0, 28 and 56`, of a run until `end` [d]. */
    std::string in_words(double end) const;

    Dates dates{{0.}};

  private:
    bool parse_condition();

    std::string condition_;
    double check_up_interval_ = 28.; ///< d
    int most_ = 0;                   ///< 0: as many as it takes
    std::string observable_;
    bool below_ = true;
    double limit_ = 0.;
  };
} // namespace cutis
