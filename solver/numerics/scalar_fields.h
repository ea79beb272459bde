// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state.h"

#include <vector>

/** The state as one vector per field, which is what deal.II carries from mesh to mesh and into checkpoints. */
namespace cutis
{
  /** How many fields each vector of a state has. */
  struct StateShape
  {
    unsigned int n_fields, n_doses;
    unsigned int n_displacement = 0, n_fibres = 0; ///< none without mechanics

    StateShape(const FieldLayout &layout, unsigned int dim, bool deforms);

    unsigned int n_scalars() const { return n_fields + n_doses + n_displacement + n_fibres; }
  };

  /** All fields of a state, each complete with its ghosts. */
  std::vector<NodalVector> scalars_of(const NodeGraph &graph, const StateShape &shape, const State &state);

  /** The reverse: the vectors of the state, complete, from their fields. */
  void
  set_scalars(const NodeGraph &graph, const StateShape &shape, const std::vector<NodalVector> &scalars, State &state);
} // namespace cutis
