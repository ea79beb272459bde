// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/distributed/tria.h>

#include <string>

namespace cutis
{
  /**
   * A digest of the coarse mesh, which every rank has: corners, cells, layers and boundaries, each cell with its own in
   * their order. Meshes with the same digest are the same for a state, whatever file they came from. Coordinates count
   * to nine digits of the extent, so that another computer may compute them anew.
   */
  template <int dim>
  std::string mesh_digest(const dealii::parallel::distributed::Triangulation<dim> &mesh);
} // namespace cutis
