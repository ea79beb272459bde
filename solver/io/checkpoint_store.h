// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * The folder that holds the last and the previous checkpoint, each in a numbered folder of its own.
   *
   * A checkpoint is written into a new folder and sealed with a list of its files, their sizes and checksums. What has
   * no seal was being written when a run ended. The file `latest` names the last and the previous one, for people; the
   * seals decide. Used by one rank only.
   */
  class CheckpointStore
  {
  public:
    explicit CheckpointStore(std::filesystem::path folder);

    /** True if there is a checkpoint, whatever its condition. */
    bool has_any() const;

    /** Make the folder of a new checkpoint. RunFailed if it cannot be made. */
    std::filesystem::path begin() const;
    /** Seal what was written since `begin`, switch to it and delete what is older than the previous one. */
    void commit(const std::filesystem::path &checkpoint) const;
    /** Remove what was written since `begin`. */
    void abandon(const std::filesystem::path &checkpoint) const noexcept;

    /** What was found on the way to a good checkpoint. */
    struct Choice
    {
      std::optional<std::filesystem::path> checkpoint; ///< the newest that is undamaged
      std::vector<std::string> problems;               ///< a sentence for each that was passed over
    };
    Choice newest_undamaged() const;

  private:
    std::vector<std::filesystem::path> sealed() const;
    std::vector<std::filesystem::path> all() const;

    const std::filesystem::path folder_;
  };
} // namespace cutis
