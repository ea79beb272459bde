// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/state/state.h"

#include <functional>

namespace cutis
{
  class Parameters;

  /** When cells are halved and merged. */
  struct AdaptationSettings
  {
    bool enabled = false;
    double every = 7.;         ///< d
    double refine_above = .10; ///< variation over a cell, relative to the size of the field
    double coarsen_below = .02;
    int most = 3;     ///< halvings of a cell of the starting mesh
    int coarsest = 0; ///< level below which cells are not merged; not a parameter, see start_from
    int start = 0;    ///< level of the starting mesh

    void declare(Parameters &parameters);
    /** Count from a uniform mesh of this level, `refinement` of whose refinements may be taken back. */
    void start_from(int level, int refinement);
  };

  /**
   * Halve the cells over which a field varies by more than `refine_above` of its size, merge those over which none
   * varies by more than `coarsen_below`, and carry the fields over by interpolation; fields that are zero in health
   * keep their total. The criterion is local and ranks tell one another their flags, so that the mesh does not depend
   * on the number of ranks. Returns whether the mesh has changed; the discretization and the vectors of the state then
   * belong to the new mesh.
   */
  template <int dim>
  bool adapt_mesh(const AdaptationSettings &settings,
                  const FieldLayout &layout,
                  const LayerContents &contents,
                  Discretization<dim> &discretization,
                  State &state,
                  State *carried = nullptr);
} // namespace cutis
