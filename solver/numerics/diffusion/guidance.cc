// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/guidance.h"

#include "numerics/elastic/matrix_rows.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/trilinos_sparsity_pattern.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr unsigned int components(const int dim)
    {
      return dim * (dim + 1) / 2;
    }
  } // namespace

  template <int dim>
  Guidance<dim>::Guidance(const Discretization<dim> &discretization, const LayerContents &contents)
    : discretization_(discretization)
    , contents_(contents)
  {
  }

  template <int dim>
  void Guidance<dim>::rebuild()
  {
    const auto &d = discretization_;
    const IndexSet &owned = d.nodes.locally_owned_dofs();
    IndexSet relevant;
    DoFTools::extract_locally_relevant_dofs(d.nodes, relevant);
    TrilinosWrappers::SparsityPattern pattern(owned, owned, relevant, d.communicator);
    DoFTools::make_sparsity_pattern(
      d.nodes, pattern, d.constraints, false, Utilities::MPI::this_mpi_process(d.communicator));
    pattern.compress();
    matrix_.reinit(pattern);
  }

  template <int dim>
  void Guidance<dim>::update(const std::function<Tensor(unsigned int)> &tensor)
  {
    const auto &d = discretization_;
    constexpr unsigned int n_parts = components(dim);
    NodalVector tensors = d.graph.make_vector(n_parts);
    double largest = 1.;
    for (unsigned int i = 0; i < d.graph.n_owned; ++i)
    {
      const Tensor D = tensor(i);
      largest = std::max(largest, eigenvalues(D)[0]);
      for (unsigned int c = 0; c < n_parts; ++c)
        tensors.local_element(i * n_parts + c) = D.access_raw_entry(c);
    }
    d.graph.complete(tensors, n_parts);
    edges_.majorant = Utilities::MPI::max(largest, d.communicator);

    const QGaussLobatto<dim> vertices(2);
    FEValues<dim> gradient(d.mapping, d.element, vertices, update_gradients | update_JxW_values);
    const unsigned int n = d.element.n_dofs_per_cell();
    FullMatrix<double> cell_matrix(n, n);
    std::vector<types::global_dof_index> dofs(n);
    matrix_ = 0.;
    for (const auto &cell : d.nodes.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        gradient.reinit(cell);
        cell->get_dof_indices(dofs);
        cell_matrix = 0.;
        for (const unsigned int q : gradient.quadrature_point_indices()) // the vertices, in the order of the nodes
        {
          Tensor excess;
          for (unsigned int c = 0; c < n_parts; ++c)
            excess.access_raw_entry(c) = tensors(dofs[q] * n_parts + c);
          excess -= unit_symmetric_tensor<dim>();
          for (unsigned int i = 0; i < n; ++i)
            for (unsigned int j = 0; j < n; ++j)
              cell_matrix(i, j) += gradient.shape_grad(i, q) * (excess * gradient.shape_grad(j, q)) * gradient.JxW(q) *
                                   contents_[cell->material_id()];
        }
        d.constraints.distribute_local_to_global(cell_matrix, dofs, matrix_);
      }
    matrix_.compress(VectorOperation::add);
    extract_edges();
  }

  /** Rows of the matrix as edges, with the sign of a conductance. */
  template <int dim>
  void Guidance<dim>::extract_edges()
  {
    const auto &d = discretization_;
    const Utilities::MPI::Partitioner local(d.graph.owned, d.graph.ghosts, d.communicator);
    const Epetra_Map &columns = matrix_.trilinos_matrix().ColMap();
    edges_.row_start.assign(1, 0);
    edges_.column.clear();
    edges_.weight.clear();
    for (const auto row : d.graph.owned)
    {
      if (!d.constraints.is_constrained(row))
      {
        const MatrixRow entries(matrix_, row);
        for (int e = 0; e < entries.n; ++e)
        {
          const types::global_dof_index column = columns.GID(entries.columns[e]);
          if (column == row || std::abs(entries.values[e]) <= 1e-300)
            continue;
          edges_.column.push_back(local.global_to_local(column));
          edges_.weight.push_back(-entries.values[e]);
        }
      }
      edges_.row_start.push_back(edges_.column.size());
    }
  }

  template class Guidance<2>;
  template class Guidance<3>;
} // namespace cutis
