// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/scalar_fields.h"

namespace cutis
{
  void append_scalars(const NodeGraph          &graph,
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
    // Only now: a vector of vectors that grows copies them, and copies have no ghosts.
    for (NodalVector &scalar : scalars)
      scalar.update_ghost_values();
  }

  NodalVector interleave(const NodeGraph                &graph,
                         const std::vector<NodalVector> &scalars,
                         const unsigned int              first,
                         const unsigned int              n_fields)
  {
    NodalVector fields = graph.make_vector(n_fields);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      for (unsigned int f = 0; f < n_fields; ++f)
        fields.local_element(i * n_fields + f) = scalars[first + f].local_element(i);
    graph.complete(fields, n_fields);
    return fields;
  }
} // namespace cutis
