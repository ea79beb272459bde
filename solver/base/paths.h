// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <cstdint>
#include <string>

/** Names of files as users write them. */
namespace cutis
{
  /**
   * The path without the quotes around it, and with `~`, `$NAME` and `${NAME}` replaced as a shell does; a parameter
   * file is read by no shell. BadInput for a variable that is not set, for `~name`, and for a quote that is left open.
   */
  std::string expand_path(const std::string &text);

  /**
   * Why a file cannot be read as a file of at most `most_bytes`: it is not there (with the nearest name), a folder, a
   * pipe or a device, too large, or must not be read. Empty if it can.
   */
  std::string problem_with_file(const std::string &file, std::uintmax_t most_bytes);
} // namespace cutis
