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
   * The table of contents of all field files for ParaView, in the layout of deal.II's HDF5 files. Written here and not
   * by deal.II, whose writer needs cells on the first rank and has other arguments in every release.
   */
  std::string xdmf_document(const std::vector<XdmfGrid> &grids);
} // namespace cutis
