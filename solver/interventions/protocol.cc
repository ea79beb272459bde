// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/protocol.h"

#include <algorithm>
#include <limits>

namespace cutis
{
  Protocol::Protocol(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    for (const auto &intervention : interventions)
      for (unsigned int s = 0; s < intervention->sessions().size(); ++s)
        events_.push_back({intervention->sessions()[s], intervention.get(), s});
    std::stable_sort(events_.begin(), events_.end(), [](const Event &a, const Event &b) { return a.time < b.time; });
  }

  std::vector<Protocol::Event> Protocol::apply_due(const Tissue &tissue, State &state) const
  {
    std::vector<Event> done;
    while (next_event(state) <= state.clock.time)
    {
      const Event &event = events_[state.sessions.size()];
      state.sessions.push_back({event.time,
                                event.intervention->name(),
                                event.session,
                                event.intervention->apply(event.session, tissue, state)});
      done.push_back(event);
    }
    return done;
  }

  double Protocol::next_event(const State &state) const
  {
    const std::size_t done = state.sessions.size();
    return done < events_.size() ? events_[done].time : std::numeric_limits<double>::infinity();
  }
} // namespace cutis
