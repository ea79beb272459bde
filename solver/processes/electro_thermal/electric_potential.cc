// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/electric_potential.h"

#include "base/errors.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/solver_cg.h>

namespace cutis
{
  using namespace dealii;

  template <int dim>
  ElectricPotential<dim>::ElectricPotential(const TreatmentSpace<dim> &space,
                                            const TissueTable &tissues,
                                            const ConductivityLaw &law)
    : space_(space)
    , tissues_(tissues)
    , law_(law)
    , matrix_(space.pattern)
    , right_side_(space.n_nodes())
    , potential_(space.n_nodes())
  {
    // Where an electrode meets the ground the ground prevails, and inside the metal nothing is solved for.
    for (unsigned int i = 0; i < space.n_nodes(); ++i)
      if (space.on_ground[i] || space.on_bare_metal[i] || !space.in_tissue[i])
      {
        constraints_.add_line(i);
        constraints_.set_inhomogeneity(i, space.on_bare_metal[i] && !space.on_ground[i] ? space.cell.share : 0.);
      }
    constraints_.merge(space.hanging_nodes, AffineConstraints<double>::left_object_wins);
    constraints_.close();
  }

  template <int dim>
  void ElectricPotential<dim>::assemble(const Vector<double> &temperature)
  {
    matrix_ = 0.;
    right_side_ = 0.;
    FEValues<dim> values(space_.mapping,
                         space_.element,
                         space_.quadrature,
                         update_values | update_gradients | update_quadrature_points | update_JxW_values);
    const unsigned int n = space_.element.n_dofs_per_cell();
    FullMatrix<double> cell_matrix(n, n);
    Vector<double> nothing(n);
    std::vector<double> at_points(values.n_quadrature_points);
    std::vector<types::global_dof_index> dofs(n);
    for (const auto &cell : space_.nodes.active_cell_iterators())
    {
      if (is_needle(cell->material_id()))
        continue;
      values.reinit(cell);
      values.get_function_values(temperature, at_points);
      cell->get_dof_indices(dofs);
      cell_matrix = 0.;
      const double sigma0 = tissues_.at(cell->material_id()).conductivity;
      for (const unsigned int q : values.quadrature_point_indices())
      {
        const double weight =
          sigma0 * law_.factor(at_points[q]) * metre * values.JxW(q) * space_.around_axis(values.quadrature_point(q));
        for (unsigned int i = 0; i < n; ++i)
        {
          const Tensor<1, dim> flux = weight * values.shape_grad(i, q);
          for (unsigned int j = 0; j <= i; ++j)
            cell_matrix(i, j) += flux * values.shape_grad(j, q);
        }
      }
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int j = i + 1; j < n; ++j)
          cell_matrix(i, j) = cell_matrix(j, i);
      constraints_.distribute_local_to_global(cell_matrix, nothing, dofs, matrix_, right_side_);
    }
    // Rows that no cell has touched, inside the metal.
    for (unsigned int i = 0; i < space_.n_nodes(); ++i)
      if (matrix_.diag_element(i) == 0.)
        matrix_.diag_element(i) = 1.;
  }

  template <int dim>
  const JouleHeat &ElectricPotential<dim>::solve(const Vector<double> &temperature)
  {
    const bool never_changes = law_.slope == 0.;
    if (!solved_ || !never_changes)
    {
      assemble(temperature);
      if (!solved_)
        preconditioner_.initialize(matrix_);
      SolverControl control(500, 1e-10 * right_side_.l2_norm());
      SolverCG<Vector<double>> solver(control);
      try
      {
        solver.solve(matrix_, potential_, right_side_, preconditioner_);
      }
      catch (const SolverControl::NoConvergence &)
      {
        throw RunFailed("The potential of the needles could not be solved for; is a layer without conductivity?");
      }
      constraints_.distribute(potential_);
      integrate_heat(temperature);
      solved_ = true;
    }
    return heat_;
  }

  template <int dim>
  void ElectricPotential<dim>::integrate_heat(const Vector<double> &temperature)
  {
    heat_.load.reinit(space_.n_nodes());
    FEValues<dim> values(space_.mapping,
                         space_.element,
                         space_.quadrature,
                         update_values | update_gradients | update_quadrature_points | update_JxW_values);
    const unsigned int n = space_.element.n_dofs_per_cell();
    std::vector<double> at_points(values.n_quadrature_points);
    std::vector<Tensor<1, dim>> field(values.n_quadrature_points);
    Vector<double> cell_load(n);
    std::vector<types::global_dof_index> dofs(n);
    double total = 0.;
    for (const auto &cell : space_.nodes.active_cell_iterators())
    {
      if (is_needle(cell->material_id()))
        continue;
      values.reinit(cell);
      values.get_function_values(temperature, at_points);
      values.get_function_gradients(potential_, field);
      cell->get_dof_indices(dofs);
      cell_load = 0.;
      const double sigma0 = tissues_.at(cell->material_id()).conductivity;
      for (const unsigned int q : values.quadrature_point_indices())
      {
        const double power = sigma0 * law_.factor(at_points[q]) * field[q].norm_square() * metre * values.JxW(q) *
                             space_.around_axis(values.quadrature_point(q));
        for (unsigned int i = 0; i < n; ++i)
          cell_load(i) += power * values.shape_value(i, q);
        total += power;
      }
      space_.hanging_nodes.distribute_local_to_global(cell_load, dofs, heat_.load);
    }
    heat_.conductance = space_.cell.copies * total; // W at one volt of the drive
    heat_.load /= heat_.conductance;
  }

  template class ElectricPotential<2>;
  template class ElectricPotential<3>;
} // namespace cutis
