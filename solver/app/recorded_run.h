// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "app/recorders.h"
#include "io/output_folder.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace cutis
{
  /** How a case is to be run. */
  struct RunOptions
  {
    std::filesystem::path folder;
    OutputMode mode = OutputMode::fresh;
    bool speaks = true; ///< this rank prints
  };

  /** Those that keep a run in the folder of its results. */
  template <int dim>
  class FolderRecorders
  {
  public:
    /** Let them watch the run, which has not begun. They live as long as it, and as the folder. */
    FolderRecorders(const Case &problem, OutputFolder &folder, const bool speaks, Run<dim> &run);

    /** Healthy skin, or the state of the last checkpoint, as the options say. */
    void begin(Run<dim> &run) const;

  private:
    OutputFolder &folder_;
    const LayerContents contents_;
    const Checkpoint<dim> checkpoint_;
    std::vector<std::unique_ptr<Recorder<dim>>> recorders_;
  };

  /**
   * Run a case to its end and keep it in a folder. Whatever happens, what has been written stays good. BadInput or
   * RunFailed if the folder or the case do not allow it.
   */
  template <int dim>
  ExitCode run_in_folder(const Case &problem, const RunOptions &options, MPI_Comm communicator);
} // namespace cutis
