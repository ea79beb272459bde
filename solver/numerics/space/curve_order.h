// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/node_set.h"

#include <deal.II/dofs/dof_handler.h>

#include <vector>

namespace cutis
{
  /**
   * Local numbers of the owned nodes of a handler on a mesh of p4est, in the order in which its space-filling curve
   * first touches them. Rank after rank this numbers the nodes of a mesh alike on any number of ranks: ranks hold the
   * cells along the curve, and deal.II gives a node that several ranks share to the lowest of them.
   */
  template <int dim>
  std::vector<unsigned int> along_curve(const dealii::DoFHandler<dim> &handler, const NodeSet &nodes);
} // namespace cutis
