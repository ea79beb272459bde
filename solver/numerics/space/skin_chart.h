// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/place.h"
#include "numerics/space/skin_facets.h"

#include <deal.II/grid/tria.h>
#include <deal.II/numerics/rtree.h>

#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace cutis
{
  /** A straight way into the skin: where it begins, and its direction of length 1. */
  template <int dim>
  struct WayInwards
  {
    dealii::Point<dim> from;
    dealii::Tensor<1, dim> direction;
  };

  /**
   * The coordinates of the skin itself on a mesh that need not be flat: the depth of a point is its distance to the
   * surface of the skin, and its width and length are those of the nearest point of the surface, measured along the
   * plane that fits the surface best. That plane goes through the origin of the mesh, so where it is level, width and
   * length are the x and y of the mesh.
   *
   * Beyond the rim of the surface, such as along slanting sides, the surface is continued straight.
   *
   * On a surface in the plane of depth 0 these coordinates are those of the mesh, to the last bit. They are so, too,
   * where the faces of the surface have no common upper side: on a mesh without any, or within a closed surface.
   *
   * The surface is taken from the coarse mesh, which every rank has whole and whose faces stay where they are however
   * finely they are divided (twisted faces of hexahedra to second order). So all ranks find the same.
   */
  template <int dim>
  class SkinChart
  {
  public:
    explicit SkinChart(const dealii::Triangulation<dim> &mesh);

    Place place_of(const dealii::Point<dim> &point) const;

    /** The coordinates are those of the mesh. */
    bool is_flat() const { return flat_; }
    /** Out of the skin, on average over its surface; of length 1. */
    const dealii::Tensor<1, dim> &upwards() const { return up_; }
    /** The normal of the surface at these coordinates, from one vertex to the next a mean of theirs. */
    WayInwards<dim> inwards_at(double x, double y) const;

  private:
    struct Foot
    {
      dealii::Point<dim> point; ///< of the surface
      double depth;
    };

    void find_upwards();
    void find_rim();
    Foot foot_of(const dealii::Point<dim> &point) const;
    bool is_on_rim(const Facet<dim> &facet, const FacetWeights<dim> &weights) const;
    Foot continued(const Facet<dim> &facet, const FacetWeights<dim> &weights, const dealii::Point<dim> &point) const;
    dealii::Tensor<1, dim> along(int axis) const;

    std::vector<Facet<dim>> facets_;
    std::vector<dealii::Tensor<1, dim>> normals_;   ///< of the facets, times their areas
    std::vector<dealii::Tensor<1, dim>> normal_at_; ///< of the vertices, of length 1
    std::set<std::vector<unsigned int>> rim_;       ///< vertices and, in 3-D, pairs of them
    dealii::RTree<std::pair<dealii::BoundingBox<dim>, unsigned int>> tree_;
    dealii::Tensor<1, dim> up_;
    bool flat_ = true;
  };

  /**
   * How much of the way inwards lies in the dermis, or in the mesh where that has no dermis [mm]. Of the coarse mesh:
   * every rank finds the same.
   */
  template <int dim>
  double dermis_on_the_way(const dealii::Triangulation<dim> &mesh, const WayInwards<dim> &way);
} // namespace cutis
