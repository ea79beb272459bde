// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  /**
   * Names of the arrays of mechanics: displacement [mm], Cauchy stress [kPa], and the directions of new and of mature
   * collagen, Fe P Fe^T over its trace. In a section the third axis is that across it.
   */
  const std::vector<std::string> &mechanics_array_names();
} // namespace cutis
