// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/curve_order.h"

#include <deal.II/distributed/tria.h>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** The cells of this rank below a cell, as p4est goes: child after child, in the order of deal.II's numbers. */
    template <class Cell, class Visit>
    void visit_owned(const Cell &cell, const Visit &visit)
    {
      if (cell->has_children())
        for (unsigned int child = 0; child < cell->n_children(); ++child)
          visit_owned(cell->child(child), visit);
      else if (cell->is_locally_owned())
        visit(cell);
    }
  } // namespace

  template <int dim>
  std::vector<unsigned int> along_curve(const DoFHandler<dim> &handler, const NodeSet &nodes)
  {
    const auto &mesh = dynamic_cast<const parallel::distributed::Triangulation<dim> &>(handler.get_triangulation());
    std::vector<unsigned int> order;
    order.reserve(nodes.n_owned);
    std::vector<bool> met(nodes.n_owned, false);
    std::vector<types::global_dof_index> dofs(handler.get_fe().n_dofs_per_cell());
    const auto meet = [&](const typename DoFHandler<dim>::cell_iterator &cell)
    {
      cell->get_active_or_mg_dof_indices(dofs);
      for (const auto dof : dofs)
        if (nodes.owned.is_element(dof))
        {
          const unsigned int node = nodes.owned.index_within_set(dof);
          if (!met[node])
            order.push_back(node);
          met[node] = true;
        }
    };
    for (const auto coarse : mesh.get_p4est_tree_to_coarse_cell_permutation())
      visit_owned(typename DoFHandler<dim>::cell_iterator(&mesh, 0, coarse, &handler), meet);
    AssertDimension(order.size(), nodes.n_owned);
    return order;
  }

  template std::vector<unsigned int> along_curve(const DoFHandler<2> &, const NodeSet &);
  template std::vector<unsigned int> along_curve(const DoFHandler<3> &, const NodeSet &);
} // namespace cutis
