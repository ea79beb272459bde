// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  /** In which files fields are kept. */
  enum class FieldFormat
  {
    xdmf, ///< tables in HDF5, and `solution.xdmf` that names them
    vtu   ///< a file of VTK for each time, and `solution.pvd` that names them
  };
} // namespace cutis
