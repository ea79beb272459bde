// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/plla/plla.h"

#include "base/parameters.h"
#include "interventions/cohorts.h"

#include <cmath>

namespace cutis
{
  Plla::Plla() : module_(make_module("plla"))
  {
    region_.depth = 1.8;
    region_.height = 2.4;
  }

  double Plla::concentration() const
  {
    return module_->constant("Dose") / module_->constant("Dilution");
  }

  void Plla::declare(Parameters &parameters)
  {
    plan_.declare(parameters, section());
    parameters.add("PLLA/Depot volume",
                   depot_volume_,
                   "mL",
                   {1e-4, 10.},
                   {"Volume of one depot; with the height it gives the radius."});
    parameters.add("PLLA/Depot height",
                   region_.height,
                   "mm",
                   {0., 1e3},
                   {"Extent of a depot or plane from top to bottom; 0: a round ball."});
    parameters.add("PLLA/Depot radius",
                   radius_,
                   "mm",
                   {0., 1e3},
                   {"Radius of a depot along the skin; 0: from its volume and height."});
    parameters.add("PLLA/Trauma",
                   trauma_,
                   "1",
                   {0., 1.},
                   {"Damage signal set free by each injection; above .02 it drowns the effect of the particles."});
    parameters.add_choice(
      "PLLA/Preset",
      preset_,
      {{Preset::fast, "fast"}, {Preset::medium, "medium"}, {Preset::slow, "slow"}, {Preset::custom, "custom"}},
      {"Speed of degradation. fast: 95 % lost at day 127. medium: 13/33/55/71/88 % at 1/3/6/9/12 months. slow: "
       "37 % at day 168. custom: `Scission rate` and `Phagocytosis rate` as given.",
       Provenance::published,
       "degradation studies of PLLA particles"});
    parameters.add("PLLA/Macrophages", macrophages_, {"false: no cell binds to the particles, and they do nothing."});
    region_.declare(parameters, "PLLA");
    module_->declare(parameters);
  }

  void Plla::check(const Parameters &parameters, const PatchExtent &patch, const Module &) const
  {
    region_.check(parameters, "PLLA", patch);
  }

  Modules Plla::modules() const
  {
    Modules modules;
    modules.push_back(module_->clone());
    const std::unique_ptr<Module> &module = modules.back();
    if (preset_ != Preset::custom)
    {
      module->constant("Scission rate") = preset_ == Preset::fast ? .053 : preset_ == Preset::slow ? .01155 : .0154;
      module->constant("Phagocytosis rate") = preset_ == Preset::slow ? .0031 : .005;
    }
    if (!macrophages_)
      module->constant("Binding rate") = module->constant("Giant cell share") = 0.;
    return modules;
  }

  Region Plla::region() const
  {
    Region region = region_;
    const double half_height = region_.height > 0. ? .5 * region_.height : 0.;
    const double volume = 1e3 * depot_volume_; // mm^3
    region.radius = radius_ > 0.       ? radius_
                    : half_height > 0. ? std::sqrt(.75 * volume / (M_PI * half_height))
                                       : std::cbrt(.75 * volume / M_PI);
    return region;
  }

  std::string Plla::in_words() const
  {
    return format_rounded(concentration(), 4) + " mg of PLLA per cm^3 of tissue, in " + region().in_words();
  }

  std::vector<Amount> Plla::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const FieldLayout &layout = tissue.layout;
    const unsigned int cohort =
      begin_cohort("plla", "plla_mass", "plla_dose", layout.find("plla_dissolved"), tissue, state);
    const unsigned int mass = layout.family("plla_mass")[cohort],
                       dose = layout.find_dose(of_cohort("plla_dose", cohort)), damage = layout.find("damage_signal");
    const Region treated = region();
    NodalVector &doses = state.doses();
    double injected = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double share = treated.share(tissue.places[i]);
      const double local = concentration() * share;
      double *u = state.fields().begin() + i * layout.n_fields();
      u[mass] += local;
      u[damage] += trauma_ * share;
      doses.local_element(i * layout.n_doses() + dose) = local;
      if (i < tissue.graph.n_owned)
        injected += 1e-3 * tissue.graph.volume[i] * local; // mg/cm^3 mm^3
    }
    injected = dealii::Utilities::MPI::sum(injected, tissue.communicator);
    require_reached(name(), injected > 0. || concentration() == 0.);
    if (treated.shape == Region::Shape::ball) // the others have no end
      compare_with_plan(name(), injected, 1e-3 * concentration() * treated.integral(tissue.dimension == 2));
    return {{injected_mass, injected}};
  }
} // namespace cutis
