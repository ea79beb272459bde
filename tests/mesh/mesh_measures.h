// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/skin_patch.h"

#include <deal.II/base/mpi.h>

/** Volume (in two dimensions area) of all cells of this layer on all ranks [mm^dim]. */
template <int dim>
double layer_volume(const dealii::parallel::distributed::Triangulation<dim> &mesh, const cutis::Layer layer)
{
  double sum = 0.;
  for (const auto &cell : mesh.active_cell_iterators())
    if (cell->is_locally_owned() && cell->material_id() == static_cast<dealii::types::material_id>(layer))
      sum += cell->measure();
  return dealii::Utilities::MPI::sum(sum, mesh.get_communicator());
}

/** Area (in two dimensions length) of this boundary on all ranks [mm^(dim-1)]. */
template <int dim>
double boundary_area(const dealii::parallel::distributed::Triangulation<dim> &mesh, const cutis::Boundary boundary)
{
  double sum = 0.;
  for (const auto &cell : mesh.active_cell_iterators())
    if (cell->is_locally_owned())
      for (const auto &face : cell->face_iterators())
        if (face->at_boundary() && face->boundary_id() == static_cast<dealii::types::boundary_id>(boundary))
          sum += face->measure();
  return dealii::Utilities::MPI::sum(sum, mesh.get_communicator());
}
