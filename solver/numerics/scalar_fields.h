// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/node_graph.h"

#include <vector>

/** Interleaved fields as one vector per field, which is what deal.II carries from mesh to mesh and into checkpoints. */
namespace cutis
{
  /** Append the `n_fields` fields of an interleaved vector. Afterwards all of `scalars` have their ghosts. */
  void append_scalars(const NodeGraph          &graph,
                      const NodalVector        &fields,
                      unsigned int              n_fields,
                      std::vector<NodalVector> &scalars);

  /** The reverse: an interleaved vector, complete, of the `n_fields` scalars from `first` on. */
  NodalVector interleave(const NodeGraph                &graph,
                         const std::vector<NodalVector> &scalars,
                         unsigned int                    first,
                         unsigned int                    n_fields);
} // namespace cutis
