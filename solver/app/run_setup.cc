// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/run_setup.h"

#include "base/errors.h"
#include "base/text.h"
#include "mesh/skin_patch.h"
#include "numerics/space/skin_chart.h"

#include <algorithm>
#include <limits>
#include <set>

namespace cutis
{
  namespace
  {
    /** Extent of a mesh, whose coarse cells all ranks have, in the coordinates of the skin. */
    template <int dim>
    PatchExtent extent_of(const typename RunSetup<dim>::Mesh &mesh)
    {
      const SkinChart<dim> chart(mesh);
      constexpr double far = std::numeric_limits<double>::infinity();
      PatchExtent extent{dim, {far, -far}, {dim == 3 ? far : 0., dim == 3 ? -far : 0.}, 0.};
      const auto reach_to = [](Reach &reach, const double place) {
        reach = {std::min(reach.from, place), std::max(reach.to, place)};
      };
      std::set<unsigned int> seen;
      for (const auto &cell : mesh.cell_iterators_on_level(0))
        for (const unsigned int v : cell->vertex_indices())
          if (seen.insert(cell->vertex_index(v)).second)
          {
            const Place place = chart.place_of(cell->vertex(v));
            reach_to(extent.width, place.x);
            reach_to(extent.length, place.y);
            extent.depth = std::max(extent.depth, place.depth);
          }
      return extent;
    }

    /** Sizes in another unit than mm are seen by what no skin has. */
    void check_sizes(const std::string &file, const PatchExtent &extent)
    {
      const double width = extent.width.to - extent.width.from;
      constexpr double narrowest = .1, widest = 2000., shallowest = .05, deepest = 500.;
      const auto is_skin = [&](const double unit)
      {
        return unit * width >= narrowest && unit * width <= widest && unit * extent.depth >= shallowest &&
               unit * extent.depth <= deepest;
      };
      if (is_skin(1.))
        return;
      std::string guess;
      for (const auto &[unit, name] :
           {std::pair(1e3, "metres"), {10., "centimetres"}, {25.4, "inches"}, {1e-3, "micrometres"}})
        if (guess.empty() && is_skin(unit))
          guess = std::string(" It may be in ") + name + ": scale it by " + format_number(unit) +
                  ", in Gmsh with Mesh.ScalingFactor.";
      throw BadInput("The Gmsh file '" + file + "': the mesh is " + format_rounded(width, 3) + " mm wide and " +
                     format_rounded(extent.depth, 3) + " mm deep, which is no piece of skin. Lengths are in mm." +
                     guess);
    }
  } // namespace

  template <int dim>
  RunSetup<dim> setup_of(const Case &problem)
  {
    RunSetup<dim> setup;
    setup.model = problem.model();
    setup.time = problem.time;
    setup.outputs = {problem.output.every, problem.output.fields_every};
    for (const Host &host : problem.hosts())
      for (const double turn : host.turns())
        setup.turns.push_back(turn);
    setup.layers = problem.skin.patch.layers;
    setup.contents = problem.skin.contents;
    if (problem.other_site.exists())
      setup.site_of = [site = problem.other_site](const Place &place) { return site.contains(place.x) ? 1 : 0; };
    setup.adaptation = problem.skin.adaptation;
    setup.refinement = problem.skin.patch.refinement;
    setup.mechanics = problem.mechanics;
    const OutputSettings &output = problem.output;
    setup.site = {output.site_x, output.site_y, output.punch};
    for (std::size_t p = 0; p < output.probe_x.size(); ++p)
      setup.probes.push_back(
        {output.probe_x[p], output.probe_y.empty() ? 0. : output.probe_y[p], output.probe_depth[p]});
    setup.make_mesh = [&problem](typename RunSetup<dim>::Mesh &mesh)
    {
      if (problem.skin.mesh_file.empty())
        return make_skin_patch(problem.skin.patch, mesh);
      read_gmsh(problem.skin.mesh_file, problem.skin.patch.refinement, mesh);
      const PatchExtent extent = extent_of<dim>(mesh); // only now is it known
      check_sizes(problem.skin.mesh_file, extent);
      problem.check_places(extent);
      problem.parameters.finish();
    };
    return setup;
  }

  template <int dim>
  MeshSize check_mesh(const Case &problem)
  {
    typename RunSetup<dim>::Mesh mesh(MPI_COMM_SELF);
    setup_of<dim>(problem).make_mesh(mesh);
    return {double(mesh.n_global_active_cells()), double(mesh.n_used_vertices())};
  }

  template MeshSize check_mesh<2>(const Case &);
  template MeshSize check_mesh<3>(const Case &);
  template RunSetup<2> setup_of(const Case &);
  template RunSetup<3> setup_of(const Case &);
} // namespace cutis
