// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/stencil.h"
#include "numerics/space/discretization.h"

#include <deal.II/base/symmetric_tensor.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>

#include <functional>

namespace cutis
{
  /**
   * Edges of the diffusion with a tensor D at the nodes, relative to the isotropic one: K(D) - K(I), weighted with the
   * content of the layers. The same trapezoidal rule at the vertices of the cells, each with the tensor of its node.
   */
  template <int dim>
  class Guidance
  {
  public:
    using Tensor = dealii::SymmetricTensor<2, dim>;

    Guidance(const Discretization<dim> &discretization, const LayerContents &contents);

    /** For a new mesh. */
    void rebuild();

    /** Assemble anew for a tensor at each owned node, relative to the isotropic diffusivity. Collective. */
    void update(const std::function<Tensor(unsigned int node)> &tensor);

    const GuidedEdges &edges() const { return edges_; }

  private:
    void extract_edges();

    const Discretization<dim> &discretization_;
    const LayerContents &contents_;
    dealii::TrilinosWrappers::SparseMatrix matrix_;
    GuidedEdges edges_;
  };
} // namespace cutis
