// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/state/state.h"

#include <deal.II/distributed/solution_transfer.h>

#include <list>
#include <vector>

namespace cutis
{
  /**
   * Carries the blocks of a state from mesh to mesh, one component after the other, which is how deal.II wants it:
   * first those at the nodes of the fields, then those at the nodes of the displacement.
   */
  template <int dim>
  class StateTransfer
  {
  public:
    explicit StateTransfer(const Discretization<dim> &discretization);

    /** Before the mesh changes; flags are set and prepared. */
    void hold(const State &state);
    /** On the new mesh, with the discretization rebuilt: the values of the state that was held. */
    void release(State &state);

  private:
    using Components = std::vector<NodalVector>;
    using Transfer = dealii::parallel::distributed::SolutionTransfer<dim, NodalVector>;

    /** What lives on the same nodes. */
    struct Part
    {
      Part(NodesOf where, const dealii::DoFHandler<dim> &handler) : where(where), transfer(handler) {}

      NodesOf where;
      Transfer transfer;
      Components components; ///< must live as long as the transfer
    };

    const Discretization<dim> &discretization_;
    std::list<Part> parts_; // transfers cannot be moved
  };
} // namespace cutis
