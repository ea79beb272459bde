// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/state/state_transfer.h"

namespace cutis
{
  namespace
  {
    void append_components(const NodeSet &nodes, const Block &block, std::vector<NodalVector> &list)
    {
      const unsigned int n = block.n_components();
      for (unsigned int c = 0; c < n; ++c)
      {
        list.push_back(nodes.make_vector(1));
        for (std::size_t i = 0; i < nodes.n_owned; ++i)
          list.back().local_element(i) = block.values.local_element(i * n + c);
      }
    }

    NodalVector
    interleave(const NodeSet &nodes, std::vector<NodalVector>::const_iterator &component, const unsigned int n)
    {
      NodalVector values = nodes.make_vector(n);
      for (unsigned int c = 0; c < n; ++c, ++component)
        for (std::size_t i = 0; i < nodes.n_owned; ++i)
          values.local_element(i * n + c) = component->local_element(i);
      nodes.complete(values, n);
      return values;
    }

    unsigned int n_components_on(const NodesOf where, const State &state)
    {
      unsigned int n = 0;
      for (const Block &block : state.blocks)
        if (block.nodes == where)
          n += block.n_components();
      return n;
    }

    template <class Pointer, class Components>
    std::vector<Pointer> pointers_to(Components &components)
    {
      std::vector<Pointer> pointers;
      for (auto &component : components)
        pointers.push_back(&component);
      return pointers;
    }
  } // namespace

  template <int dim>
  StateTransfer<dim>::StateTransfer(const Discretization<dim> &discretization) : discretization_(discretization)
  {
    parts_.emplace_back(NodesOf::fields, discretization.nodes);
    if (discretization.displacement)
      parts_.emplace_back(NodesOf::displacement, discretization.displacement->handler);
  }

  template <int dim>
  void StateTransfer<dim>::hold(const State &state)
  {
    for (Part &part : parts_)
    {
      for (const Block &block : state.blocks)
        if (block.nodes == part.where)
          append_components(discretization_.nodes_of(part.where), block, part.components);
      // Only now: a vector of vectors that grows copies them, and copies have no ghosts.
      for (NodalVector &component : part.components)
        component.update_ghost_values();
      if (!part.components.empty())
        part.transfer.prepare_for_coarsening_and_refinement(pointers_to<const NodalVector *>(part.components));
    }
  }

  template <int dim>
  void StateTransfer<dim>::release(State &state)
  {
    for (Part &part : parts_)
    {
      const NodeSet &nodes = discretization_.nodes_of(part.where);
      Components components(n_components_on(part.where, state), nodes.make_vector(1));
      std::vector<NodalVector *> targets = pointers_to<NodalVector *>(components);
      if (!targets.empty())
        part.transfer.interpolate(targets);
      auto component = components.cbegin();
      for (Block &block : state.blocks)
        if (block.nodes == part.where)
          block.values = interleave(nodes, component, block.n_components());
    }
  }

  template class StateTransfer<2>;
  template class StateTransfer<3>;
} // namespace cutis
