// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/lesion.h"

#include "model/heat/thermal_damage.h"

#include <deal.II/grid/grid_tools.h>

#include <algorithm>
#include <limits>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Logarithm of a damage; tissue that was never warm gets a very small one instead of minus infinity. */
    double log_damage(const double damage)
    {
      return std::log(std::max(damage, 1e-30));
    }

    Vector<double> logarithm(const Vector<double> &damage)
    {
      Vector<double> result(damage.size());
      for (unsigned int i = 0; i < damage.size(); ++i)
        result(i) = log_damage(damage(i));
      return result;
    }

    /** Extends the lesion to a point of it. */
    template <int dim>
    void include(const Point<dim> &point, Lesion &lesion)
    {
      lesion.width = std::max(lesion.width, 2. * (dim == 2 ? point[0] : point[1]));
      lesion.inner = std::min(lesion.inner, point[0]);
      lesion.outer = std::max(lesion.outer, point[0]);
      lesion.top = std::min(lesion.top, -point[dim - 1]);
      lesion.bottom = std::max(lesion.bottom, -point[dim - 1]);
    }
  } // namespace

  template <int dim>
  Lesion measure_lesion(const TreatmentSpace<dim> &space, const Vector<double> &damage, const unsigned int samples)
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const Vector<double> log_omega = logarithm(damage);
    const double rim = std::log(half_damage);
    const auto flags = update_values | update_quadrature_points | update_JxW_values;
    const QIterated<dim> fine_points = QIterated<dim>(QMidpoint<1>(), samples);
    FEValues<dim> values(space.mapping, space.element, fine_points, flags);

    std::vector<double> at_points(fine_points.size());
    std::vector<types::global_dof_index> dofs(space.element.n_dofs_per_cell());
    Lesion lesion;
    lesion.inner = lesion.top = infinity;
    for (const auto &cell : space.nodes.active_cell_iterators())
    {
      if (is_needle(cell->material_id()))
        continue;
      cell->get_dof_indices(dofs);
      // Between nodes the interpolant may pass their values, so that only cells far below the rim are left out.
      const double highest = log_omega(
        *std::max_element(dofs.begin(), dofs.end(), [&](auto a, auto b) { return log_omega(a) < log_omega(b); }));
      if (highest < rim - 1.)
        continue;
      values.reinit(cell);
      values.get_function_values(log_omega, at_points);
      for (const unsigned int q : values.quadrature_point_indices())
        if (at_points[q] >= rim)
        {
          const Point<dim> &point = values.quadrature_point(q);
          lesion.volume += space.cell.copies * values.JxW(q) * space.around_axis(point);
          include(point, lesion);
        }
    }
    return lesion.volume > 0. ? lesion : Lesion();
  }

  template <int dim>
  TreatmentSampler<dim>::TreatmentSampler(const TreatmentSpace<dim> &space)
    : space_(space)
    , cache_(space.cell.triangulation, space.mapping)
    , hint_(space.cell.triangulation.begin_active())
    , dofs_(space.element.n_dofs_per_cell())
    , weights_(space.element.n_dofs_per_cell())
  {
  }

  template <int dim>
  bool TreatmentSampler<dim>::go_to(const Point<3> &place)
  {
    Point<dim> point;
    if constexpr (dim == 2)
      point = Point<2>(std::hypot(place[0], place[1]), place[2]);
    else
      point = Point<3>(std::abs(place[0]), std::abs(place[1]), place[2]);
    const auto [cell, unit] = GridTools::find_active_cell_around_point(cache_, point, hint_, {}, 1e-9);
    if (cell == space_.cell.triangulation.end())
      return false;
    hint_ = cell;
    typename DoFHandler<dim>::active_cell_iterator(
      &space_.cell.triangulation, cell->level(), cell->index(), &space_.nodes)
      ->get_dof_indices(dofs_);
    for (unsigned int i = 0; i < dofs_.size(); ++i)
      weights_[i] = space_.element.shape_value(i, unit);
    return true;
  }

  template <int dim>
  double TreatmentSampler<dim>::interpolate(const Vector<double> &field, const bool logarithm) const
  {
    double sum = 0.;
    for (unsigned int i = 0; i < dofs_.size(); ++i)
      sum += weights_[i] * (logarithm ? log_damage(field(dofs_[i])) : field(dofs_[i]));
    return logarithm ? std::exp(sum) : sum;
  }

  template Lesion measure_lesion(const TreatmentSpace<2> &, const Vector<double> &, unsigned int);
  template Lesion measure_lesion(const TreatmentSpace<3> &, const Vector<double> &, unsigned int);
  template class TreatmentSampler<2>;
  template class TreatmentSampler<3>;
} // namespace cutis
