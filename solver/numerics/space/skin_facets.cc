// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/skin_facets.h"

#include <limits>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Corners of a facet that span a part of it: itself, one of its edges, or a corner. */
    using Corners = std::vector<unsigned int>;

    /** Coordinates of the point of the plane or line through these corners that is nearest; others are 0. */
    template <int dim>
    FacetWeights<dim> projected(const Facet<dim> &facet, const Corners &used, const Point<dim> &point)
    {
      FacetWeights<dim> weights = {};
      const Point<dim> &origin = facet.corners[used[0]];
      const Tensor<1, dim> way = point - origin;
      if (used.size() == 2)
      {
        const Tensor<1, dim> edge = facet.corners[used[1]] - origin;
        weights[used[1]] = (way * edge) / edge.norm_square();
      }
      else if (used.size() == 3)
      {
        const Tensor<1, dim> a = facet.corners[used[1]] - origin, b = facet.corners[used[2]] - origin;
        const double aa = a * a, ab = a * b, bb = b * b, determinant = aa * bb - ab * ab;
        weights[used[1]] = ((way * a) * bb - (way * b) * ab) / determinant;
        weights[used[2]] = ((way * b) * aa - (way * a) * ab) / determinant;
      }
      weights[used[0]] = 1.;
      for (unsigned int k = 1; k < used.size(); ++k)
        weights[used[0]] -= weights[used[k]];
      return weights;
    }

    /** Where the projection falls outside, the nearest point lies on an edge that it is beyond. */
    template <int dim>
    FacetWeights<dim> nearest(const Facet<dim> &facet, const Corners &used, const Point<dim> &point)
    {
      const FacetWeights<dim> weights = projected(facet, used, point);
      FacetWeights<dim> best = weights;
      double least = std::numeric_limits<double>::infinity();
      for (unsigned int k = 0; k < used.size(); ++k)
        if (weights[used[k]] < 0.)
        {
          Corners fewer = used;
          fewer.erase(fewer.begin() + k);
          const FacetWeights<dim> candidate = nearest(facet, fewer, point);
          const double distance = point_of(facet, candidate).distance(point);
          if (distance < least)
          {
            least = distance;
            best = candidate;
          }
        }
      return best;
    }
  } // namespace

  template <>
  Tensor<1, 2> Facet<2>::normal() const
  {
    return cross_product_2d(corners[1] - corners[0]);
  }

  template <>
  Tensor<1, 3> Facet<3>::normal() const
  {
    return .5 * cross_product_3d(corners[1] - corners[0], corners[2] - corners[0]);
  }

  template <int dim>
  Point<dim> point_of(const Facet<dim> &facet, const FacetWeights<dim> &weights)
  {
    Point<dim> point;
    for (unsigned int k = 0; k < dim; ++k)
      point += weights[k] * facet.corners[k];
    return point;
  }

  template <int dim>
  FacetWeights<dim> nearest_in(const Facet<dim> &facet, const Point<dim> &point)
  {
    Corners all(dim);
    for (unsigned int k = 0; k < dim; ++k)
      all[k] = k;
    return nearest(facet, all, point);
  }

  template <int dim>
  std::vector<Facet<dim>> facets_of(const typename Triangulation<dim>::cell_iterator &cell, const unsigned int face)
  {
    const auto f = cell->face(face);
    if constexpr (dim == 2)
      return {{{{f->vertex(0), f->vertex(1)}}, {{f->vertex_index(0), f->vertex_index(1)}}}};
    else
    {
      const unsigned int middle = cell->get_triangulation().n_vertices() + f->index();
      const std::array<unsigned int, 4> around = {{0, 1, 3, 2}};
      std::vector<Facet<dim>> facets;
      for (unsigned int k = 0; k < 4; ++k)
      {
        const unsigned int a = around[k], b = around[(k + 1) % 4];
        facets.push_back(
          {{{f->vertex(a), f->vertex(b), .25 * (f->vertex(0) + f->vertex(1) + f->vertex(2) + f->vertex(3))}},
           {{f->vertex_index(a), f->vertex_index(b), middle}}});
      }
      return facets;
    }
  }

  template Point<2> point_of(const Facet<2> &, const FacetWeights<2> &);
  template Point<3> point_of(const Facet<3> &, const FacetWeights<3> &);
  template FacetWeights<2> nearest_in(const Facet<2> &, const Point<2> &);
  template FacetWeights<3> nearest_in(const Facet<3> &, const Point<3> &);
  template std::vector<Facet<2>> facets_of<2>(const Triangulation<2>::cell_iterator &, unsigned int);
  template std::vector<Facet<3>> facets_of<3>(const Triangulation<3>::cell_iterator &, unsigned int);
} // namespace cutis
