// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

#include <functional>
#include <memory>
#include <vector>

namespace cutis
{
  /** The sessions of all interventions, in the order in which they are due. How far each has come is in the state. */
  class Schedule
  {
  public:
    /** The value of an observable in a state, for conditions. Collective. */
    using Observe = std::function<double(const std::string &observable, const State &)>;

    struct Event
    {
      double time; ///< [d]
      const Intervention *intervention;
      unsigned int session; ///< of that intervention
      bool end = false;     ///< it is the end of one that has lasted for a time
    };

    explicit Schedule(const std::vector<std::unique_ptr<Intervention>> &interventions) : interventions_(interventions)
    {
    }

    /** End and carry out the sessions that are due, and look whether check-ups lead to one. Returns what was done,
     * before the next check-up, which must see what came of it: call it until nothing is due. */
    std::vector<Event> apply_due(const Tissue &tissue, State &state, const Observe &observe = {}) const;
    /** Time of the next session, of the end of one or of a check-up, or infinity [d]. */
    double next_event(const State &state) const;

  private:
    /** In the order in which they come where they fall on the same time. */
    enum class Kind
    {
      end,
      date,
      check_up
    };
    /** What is due first, of which intervention. */
    struct Due
    {
      double time;
      Intervention *intervention;
      Kind kind;
    };
    Due next(const State &state) const;

    const std::vector<std::unique_ptr<Intervention>> &interventions_;
  };
} // namespace cutis
