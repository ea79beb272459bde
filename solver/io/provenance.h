// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

#include <filesystem>
#include <string>
#include <vector>

namespace cutis
{
  /** Version of Cutis, and of the compiler and the libraries it was built with: the answer to `cutis version`. */
  std::string version_text();

  /**
   * Keeps `provenance.json`: which program made the results, from which files, where and when. A resumed run adds an
   * entry of its own to `runs`. Collective; RunFailed if the file cannot be written.
   */
  class ProvenanceFile
  {
  public:
    /** Note the start and the content of the files that the run has read. `resumed`: keep the entries of the runs
     * before. */
    ProvenanceFile(std::filesystem::path file,
                   const std::vector<std::string> &inputs,
                   bool resumed,
                   MPI_Comm communicator);

    /** Note the end, with a word on how the run ended. */
    void finish(const std::string &exit);

  private:
    const std::filesystem::path file_;
    const MPI_Comm communicator_;
  };
} // namespace cutis
