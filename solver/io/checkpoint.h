// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/checkpoint_store.h"
#include "io/state_file.h"
#include "numerics/space/discretization.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * The state of a run on the disk, from which it can be resumed on any number of ranks. A resumed run continues with
   * the same bits. Both functions are collective.
   *
   * The mesh is saved by p4est. Values are not attached to it, as deal.II would have it: that packs the values of all
   * nodes of each cell, so that in 3-D every value is held and written about eight times.
   */
  template <int dim>
  class Checkpoint
  {
  public:
    /** `folder` holds the checkpoints; `blocks` are those of the run and `physics` the lines `path = value` that a
     * resumed run must share. */
    Checkpoint(std::filesystem::path folder, std::vector<BlockShape> blocks, std::vector<std::string> physics);

    /** Write the state. RunFailed, and the checkpoints that were there stay as they are, if that cannot be done. */
    void save(const State &state, const Discretization<dim> &discretization) const;

    /**
     * Restore the state and the mesh. The discretization must hold the coarse mesh of the run that was saved; how it is
     * refined does not matter. `state.clock.end` keeps the value of the caller: a resumed run may go further. The next
     * field output writes its mesh anew, because nodes are numbered by the ranks that hold them.
     *
     * Blocks and their components are found by their names, in whatever order they were saved. A damaged checkpoint is
     * passed over with a warning. BadInput, naming every difference, if none is left, or if the format, the physics or
     * the blocks are different. Either is found out before state and mesh are touched.
     */
    void load(State &state, Discretization<dim> &discretization, const LayerContents &contents) const;

  private:
    std::filesystem::path choose(MPI_Comm communicator) const;
    StateFile describe(const State &state, const Discretization<dim> &discretization) const;
    void check_same_run(const StateFile &saved, const Discretization<dim> &discretization) const;

    const CheckpointStore store_;
    const std::filesystem::path folder_;
    const std::vector<BlockShape> blocks_;
    const std::vector<std::string> physics_;
  };
} // namespace cutis
