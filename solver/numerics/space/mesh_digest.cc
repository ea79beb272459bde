// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/mesh_digest.h"

#include <boost/functional/hash.hpp>

#include <cmath>
#include <sstream>

namespace cutis
{
  namespace
  {
    constexpr int digits = 9;

    /** Largest distance of a coarse corner from the origin along an axis. */
    template <int dim>
    double size_of(const dealii::parallel::distributed::Triangulation<dim> &mesh)
    {
      double size = 0.;
      for (const auto &cell : mesh.cell_iterators_on_level(0))
        for (const unsigned int v : cell->vertex_indices())
          for (int axis = 0; axis < dim; ++axis)
            size = std::max(size, std::abs(cell->vertex(v)[axis]));
      return size;
    }
  } // namespace

  template <int dim>
  std::string mesh_digest(const dealii::parallel::distributed::Triangulation<dim> &mesh)
  {
    // Of the decimal order of the size, and not of the size itself: a mesh that was scaled is another.
    const double unit = std::pow(10., std::ceil(std::log10(size_of(mesh))) - digits);
    std::size_t hash = 0;
    for (const auto &cell : mesh.cell_iterators_on_level(0))
    {
      for (const unsigned int v : cell->vertex_indices())
        for (int axis = 0; axis < dim; ++axis)
          boost::hash_combine(hash, std::llround(cell->vertex(v)[axis] / unit));
      boost::hash_combine(hash, static_cast<int>(cell->material_id()));
      for (const unsigned int face : cell->face_indices())
        boost::hash_combine(hash, static_cast<int>(cell->face(face)->boundary_id()));
    }
    std::ostringstream text;
    text << std::hex << hash;
    return text.str();
  }

  template std::string mesh_digest(const dealii::parallel::distributed::Triangulation<2> &);
  template std::string mesh_digest(const dealii::parallel::distributed::Triangulation<3> &);
} // namespace cutis
