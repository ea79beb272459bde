// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/plla/plla.h"

#include "base/parameters.h"

#include <cmath>

namespace cutis
{
  Plla::Plla()
  {
    region_.depth = 1.8;
    region_.height = 2.4;
  }

  void Plla::declare(Parameters &parameters)
  {
    declare_sessions(parameters);
    parameters.add("PLLA/Dose", dose_, "mg", {0., 5000.}, {"PLLA in the suspension (a vial holds 150 mg)."});
    parameters.add("PLLA/Dilution",
                   dilution_,
                   "mL",
                   {.1, 1000.},
                   {"Volume of the suspension; the tissue of a depot holds Dose/Dilution."});
    parameters.add("PLLA/Depot volume",
                   depot_volume_,
                   "mL",
                   {1e-4, 10.},
                   {"Volume of one depot; with the height it gives the radius."});
    parameters.add("PLLA/Depot height",
                   region_.height,
                   "mm",
                   Range::non_negative(),
                   {"Extent of a depot or plane from top to bottom; 0: a round ball."});
    parameters.add("PLLA/Depot radius",
                   radius_,
                   "mm",
                   Range::non_negative(),
                   {"Radius of a depot along the skin; 0: from its volume and height."});
    parameters.add("PLLA/Trauma",
                   trauma_,
                   "1",
                   {0., 1.},
                   {"Damage signal set free by each injection; above .02 it drowns the effect of the particles."});
    parameters.add_choice(
      "PLLA/Preset",
      preset_,
      {"fast", "medium", "slow", "custom"},
      {"Speed of degradation. fast: 95 % lost at day 127. medium: 13/33/55/71/88 % at 1/3/6/9/12 months. slow: "
       "37 % at day 168. custom: `Scission rate` and `Phagocytosis rate` as given.",
       Provenance::published,
       "degradation studies of PLLA particles"});
    parameters.add(
      "PLLA/Macrophages", constants_.macrophages, {"false: no cell binds to the particles, and they do nothing."});
    region_.declare(parameters, "PLLA");
    declare_constants(parameters);
  }

  void Plla::declare_constants(Parameters &parameters)
  {
    const auto assumed = Provenance::assumed;
    PllaConstants &k = constants_;
    parameters.add("PLLA/Scission rate",
                   k.scission,
                   "1/d",
                   Range::positive(),
                   {"Chain scission kh, for the preset `custom`.", assumed, "fit to mass loss"});
    parameters.add(
      "PLLA/Phagocytosis rate",
      k.phagocytosis,
      "1/d",
      Range::non_negative(),
      {"Particles carried off by macrophages, kph, for the preset `custom`.", assumed, "fit to mass loss"});
    parameters.add("PLLA/First scission",
                   k.first_scission,
                   "1",
                   {1e-8, .5},
                   {"Scissioned share s0 of the polymer at injection (100 kDa).", assumed, ""});
    parameters.add("PLLA/Particle diameter",
                   k.diameter,
                   "mm",
                   {1e-4, 1.},
                   {"Diameter of the particles.", Provenance::published, "40-63 um"});
    parameters.add(
      "PLLA/Polymer density", k.density, "mg/mm^3", {.1, 10.}, {"Density of the polymer.", Provenance::published, ""});
    parameters.add("PLLA/Half surface",
                   k.half_surface,
                   "1/mm",
                   Range::positive(),
                   {"Surface per volume that holds half of the macrophages it could, A50.",
                    Provenance::derived,
                    "2500 cells/mm^3 of 400 um^2"});
    parameters.add("PLLA/Binding rate",
                   k.binding,
                   "1/d",
                   Range::non_negative(),
                   {"Binding of macrophages to fresh surface, rK.", assumed, "fit to clinical data"});
    parameters.add("PLLA/Fresh time",
                   k.opsonisation,
                   "d",
                   Range::positive(),
                   {"Time for which a surface is fresh, tauo.", assumed, "fit to clinical data"});
    parameters.add("PLLA/Giant cell turnover",
                   k.giant_turnover,
                   "1/d",
                   Range::positive(),
                   {"Turnover of bound macrophages and giant cells, dK.", assumed, "fit to clinical data"});
    parameters.add("PLLA/Giant cell share",
                   k.giant_share,
                   "1",
                   Range::fraction(),
                   {"Share of the surface that giant cells hold, phig.", assumed, "fit to clinical data"});
  }

  void Plla::check(Parameters &parameters, const PatchExtent &patch, const Network &network) const
  {
    region_.check(parameters, "PLLA", patch);
    for (const char *needed : {"macrophage", "plla_macrophage", "damage_signal"})
      if (!network.has(needed))
      {
        parameters.problem("Intervention",
                           "PLLA acts through the field '" + std::string(needed) + "', which the network '" +
                             network.name() + "' does not have; use the network 'dermis'.");
        return;
      }
  }

  std::vector<Species> Plla::species() const
  {
    std::vector<Species> fields;
    const double size = std::max(concentration(), 1e-3);
    for (std::size_t i = 1; i <= sessions_.size(); ++i)
    {
      Species w{"plla_mass_" + std::to_string(i), "w" + std::to_string(i), "PLLA of session " + std::to_string(i)};
      w.unit = "mg/cm^3";
      w.matter = Matter::soluble; // per volume of tissue, whatever the layer
      w.magnitude = size;
      fields.push_back(w);
    }
    Species dissolved{"plla_dissolved", "wd", "PLLA that has left the particles"};
    dissolved.unit = "mg/cm^3";
    dissolved.magnitude = size;
    fields.push_back(dissolved);
    return fields;
  }

  std::vector<std::string> Plla::doses() const
  {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= sessions_.size(); ++i)
      names.push_back("plla_dose_" + std::to_string(i));
    return names;
  }

  void Plla::prepare(const FieldLayout &layout, const Network &)
  {
    if (preset_ != "custom")
    {
      constants_.scission = preset_ == "fast" ? .053 : preset_ == "slow" ? .01155 : .0154;
      constants_.phagocytosis = preset_ == "slow" ? .0031 : .005;
    }
    const double half_height = region_.height > 0. ? .5 * region_.height : 0.;
    const double volume = 1e3 * depot_volume_; // mm^3
    region_.radius = radius_ > 0.       ? radius_
                     : half_height > 0. ? std::sqrt(.75 * volume / (M_PI * half_height))
                                        : std::cbrt(.75 * volume / M_PI);

    indices_ = {layout.find("macrophage"), layout.find("plla_macrophage"), layout.find("plla_dissolved"), {}, {}};
    for (std::size_t i = 1; i <= sessions_.size(); ++i)
    {
      indices_.mass.push_back(layout.find("plla_mass_" + std::to_string(i)));
      indices_.dose.push_back(layout.find_dose("plla_dose_" + std::to_string(i)));
    }
    damage_ = layout.find("damage_signal");
    kinetics_ = std::make_unique<PllaKinetics>(constants_, sessions_, indices_);
  }

  std::vector<Amount> Plla::apply(const unsigned int session, const Tissue &tissue, State &state)
  {
    const unsigned int n_fields = tissue.layout.n_fields(), n_doses = tissue.layout.n_doses();
    double injected = 0.;
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double share = region_.share(tissue.places[i]);
      const double local = concentration() * share;
      state.fields.local_element(i * n_fields + indices_.mass[session]) += local;
      state.fields.local_element(i * n_fields + damage_) += trauma_ * share;
      state.doses.local_element(i * n_doses + indices_.dose[session]) = local;
      if (i < tissue.graph.n_owned)
        injected += 1e-3 * tissue.graph.volume[i] * local; // mg/cm^3 mm^3
    }
    return {{injected_mass, dealii::Utilities::MPI::sum(injected, tissue.communicator)}};
  }
} // namespace cutis
