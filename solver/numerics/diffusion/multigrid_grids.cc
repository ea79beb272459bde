// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/multigrid_grids.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <limits>

namespace cutis
{
  namespace
  {
    /** Fewer planes than this are not worth a rank of their own. */
    constexpr unsigned int planes_per_rank = 4;
    /** A grid of so few nodes is relaxed sooner than messages travel. */
    constexpr std::size_t few_nodes = 2000;

    /** Directions of the mesh in the order of their size with the smallest in the middle: long rows, small slab faces.
     */
    std::array<unsigned int, 3> order_of_directions(const TensorGrid &grid)
    {
      std::array<unsigned int, 3> order{0, 1, 2};
      std::stable_sort(order.begin(),
                       order.end(),
                       [&](const unsigned int a, const unsigned int b)
                       { return grid.coordinates[a].size() < grid.coordinates[b].size(); });
      std::swap(order[0], order[1]);
      return order;
    }

    /** First plane of each rank, then the number of planes. */
    std::vector<unsigned int> divide_planes(const unsigned int n, const unsigned int n_ranks)
    {
      const unsigned int users = std::clamp(n / planes_per_rank, 1u, n_ranks);
      std::vector<unsigned int> first(n_ranks + 1, n);
      for (unsigned int r = 0; r < users; ++r)
        first[r] = static_cast<std::size_t>(n) * r / users;
      return first;
    }

    /** The same for a coarser grid: a plane stays where it was. */
    std::vector<unsigned int> pass_on(const std::vector<unsigned int> &first, const std::vector<unsigned int> &kept)
    {
      std::vector<unsigned int> coarse(first.size());
      for (std::size_t r = 0; r < first.size(); ++r)
        coarse[r] = std::lower_bound(kept.begin(), kept.end(), first[r]) - kept.begin();
      return coarse;
    }

    /** Would a rank that takes part run out of planes? */
    bool leaves_a_rank_empty(const std::vector<unsigned int> &fine, const std::vector<unsigned int> &coarse)
    {
      for (std::size_t r = 0; r + 1 < fine.size(); ++r)
        if (fine[r] < fine[r + 1] && coarse[r] == coarse[r + 1])
          return true;
      return false;
    }

    GridLevel::Line line_of(const GridLine::Weights &weights)
    {
      GridLevel::Line line;
      line.length.assign(weights.length.begin(), weights.length.end());
      line.conductance.assign(1, 0.);
      line.conductance.insert(line.conductance.end(), weights.conductance.begin(), weights.conductance.end());
      line.conductance.push_back(0.);
      return line;
    }
  } // namespace

  GridBox GridLevel::box(const unsigned int weighting, const double diffusivity) const
  {
    const auto &l = lines[weighting];
    return {{n[0], n[1], n_planes()},
            {l[0].length.data(), l[1].length.data(), l[2].length.data() + first},
            {l[0].conductance.data(), l[1].conductance.data(), l[2].conductance.data() + first},
            diffusivity};
  }

  MultigridGrids::MultigridGrids(const TensorGrid &grid, MPI_Comm communicator) : communicator_(communicator)
  {
    const std::array<unsigned int, 3> order = order_of_directions(grid);
    std::array<GridLine, 3> lines;
    for (unsigned int a = 0; a < 3; ++a)
    {
      const auto &coordinates = grid.coordinates[order[a]];
      lines[a] = make_line(coordinates, order[a] == 2 ? grid.content : std::vector<double>(coordinates.size(), 1.));
    }
    // The content weighs the whole grid, so it belongs to the direction of the depth alone; both weightings of the
    // other directions are the same.
    collected_ = divide_planes(lines[2].n(), dealii::Utilities::MPI::n_mpi_processes(communicator));
    std::vector<dealii::types::global_dof_index> first(collected_.begin(), collected_.end());
    for (auto &f : first)
      f *= lines[0].n() * lines[1].n();

    std::vector<dealii::types::global_dof_index> places(grid.place.size());
    for (std::size_t i = 0; i < places.size(); ++i)
    {
      dealii::types::global_dof_index rest = grid.place[i];
      std::array<unsigned int, 3> index;
      for (unsigned int direction = 0; direction < 3; ++direction)
      {
        index[direction] = rest % grid.coordinates[direction].size();
        rest /= grid.coordinates[direction].size();
      }
      places[i] = index[order[0]] + lines[0].n() * (index[order[1]] + lines[1].n() * index[order[2]]);
    }
    nodes_ = std::make_unique<SlabExchange>(places, first, communicator);
    add_levels(lines);
  }

  void MultigridGrids::add_levels(std::array<GridLine, 3> lines)
  {
    const auto n_nodes = [&] { return std::size_t(lines[0].n()) * lines[1].n() * lines[2].n(); };
    double width = std::numeric_limits<double>::max();
    for (const GridLine &line : lines)
      for (const double h : line.spacing)
        width = std::min(width, h);
    std::vector<unsigned int> first = collected_;
    add_level(lines, first);
    while (n_nodes() > 1)
    {
      const std::size_t before = n_nodes();
      width *= 2.;
      std::array<CoarserLine, 3> coarser;
      for (unsigned int a = 0; a < 3; ++a)
      {
        coarser[a] = coarsen(lines[a], width);
        lines[a] = coarser[a].line;
      }
      if (n_nodes() == before)
        continue;
      for (unsigned int w = 0; w < n_weightings; ++w)
        for (unsigned int a = 0; a < 3; ++a)
          levels_.back().to_coarser[w][a] = coarser[a].transfer[w];
      const std::vector<unsigned int> fine = first;
      first = pass_on(fine, levels_.back().to_coarser[0][2].fine);
      if (!levels_.back().whole)
      {
        collected_ = first;
        collecting_level_ = levels_.size();
        if (leaves_a_rank_empty(fine, first) || n_nodes() <= few_nodes)
          first.clear();
      }
      add_level(lines, first);
    }
  }

  /** An empty `first_planes` stands for a level that is whole on every rank. */
  void MultigridGrids::add_level(const std::array<GridLine, 3> &lines, const std::vector<unsigned int> &first_planes)
  {
    const unsigned int rank = dealii::Utilities::MPI::this_mpi_process(communicator_);
    GridLevel level;
    for (unsigned int a = 0; a < 3; ++a)
    {
      level.n[a] = lines[a].n();
      for (unsigned int w = 0; w < n_weightings; ++w)
        level.lines[w][a] = line_of(lines[a].weights[w]);
    }
    level.whole = first_planes.empty();
    level.first = 0;
    level.last = level.n[2];
    if (!level.whole)
    {
      level.first = first_planes[rank];
      level.last = first_planes[rank + 1];
      // Ranks with planes come first, so that neighbours in space are neighbours in number.
      if (level.first < level.last)
      {
        level.neighbours.before = level.first > 0 ? static_cast<int>(rank) - 1 : -1;
        level.neighbours.after = level.last < level.n[2] ? static_cast<int>(rank) + 1 : -1;
      }
    }
    level.first_restricted = level.first;
    level.last_restricted = level.last;
    if (level.whole && levels_.size() == collecting_level_)
    {
      level.first_restricted = collected_[rank];
      level.last_restricted = collected_[rank + 1];
    }
    levels_.push_back(std::move(level));
  }

  GridTransfer MultigridGrids::transfer(const unsigned int l, const unsigned int weighting) const
  {
    const GridLevel &fine = levels_[l], &coarse = levels_[l + 1];
    GridTransfer t;
    for (unsigned int a = 0; a < 3; ++a)
    {
      const LineTransfer &line = fine.to_coarser[weighting][a];
      const unsigned int f = a == 2 ? fine.first : 0, c = a == 2 ? coarse.first_restricted : 0;
      t.fine[a] = line.fine.data() + c;
      t.from_below[a] = line.from_below.data() + c;
      t.from_above[a] = line.from_above.data() + c;
      t.below[a] = line.below.data() + f;
      t.share_below[a] = line.share_below.data() + f;
      t.share_above[a] = line.share_above.data() + f;
    }
    t.fine_first = fine.first;
    t.coarse_first = coarse.first;
    return t;
  }
} // namespace cutis
