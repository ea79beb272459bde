// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/observer.h"

#include "app/run.h"

namespace cutis
{
  template <int dim>
  template <class Look>
  auto Observer<dim>::observe(Run<dim> &run, const State &state, const Look &look) const
  {
    const std::optional<MechanicsReport> measured = run.report(site_, state);
    const Surroundings felt = run.surroundings();
    return look(Observation(skin_,
                            state,
                            run.transport.reactions_at(state),
                            measured ? &*measured : nullptr,
                            felt.relative_tension ? felt.relative_tension->data() : nullptr));
  }

  template <int dim>
  std::vector<double> Observer<dim>::row(Run<dim> &run) const
  {
    return observe(run, run.state, [&](const Observation &o) { return table_.evaluate(o); });
  }

  template <int dim>
  double Observer<dim>::value(const std::string &name, Run<dim> &run, const State &state) const
  {
    return observe(run, state, [&](const Observation &o) { return table_.value(name, o); });
  }

  template class Observer<2>;
  template class Observer<3>;
} // namespace cutis
