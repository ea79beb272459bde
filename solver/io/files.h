// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

/** Files that are either there as a whole or not at all. Every failure is RunFailed with a sentence. */
namespace cutis
{
  /** What the operating system says about the last failure, as the end of a sentence: `"No space left on device."` */
  std::string system_reason();

  /** The whole content of a file. */
  std::string read_file(const std::filesystem::path &file);

  /**
   * Replace a file by one with this content: written under a temporary name in the same folder, brought to the disk and
   * then renamed. Whoever reads sees the old or the new content, also after a power cut.
   */
  void write_whole_file(const std::filesystem::path &file, const std::string &content);

  /** Bring the content of a file, or the names in a folder, to the disk. */
  void bring_to_disk(const std::filesystem::path &file_or_folder);

  /**
   * Make sure that `bytes` more can be written into a folder, by reserving them for a moment. This also notices quotas
   * and folders that cannot be written to, where the size of the free space alone says nothing.
   */
  void require_space(const std::filesystem::path &folder, std::uint64_t bytes);

  /** FNV-1a over the content, 64 bits: finds damage, but is no protection against intent. */
  std::uint64_t checksum(const std::filesystem::path &file);
  std::uint64_t checksum_of_text(const std::string &text);
} // namespace cutis
