// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    /** A number that needs no field. */
    Observable
    of_run(const std::string &name, const std::string &unit, const std::string &meaning, Observable::Value value)
    {
      return {name, unit, meaning, "", "", [value](Sources &) { return value; }};
    }
  } // namespace

  std::vector<Observable> clock_observables()
  {
    return {
      of_run("time", "d", "Time since the start of the run.", [](const Observation &o) { return o.state.clock.time; }),
      of_run("dt", "d", "Size of the last time step.", [](const Observation &o) { return o.state.clock.last_step; })};
  }

  std::vector<Observable> size_observables()
  {
    return {of_run("cells",
                   "1",
                   "Active cells of the mesh.",
                   [](const Observation &o) { return static_cast<double>(o.skin.cells); }),
            of_run("dofs",
                   "1",
                   "Unknowns: nodes times fields.",
                   [](const Observation &o) { return static_cast<double>(o.graph.n_global) * o.layout.n_fields(); })};
  }
} // namespace cutis
