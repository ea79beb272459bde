// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/run_setup.h"

#include "mesh/skin_patch.h"

#include <deal.II/grid/grid_tools.h>

#include <cmath>

namespace cutis
{
  namespace
  {
    /** Extent of a mesh around the origin of the patch. */
    template <int dim>
    PatchExtent extent_of(const typename RunSetup<dim>::Mesh &mesh)
    {
      const auto box = dealii::GridTools::compute_bounding_box(mesh);
      const auto width = [&](const int axis)
      { return 2. * std::max(std::abs(box.lower_bound(axis)), std::abs(box.upper_bound(axis))); };
      return {dim, width(0), dim == 3 ? width(1) : 0., -box.lower_bound(dim - 1)};
    }
  } // namespace

  template <int dim>
  RunSetup<dim> setup_of(const Case &problem)
  {
    RunSetup<dim> setup;
    setup.model = problem.model();
    setup.time = problem.time;
    setup.outputs = {problem.output.every, problem.output.fields_every};
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
      problem.check_interventions(extent_of<dim>(mesh)); // only now is it known how large the patch is
      problem.parameters.finish();
    };
    return setup;
  }

  template RunSetup<2> setup_of(const Case &);
  template RunSetup<3> setup_of(const Case &);
} // namespace cutis
