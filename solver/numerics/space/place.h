// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/base/point.h>

namespace cutis
{
  /** A place in the skin, whatever the dimension of the mesh [mm]. */
  struct Place
  {
    double x, y, depth;
  };

  template <int dim>
  Place place_of(const dealii::Point<dim> &p)
  {
    return {p[0], dim == 3 ? p[1] : 0., -p[dim - 1]};
  }
} // namespace cutis
