// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/lac/trilinos_sparse_matrix.h>

namespace cutis
{
  /** A row of a matrix as Trilinos keeps it; the iterators of deal.II would clear a whole vector at every row. */
  struct MatrixRow
  {
    int n = 0;
    double *values = nullptr;
    int *columns = nullptr; ///< in the numbering of this rank

    MatrixRow(const dealii::TrilinosWrappers::SparseMatrix &matrix, const dealii::types::global_dof_index row)
    {
      const Epetra_CrsMatrix &m = matrix.trilinos_matrix();
      m.ExtractMyRowView(m.LRID(static_cast<dealii::TrilinosWrappers::types::int_type>(row)), n, values, columns);
    }
  };
} // namespace cutis
