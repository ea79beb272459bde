// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/mechanics/splint.h"

#include <deal.II/lac/affine_constraints.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>
#include <deal.II/lac/trilinos_sparsity_pattern.h>

#include <array>
#include <string>

namespace cutis
{
  /** Forces on the nodes of the displacement and their derivative. */
  template <int dim>
  class Equilibrium
  {
  public:
    /** Where the first element has turned inside out, if one has. */
    struct Inversion
    {
      bool found = false;
      dealii::Point<dim> place;
    };

    Equilibrium(const SkinTissue<dim> &tissue, const Splint<dim> &splint, const Discretization<dim> &discretization);

    /** Constraints, sparsity and springs on the present mesh. */
    void rebuild();

    /**
     * Forces out of balance [mN; mN/mm in a section],
     * \f[ R = \int (P(F) - P_{healthy}(I)) : \nabla v - \lambda \int \rho J_g\, g \cdot v + \int k\, u \cdot v. \f]
     * The healthy stress is that of the same point, so that healthy skin rests exactly in the shape of the mesh,
     * whatever its layers: for flat layers the difference is a divergence-free stress with the tractions of the skin
     * around. With `matrix`, its derivative as well. Collective.
     */
    Inversion assemble(const NodalVector &table,
                       const NodalVector &displacement,
                       double gravity_share,
                       NodalVector &residual,
                       dealii::TrilinosWrappers::SparseMatrix *matrix) const;

    /** Derivative of the forces by a uniform strain [per unit strain]; the response of a patch to being stretched. */
    void assemble_strain_load(const NodalVector &table,
                              const NodalVector &displacement,
                              const Symmetric &strain,
                              NodalVector &load) const;

    /** Norm of the forces that healthy stress and gravity exert inside the cells: what residuals are compared with. */
    double reference_force() const { return reference_force_; }

    const dealii::AffineConstraints<double> &constraints() const { return constraints_; }
    const dealii::TrilinosWrappers::SparsityPattern &pattern() const { return pattern_; }

  private:
    Inversion of_first_rank(Inversion inversion) const;
    void add_springs(const NodalVector &displacement,
                     NodalVector &residual,
                     dealii::TrilinosWrappers::SparseMatrix *matrix) const;

    void make_constraints();
    void make_springs();
    void measure_reference();

    const SkinTissue<dim> &tissue_;
    const Splint<dim> &splint_;
    const Discretization<dim> &discretization_;
    dealii::AffineConstraints<double> constraints_;
    dealii::TrilinosWrappers::SparsityPattern pattern_;
    NodalVector springs_; ///< stiffness at the nodes, dim components [kPa mm]
    double reference_force_ = 0.;
  };

  /** Components of a strain, off-diagonals twice. */
  using Strain = std::array<double, symmetric_components>;

  /** The change of Green strain by a displacement of a node along an axis. */
  Strain strain_of(const Deformation &F, int axis, const dealii::Tensor<1, 3> &gradient);
} // namespace cutis
