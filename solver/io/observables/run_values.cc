// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  std::vector<Observable> clock_observables()
  {
    return {{"time",
             "d",
             "Time since the start of the run.",
             "",
             "",
             {},
             [](const Observation &o) { return o.state.clock.time; }},
            {"dt", "d", "Size of the last time step.", "", "", {}, [](const Observation &o) {
               return o.state.clock.last_step;
             }}};
  }

  std::vector<Observable> size_observables()
  {
    return {{"cells",
             "1",
             "Active cells of the mesh.",
             "",
             "",
             {},
             [](const Observation &o) { return static_cast<double>(o.skin.cells); }},
            {"dofs", "1", "Unknowns: nodes times fields.", "", "", {}, [](const Observation &o) {
               return static_cast<double>(o.graph.n_global) * o.layout.n_fields();
             }}};
  }
} // namespace cutis
