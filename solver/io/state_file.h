// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What a checkpoint says beside the values at the nodes. */
  struct StateFile
  {
    unsigned int format = 0;  ///< of the checkpoint as a whole
    std::string library = ""; ///< deal.II that wrote the mesh and the values
    unsigned int dimension = 0;
    unsigned int coarse_cells = 0;
    std::vector<std::string> fields, doses; ///< keys, in the order of the vectors
    std::vector<std::string> physics;       ///< `path = value` of what a resumed run must share
  };

  /** Everything of the state but the vectors, and the description, as JSON. Numbers keep all their bits. */
  std::string state_as_json(const State &state, const StateFile &about);

  /** The reverse: fills all of the state but the vectors. RunFailed if the text is no such JSON. */
  StateFile state_from_json(const std::string &text, State &state);
} // namespace cutis
