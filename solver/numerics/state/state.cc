// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/state/state.h"

#include <algorithm>

namespace cutis
{
  unsigned int FieldLayout::n_moving() const
  {
    return std::count_if(fields.begin(), fields.end(), [](const Species &s) { return s.diffusivity > 0.; });
  }

  int FieldLayout::find(const std::string &key) const
  {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const Species &s) { return s.key == key; });
    return field == fields.end() ? -1 : static_cast<int>(field - fields.begin());
  }

  int FieldLayout::find_dose(const std::string &name) const
  {
    const auto dose = std::find(doses.begin(), doses.end(), name);
    return dose == doses.end() ? -1 : static_cast<int>(dose - doses.begin());
  }

  double total_of(const std::vector<SessionEntry> &sessions, const std::string &name)
  {
    double sum = 0.;
    for (const SessionEntry &session : sessions)
      for (const Amount &amount : session.amounts)
        if (amount.name == name)
          sum += amount.value;
    return sum;
  }

  void fill(State &state, const NodeGraph &graph, const FieldLayout &layout, const std::vector<double> &values)
  {
    state.fields = graph.make_vector(layout.n_fields());
    state.doses = graph.make_vector(layout.n_doses());
    for (std::size_t i = 0; i < graph.n_owned; ++i)
      for (std::size_t f = 0; f < values.size(); ++f)
        state.fields.local_element(i * layout.n_fields() + f) = values[f];
    graph.complete(state.fields, layout.n_fields());
    graph.complete(state.doses, layout.n_doses());
  }
} // namespace cutis
