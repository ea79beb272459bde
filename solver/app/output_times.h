// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  /** The moments 0, 1, 2, ... times an interval [d]. They follow from the time alone, whatever was written before. */
  struct Multiples
  {
    double interval; ///< much longer than the resolution of the clock

    /** The first one after `time`. */
    double after(const double time) const
    {
      double k = std::floor(time / interval);
      while (k * interval <= time + Clock::resolution)
        ++k;
      return k * interval;
    }

    bool contain(const double time) const
    {
      return std::abs(std::round(time / interval) * interval - time) <= Clock::resolution;
    }
  };

  /** When rows of the time series and fields are written: at multiples of their intervals, and at the end. */
  struct OutputTimes
  {
    double every;             ///< d, rows
    double fields_every = 0.; ///< d; 0: with every row

    bool row_is_due(const State &state) const { return is_due(every, state.ledger.last_row, state.clock); }
    bool fields_are_due(const State &state) const
    {
      return is_due(fields_every > 0. ? fields_every : every, state.ledger.last_fields(), state.clock);
    }
    /** The next moment at which either is due, the end aside [d]. */
    double next(const double time) const
    {
      const double row = Multiples{every}.after(time);
      return fields_every > 0. ? std::min(row, Multiples{fields_every}.after(time)) : row;
    }

  private:
    static bool is_due(const double interval, const double last, const Clock &clock)
    {
      return clock.time > last + Clock::resolution && (clock.finished() || Multiples{interval}.contain(clock.time));
    }
  };
} // namespace cutis
