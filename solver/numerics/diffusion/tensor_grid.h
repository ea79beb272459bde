// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/dofs/dof_handler.h>

#include <array>
#include <optional>
#include <vector>

namespace cutis
{
  /**
   * The nodes of a mesh as the points of a tensor product: every combination of the coordinates is a node, and cells of
   * equal depth are of equal content. Direction 2 is that of the depth; a mesh in 2-D has one coordinate in
   * direction 1.
   */
  struct TensorGrid
  {
    std::array<std::vector<double>, 3> coordinates; ///< ascending [mm]
    std::vector<double> content;                    ///< of the cells between neighbouring coordinates of direction 2
    /** Of each owned node, i + n_0 (j + n_1 k) for its place (i, j, k) among the coordinates. */
    std::vector<dealii::types::global_dof_index> place;
  };

  /**
   * The grid that the nodes form, on all ranks together, or nothing: on adapted meshes, on meshes whose cells are no
   * boxes along the axes, and where cells of equal depth differ in content.
   *
   * @param positions of the local nodes, the owned ones first [mm]
   * @param contents  of each material id
   */
  template <int dim>
  std::optional<TensorGrid> find_tensor_grid(const dealii::DoFHandler<dim> &nodes,
                                             const std::vector<dealii::Point<dim>> &positions,
                                             const std::vector<double> &contents);
} // namespace cutis
