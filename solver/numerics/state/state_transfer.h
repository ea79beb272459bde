// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/state/state.h"

#include <deal.II/distributed/solution_transfer.h>

#include <optional>
#include <vector>

namespace cutis
{
  /** How many fields each vector of a state has. */
  struct StateShape
  {
    unsigned int n_fields, n_doses;
    unsigned int n_displacement = 0, n_fibres = 0; ///< none without mechanics

    StateShape(const FieldLayout &layout, unsigned int dim, bool deforms);

    unsigned int n_at_fields() const { return n_fields + n_doses + n_fibres; }
  };

  /**
   * Carries a state from mesh to mesh and through checkpoints, one field after the other, which is how deal.II wants
   * it: those at the nodes of the fields, and the displacement at its own.
   */
  template <int dim>
  class StateTransfer
  {
  public:
    StateTransfer(const StateShape &shape, const Discretization<dim> &discretization);

    /** Before the mesh changes; flags are set and prepared. */
    void hold(const State &state);
    /** On the new mesh, with the discretization rebuilt: the vectors of the state that was held. */
    void release(State &state);

    /** Attach a state to the mesh, to be saved with it. */
    void attach(const State &state);
    /** The vectors of a state that was loaded with the mesh, with the discretization rebuilt. */
    void detach(State &state);

  private:
    using Fields = std::vector<NodalVector>;
    using Transfer = dealii::parallel::distributed::SolutionTransfer<dim, NodalVector>;

    using Writing = void (Transfer::*)(const std::vector<const NodalVector *> &);
    using Reading = void (Transfer::*)(std::vector<NodalVector *> &);

    void write(const State &state, Writing how);
    void read(State &state, Reading how);
    void take_apart(const State &state);
    Fields make_fields() const;
    Fields make_displacements() const;
    void put_together(const Fields &fields, const Fields &displacements, State &state) const;

    const StateShape shape_;
    const Discretization<dim> &discretization_;
    Fields fields_, displacements_; ///< must live as long as the transfers
    Transfer of_fields_;
    std::optional<Transfer> of_displacements_;
  };
} // namespace cutis
