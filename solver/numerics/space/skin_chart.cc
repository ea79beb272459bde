// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/skin_chart.h"

#include "mesh/skin_patch.h"

#include <boost/geometry/algorithms/distance.hpp>
#include <deal.II/boost_adaptors/bounding_box.h>
#include <deal.II/boost_adaptors/point.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace cutis
{
  using namespace dealii;

  template <int dim>
  SkinChart<dim>::SkinChart(const Triangulation<dim> &mesh)
  {
    std::vector<std::pair<BoundingBox<dim>, unsigned int>> boxes;
    bool level = true;
    for (const auto &cell : mesh.cell_iterators_on_level(0))
      for (const unsigned int f : cell->face_indices())
        if (cell->face(f)->at_boundary() && static_cast<Boundary>(cell->face(f)->boundary_id()) == Boundary::surface)
          for (const Facet<dim> &facet : facets_of<dim>(cell, f))
          {
            const Tensor<1, dim> normal = facet.normal();
            const bool outwards = normal * (facet.corners[0] - cell->center()) > 0.;
            boxes.emplace_back(BoundingBox<dim>(std::vector<Point<dim>>(facet.corners.begin(), facet.corners.end())),
                               facets_.size());
            facets_.push_back(facet);
            normals_.push_back(outwards ? normal : -normal);
            for (const Point<dim> &corner : facet.corners)
              level = level && corner[dim - 1] == 0.;
          }
    find_upwards();
    flat_ = flat_ || level;
    if (flat_)
    {
      up_ = Point<dim>::unit_vector(dim - 1);
      return;
    }
    find_rim();
    tree_ = pack_rtree(boxes);
  }

  /** The mean of the normals, of which there is none on a closed surface; and those at the vertices. */
  template <int dim>
  void SkinChart<dim>::find_upwards()
  {
    double area = 0.;
    for (std::size_t f = 0; f < facets_.size(); ++f)
    {
      up_ += normals_[f];
      area += normals_[f].norm();
      for (const unsigned int v : facets_[f].vertices)
      {
        if (v >= normal_at_.size())
          normal_at_.resize(v + 1);
        normal_at_[v] += normals_[f];
      }
    }
    constexpr double closed = .1; // of the area
    flat_ = up_.norm() <= closed * area || up_[dim - 1] <= 0.;
    up_ /= flat_ ? 1. : up_.norm();
    for (Tensor<1, dim> &normal : normal_at_)
      if (normal.norm() > 0.)
        normal /= normal.norm();
  }

  /** What bounds one facet only, and the ends of that. */
  template <int dim>
  void SkinChart<dim>::find_rim()
  {
    std::map<std::vector<unsigned int>, unsigned int> uses;
    for (const Facet<dim> &facet : facets_)
      for (unsigned int k = 0; k < dim; ++k)
      {
        std::vector<unsigned int> bound;
        for (unsigned int j = 0; j < dim; ++j)
          if (j != k)
            bound.push_back(facet.vertices[j]);
        std::sort(bound.begin(), bound.end());
        ++uses[bound];
      }
    for (const auto &[bound, n] : uses)
      if (n == 1)
      {
        rim_.insert(bound);
        for (const unsigned int v : bound)
          rim_.insert({v});
      }
  }

  template <int dim>
  Tensor<1, dim> SkinChart<dim>::along(const int axis) const
  {
    // An axis of the mesh, turned as the vertical has to be turned to become the normal.
    const Tensor<1, dim> vertical = Point<dim>::unit_vector(dim - 1);
    return Point<dim>::unit_vector(axis) - up_[axis] / (1. + up_[dim - 1]) * (up_ + vertical);
  }

  template <int dim>
  Place SkinChart<dim>::place_of(const Point<dim> &point) const
  {
    if (flat_)
      return cutis::place_of(point);
    const Foot foot = foot_of(point);
    return {along(0) * foot.point, dim == 3 ? along(1) * foot.point : 0., foot.depth};
  }

  template <int dim>
  typename SkinChart<dim>::Foot SkinChart<dim>::foot_of(const Point<dim> &point) const
  {
    namespace bg = boost::geometry;
    constexpr double equal = 1e-12; // two facets that share the nearest point
    const Facet<dim> *nearest = nullptr;
    FacetWeights<dim> weights = {};
    double least = std::numeric_limits<double>::infinity(), height = 0.;
    // The boxes come in the order of their distance, and no facet is nearer than its box.
    for (auto next = tree_.qbegin(bg::index::nearest(point, facets_.size()));
         next != tree_.qend() && bg::distance(point, next->first) <= least * (1. + equal);
         ++next)
    {
      const Facet<dim> &facet = facets_[next->second];
      const Tensor<1, dim> &normal = normals_[next->second];
      const FacetWeights<dim> candidate = nearest_in(facet, point);
      const Tensor<1, dim> way = point_of(facet, candidate) - point;
      const double distance = way.norm(), along_normal = (way * normal) / normal.norm();
      if (distance < least * (1. - equal) || (distance <= least * (1. + equal) && along_normal > height))
      {
        least = std::min(least, distance);
        height = along_normal;
        nearest = &facet;
        weights = candidate;
      }
    }
    if (is_on_rim(*nearest, weights))
      return continued(*nearest, weights, point);
    return {point_of(*nearest, weights), least};
  }

  template <int dim>
  bool SkinChart<dim>::is_on_rim(const Facet<dim> &facet, const FacetWeights<dim> &weights) const
  {
    std::vector<unsigned int> used;
    for (unsigned int k = 0; k < dim; ++k)
      if (weights[k] != 0.)
        used.push_back(facet.vertices[k]);
    std::sort(used.begin(), used.end());
    return used.size() < dim && rim_.count(used) > 0;
  }

  /** Nearest point of the plane of a facet at the rim, unless the way there has little to do with its normal. */
  template <int dim>
  typename SkinChart<dim>::Foot
  SkinChart<dim>::continued(const Facet<dim> &facet, const FacetWeights<dim> &weights, const Point<dim> &point) const
  {
    const Point<dim> rim = point_of(facet, weights);
    const Tensor<1, dim> normal = facet.normal() / facet.normal().norm();
    const double height = (rim - point) * normal; // signed by the order of the corners
    constexpr double steepest = .5;               // cosine of the angle between the way and the normal
    if (std::abs(height) < steepest * rim.distance(point))
      return {rim, rim.distance(point)};
    return {point + height * normal, std::abs(height)};
  }

  template <int dim>
  WayInwards<dim> SkinChart<dim>::inwards_at(const double x, const double y) const
  {
    Point<dim> wanted(x * along(0));
    if constexpr (dim == 3)
      wanted += y * along(1);
    if (flat_)
      return {wanted, -up_};
    const auto flattened = [&](const Point<dim> &p) { return p - (p * up_) * up_; };
    WayInwards<dim> way;
    double least = std::numeric_limits<double>::infinity();
    for (const Facet<dim> &facet : facets_)
    {
      Facet<dim> shadow = facet;
      for (Point<dim> &corner : shadow.corners)
        corner = flattened(corner);
      const FacetWeights<dim> weights = nearest_in(shadow, wanted);
      const double distance = point_of(shadow, weights).distance(wanted);
      if (!(distance < least)) // nor that of an upright facet, which casts no shadow
        continue;
      least = distance;
      Tensor<1, dim> normal;
      for (unsigned int k = 0; k < dim; ++k)
        normal += weights[k] * normal_at_[facet.vertices[k]];
      way = WayInwards<dim>{point_of(facet, weights), -normal / normal.norm()};
    }
    return way;
  }

  template class SkinChart<2>;
  template class SkinChart<3>;
} // namespace cutis
