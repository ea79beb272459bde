// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/pigmentation/pigmentation.h"

#include "base/parameters.h"

#include <deal.II/base/mpi.h>

namespace cutis
{
  Pigmentation::Pigmentation(std::unique_ptr<Module> module) : module_(std::move(module))
  {
    // Defaults of the shared parts that suit this treatment; they appear as such in the parameter reference.
    region_.depth = .5;
    region_.height = .6;
  }

  void Pigmentation::declare(Parameters &parameters)
  {
    plan_.declare(parameters, section());   // Sessions, Repeat when, ...
    region_.declare(parameters, section()); // Shape, Centres, Depth, Rim, but neither radius nor height
    module_->declare(parameters);           // the constants and diffusivities of the module
    parameters.add(section() + "/Radius", region_.radius, "mm", Range::positive(), {"Radius of a ball or column."});
    parameters.add(section() + "/Height",
                   region_.height,
                   "mm",
                   Range::non_negative(),
                   {"Extent from top to bottom of a ball or plane; 0: a round ball."});
    parameters.add(
      section() + "/Added factor",
      added_,
      "1",
      {0., 1e3},
      {"Factor that a session adds inside the region, relative to healthy skin.", Provenance::assumed, ""});
  }

  Modules Pigmentation::modules() const
  {
    Modules modules;
    modules.push_back(module_->clone());
    return modules;
  }

  void Pigmentation::check(const Parameters &parameters, const PatchExtent &patch, const Module &) const
  {
    region_.check(parameters, section(), patch); // what else is wrong is told by `parameters.problem(path, sentence)`
  }

  std::vector<Amount> Pigmentation::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const unsigned int n_fields = tissue.layout.n_fields(), factor = tissue.layout.find("pigment_factor");
    double total = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i) // owned nodes, then ghosts
    {
      const double here = added_ * region_.share(tissue.places[i]);
      state.fields().begin()[i * n_fields + factor] += here; // fields are interleaved by node
      if (i < tissue.graph.n_owned)                          // volumes are those of owned nodes
        total += tissue.graph.volume[i] * here;
    }
    return {{"factor_mm3", dealii::Utilities::MPI::sum(total, tissue.communicator)}}; // a name ends in its unit
  }
} // namespace cutis
