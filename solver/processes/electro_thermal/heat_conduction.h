// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/electro_thermal/electro_thermal_setting.h"
#include "processes/electro_thermal/treatment_space.h"

#include <deal.II/lac/sparse_ilu.h>
#include <deal.II/lac/sparse_matrix.h>

namespace cutis
{
  /**
   * Pennes' equation for the rise u = T - T_start in tissue and metal,
   *
   *   rho c u' = div(k grad u) + q - wb rhob cb u,   -k du/dn = h (u + T_start - T_coolant) on the skin surface,
   *
   * as M u' = g - K u + (load of q). In u the constraints of nodes are homogeneous, so that M and K apply to it.
   */
  template <int dim>
  class HeatConduction
  {
  public:
    HeatConduction(const TreatmentSpace<dim> &space, const TissueTable &tissues, const HeatSetting &setting);

    /** Mass times `rise` [J] */
    void apply_mass(dealii::Vector<double> &product, const dealii::Vector<double> &rise) const;
    /** g - K `rise` [W]; without `external`, -K `rise`. */
    void net_flow(dealii::Vector<double> &flow, const dealii::Vector<double> &rise, bool external = true) const;
    /**
     * Solve (M + step K) x = `right_side` by conjugate gradients from the given x, to this accuracy relative to the
     * right side. What they leave of the residual is spread evenly, so that heat is conserved to round-off. RunFailed
     * if the solver gives up.
     */
    void
    solve(double step, dealii::Vector<double> &x, const dealii::Vector<double> &right_side, double accuracy = 1e-7);

    /** Heat of a load, or of a mass times a rise, over the modelled part [W, J]. */
    double total(const dealii::Vector<double> &load) const { return active_ * load; }
    /** Heat per rise of a node, the row sum of M [J/K]. */
    const dealii::Vector<double> &capacity() const { return capacity_; }
    /** Clear nodes that are not part of the heat problem or held. */
    void clear_inactive(dealii::Vector<double> &v) const { constraints_.set_zero(v); }
    bool is_active(const unsigned int node) const { return active_(node) != 0.; }

  private:
    void assemble(const TissueTable &tissues, const HeatSetting &setting);
    void prepare(double step);

    const TreatmentSpace<dim> &space_;
    dealii::AffineConstraints<double> constraints_;
    dealii::SparseMatrix<double> mass_, stiffness_, matrix_;
    dealii::Vector<double> external_, active_, capacity_;
    dealii::SparseILU<double> preconditioner_;
    double step_ = -1.;
  };
} // namespace cutis
