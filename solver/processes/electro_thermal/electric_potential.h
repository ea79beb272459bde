// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/electro_thermal/electro_thermal_setting.h"
#include "processes/electro_thermal/treatment_space.h"

#include <deal.II/lac/sparse_ilu.h>
#include <deal.II/lac/sparse_matrix.h>

#include <memory>

namespace cutis
{
  /** The heat of the current at 1 W: where the power of the drive goes. */
  struct JouleHeat
  {
    dealii::Vector<double> load; ///< integral of q with each shape function; its sum times the copies is 1 W
    double conductance;          ///< of the whole treatment cell [S]
  };

  /**
   * The potential, div(sigma(T) grad phi) = 0 in the tissue: given on the bare metal, zero at the ground, no current
   * through skin, shaft and mirror planes. The metal is an electrode of finite size, never a point or a line: its rims
   * carry a singular but integrable density of heat.
   *
   * Conjugate gradients, preconditioned by the incomplete factors of the matrix that was assembled first: on cells this
   * flat at the rims they need less than algebraic multigrid, and a drive changes sigma by no more than a factor of
   * two.
   */
  template <int dim>
  class ElectricPotential
  {
  public:
    ElectricPotential(const TreatmentSpace<dim> &space, const TissueTable &tissues, const ConductivityLaw &law);

    /** Solve at these nodal temperatures [degrees Celsius]. RunFailed if the solver gives up. */
    const JouleHeat &solve(const dealii::Vector<double> &temperature);

    /** phi [V per volt of the drive]; zero inside the needle. */
    const dealii::Vector<double> &potential() const { return potential_; }

  private:
    void assemble(const dealii::Vector<double> &temperature);
    void integrate_heat(const dealii::Vector<double> &temperature);

    const TreatmentSpace<dim> &space_;
    const TissueTable &tissues_;
    const ConductivityLaw law_;
    dealii::AffineConstraints<double> constraints_;
    dealii::SparseMatrix<double> matrix_;
    dealii::Vector<double> right_side_, potential_;
    dealii::SparseILU<double> preconditioner_;
    JouleHeat heat_ = {{}, 0.};
    bool solved_ = false;
  };
} // namespace cutis
