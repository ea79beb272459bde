// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstddef>

namespace cutis
{
  /** How fields lie at the nodes of the mesh: field f of node i at [i per_node + f per_field]. */
  struct NodeLayout
  {
    std::size_t per_node, per_field;

    std::size_t operator()(const std::size_t node, const unsigned int field) const
    {
      return node * per_node + field * per_field;
    }
  };
} // namespace cutis
