// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <string>
#include <vector>

namespace cutis
{
  /** Of checkpoints as a whole. 3: a state is a list of named blocks. 4: it says which mesh it belongs to, what is in
   * the field files and how many rows there are. 5: values stand in a table of their own. 6: fields of an earlier
   * moment, for outputs between steps. */
  constexpr unsigned int checkpoint_format = 7;

  /** What a checkpoint says beside the values at the nodes. */
  struct StateFile
  {
    unsigned int format = 0;
    std::string library = ""; ///< deal.II that wrote the mesh
    unsigned int dimension = 0;
    unsigned int coarse_cells = 0;
    std::string mesh = "";            ///< digest of the coarse mesh, see mesh_digest
    std::vector<BlockShape> blocks;   ///< a table of values each
    std::vector<std::string> physics; ///< `path = value` of what a resumed run must share
  };

  /** Everything of the state but the values of its blocks, and the description, as JSON. Numbers keep all their bits.
   */
  std::string state_as_json(const State &state, const StateFile &about);

  /** The reverse: fills all of the state but the blocks. Of another format only its number is read. RunFailed if the
   * text is no such JSON. */
  StateFile state_from_json(const std::string &text, State &state);
} // namespace cutis
