// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <iosfwd>
#include <string>

namespace cutis
{
  /**
   * A parameter file to start from, for one intervention or `none`: the patch of skin, its host, time, output and the
   * intervention with all their settings as they are by default, each with what it means, its unit, its range or its
   * choices. BadInput if there is no such intervention.
   */
  void write_starting_file(std::ostream &out, const std::string &intervention);
} // namespace cutis
