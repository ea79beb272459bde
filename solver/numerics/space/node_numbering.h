// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/node_set.h"

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/mapping.h>
#include <deal.II/lac/affine_constraints.h>

#include <vector>

namespace cutis
{
  /** Constraints of hanging nodes; returns the nodes that the cells of this rank and their neighbours have. */
  template <int dim>
  dealii::IndexSet constrain_hanging_nodes(const dealii::DoFHandler<dim> &handler,
                                           dealii::AffineConstraints<double> &constraints);

  /** Local numbers of the nodes of a handler of scalar elements. Collective. */
  template <int dim>
  void number_nodes(const dealii::DoFHandler<dim> &handler,
                    const dealii::AffineConstraints<double> &hanging,
                    const dealii::IndexSet &ghosts,
                    NodeSet &nodes);

  /** Places of the local nodes [mm]. */
  template <int dim>
  std::vector<dealii::Point<dim>>
  positions_of(const dealii::Mapping<dim> &mapping, const dealii::DoFHandler<dim> &handler, const NodeSet &nodes);
} // namespace cutis
