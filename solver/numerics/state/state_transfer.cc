// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/state/state_transfer.h"

namespace cutis
{
  namespace
  {
    void
    append(const NodeSet &nodes, const NodalVector &fields, const unsigned int n_fields, std::vector<NodalVector> &list)
    {
      for (unsigned int f = 0; f < n_fields; ++f)
      {
        list.push_back(nodes.make_vector(1));
        for (unsigned int i = 0; i < nodes.n_owned; ++i)
          list.back().local_element(i) = fields.local_element(i * n_fields + f);
      }
    }

    NodalVector
    interleave(const NodeSet &nodes, std::vector<NodalVector>::const_iterator &field, const unsigned int n_fields)
    {
      NodalVector fields = nodes.make_vector(n_fields);
      for (unsigned int f = 0; f < n_fields; ++f, ++field)
        for (unsigned int i = 0; i < nodes.n_owned; ++i)
          fields.local_element(i * n_fields + f) = field->local_element(i);
      nodes.complete(fields, n_fields);
      return fields;
    }

    std::vector<const NodalVector *> sources(const std::vector<NodalVector> &fields)
    {
      std::vector<const NodalVector *> pointers;
      for (const NodalVector &field : fields)
        pointers.push_back(&field);
      return pointers;
    }

    std::vector<NodalVector *> targets(std::vector<NodalVector> &fields)
    {
      std::vector<NodalVector *> pointers;
      for (NodalVector &field : fields)
        pointers.push_back(&field);
      return pointers;
    }
  } // namespace

  StateShape::StateShape(const FieldLayout &layout, const unsigned int dim, const bool deforms)
    : n_fields(layout.n_fields())
    , n_doses(layout.n_doses())
    , n_displacement(deforms ? dim : 0)
    , n_fibres(deforms ? 12 : 0)
  {
  }

  template <int dim>
  StateTransfer<dim>::StateTransfer(const StateShape &shape, const Discretization<dim> &discretization)
    : shape_(shape)
    , discretization_(discretization)
    , of_fields_(discretization.nodes)
  {
    if (shape.n_displacement > 0)
      of_displacements_.emplace(discretization.displacement->handler);
  }

  template <int dim>
  void StateTransfer<dim>::take_apart(const State &state)
  {
    const NodeGraph &graph = discretization_.graph;
    append(graph, state.fields, shape_.n_fields, fields_);
    append(graph, state.doses, shape_.n_doses, fields_);
    append(graph, state.fibres, shape_.n_fibres, fields_);
    if (of_displacements_)
      append(discretization_.displacement->nodes, state.displacement, shape_.n_displacement, displacements_);
    // Only now: a vector of vectors that grows copies them, and copies have no ghosts.
    for (Fields *list : {&fields_, &displacements_})
      for (NodalVector &field : *list)
        field.update_ghost_values();
  }

  template <int dim>
  typename StateTransfer<dim>::Fields StateTransfer<dim>::make_fields() const
  {
    return Fields(shape_.n_at_fields(), discretization_.graph.make_vector(1));
  }

  template <int dim>
  typename StateTransfer<dim>::Fields StateTransfer<dim>::make_displacements() const
  {
    return of_displacements_ ? Fields(shape_.n_displacement, discretization_.displacement->nodes.make_vector(1))
                             : Fields();
  }

  template <int dim>
  void StateTransfer<dim>::put_together(const Fields &fields, const Fields &displacements, State &state) const
  {
    const NodeGraph &graph = discretization_.graph;
    auto field = fields.begin();
    state.fields = interleave(graph, field, shape_.n_fields);
    state.doses = interleave(graph, field, shape_.n_doses);
    state.fibres = interleave(graph, field, shape_.n_fibres);
    state.displacement = NodalVector();
    auto component = displacements.begin();
    if (of_displacements_)
      state.displacement = interleave(discretization_.displacement->nodes, component, shape_.n_displacement);
  }

  template <int dim>
  void StateTransfer<dim>::write(const State &state, const Writing how)
  {
    take_apart(state);
    (of_fields_.*how)(sources(fields_));
    if (of_displacements_)
      (*of_displacements_.*how)(sources(displacements_));
  }

  template <int dim>
  void StateTransfer<dim>::read(State &state, const Reading how)
  {
    Fields fields = make_fields(), displacements = make_displacements();
    std::vector<NodalVector *> to_fields = targets(fields), to_displacements = targets(displacements);
    (of_fields_.*how)(to_fields);
    if (of_displacements_)
      (*of_displacements_.*how)(to_displacements);
    put_together(fields, displacements, state);
  }

  template <int dim>
  void StateTransfer<dim>::hold(const State &state)
  {
    write(state, &Transfer::prepare_for_coarsening_and_refinement);
  }

  template <int dim>
  void StateTransfer<dim>::release(State &state)
  {
    read(state, &Transfer::interpolate);
  }

  template <int dim>
  void StateTransfer<dim>::attach(const State &state)
  {
    write(state, &Transfer::prepare_for_serialization);
  }

  template <int dim>
  void StateTransfer<dim>::detach(State &state)
  {
    read(state, &Transfer::deserialize);
  }

  template class StateTransfer<2>;
  template class StateTransfer<3>;
} // namespace cutis
