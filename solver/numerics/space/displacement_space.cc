// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/displacement_space.h"

#include "numerics/space/node_numbering.h"

namespace cutis
{
  using namespace dealii;

  template <int dim>
  DisplacementSpace<dim>::DisplacementSpace(const Triangulation<dim> &triangulation, const unsigned int degree)
    : element(degree)
    , handler(triangulation)
  {
  }

  template <int dim>
  void DisplacementSpace<dim>::rebuild(const Mapping<dim> &mapping, const DoFHandler<dim> &fields)
  {
    handler.distribute_dofs(element);
    IndexSet ghosts = constrain_hanging_nodes(handler, hanging);
    ghosts.subtract_set(handler.locally_owned_dofs());
    number_nodes(handler, hanging, ghosts, nodes);
    positions = positions_of(mapping, handler, nodes);

    // deal.II gives a vertex to the same rank in every handler, and numbers the vertices of a cell before all else.
    const IndexSet &owned = fields.locally_owned_dofs();
    at_field.assign(owned.n_elements(), 0);
    std::vector<types::global_dof_index> there(fields.get_fe().n_dofs_per_cell()), here(element.n_dofs_per_cell());
    for (const auto &cell : fields.active_cell_iterators())
      if (!cell->is_artificial())
      {
        cell->get_dof_indices(there);
        typename DoFHandler<dim>::active_cell_iterator(*cell, &handler)->get_dof_indices(here);
        for (unsigned int v = 0; v < there.size(); ++v)
          if (owned.is_element(there[v]))
            at_field[owned.index_within_set(there[v])] = nodes.owned.index_within_set(here[v]);
      }
  }

  template class DisplacementSpace<2>;
  template class DisplacementSpace<3>;
} // namespace cutis
