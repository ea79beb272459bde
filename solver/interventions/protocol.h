// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

#include <memory>
#include <vector>

namespace cutis
{
  /** The schedule: all sessions of all interventions, in the order of their dates. */
  class Protocol
  {
  public:
    struct Event
    {
      double time; ///< [d]
      Intervention *intervention;
      unsigned int session; ///< of that intervention
    };

    explicit Protocol(const std::vector<std::unique_ptr<Intervention>> &interventions);

    /** Carry out all sessions that are due. Returns those carried out. */
    std::vector<Event> apply_due(const Tissue &tissue, State &state) const;
    /** Time of the next session, or infinity [d]. */
    double next_event(const State &state) const;

  private:
    std::vector<Event> events_;
  };
} // namespace cutis
