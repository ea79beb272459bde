// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

#include <filesystem>

namespace cutis
{
  /** What may happen to results that are already there. */
  enum class OutputMode
  {
    fresh,     ///< there must be none
    overwrite, ///< they are removed
    resume     ///< they are continued, from a checkpoint that must be there
  };

  /**
   * Make a folder ready for the results of a run, with `fields/` and `checkpoint/` in it.
   *
   * BadInput, and nothing is touched, if it is not a folder, cannot be written to, already holds a run (a fresh run),
   * or holds no checkpoint (a resumed one). Overwriting removes the files that a run writes and nothing else.
   * Collective: the first rank acts, all ranks learn the verdict.
   */
  void prepare_output_folder(const std::filesystem::path &folder, OutputMode mode, MPI_Comm communicator);
} // namespace cutis
