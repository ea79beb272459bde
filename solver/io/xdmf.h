// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <string>
#include <vector>

namespace cutis
{
  /**
   * The table of contents of all field files for ParaView: the tables "nodes" and "cells" of a mesh file, and one table
   * per field in a field file: scalars of one column, vectors of three, symmetric tensors of six.
   */
  std::string xdmf_document(const std::vector<OutputEntry> &entries);
} // namespace cutis
