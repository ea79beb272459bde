// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/hdf5_file.h"
#include "numerics/state/state.h"

#include <string>
#include <vector>

namespace cutis
{
  /** A field file and the tables in it. */
  struct XdmfGrid
  {
    OutputEntry entry;
    std::vector<Hdf5Table> tables;
  };

  /**
   * The table of contents of all field files for ParaView: the tables "nodes" and "cells" of a mesh file, and one table
   * per field in a field file: scalars of one column, vectors of three, symmetric tensors of six.
   */
  std::string xdmf_document(const std::vector<XdmfGrid> &grids);
} // namespace cutis
