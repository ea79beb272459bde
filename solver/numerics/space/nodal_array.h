// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  /** Values at the owned nodes that are written beside the fields, in the frame of the mesh. */
  struct NodalArray
  {
    std::string name;
    unsigned int n_columns; ///< 1: scalar; 3: vector; 6: symmetric tensor, xx xy xz yy yz zz
    std::vector<float> rows;
  };
} // namespace cutis
