// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /** A value at the nodes that is written, and what it is made of. */
  struct NodalQuantity
  {
    std::string name;
    /** The value at a node, from its fields and doses. */
    std::function<double(const double *fields, const double *doses)> value;
  };

  /** Every field and what a person wants to see beside them; empty `selected`: all but the doses. BadInput if a name is
   * neither one of these nor an array that comes from elsewhere. */
  std::vector<NodalQuantity> nodal_quantities(const FieldLayout &layout,
                                              const std::vector<std::string> &selected,
                                              const std::vector<std::string> &arrays);

  /** A sentence for every such name. */
  std::vector<std::string> unknown_quantities(const FieldLayout &layout,
                                              const std::vector<std::string> &selected,
                                              const std::vector<std::string> &arrays);

  /** The name under which the layer of a node is written; it belongs to the mesh and not to the fields. */
  inline constexpr const char *layer_quantity = "layer";
} // namespace cutis
