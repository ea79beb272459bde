// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mechanics_patch.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>

#include <gtest/gtest.h>

/** Forces on the boundary of healthy tissue that do not turn with it, and its equilibrium with them. */
namespace cutis::test
{
  /** Dead traction [kPa] on the faces of the boundary, as a function of place and normal. */
  template <int dim>
  NodalVector forces_of(
    const Discretization<dim> &skin,
    const std::function<dealii::Tensor<1, dim>(const dealii::Point<dim> &, const dealii::Tensor<1, dim> &)> &traction)
  {
    const DisplacementSpace<dim> &space = *skin.displacement;
    NodalVector load = space.make_vector();
    const dealii::QGauss<dim - 1> gauss(space.element.degree + 1);
    dealii::FEFaceValues<dim> shape(skin.mapping,
                                    space.element,
                                    gauss,
                                    dealii::update_values | dealii::update_quadrature_points |
                                      dealii::update_normal_vectors | dealii::update_JxW_values);
    std::vector<dealii::types::global_dof_index> nodes(space.element.n_dofs_per_cell());
    for (const auto &cell : space.handler.active_cell_iterators())
      for (const unsigned int face : cell->face_indices())
        if (cell->at_boundary(face))
        {
          shape.reinit(cell, face);
          cell->get_dof_indices(nodes);
          for (const unsigned int q : shape.quadrature_point_indices())
          {
            const dealii::Tensor<1, dim> t = traction(shape.quadrature_point(q), shape.normal_vector(q));
            for (unsigned int v = 0; v < nodes.size(); ++v)
              for (int c = 0; c < dim; ++c)
                load(nodes[v] * dim + c) += t[c] * shape.shape_value(v, q) * shape.JxW(q);
          }
        }
    return load;
  }

  /** Displacement in balance with dead forces, which are brought on in equal parts. */
  template <int dim>
  NodalVector balance(const Patch<dim> &patch, const NodalVector &forces, const int parts)
  {
    const DisplacementSpace<dim> &space = *patch.skin.displacement;
    const Equilibrium<dim> &eq = patch.mechanics->equilibrium();
    const NodalVector table = patch.mechanics->tissue().healthy_table();
    NodalVector u = space.make_vector(), residual = u, change = u;
    dealii::TrilinosWrappers::SparseMatrix tangent;
    tangent.reinit(eq.pattern());
    for (int part = 1; part <= parts; ++part)
      for (int iteration = 0; iteration < 20; ++iteration)
      {
        EXPECT_FALSE(eq.assemble(table, u, 1., residual, &tangent).found);
        residual.add(-double(part) / parts, forces);
        if (residual.l2_norm() < 1e-8 * forces.l2_norm())
          break;
        ElasticSolver<dim> solver;
        solver.prepare(tangent, space);
        solver.solve(residual, 1e-8, change);
        eq.constraints().distribute(change);
        u -= change;
        EXPECT_LT(iteration, 19);
      }
    return u;
  }
} // namespace cutis::test
