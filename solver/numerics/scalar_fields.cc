// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/scalar_fields.h"

namespace cutis
{
  namespace
  {
    void append(const NodeGraph          &graph,
                const NodalVector        &fields,
                const unsigned int        n_fields,
                std::vector<NodalVector> &scalars)
    {
      for (unsigned int f = 0; f < n_fields; ++f)
      {
        scalars.push_back(graph.make_vector(1));
        for (unsigned int i = 0; i < graph.n_owned; ++i)
          scalars.back().local_element(i) = fields.local_element(i * n_fields + f);
      }
    }

    NodalVector
    interleave(const NodeGraph &graph, std::vector<NodalVector>::const_iterator &scalar, const unsigned int n_fields)
    {
      NodalVector fields = graph.make_vector(n_fields);
      for (unsigned int f = 0; f < n_fields; ++f, ++scalar)
        for (unsigned int i = 0; i < graph.n_owned; ++i)
          fields.local_element(i * n_fields + f) = scalar->local_element(i);
      graph.complete(fields, n_fields);
      return fields;
    }
  } // namespace

  StateShape::StateShape(const FieldLayout &layout, const unsigned int dim, const bool deforms)
    : n_fields(layout.n_fields())
    , n_doses(layout.n_doses())
    , n_displacement(deforms ? dim : 0)
    , n_fibres(deforms ? 12 : 0)
  {
  }

  std::vector<NodalVector> scalars_of(const NodeGraph &graph, const StateShape &shape, const State &state)
  {
    std::vector<NodalVector> scalars;
    append(graph, state.fields, shape.n_fields, scalars);
    append(graph, state.doses, shape.n_doses, scalars);
    append(graph, state.displacement, shape.n_displacement, scalars);
    append(graph, state.fibres, shape.n_fibres, scalars);
    // Only now: a vector of vectors that grows copies them, and copies have no ghosts.
    for (NodalVector &scalar : scalars)
      scalar.update_ghost_values();
    return scalars;
  }

  void
  set_scalars(const NodeGraph &graph, const StateShape &shape, const std::vector<NodalVector> &scalars, State &state)
  {
    auto scalar        = scalars.begin();
    state.fields       = interleave(graph, scalar, shape.n_fields);
    state.doses        = interleave(graph, scalar, shape.n_doses);
    state.displacement = interleave(graph, scalar, shape.n_displacement);
    state.fibres       = interleave(graph, scalar, shape.n_fibres);
  }
} // namespace cutis
