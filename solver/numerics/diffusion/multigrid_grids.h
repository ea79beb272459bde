// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/multigrid_exchange.h"
#include "numerics/diffusion/multigrid_kernels.h"
#include "numerics/diffusion/multigrid_line.h"
#include "numerics/diffusion/tensor_grid.h"

#include <array>
#include <memory>
#include <vector>

namespace cutis
{
  /**
   * One grid of multigrid. Its planes across direction 2 are divided among the ranks in slabs; small grids are whole on
   * every rank, which then all do the same.
   */
  struct GridLevel
  {
    struct Line
    {
      std::vector<double> length, conductance; ///< as GridBox wants them
    };
    using Weighted = std::array<std::array<Line, 3>, n_weightings>;

    std::array<std::size_t, 3> n; ///< of the whole grid
    Weighted lines;
    std::array<std::array<LineTransfer, 3>, n_weightings> to_coarser; ///< empty at the coarsest
    bool whole;                                                       ///< every rank holds all planes
    unsigned int first, last;                                         ///< planes that this rank holds: [first, last)
    /** Planes that this rank restricts to: all that it holds, unless they are then collected on every rank. */
    unsigned int first_restricted, last_restricted;
    SlabNeighbours neighbours;

    std::size_t plane() const { return n[0] * n[1]; }
    std::size_t n_planes() const { return last - first; }
    std::size_t size() const { return plane() * n_planes(); } ///< nodes that this rank holds
    GridBox box(unsigned int weighting, double diffusivity) const;
  };

  /**
   * The grids of a mesh whose nodes are a tensor product, finest first, down to a single node. From grid to grid the
   * width up to which intervals are merged doubles, beginning with the finest interval: thin layers are merged first,
   * until the intervals of all directions are alike and the relaxation smooths in all of them.
   */
  class MultigridGrids
  {
  public:
    MultigridGrids(const TensorGrid &grid, MPI_Comm communicator);

    const std::vector<GridLevel> &levels() const { return levels_; }
    /** Between the nodes as the mesh numbers them and the slabs of the finest grid. */
    const SlabExchange &nodes() const { return *nodes_; }
    /** The first whole grid, whose planes are restricted in slabs and then collected on every rank. */
    unsigned int collecting_level() const { return collecting_level_; }
    /** First plane of each rank there, then the number of planes. */
    const std::vector<unsigned int> &collected() const { return collected_; }
    MPI_Comm communicator() const { return communicator_; }
    unsigned int n_ranks() const { return collected_.size() - 1; }
    /** From level `l` to the next. */
    GridTransfer transfer(unsigned int l, unsigned int weighting) const;

  private:
    void add_levels(std::array<GridLine, 3> lines);
    void add_level(const std::array<GridLine, 3> &lines, const std::vector<unsigned int> &first_planes);

    MPI_Comm communicator_;
    std::vector<GridLevel> levels_;
    unsigned int collecting_level_ = 0;
    std::vector<unsigned int> collected_;
    std::unique_ptr<const SlabExchange> nodes_;
  };
} // namespace cutis
