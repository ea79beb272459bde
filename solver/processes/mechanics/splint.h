// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/mechanics/skin_tissue.h"

#include <deal.II/lac/affine_constraints.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>

namespace cutis
{
  /**
   * Skin that a splint holds in its plane, where it was when the splint was put on and the tissue had come to rest:
   * every volume of it is tied to its place by springs that tissue does not stretch. Normal to the skin it is free.
   *
   * Where the field `splint` says so skin is held; its block of the state remembers where. The block has the hold times
   * the displacement and the hold, so that means between nodes with and without a hold are those of the held places.
   */
  template <int dim>
  class Splint
  {
  public:
    Splint(const Reactions &reactions, const Discretization<dim> &discretization, const SkinTissue<dim> &tissue);

    /** What it keeps in the state; nothing in a case without splints. */
    std::vector<BlockShape> blocks() const;

    /** Let go where there is a splint no longer; before the tissue is brought into equilibrium. */
    void let_go(State &state);
    /** Hold newly splinted skin where it has come to rest. */
    void take_hold(State &state);
    /** Look again at a state that was taken back or loaded. */
    void look(const State &state);

    /** Add its forces to those out of balance [mN; mN/mm in a section], and with `matrix` their derivative. */
    void add_forces(const NodalVector &displacement,
                    const dealii::AffineConstraints<double> &constraints,
                    NodalVector &residual,
                    dealii::TrilinosWrappers::SparseMatrix *matrix) const;

  private:
    static constexpr unsigned int hold = dim, n_components = dim + 1;

    double splinted(const State &state, unsigned int node) const;

    const Discretization<dim> &discretization_;
    const SkinTissue<dim> &tissue_;
    const unsigned int n_fields_;
    const int field_; ///< -1 in a case without splints
    NodalVector held_;
  };
} // namespace cutis
