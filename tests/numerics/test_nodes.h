// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/space/place.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>

#include <cmath>

/** Meshes for tests, down to those that are no mesh: the transport of fields only sees nodes and edges. */
namespace cutis::test
{
  inline constexpr LayerContents dermis_everywhere = {{1., 1., 1., 1., 1.}};

  /** A box of equal cells in [0, size], all of them dermis. */
  template <int dim>
  void make_box(Discretization<dim> &d, const unsigned int cells, const double size = 1.)
  {
    dealii::Point<dim> far;
    for (unsigned int i = 0; i < dim; ++i)
      far[i] = size;
    dealii::GridGenerator::subdivided_hyper_rectangle(
      d.triangulation, std::vector<unsigned int>(dim, cells), dealii::Point<dim>(), far);
    for (const auto &cell : d.triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
        cell->set_material_id(static_cast<dealii::types::material_id>(Layer::dermis));
  }

  /** Halve the cells whose centre lies in the box (low, high)^dim: hanging nodes around it. */
  template <int dim>
  void refine_box(Discretization<dim> &d, const double low, const double high)
  {
    for (const auto &cell : d.triangulation.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        bool inside = true;
        for (unsigned int i = 0; i < dim; ++i)
          inside = inside && cell->center()[i] > low && cell->center()[i] < high;
        if (inside)
          cell->set_refine_flag();
      }
    d.triangulation.execute_coarsening_and_refinement();
  }

  template <int dim>
  std::vector<Place> places_of(const Discretization<dim> &d)
  {
    std::vector<Place> places;
    for (const auto &p : d.positions)
      places.push_back(place_of(p));
    return places;
  }

  /** Nodes without a mesh. */
  struct Nodes
  {
    NodeGraph graph;
    std::vector<Place> places;
  };

  /**
   * Finite volumes along the radius of a body with symmetry: a slab, a cylinder or a ball in `dimension` 1, 2, 3, with
   * no flux at `radius`. Their nodes and edges are those of a mesh so fine that no error of shape is left.
   */
  inline Nodes radial_nodes(const int dimension, const double radius, const unsigned int cells)
  {
    const double h = radius / cells;
    const auto enclosed = [&](const double r) {
      return dimension == 1 ? r : dimension == 2 ? M_PI * r * r : 4. / 3. * M_PI * r * r * r;
    };
    const auto surface = [&](const double r) {
      return dimension == 1 ? 1. : dimension == 2 ? 2. * M_PI * r : 4. * M_PI * r * r;
    };

    Nodes nodes;
    NodeGraph &graph = nodes.graph;
    const unsigned int n = cells + 1;
    graph.n_owned = graph.n_global = n;
    graph.owned = dealii::complete_index_set(n);
    graph.ghosts = dealii::IndexSet(n);
    graph.content.assign(n, 1.);
    graph.row_start.push_back(0);
    for (unsigned int i = 0; i < n; ++i)
    {
      const double inner = std::max(i - .5, 0.) * h, outer = std::min(i + .5, double(cells)) * h;
      graph.volume.push_back(enclosed(outer) - enclosed(inner));
      nodes.places.push_back({i * h, 0., 0.});
      for (const auto &[j, face] : {std::pair(i - 1, inner), std::pair(i + 1, outer)})
        if (j < n)
        {
          graph.column.push_back(j);
          graph.soluble.push_back(surface(face) / h);
        }
      graph.row_start.push_back(graph.column.size());
    }
    graph.tissue_volume = graph.dermis_volume = graph.volume;
    return nodes;
  }

  /** Two nodes of volume 1 whose difference decays under diffusion like a wave of the square k2 of a wave number. */
  inline Nodes two_nodes(const double k2)
  {
    Nodes nodes;
    NodeGraph &graph = nodes.graph;
    graph.n_owned = graph.n_global = 2;
    graph.owned = dealii::complete_index_set(2);
    graph.ghosts = dealii::IndexSet(2);
    graph.volume = graph.tissue_volume = graph.dermis_volume = graph.content = {1., 1.};
    graph.row_start = {0, 1, 2};
    graph.column = {1, 0};
    graph.soluble = {.5 * k2, .5 * k2};
    nodes.places = {{0., 0., 0.}, {1., 0., 0.}};
    return nodes;
  }

  /** A point without neighbours. */
  inline Nodes single_node()
  {
    Nodes nodes;
    nodes.graph.n_owned = nodes.graph.n_global = 1;
    nodes.graph.owned = dealii::complete_index_set(1);
    nodes.graph.ghosts = dealii::IndexSet(1);
    nodes.graph.volume = nodes.graph.tissue_volume = nodes.graph.dermis_volume = nodes.graph.content = {1.};
    nodes.graph.row_start = {0, 0};
    nodes.places = {{0., 0., 0.}};
    return nodes;
  }
} // namespace cutis::test
