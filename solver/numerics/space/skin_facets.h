// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/grid/tria.h>

#include <array>
#include <vector>

namespace cutis
{
  /** A straight piece of a face: a segment of a section, a triangle of a block. */
  template <int dim>
  struct Facet
  {
    std::array<dealii::Point<dim>, dim> corners;
    /** Numbers of the corners: of the vertices of the mesh, beyond them of the middles of faces. */
    std::array<unsigned int, dim> vertices;

    /** Perpendicular to it, as long as its area; its side follows from the order of the corners. */
    dealii::Tensor<1, dim> normal() const;
  };

  /** Barycentric coordinates of a point of a facet. Exactly 0 for the corners that lie off the edge it is on. */
  template <int dim>
  using FacetWeights = std::array<double, std::size_t(dim)>;

  template <int dim>
  dealii::Point<dim> point_of(const Facet<dim> &facet, const FacetWeights<dim> &weights);

  /** The point of the facet that is nearest to `point`. */
  template <int dim>
  FacetWeights<dim> nearest_in(const Facet<dim> &facet, const dealii::Point<dim> &point);

  /**
   * The facets of a face of a coarse cell: itself in 2-D, in 3-D the four triangles around its middle, which are the
   * face if that is plane and have its edges and its middle if it is twisted.
   */
  template <int dim>
  std::vector<Facet<dim>> facets_of(const typename dealii::Triangulation<dim>::cell_iterator &cell, unsigned int face);
} // namespace cutis
