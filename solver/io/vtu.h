// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/space/nodal_array.h"
#include "numerics/state/state.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * Write values at the nodes, and the mesh with them, as a file of VTK in single precision and compressed: scalars,
   * vectors, and symmetric tensors as all nine components. Every cell has corners of its own, so that a node occurs
   * once for each cell around it, and every rank with cells has a piece. Collective; an exception of deal.II or of MPI
   * if the file cannot be written.
   */
  template <int dim>
  void write_vtu(const std::filesystem::path &file,
                 const Discretization<dim> &discretization,
                 const std::vector<NodalArray> &tables);

  /** Bytes that such a file takes at most, with so many columns of all tables together. */
  std::uint64_t largest_vtu(std::uint64_t cells, unsigned int dimension, std::size_t n_columns);

  /** The table of contents of such files, for ParaView and others. */
  std::string pvd_document(const std::vector<OutputEntry> &entries);
} // namespace cutis
