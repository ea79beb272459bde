// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/elastic/elastic_solver.h"

#include <deal.II/lac/solver_cg.h>

#include <Teuchos_ParameterList.hpp>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Translations and rotations, one after the other, each with the owned components. */
    template <int dim>
    std::vector<double> rigid_body_modes(const unsigned int n_nodes, const std::vector<Point<dim>> &positions)
    {
      constexpr unsigned int n_modes = dim == 3 ? 6 : 3;
      const std::size_t size = std::size_t(n_nodes) * dim;
      std::vector<double> modes(n_modes * size, 0.);
      for (unsigned int i = 0; i < n_nodes; ++i)
      {
        const Point<dim> &x = positions[i];
        for (int c = 0; c < dim; ++c)
          modes[c * size + i * dim + c] = 1.;
        unsigned int mode = dim;
        for (int a = 0; a < dim; ++a)
          for (int b = a + 1; b < dim; ++b, ++mode)
          {
            modes[mode * size + i * dim + a] = -x[b];
            modes[mode * size + i * dim + b] = x[a];
          }
      }
      return modes;
    }
  } // namespace

  template <int dim>
  void ElasticSolver<dim>::prepare(const TrilinosWrappers::SparseMatrix &matrix, const DisplacementSpace<dim> &space)
  {
    matrix_ = &matrix;
    rigid_body_modes_ = rigid_body_modes<dim>(space.nodes.n_owned, space.positions);

    TrilinosWrappers::PreconditionAMG::AdditionalData data;
    data.elliptic = true;
    data.smoother_type = "Chebyshev";
    data.smoother_sweeps = 2;
    data.aggregation_threshold = .02;
    Teuchos::ParameterList list;
    std::unique_ptr<Epetra_MultiVector> constant_modes;
    data.set_parameters(list, constant_modes, matrix);
    list.set("null space: type", "pre-computed");
    list.set("null space: dimension", dim == 3 ? 6 : 3);
    list.set("null space: vectors", rigid_body_modes_.data());
    multigrid_.initialize(matrix, list);
  }

  template <int dim>
  unsigned int
  ElasticSolver<dim>::solve(const NodalVector &right_hand_side, const double tolerance, NodalVector &solution) const
  {
    SolverControl control(1000, tolerance * right_hand_side.l2_norm());
    SolverCG<NodalVector> conjugate_gradients(control);
    solution = 0.;
    conjugate_gradients.solve(*matrix_, solution, right_hand_side, multigrid_);
    return control.last_step();
  }

  template class ElasticSolver<2>;
  template class ElasticSolver<3>;
} // namespace cutis
