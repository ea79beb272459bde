// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * The files that a run keeps in its folder, as opposed to what else lies there. `manifest.txt` names those that
   * people might edit, with their checksums: what was edited, or was there before the run, is never replaced or
   * removed. Symbolic links are not followed. Used by one rank only; std::filesystem::filesystem_error if the disk
   * refuses.
   */
  class RunFiles
  {
  public:
    explicit RunFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /** A run has written here. */
    bool any() const;
    /** A run has begun here, but left neither a checkpoint nor more than one row: nothing is lost with it. */
    bool only_begun() const;
    /** Files with names that a run needs which no run wrote, or which were changed since. */
    std::vector<std::filesystem::path> foreign() const;

    /** Begin the manifest of a new run. */
    void begin() const;
    /** Write a text that people might edit, and note it. RunFailed if it cannot be written. */
    void write_document(const std::string &name, const std::string &text) const;

    /** Move what an earlier run has written into the folder `.earlier`, until it is known what becomes of the new one.
     */
    void set_aside() const;
    bool has_set_aside() const;
    /** Put the earlier results in the place of the new ones. */
    void put_back() const;
    void remove_set_aside() const;
    /** Remove the manifest and the empty folders of a run that has written nothing. */
    void remove_beginnings() const;

  private:
    const std::filesystem::path folder_;
  };
} // namespace cutis
