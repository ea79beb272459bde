// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/multigrid_grids.h"
#include "numerics/diffusion/stencil.h"

namespace cutis
{
  /** The vectors of V-cycles and of conjugate gradients on all grids. Solves one after the other share them. */
  struct GridVectors
  {
    /** Of each grid: right-hand side, solution and one more. */
    struct OfGrid
    {
      SlabVector b, x, other;
    };

    /** Room for `n_fields` at once. */
    GridVectors(const MultigridGrids &grids, unsigned int n_fields);

    std::vector<OfGrid> grids; ///< without right-hand side on the finest, where it is the residual
    SlabVector residual, solution, direction, image;
    std::vector<double> row; ///< of the finest grid
  };

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
    Multigrid(std::shared_ptr<const MultigridGrids> grids, unsigned int n_fields, std::shared_ptr<GridVectors> vectors);

    /** Take over the operator of all fields; `reaction` of the batch lies as `layout` says. Returns the largest ratio
     * of diffusion to reaction in the diagonal of each field, of this rank. */
    std::vector<double> prepare(const DiffusionBatch &batch, const NodeLayout &layout);
    /** Make the coarser operators of these fields, which V-cycles need. */
    void prepare_cycles(const SlabFields &fields);

    /** Solution of the finest grid = the V-cycle applied to the residual, for these fields. */
    void cycle(const SlabFields &fields);

    const MultigridGrids &grids() const { return *grids_; }
    /** The finest grid and the operator of a field there. */
    GridBox box(const unsigned int field) const { return box(0, field); }
    const double *reaction(const unsigned int field) const { return reaction_[0].field(field); }
    const double *inverse_diagonal(const unsigned int field) const { return inverse_[0].field(field); }
    /** Fill the planes of the neighbours on the finest grid. */
    void update(SlabVector &vector, const SlabFields &fields) const { update(0, vector, fields); }

  private:
    void restrict_reaction(unsigned int l, const SlabFields &fields);
    void cycle(unsigned int l, const SlabVector &b, const SlabFields &fields);
    void relax_from_zero(unsigned int l, const SlabVector &b, const SlabFields &fields);
    void relax_again(unsigned int l, const SlabVector &b, const SlabFields &fields);
    void restrict_down(unsigned int l, const SlabFields &fields);
    void prolongate_up(unsigned int l, const SlabFields &fields);
    void update(unsigned int l, SlabVector &vector, const SlabFields &fields) const;
    GridBox box(unsigned int l, unsigned int field) const;
    double invert(unsigned int l, unsigned int field);

    std::shared_ptr<const MultigridGrids> grids_;
    std::shared_ptr<GridVectors> vectors_;
    std::vector<double> diffusivity_;
    std::vector<unsigned int> weighting_;
    std::vector<SlabVector> reaction_; ///< of each grid; slots are the fields
    std::vector<SlabVector> inverse_;  ///< of the diagonals
  };
} // namespace cutis
