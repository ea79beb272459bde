// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/heat_conduction.h"

#include "base/errors.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/solver_cg.h>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr double square_metre = metre * metre;

    template <int dim>
    class LocalHeat
    {
    public:
      LocalHeat(const TreatmentSpace<dim> &space, const HeatSetting &setting)
        : space_(space)
        , setting_(setting)
        , inside_(space.mapping,
                  space.element,
                  space.quadrature,
                  update_values | update_gradients | update_quadrature_points | update_JxW_values)
        , wall_(space.mapping,
                space.element,
                space.face_quadrature,
                update_values | update_quadrature_points | update_JxW_values)
        , mass(space.element.n_dofs_per_cell(), space.element.n_dofs_per_cell())
        , stiffness(mass)
        , external(space.element.n_dofs_per_cell())
      {
      }

      template <typename Cell>
      void integrate(const Cell &cell, const TissueHeat &tissue)
      {
        mass = 0.;
        stiffness = 0.;
        external = 0.;
        inside_.reinit(cell);
        add_inside(tissue);
        for (const unsigned int face : cell->face_indices())
          if (cell->face(face)->at_boundary() &&
              cell->face(face)->boundary_id() == static_cast<types::boundary_id>(TreatmentBoundary::surface))
          {
            wall_.reinit(cell, face);
            add_surface();
          }
      }

    private:
      void add_inside(const TissueHeat &tissue)
      {
        const double perfusion = setting_.perfused ? tissue.perfusion : 0.;
        for (const unsigned int q : inside_.quadrature_point_indices())
        {
          const double dx = inside_.JxW(q) * space_.around_axis(inside_.quadrature_point(q));
          const double capacity = tissue.heat_capacity() * cubic_metre * dx;
          const double sink = perfusion * cubic_metre * dx;
          const double k = tissue.thermal_conductivity * metre * dx;
          for (unsigned int i = 0; i < mass.m(); ++i)
            for (unsigned int j = 0; j < mass.n(); ++j)
            {
              const double product = inside_.shape_value(i, q) * inside_.shape_value(j, q);
              mass(i, j) += capacity * product;
              stiffness(i, j) += k * (inside_.shape_grad(i, q) * inside_.shape_grad(j, q)) + sink * product;
            }
        }
      }

      void add_surface()
      {
        const double warmer = setting_.coolant_temperature - setting_.start_temperature;
        for (const unsigned int q : wall_.quadrature_point_indices())
        {
          const double h =
            setting_.surface_transfer * square_metre * wall_.JxW(q) * space_.around_axis(wall_.quadrature_point(q));
          for (unsigned int i = 0; i < mass.m(); ++i)
          {
            external(i) += h * warmer * wall_.shape_value(i, q);
            for (unsigned int j = 0; j < mass.n(); ++j)
              stiffness(i, j) += h * wall_.shape_value(i, q) * wall_.shape_value(j, q);
          }
        }
      }

      const TreatmentSpace<dim> &space_;
      const HeatSetting &setting_;
      FEValues<dim> inside_;
      FEFaceValues<dim> wall_;

    public:
      FullMatrix<double> mass, stiffness;
      Vector<double> external;
    };
  } // namespace

  template <int dim>
  HeatConduction<dim>::HeatConduction(const TreatmentSpace<dim> &space,
                                      const TissueTable &tissues,
                                      const HeatSetting &setting)
    : space_(space)
    , mass_(space.pattern)
    , stiffness_(space.pattern)
    , matrix_(space.pattern)
    , external_(space.n_nodes())
    , active_(space.n_nodes())
    , capacity_(space.n_nodes())
  {
    for (unsigned int i = 0; i < space.n_nodes(); ++i)
    {
      const bool held = setting.walls_held && (space.on_bare_metal[i] || space.on_ground[i]);
      if (held || (setting.needle_as_hole && !space.in_tissue[i]))
        constraints_.add_line(i);
    }
    constraints_.merge(space.hanging_nodes, AffineConstraints<double>::left_object_wins);
    constraints_.close();
    assemble(tissues, setting);
  }

  template <int dim>
  void HeatConduction<dim>::assemble(const TissueTable &tissues, const HeatSetting &setting)
  {
    LocalHeat<dim> local(space_, setting);
    std::vector<types::global_dof_index> dofs(space_.element.n_dofs_per_cell());
    for (const auto &cell : space_.nodes.active_cell_iterators())
    {
      if (setting.needle_as_hole && is_needle(cell->material_id()))
        continue;
      local.integrate(cell, tissues.at(cell->material_id()));
      cell->get_dof_indices(dofs);
      constraints_.distribute_local_to_global(local.mass, dofs, mass_);
      constraints_.distribute_local_to_global(local.stiffness, dofs, stiffness_);
      constraints_.distribute_local_to_global(local.external, dofs, external_);
    }
    for (unsigned int i = 0; i < space_.n_nodes(); ++i)
    {
      active_(i) = constraints_.is_constrained(i) ? 0. : 1.;
      if (mass_.diag_element(i) == 0.)
        mass_.diag_element(i) = 1.; // inside a hole
    }
    apply_mass(capacity_, active_);
  }

  template <int dim>
  void HeatConduction<dim>::apply_mass(Vector<double> &product, const Vector<double> &rise) const
  {
    mass_.vmult(product, rise);
    constraints_.set_zero(product);
  }

  template <int dim>
  void HeatConduction<dim>::net_flow(Vector<double> &flow, const Vector<double> &rise, const bool external) const
  {
    stiffness_.vmult(flow, rise);
    flow *= -1.;
    if (external)
      flow += external_;
    constraints_.set_zero(flow);
  }

  template <int dim>
  void HeatConduction<dim>::prepare(const double step)
  {
    if (step == step_)
      return;
    matrix_.copy_from(mass_);
    matrix_.add(step, stiffness_);
    preconditioner_.initialize(matrix_);
    step_ = step;
  }

  template <int dim>
  void HeatConduction<dim>::solve(const double step,
                                  Vector<double> &x,
                                  const Vector<double> &right_side,
                                  const double accuracy)
  {
    prepare(step);
    constraints_.set_zero(x);
    SolverControl control(2000, accuracy * right_side.l2_norm());
    SolverCG<Vector<double>> solver(control);
    try
    {
      solver.solve(matrix_, x, right_side, preconditioner_);
    }
    catch (const SolverControl::NoConvergence &)
    {
      throw RunFailed("The heat around the needles could not be solved for; are the constants of the tissue sensible?");
    }
    Vector<double> residual(x.size()), of_even_rise(x.size());
    matrix_.residual(residual, x, right_side);
    matrix_.vmult(of_even_rise, active_);
    x.add(total(residual) / total(of_even_rise), active_);
    constraints_.distribute(x);
  }

  template class HeatConduction<2>;
  template class HeatConduction<3>;
} // namespace cutis
