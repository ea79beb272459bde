// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/base/point.h>

#include <cmath>

namespace cutis
{
  /**
   * A place in the skin, whatever the dimension of the mesh [mm]: along its surface, and the distance from that. See
   * SkinChart for what that is where the surface is not flat.
   */
  struct Place
  {
    double x, y, depth;
  };

  /** Distance along the surface from a site at these coordinates. */
  inline double distance_along_skin(const Place &place, const double site_x, const double site_y)
  {
    return std::hypot(place.x - site_x, place.y - site_y);
  }

  /** The place of a point of a patch whose surface is the plane of height 0. */
  template <int dim>
  Place place_of(const dealii::Point<dim> &p)
  {
    return {p[0], dim == 3 ? p[1] : 0., -p[dim - 1]};
  }
} // namespace cutis
