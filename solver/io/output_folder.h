// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/folder_lock.h"
#include "io/run_files.h"

#include <mpi.h>

#include <memory>

namespace cutis
{
  /** What may happen to results that are already there. */
  enum class OutputMode
  {
    fresh,     ///< there must be none
    overwrite, ///< they are replaced
    resume,    ///< they are continued, from a checkpoint that must be there
    go_on      ///< continued where there is a checkpoint, else begun anew
  };

  /** BadInput if results cannot be written to a folder, which need not be there yet. Of one rank. */
  void check_writable(const std::filesystem::path &folder);

  /**
   * The folder of the results of a run, with `fields/` and `checkpoint/` in it, held for this run alone.
   *
   * BadInput, and nothing is touched, if another run holds it, it is not a folder, cannot be written to, holds files of
   * the user under the names of a run, already holds a run (a fresh run), or no checkpoint (a resumed one). Results
   * that are replaced are set aside; they go for good with `settle`, and come back if the run ends before. All
   * functions are collective unless they say otherwise: the first rank acts, all ranks learn the verdict.
   */
  class OutputFolder
  {
  public:
    OutputFolder(std::filesystem::path folder, OutputMode mode, MPI_Comm communicator);
    ~OutputFolder();
    OutputFolder(const OutputFolder &) = delete;
    OutputFolder &operator=(const OutputFolder &) = delete;

    const std::filesystem::path &path() const { return path_; }
    /** Whether the run goes on from a checkpoint. */
    bool resumes() const { return resumes_; }
    const RunFiles &files() const { return files_; }

    /** The run has a checkpoint: what it replaces is not needed any more. */
    void settle();

  private:
    void take(OutputMode mode);
    OutputMode decide(OutputMode mode) const;
    void leave();

    const std::filesystem::path path_;
    const RunFiles files_;
    const MPI_Comm communicator_;
    bool is_new_ = false; ///< made by this run
    bool resumes_ = false;
    std::unique_ptr<FolderLock> lock_; ///< of the first rank
  };
} // namespace cutis
