// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// How thick the dermis is along a normal of the skin.
#include "mesh/skin_patch.h"
#include "numerics/space/skin_chart.h"

#include <deal.II/base/bounding_box.h>

#include <algorithm>
#include <limits>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    struct Stretch
    {
      double from, to; ///< mm along the way
    };

    /**
     * The stretch of the way within the triangle or tetrahedron of a facet and a top; empty if `to` is not beyond
     * `from`. Each barycentric coordinate changes at a constant rate along the way and must not be negative.
     */
    template <int dim>
    Stretch stretch_within(const Facet<dim> &facet, const Point<dim> &top, const WayInwards<dim> &way)
    {
      Tensor<2, dim> sides;
      for (unsigned int k = 0; k < dim; ++k)
        for (unsigned int c = 0; c < dim; ++c)
          sides[c][k] = facet.corners[k][c] - top[c];
      if (determinant(sides) == 0.)
        return {0., 0.};
      const Tensor<2, dim> inverse = invert(sides);
      const Tensor<1, dim> start = inverse * (way.from - top), rate = inverse * way.direction;
      constexpr double round_off = 1e-12; // a way along an edge belongs to all who share that
      Stretch inside = {0., std::numeric_limits<double>::infinity()};
      const auto keep_positive = [&](const double value, const double slope)
      {
        if (std::abs(slope) < round_off)
          inside.to = value < -round_off ? 0. : inside.to;
        else if (slope > 0.)
          inside.from = std::max(inside.from, (-round_off - value) / slope);
        else
          inside.to = std::min(inside.to, (-round_off - value) / slope);
      };
      double sum = 0., rate_of_sum = 0.;
      for (unsigned int k = 0; k < dim; ++k)
      {
        keep_positive(start[k], rate[k]);
        sum += start[k];
        rate_of_sum += rate[k];
      }
      keep_positive(1. - sum, -rate_of_sum);
      return inside;
    }

    /** Length of what the stretches cover together. */
    double length_of_union(std::vector<Stretch> stretches)
    {
      std::sort(stretches.begin(), stretches.end(), [](const Stretch &a, const Stretch &b) { return a.from < b.from; });
      double length = 0., end = 0.;
      for (const Stretch &s : stretches)
      {
        length += std::max(0., s.to - std::max(s.from, end));
        end = std::max(end, s.to);
      }
      return length;
    }
  } // namespace

  template <int dim>
  double dermis_on_the_way(const Triangulation<dim> &mesh, const WayInwards<dim> &way)
  {
    std::vector<Stretch> in_dermis, in_mesh;
    bool has_dermis = false;
    for (const auto &cell : mesh.cell_iterators_on_level(0))
    {
      const bool dermis = is_dermis(static_cast<Layer>(cell->material_id()));
      has_dermis = has_dermis || dermis;
      for (const unsigned int f : cell->face_indices())
        for (const Facet<dim> &facet : facets_of<dim>(cell, f))
        {
          const Stretch stretch = stretch_within(facet, cell->center(), way);
          if (stretch.to <= stretch.from)
            continue;
          in_mesh.push_back(stretch);
          if (dermis)
            in_dermis.push_back(stretch);
        }
    }
    return length_of_union(has_dermis ? in_dermis : in_mesh);
  }

  template double dermis_on_the_way(const Triangulation<2> &, const WayInwards<2> &);
  template double dermis_on_the_way(const Triangulation<3> &, const WayInwards<3> &);
} // namespace cutis
