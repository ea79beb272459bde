// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/multigrid_grids.h"
#include "numerics/diffusion/stencil.h"

namespace cutis
{
  /**
   * A V-cycle for each field of a batch A = V d + D K, as preconditioner of conjugate gradients: symmetric and
   * positive. Two steps of Chebyshev-Jacobi relaxation before and after the coarser grids, whose operators are set up
   * from lengths and conductances like the finest one. It gives the same
   * on any number of ranks; in single precision it would do so only to 1e-6, because rounding is then seen in the
   * fields. With the Chebyshev polynomial of other meshes instead, processor time is 3.6 times as long on
   * parameters/plla.prm and 4.5 times on the reference problem with a million nodes.
   */
  class Multigrid
  {
  public:
    Multigrid(std::shared_ptr<const MultigridGrids> grids, unsigned int n_fields);

    /** Take over the operator of these fields. */
    void prepare(const DiffusionBatch &batch, const std::vector<unsigned int> &fields);

    /** correction = the V-cycle applied to the residual, for these fields. */
    void apply(const double *residual, const std::vector<unsigned int> &fields, double *correction);

  private:
    /** Of each grid: reaction, right-hand side, solution and one more. */
    struct Vectors
    {
      SlabVector d, b, x, other;
    };
    using Fields = std::vector<unsigned int>;

    void restrict_reaction(unsigned int l, const Fields &fields);
    void cycle(unsigned int l, const Fields &fields);
    void relax_from_zero(unsigned int l, const Fields &fields);
    void relax_again(unsigned int l, const Fields &fields);
    void restrict_down(unsigned int l, const Fields &fields);
    void prolongate_up(unsigned int l, const Fields &fields);
    void update(unsigned int l, SlabVector &vector, const Fields &fields);
    GridBox box(unsigned int l, unsigned int field) const;

    std::shared_ptr<const MultigridGrids> grids_;
    unsigned int n_fields_;
    std::vector<double> diffusivity_;
    std::vector<unsigned int> weighting_;
    std::vector<Vectors> vectors_;
    std::vector<double> row_;
  };
} // namespace cutis
