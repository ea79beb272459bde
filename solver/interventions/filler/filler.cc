// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/filler/filler.h"

#include "base/parameters.h"
#include "base/text.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  Filler::Filler() : module_(make_module("filler"))
  {
    region_.depth = 1.8;
    region_.height = 2.4;
  }

  void Filler::declare(Parameters &parameters)
  {
    plan_.declare(parameters, section());
    parameters.add_choice("Filler/Region",
                          preset_,
                          {{Preset::midface, "midface"}, {Preset::lip, "lip"}, {Preset::custom, "custom"}},
                          {"Where it is injected, which decides how fast it goes. midface: 90 and 79 % of the volume "
                           "left at 2 and 12 weeks. lip: 70 and 37 %. custom: `Early share` and `Loss` as given.",
                           Provenance::derived,
                           "Percec 2025"});
    parameters.add("Filler/Fraction",
                   fraction_,
                   "1",
                   {0., .6},
                   {"Volume of gel per volume of the treated tissue; .05 to .6.", Provenance::assumed, ""});
    parameters.add(
      "Filler/Depot volume",
      depot_volume_,
      "mL",
      {0., 10.},
      {"Volume of gel in one depot; with the fraction and the height it gives the radius. 0: `Depot radius` "
       "counts."});
    parameters.add("Filler/Depot height",
                   region_.height,
                   "mm",
                   {0., 1e3},
                   {"Extent of a depot or plane from top to bottom; 0: a round ball."});
    parameters.add(
      "Filler/Depot radius", radius_, "mm", Range::positive(), {"Radius of a depot along the skin, or of a column."});
    region_.declare(parameters, "Filler");
    module_->declare(parameters);
  }

  void Filler::check(const Parameters &parameters, const PatchExtent &patch, const Module &) const
  {
    region_.check(parameters, "Filler", patch);
    const Modules gel = modules();
    const double uptake = gel.front()->constant("Swelling rate");
    const double loss = std::max(gel.front()->constant("Early loss"), gel.front()->constant("Loss"));
    if (depot_volume_ > 0. && region_.shape != Region::Shape::ball)
      parameters.problem("Filler/Depot volume",
                         "only a ball follows from a volume; for the shape " + region_.shape_name() + " leave it 0.");
    if (gel.front()->constant("Swelling") > 0. && uptake < loss)
      parameters.problem("Filler/Swelling rate",
                         "at " + format_number(uptake) +
                           " per day the gel is lost faster than it takes up water, and "
                           "its volume would fall below zero; let it be at least " +
                           format_number(loss) + " per day.");
  }

  Modules Filler::modules() const
  {
    Modules modules;
    modules.push_back(module_->clone());
    if (preset_ != Preset::custom)
    {
      const bool lip = preset_ == Preset::lip;
      modules.back()->constant("Early share") = lip ? .223271 : .082394;
      modules.back()->constant("Loss") = lip ? .00882844 : .00178256;
    }
    return modules;
  }

  Region Filler::region() const
  {
    Region region = region_;
    region.radius = radius_;
    if (!(depot_volume_ > 0. && fraction_ > 0.))
      return region;
    // The radius at which the depot with its soft rim holds the volume: it grows with the radius.
    const double treated = mm3_per_mL * depot_volume_ / fraction_;
    region.x = region.y = {0.};
    double low = 0., high = 100.;
    for (int i = 0; i < 50; ++i)
    {
      region.radius = .5 * (low + high);
      (region.integral(false) < treated ? low : high) = region.radius;
    }
    region.x = region_.x;
    region.y = region_.y;
    return region;
  }

  std::string Filler::in_words() const
  {
    return "gel in " + format_rounded(100. * fraction_, 3) + " % of the tissue, in " + region().in_words();
  }

  std::vector<Amount> Filler::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const FieldLayout &layout = tissue.layout;
    const unsigned int fast = layout.find("filler_fast"), slow = layout.find("filler_slow"),
                       dry = layout.find("filler_dry");
    const double early = modules().front()->constant("Early share");
    const Region treated = region();
    double injected = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double local = fraction_ * treated.share(tissue.places[i]);
      double *u = state.fields().begin() + i * layout.n_fields();
      u[fast] += early * local;
      u[slow] += (1. - early) * local;
      u[dry] += local;
      if (i < tissue.graph.n_owned)
        injected += tissue.graph.volume[i] * local;
    }
    injected = dealii::Utilities::MPI::sum(injected, tissue.communicator);
    require_reached(name(), injected > 0. || fraction_ == 0.);
    if (treated.shape == Region::Shape::ball) // the others have no end
      compare_with_plan(name(), injected, fraction_ * treated.integral(tissue.dimension == 2));
    return {{"injected_mm3", injected}};
  }

  std::string Filler::missing_without_mechanics() const
  {
    return "A filler acts on the tissue through its tension alone: without mechanics its volume is told, but cells and "
           "collagen cannot respond to it. Set Mechanics/Enabled to true to see what it does.";
  }
} // namespace cutis
