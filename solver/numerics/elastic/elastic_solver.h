// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/displacement_space.h"

#include <deal.II/lac/trilinos_precondition.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>

#include <vector>

namespace cutis
{
  /**
   * Conjugate gradients for displacements of the nodes, preconditioned with the algebraic multigrid of Trilinos ML,
   * which is told the rigid-body modes (six, in a section three): without them it takes several times the iterations.
   */
  template <int dim>
  class ElasticSolver
  {
  public:
    /** Set the multigrid up for a matrix, of which it keeps a reference. */
    void prepare(const dealii::TrilinosWrappers::SparseMatrix &matrix, const DisplacementSpace<dim> &space);

    /**
     * Solve with the last matrix, to `tolerance` relative to the right-hand side; returns the iterations.
     * SolverControl::NoConvergence if 1000 are not enough.
     */
    unsigned int solve(const NodalVector &right_hand_side, double tolerance, NodalVector &solution) const;

  private:
    const dealii::TrilinosWrappers::SparseMatrix *matrix_ = nullptr;
    dealii::TrilinosWrappers::PreconditionAMG multigrid_;
    std::vector<double> rigid_body_modes_; ///< must live as long as the multigrid
  };
} // namespace cutis
