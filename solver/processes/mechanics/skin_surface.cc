// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/skin_surface.h"

#include "numerics/space/skin_chart.h"

#include <deal.II/base/quadrature_lib.h>

#include <cmath>
#include <functional>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Every face of the skin surface that belongs to this rank, with the shape functions of the displacement. */
    template <int dim>
    void for_surface(
      const Discretization<dim> &discretization,
      const std::function<void(const FEFaceValues<dim> &, const std::vector<types::global_dof_index> &nodes)> &visit)
    {
      const DisplacementSpace<dim> &space = *discretization.displacement;
      const QGauss<dim - 1> gauss(4);
      FEFaceValues<dim> shape(discretization.mapping,
                              space.element,
                              gauss,
                              update_values | update_gradients | update_quadrature_points | update_normal_vectors |
                                update_JxW_values);
      std::vector<types::global_dof_index> nodes(shape.dofs_per_cell);
      for (const auto &cell : space.handler.active_cell_iterators())
        if (cell->is_locally_owned())
          for (const unsigned int f : cell->face_indices())
            if (cell->face(f)->at_boundary() &&
                static_cast<Boundary>(cell->face(f)->boundary_id()) == Boundary::surface)
            {
              shape.reinit(cell, f);
              cell->get_dof_indices(nodes);
              visit(shape, nodes);
            }
    }
  } // namespace

  template <int dim>
  double surface_area(const Discretization<dim> &discretization)
  {
    double area = 0.;
    for_surface<dim>(discretization,
                     [&](const FEFaceValues<dim> &shape, const auto &)
                     {
                       for (const double JxW : shape.get_JxW_values())
                         area += JxW;
                     });
    return Utilities::MPI::sum(area, discretization.communicator);
  }

  template <int dim>
  void add_suction(const Equilibrium<dim> &equilibrium,
                   const MechanicsSettings &settings,
                   const Discretization<dim> &discretization,
                   NodalVector &load)
  {
    const SkinChart<dim> &chart = *discretization.chart;
    for_surface<dim>(
      discretization,
      [&](const FEFaceValues<dim> &shape, const std::vector<types::global_dof_index> &nodes)
      {
        Vector<double> lift(nodes.size() * dim);
        std::vector<types::global_dof_index> dofs;
        for (const auto node : nodes)
          for (int c = 0; c < dim; ++c)
            dofs.push_back(node * dim + c);
        for (const unsigned int q : shape.quadrature_point_indices())
          if (distance_along_skin(chart.place_of(shape.quadrature_point(q)), 0., 0.) < .5 * settings.aperture)
            for (unsigned int v = 0; v < nodes.size(); ++v)
              for (int c = 0; c < dim; ++c)
                lift[v * dim + c] += settings.suction * shape.shape_value(v, q) * shape.JxW(q) * chart.upwards()[c];
        equilibrium.constraints().distribute_local_to_global(lift, dofs, load);
      });
    load.compress(VectorOperation::add);
  }

  template <int dim>
  double surface_sag(const Discretization<dim> &discretization,
                     const MechanicsSettings &settings,
                     const NodalVector &displacement)
  {
    Tensor<1, dim> down;
    for (int c = 0; c < dim; ++c)
      down[c] = settings.gravity[skin_axis<dim>(c)];
    if (down.norm() == 0.)
      return 0.;
    down /= down.norm();
    double sums[2] = {0., 0.}; // displacement, area
    for_surface<dim>(discretization,
                     [&](const FEFaceValues<dim> &shape, const std::vector<types::global_dof_index> &nodes)
                     {
                       for (const unsigned int q : shape.quadrature_point_indices())
                       {
                         sums[1] += shape.JxW(q);
                         for (unsigned int v = 0; v < nodes.size(); ++v)
                           for (int c = 0; c < dim; ++c)
                             sums[0] +=
                               shape.JxW(q) * shape.shape_value(v, q) * down[c] * displacement(nodes[v] * dim + c);
                       }
                     });
    Utilities::MPI::sum(ArrayView<const double>(sums, 2), discretization.communicator, ArrayView<double>(sums, 2));
    return sums[1] > 0. ? sums[0] / sums[1] : 0.;
  }

  template <int dim>
  double site_lift(const Discretization<dim> &discretization, const PunchBiopsy &site, const NodalVector &displacement)
  {
    const SkinChart<dim> &chart = *discretization.chart;
    double sums[2] = {0., 0.}; // area, displacement
    for_surface<dim>(discretization,
                     [&](const FEFaceValues<dim> &shape, const std::vector<types::global_dof_index> &nodes)
                     {
                       for (const unsigned int q : shape.quadrature_point_indices())
                         if (distance_along_skin(chart.place_of(shape.quadrature_point(q)), site.x, site.y) <
                             .5 * site.diameter)
                         {
                           Tensor<1, dim> u;
                           for (unsigned int v = 0; v < nodes.size(); ++v)
                             for (int c = 0; c < dim; ++c)
                               u[c] += displacement(nodes[v] * dim + c) * shape.shape_value(v, q);
                           sums[0] += shape.JxW(q);
                           sums[1] += shape.JxW(q) * (u * shape.normal_vector(q));
                         }
                     });
    Utilities::MPI::sum(ArrayView<const double>(sums, 2), discretization.communicator, ArrayView<double>(sums, 2));
    return sums[0] > 0. ? sums[1] / sums[0] : 0.;
  }

  template <int dim>
  double site_area(const Discretization<dim> &discretization, const PunchBiopsy &site, const NodalVector &displacement)
  {
    const SkinChart<dim> &chart = *discretization.chart;
    double sums[2] = {0., 0.}; // before, now
    for_surface<dim>(
      discretization,
      [&](const FEFaceValues<dim> &shape, const std::vector<types::global_dof_index> &nodes)
      {
        for (const unsigned int q : shape.quadrature_point_indices())
          if (distance_along_skin(chart.place_of(shape.quadrature_point(q)), site.x, site.y) < .5 * site.diameter)
          {
            Tensor<2, dim> F = unit_symmetric_tensor<dim>();
            for (unsigned int v = 0; v < nodes.size(); ++v)
              for (int c = 0; c < dim; ++c)
                F[c] += displacement(nodes[v] * dim + c) * shape.shape_grad(v, q);
            sums[0] += shape.JxW(q);
            sums[1] += shape.JxW(q) * determinant(F) * (transpose(invert(F)) * shape.normal_vector(q)).norm();
          }
      });
    Utilities::MPI::sum(ArrayView<const double>(sums, 2), discretization.communicator, ArrayView<double>(sums, 2));
    return sums[0] > 0. ? sums[1] / sums[0] : 1.;
  }

  template double surface_area(const Discretization<2> &);
  template double surface_area(const Discretization<3> &);
  template void
  add_suction(const Equilibrium<2> &, const MechanicsSettings &, const Discretization<2> &, NodalVector &);
  template void
  add_suction(const Equilibrium<3> &, const MechanicsSettings &, const Discretization<3> &, NodalVector &);
  template double surface_sag(const Discretization<2> &, const MechanicsSettings &, const NodalVector &);
  template double surface_sag(const Discretization<3> &, const MechanicsSettings &, const NodalVector &);
  template double site_lift(const Discretization<2> &, const PunchBiopsy &, const NodalVector &);
  template double site_lift(const Discretization<3> &, const PunchBiopsy &, const NodalVector &);
  template double site_area(const Discretization<2> &, const PunchBiopsy &, const NodalVector &);
  template double site_area(const Discretization<3> &, const PunchBiopsy &, const NodalVector &);
} // namespace cutis
