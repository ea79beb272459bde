// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/treatment_cell.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_handler.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/lac/affine_constraints.h>
#include <deal.II/lac/sparsity_pattern.h>
#include <deal.II/lac/vector.h>

#include <array>
#include <vector>

namespace cutis
{
  /** Metres per mm: meshes are in mm, all constants of heat and current in SI units. */
  inline constexpr double metre = 1e-3, cubic_metre = metre * metre * metre;

  /**
   * The finite elements of a treatment cell, shared by potential, heat and damage. In 2-D every integral is one around
   * the axis, of which the coordinates are distance and height.
   *
   * A cell has some ten thousand nodes. Every rank solves the whole of it, with the same result to the last bit,
   * instead of sharing it out: a session takes seconds, once in weeks of simulated time.
   */
  template <int dim>
  class TreatmentSpace
  {
  public:
    /** Elements of this degree on the mesh of `cell`, which must live as long. */
    TreatmentSpace(const TreatmentCell<dim> &cell, unsigned int degree);

    /** Length [mm] of the circle around the axis on which a point stands for all others; 1 in 3-D. */
    static double around_axis(const dealii::Point<dim> &point) { return dim == 2 ? 2. * M_PI * point[0] : 1.; }

    unsigned int n_nodes() const { return nodes.n_dofs(); }

    const TreatmentCell<dim> &cell;
    const dealii::FE_Q<dim> element;
    const dealii::MappingQ<dim> mapping;
    const dealii::QGauss<dim> quadrature;
    const dealii::QGauss<dim - 1> face_quadrature;
    dealii::DoFHandler<dim> nodes;
    dealii::AffineConstraints<double> hanging_nodes;
    dealii::SparsityPattern pattern;
    std::vector<dealii::Point<dim>> positions; ///< of the nodes [mm]
    std::vector<bool> in_tissue;               ///< nodes of the tissue, with the wall of the needle
    std::vector<bool> on_bare_metal;           ///< nodes of an electrode
    std::vector<bool> on_ground;
    dealii::Vector<double> electrode_area; ///< integral of each shape function over the electrode
    dealii::Vector<double> tissue_volume;  ///< the same over the tissue [mm^3]
  };
} // namespace cutis
