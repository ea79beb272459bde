// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/node_numbering.h"

#include <deal.II/dofs/dof_tools.h>

#include <algorithm>
#include <map>

namespace cutis
{
  using namespace dealii;

  template <int dim>
  IndexSet constrain_hanging_nodes(const DoFHandler<dim> &handler, AffineConstraints<double> &constraints)
  {
    IndexSet relevant;
    DoFTools::extract_locally_relevant_dofs(handler, relevant);
    constraints.clear();
    constraints.reinit(relevant);
    DoFTools::make_hanging_node_constraints(handler, constraints);
    constraints.close();
    return relevant;
  }

  template <int dim>
  void number_nodes(const DoFHandler<dim> &handler,
                    const AffineConstraints<double> &hanging,
                    const IndexSet &ghosts,
                    NodeSet &nodes)
  {
    nodes = NodeSet(); // with no partitioners of another mesh
    nodes.communicator = handler.get_communicator();
    nodes.n_global = handler.n_dofs();
    nodes.owned = handler.locally_owned_dofs();
    nodes.n_owned = nodes.owned.n_elements();
    nodes.ghosts = ghosts;
    const Utilities::MPI::Partitioner local(nodes.owned, nodes.ghosts, nodes.communicator);
    for (unsigned int i = 0; i < nodes.n_owned; ++i)
    {
      const auto global = local.local_to_global(i);
      if (!hanging.is_constrained(global))
        continue;
      NodeSet::HangingNode node{i, {}};
      for (const auto &[master, weight] : *hanging.get_constraint_entries(global))
        node.masters.emplace_back(local.global_to_local(master), weight);
      nodes.hanging.push_back(node);
    }
    nodes.any_hanging = Utilities::MPI::max(static_cast<int>(nodes.hanging.size()), nodes.communicator) > 0;
  }

  template <int dim>
  std::vector<Point<dim>>
  positions_of(const Mapping<dim> &mapping, const DoFHandler<dim> &handler, const NodeSet &nodes)
  {
    std::map<types::global_dof_index, Point<dim>> support_points;
    DoFTools::map_dofs_to_support_points(mapping, handler, support_points);
    const Utilities::MPI::Partitioner local(nodes.owned, nodes.ghosts, nodes.communicator);
    std::vector<Point<dim>> positions(nodes.n_local());
    for (unsigned int i = 0; i < positions.size(); ++i)
    {
      const auto point = support_points.find(local.local_to_global(i));
      if (point != support_points.end())
        positions[i] = point->second;
    }
    return positions;
  }

  template IndexSet constrain_hanging_nodes(const DoFHandler<2> &, AffineConstraints<double> &);
  template IndexSet constrain_hanging_nodes(const DoFHandler<3> &, AffineConstraints<double> &);
  template void number_nodes(const DoFHandler<2> &, const AffineConstraints<double> &, const IndexSet &, NodeSet &);
  template void number_nodes(const DoFHandler<3> &, const AffineConstraints<double> &, const IndexSet &, NodeSet &);
  template std::vector<Point<2>> positions_of(const Mapping<2> &, const DoFHandler<2> &, const NodeSet &);
  template std::vector<Point<3>> positions_of(const Mapping<3> &, const DoFHandler<3> &, const NodeSet &);
} // namespace cutis
