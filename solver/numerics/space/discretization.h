// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/skin_patch.h"
#include "numerics/space/displacement_space.h"
#include "numerics/space/node_graph.h"
#include "numerics/space/place.h"

#include <deal.II/distributed/tria.h>
#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/mapping_q1.h>
#include <deal.II/lac/affine_constraints.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace cutis
{
  /** Content of cells and matrix in each kind of layer, relative to the dermis; indexed by Layer. */
  using LayerContents = std::array<double, n_layer_kinds>;

  template <int dim>
  class SkinChart;

  /**
   * The mesh, its nodes and what is integrated on it once. All scalar fields share the one space of continuous
   * bi-/trilinear elements, so one DoFHandler numbers the nodes for all of them.
   *
   * Diffusion is integrated with the trapezoidal rule at the vertices. On cells with right angles this leaves only the
   * edges of the mesh, with positive weights whatever the ratio of the sides: an M-matrix with 7 instead of 27 entries
   * a row in 3-D, second order like the full integral (the rule is exact for the bilinear functions that the order
   * needs).
   */
  template <int dim>
  class Discretization
  {
  public:
    explicit Discretization(MPI_Comm communicator);

    /** Number the nodes and assemble the graph anew; after the mesh has been made, refined or distributed anew. */
    void rebuild(const LayerContents &contents);
    /** Give the mesh a displacement of this degree, 1 or 2, from the next `rebuild` on. */
    void carry_displacement(unsigned int degree);

    /** The nodes of the fields or, on a mesh that deforms, those of the displacement. */
    const NodeSet &nodes_of(NodesOf which) const;

    /** Number of the site at a place; empty if the skin is the same everywhere. Counts from the next `rebuild` on. */
    std::function<unsigned char(const Place &)> site_of;

    const MPI_Comm communicator;
    dealii::parallel::distributed::Triangulation<dim> triangulation;
    dealii::FE_Q<dim> element;
    dealii::MappingQ1<dim> mapping;
    dealii::DoFHandler<dim> nodes;
    dealii::AffineConstraints<double> constraints; ///< hanging nodes
    std::vector<dealii::Point<dim>> positions;     ///< of local nodes (owned, then ghosts) [mm]
    std::shared_ptr<const SkinChart<dim>> chart;   ///< coordinates of the skin
    std::vector<Place> places;                     ///< of local nodes, in these coordinates
    NodeGraph graph;
    std::unique_ptr<DisplacementSpace<dim>> displacement; ///< null if the mesh does not deform
  };
} // namespace cutis
