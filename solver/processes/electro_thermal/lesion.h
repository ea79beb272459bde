// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/electro_thermal/treatment_space.h"

#include <deal.II/grid/grid_tools_cache.h>

namespace cutis
{
  /** The tissue of which half or more is destroyed. A pair of needles has two such volumes, until they merge. */
  struct Lesion
  {
    double volume = 0.;            ///< of the whole treatment cell [mm^3]
    double width = 0.;             ///< largest extent across the row of needles, or diameter around a single one [mm]
    double inner = 0., outer = 0.; ///< extent along the row, as distances from the middle of the pair or the axis [mm]
    double top = 0., bottom = 0.;  ///< depths [mm]
  };

  /**
   * Measure the lesion of a damage integral Omega at the nodes. The rim is thinner than cells are: the logarithm of
   * Omega, which is smooth, is interpolated to `samples`^dim points of every cell that the rim may cut.
   */
  template <int dim>
  Lesion
  measure_lesion(const TreatmentSpace<dim> &space, const dealii::Vector<double> &damage, unsigned int samples = 8);

  /** Values of nodal fields anywhere in a treatment cell, and in its mirror images. */
  template <int dim>
  class TreatmentSampler
  {
  public:
    explicit TreatmentSampler(const TreatmentSpace<dim> &space);

    /**
     * Choose the place, relative to the middle of the pair or the foot of the axis [mm], height negative. False if it
     * lies outside of the cell.
     */
    bool go_to(const dealii::Point<3> &place);
    /** Of a nodal field, like the temperature, at the chosen place. */
    double value(const dealii::Vector<double> &field) const { return interpolate(field, false); }
    /** Omega at the chosen place: its logarithm is interpolated. */
    double damage(const dealii::Vector<double> &omega) const { return interpolate(omega, true); }

  private:
    double interpolate(const dealii::Vector<double> &field, bool logarithm) const;

    const TreatmentSpace<dim> &space_;
    dealii::GridTools::Cache<dim> cache_;
    typename dealii::Triangulation<dim>::active_cell_iterator hint_;
    std::vector<dealii::types::global_dof_index> dofs_;
    std::vector<double> weights_;
  };
} // namespace cutis
