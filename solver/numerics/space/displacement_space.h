// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/node_set.h"

#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/mapping.h>
#include <deal.II/lac/affine_constraints.h>

#include <vector>

namespace cutis
{
  /**
   * Continuous elements of first or second degree for the displacement, on the mesh of the fields. Its nodes have
   * numbers of their own; component c of the displacement of node i is entry `i * dim + c` of a vector.
   */
  template <int dim>
  class DisplacementSpace
  {
  public:
    DisplacementSpace(const dealii::Triangulation<dim> &triangulation, unsigned int degree);

    /** Number the nodes; `fields` are the nodes of the fields on the same mesh. */
    void rebuild(const dealii::Mapping<dim> &mapping, const dealii::DoFHandler<dim> &fields);

    const dealii::FE_Q<dim> element;
    dealii::DoFHandler<dim> handler;
    dealii::AffineConstraints<double> hanging;
    NodeSet nodes;
    std::vector<dealii::Point<dim>> positions; ///< of local nodes [mm]
    std::vector<unsigned int> at_field;        ///< local number here of each owned node of the fields

    /** Displacements of zero. */
    NodalVector make_vector() const { return nodes.make_vector(dim); }
    /** Fill ghosts and hanging nodes. */
    void complete(NodalVector &displacement) const { nodes.complete(displacement, dim); }
  };
} // namespace cutis
