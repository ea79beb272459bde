// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state.h"

#include <string>
#include <vector>

namespace cutis
{
  /** A field file and the names of the scalars in it. */
  struct XdmfGrid
  {
    OutputEntry              entry;
    std::vector<std::string> scalars;
  };

  /**
   * The table of contents of all field files for ParaView: the tables "nodes" and "cells" of a mesh file, and one table
   * per scalar in a field file.
   */
  std::string xdmf_document(const std::vector<XdmfGrid> &grids);
} // namespace cutis
