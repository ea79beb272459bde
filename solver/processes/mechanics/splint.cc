// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/splint.h"

#include <algorithm>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr const char *splint_block = "splint";

    /** Of the springs [kPa/mm^2]: a pull of 50 kPa at the edge moves what stands for .1 mm of it by 5 um. */
    constexpr double stiffness = 1e5;
  } // namespace

  template <int dim>
  Splint<dim>::Splint(const Reactions &reactions,
                      const Discretization<dim> &discretization,
                      const SkinTissue<dim> &tissue)
    : discretization_(discretization)
    , tissue_(tissue)
    , n_fields_(reactions.layout().n_fields())
    , field_(reactions.layout().find("splint"))
  {
  }

  template <int dim>
  std::vector<BlockShape> Splint<dim>::blocks() const
  {
    if (field_ < 0)
      return {};
    BlockShape shape{splint_block, {"x", "y", "z"}, NodesOf::fields, Rule::any_sign};
    shape.components.resize(dim);
    shape.components.push_back("hold");
    return {shape};
  }

  template <int dim>
  double Splint<dim>::splinted(const State &state, const unsigned int node) const
  {
    return state.fields().local_element(node * n_fields_ + field_);
  }

  template <int dim>
  void Splint<dim>::look(const State &state)
  {
    if (field_ >= 0)
      held_ = copy_of(state[splint_block]);
  }

  template <int dim>
  void Splint<dim>::let_go(State &state)
  {
    if (field_ < 0)
      return;
    NodalVector &held = state[splint_block];
    held.zero_out_ghost_values();
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
      if (!(splinted(state, i) > 0.))
        std::fill_n(held.begin() + i * n_components, n_components, 0.);
    discretization_.graph.complete(held, n_components);
    look(state);
  }

  template <int dim>
  void Splint<dim>::take_hold(State &state)
  {
    if (field_ < 0)
      return;
    const DisplacementSpace<dim> &space = *discretization_.displacement;
    const NodalVector &displacement = state[displacement_block];
    NodalVector &held = state[splint_block];
    held.zero_out_ghost_values();
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
    {
      double *here = held.begin() + i * n_components;
      if (here[hold] > 0. || !(splinted(state, i) > 0.))
        continue;
      here[hold] = splinted(state, i);
      for (int c = 0; c < dim; ++c)
        here[c] = here[hold] * displacement.local_element(space.at_field[i] * dim + c);
    }
    discretization_.graph.complete(held, n_components);
    look(state);
  }

  template <int dim>
  void Splint<dim>::add_forces(const NodalVector &displacement,
                               const AffineConstraints<double> &constraints,
                               NodalVector &residual,
                               TrilinosWrappers::SparseMatrix *matrix) const
  {
    if (field_ < 0)
      return;
    const NodeGraph &graph = discretization_.graph;
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const double *here = held_.begin() + i * n_components;
      if (!(here[hold] > 0.))
        continue;
      const Direction n = tissue_.normal_at(i);
      const auto first = residual.get_partitioner()->local_to_global(discretization_.displacement->at_field[i] * dim);
      for (int c = 0; c < dim; ++c)
        for (int d = 0; d < dim; ++d)
        {
          const double in_plane = (c == d) - n[skin_axis<dim>(c)] * n[skin_axis<dim>(d)];
          const double k = stiffness * graph.volume[i] * in_plane;
          if (k == 0. || constraints.is_constrained(first + c) || constraints.is_constrained(first + d))
            continue;
          residual(first + c) += k * (here[hold] * displacement(first + d) - here[d]);
          if (matrix)
            matrix->add(first + c, first + d, k * here[hold]);
        }
    }
  }

  template class Splint<2>;
  template class Splint<3>;
} // namespace cutis
