// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/tensor_grid.h"

#include <deal.II/base/mpi.h>
#include <deal.II/grid/tria.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Coordinates closer than this share of the size of the mesh are one. */
    constexpr double same = 1e-9;

    template <int dim>
    constexpr unsigned int direction(const unsigned int axis)
    {
      return axis == dim - 1 ? 2 : axis;
    }

    /** Are all corners those of the box around them, each once? */
    template <int dim>
    bool is_box(const TriaIterator<CellAccessor<dim>> &cell, const double tolerance)
    {
      const auto box = cell->bounding_box().get_boundary_points();
      unsigned int found = 0;
      for (const unsigned int v : cell->vertex_indices())
      {
        unsigned int corner = 0;
        for (unsigned int a = 0; a < dim; ++a)
          if (std::abs(cell->vertex(v)[a] - box.second[a]) <= tolerance)
            corner |= 1u << a;
          else if (std::abs(cell->vertex(v)[a] - box.first[a]) > tolerance)
            return false;
        found |= 1u << corner;
      }
      return found == (1u << cell->n_vertices()) - 1;
    }

    /** Does the mesh of all ranks consist of boxes of one refinement each side of every face? */
    template <int dim>
    bool consists_of_boxes(const DoFHandler<dim> &nodes, const double tolerance)
    {
      bool boxes = !nodes.get_triangulation().has_hanging_nodes();
      for (const auto &cell : nodes.get_triangulation().active_cell_iterators())
        if (boxes && cell->is_locally_owned())
          boxes = is_box<dim>(cell, tolerance);
      return Utilities::MPI::min(boxes ? 1 : 0, nodes.get_communicator()) == 1;
    }

    std::vector<double> distinct(std::vector<double> values, const double tolerance)
    {
      std::sort(values.begin(), values.end());
      values.erase(
        std::unique(values.begin(), values.end(), [&](const double a, const double b) { return b - a <= tolerance; }),
        values.end());
      return values;
    }

    std::vector<double> distinct_everywhere(const std::vector<double> &values, const double tolerance, MPI_Comm comm)
    {
      std::vector<double> all;
      for (const std::vector<double> &part : Utilities::MPI::all_gather(comm, distinct(values, tolerance)))
        all.insert(all.end(), part.begin(), part.end());
      return distinct(all, tolerance);
    }

    std::size_t nearest(const std::vector<double> &sorted, const double value)
    {
      const auto above = std::lower_bound(sorted.begin(), sorted.end(), value);
      if (above == sorted.begin())
        return 0;
      const bool lower = above == sorted.end() || value - *(above - 1) < *above - value;
      return above - sorted.begin() - (lower ? 1 : 0);
    }

    /** Content of the cells of each depth interval; false if it is not one number everywhere. */
    template <int dim>
    bool find_content(const DoFHandler<dim> &nodes, const std::vector<double> &contents, TensorGrid &grid)
    {
      const std::vector<double> &z = grid.coordinates[2];
      // Least and largest content in one array: the largest of -content is minus the least.
      const std::size_t n = z.size() - 1;
      std::vector<double> extremes(2 * n, -std::numeric_limits<double>::max());
      for (const auto &cell : nodes.get_triangulation().active_cell_iterators())
        if (cell->is_locally_owned())
        {
          const std::size_t k = nearest(z, cell->bounding_box().get_boundary_points().first[dim - 1]);
          const double content = contents[cell->material_id()];
          extremes[k] = std::max(extremes[k], content);
          extremes[n + k] = std::max(extremes[n + k], -content);
        }
      Utilities::MPI::max(extremes, nodes.get_communicator(), extremes);
      grid.content.assign(extremes.begin(), extremes.begin() + n);
      for (std::size_t k = 0; k < n; ++k)
        if (extremes[k] != -extremes[n + k])
          return false;
      return true;
    }

    template <int dim>
    double size_of_mesh(const DoFHandler<dim> &nodes)
    {
      double largest = 0.;
      for (const auto &cell : nodes.get_triangulation().active_cell_iterators())
        if (cell->is_locally_owned())
          for (const unsigned int v : cell->vertex_indices())
            largest = std::max(largest, cell->vertex(v).norm());
      return Utilities::MPI::max(largest, nodes.get_communicator());
    }
  } // namespace

  template <int dim>
  std::optional<TensorGrid> find_tensor_grid(const DoFHandler<dim> &nodes,
                                             const std::vector<Point<dim>> &positions,
                                             const std::vector<double> &contents)
  {
    const double tolerance = same * size_of_mesh(nodes);
    if (!consists_of_boxes(nodes, tolerance))
      return std::nullopt;

    TensorGrid grid;
    grid.coordinates[1] = {0.};
    const std::size_t n_owned = nodes.n_locally_owned_dofs();
    std::size_t points = 1;
    for (unsigned int a = 0; a < dim; ++a)
    {
      std::vector<double> values(n_owned);
      for (std::size_t i = 0; i < n_owned; ++i)
        values[i] = positions[i][a];
      grid.coordinates[direction<dim>(a)] = distinct_everywhere(values, tolerance, nodes.get_communicator());
      points *= grid.coordinates[direction<dim>(a)].size();
    }
    if (points != nodes.n_dofs() || !find_content(nodes, contents, grid))
      return std::nullopt;

    grid.place.assign(n_owned, 0);
    for (std::size_t i = 0; i < n_owned; ++i)
      for (unsigned int a = dim; a-- > 0;)
      {
        const std::vector<double> &c = grid.coordinates[direction<dim>(a)];
        grid.place[i] = grid.place[i] * c.size() + nearest(c, positions[i][a]);
      }
    return grid;
  }

  template std::optional<TensorGrid>
  find_tensor_grid(const DoFHandler<2> &, const std::vector<Point<2>> &, const std::vector<double> &);
  template std::optional<TensorGrid>
  find_tensor_grid(const DoFHandler<3> &, const std::vector<Point<3>> &, const std::vector<double> &);
} // namespace cutis
