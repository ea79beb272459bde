// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/rf_microneedling.h"

#include "base/parameters.h"
#include "base/text.h"
#include "interventions/node_box.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    /** Those of the places that lie not farther away than `reach` along either axis of the skin. */
    std::vector<Place> near(const std::vector<Place> &places, const Place &where, const double reach)
    {
      std::vector<Place> those;
      for (const Place &place : places)
        if (std::abs(place.x - where.x) < reach && std::abs(place.y - where.y) < reach)
          those.push_back(place);
      return those;
    }
  } // namespace

  void RfMicroneedling::declare(Parameters &parameters)
  {
    declare_sessions(parameters);
    array_.declare(parameters);
    pulse_.declare(parameters);
    const std::string section = "RF microneedling/";
    parameters.add(section + "Energy", energy_, {"false: needles without radio frequency."});
    parameters.add_choice(
      section + "Model",
      model_,
      {"pair", "single needle"},
      {"What the lesion is computed with: a pair of needles in 3-D, or a single needle with its axis of "
       "symmetry that stands in the circuit of the pair; quicker, for surveys."});
    const auto assumed = [](const std::string &text) { return About{text, Provenance::assumed, ""}; };
    parameters.add(
      section + "Clearance",
      constants_.clearance,
      "1/d",
      Range::positive(),
      {"Clearance of denatured collagen.", Provenance::derived, "half-life 2-3 weeks: gone by 10 weeks, Hantash 2009"});
    parameters.add(section + "Heat shock decay",
                   constants_.shock_decay,
                   "1/d",
                   Range::positive(),
                   {"Decay of the heat shock response.", Provenance::recalled, "2 d, Hantash 2009"});
    parameters.add(section + "Heat shock gain",
                   constants_.shock_gain,
                   "1",
                   Range::non_negative(),
                   assumed("Gain of collagen synthesis under heat shock."));
    parameters.add(section + "Signal of dead cells",
                   signal_cells_,
                   "1",
                   Range::non_negative(),
                   assumed("Damage signal where all cells have died."));
    parameters.add(section + "Signal of denatured collagen",
                   signal_collagen_,
                   "1",
                   Range::non_negative(),
                   assumed("Damage signal where all collagen is denatured."));
    parameters.add(section + "Signal of the track",
                   signal_track_,
                   "1",
                   Range::non_negative(),
                   assumed("Damage signal in the track of a needle."));
  }

  void RfMicroneedling::check(Parameters &parameters, const PatchExtent &patch, const Network &network) const
  {
    array_.check(parameters, patch);
    if (array_.residual_heat && array_.interval < pulse_.length)
      parameters.problem("RF microneedling/Interval",
                         "the next needles would fire before the pulse of " + format_number(pulse_.length) +
                           " s has ended.");
    if (array_.at_once() && axisymmetric())
      parameters.problem("RF microneedling/Model",
                         "a needle with its axis of symmetry has no neighbours that fire at once; use pair.");
    for (const char *key :
         {"damage_signal", "collagen_new", "collagen_mature", "collagen3_new", "fibroblast", "vessel"})
      if (!network.has(key))
      {
        parameters.problem("Intervention",
                           "the network " + network.name() + " has no " + key + ", which lesions need; use dermis.");
        return;
      }
  }

  std::vector<Species> RfMicroneedling::species() const
  {
    Species denatured, shock;
    denatured.key        = "denatured_collagen";
    denatured.symbol     = "Cd";
    denatured.meaning    = "denatured collagen";
    denatured.scale      = "0.2 g/cm^3 of collagen";
    denatured.matter     = Matter::tissue;
    denatured.provenance = Provenance::derived;
    denatured.magnitude  = .1;
    shock.key            = "heat_shock";
    shock.symbol         = "H";
    shock.meaning        = "heat shock response";
    shock.matter         = Matter::tissue;
    shock.provenance     = Provenance::recalled;
    shock.source         = "Hantash 2009";
    shock.magnitude      = .1;
    return {denatured, shock};
  }

  void RfMicroneedling::prepare(const FieldLayout &layout, const Network &network)
  {
    at_.damage          = layout.find("damage_signal");
    at_.denatured       = layout.find("denatured_collagen");
    at_.shock           = layout.find("heat_shock");
    at_.collagen_new    = layout.find("collagen_new");
    at_.collagen_mature = layout.find("collagen_mature");
    at_.collagen.clear();
    at_.cells.clear();
    for (const char *key :
         {"collagen_new", "collagen_mature", "collagen3_new", "collagen3_mature", "collagen_fragmented"})
      at_.collagen.push_back(layout.find(key));
    for (const char *key : {"fibroblast", "myofibroblast", "vessel"})
      at_.cells.push_back(layout.find(key));
    kinetics_ = std::make_unique<RfKinetics>(
      constants_,
      network,
      RfKinetics::Indices{at_.denatured, at_.shock, at_.collagen_new, layout.find("collagen3_new")});
  }

  void RfMicroneedling::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const bool               section     = tissue.dimension == 2;
    const std::vector<Place> all_sources = array_.sources(section), all_needles = array_.needles(section);
    const double             reach    = std::max({lesion_.reach().x, lesion_.reach().y, array_.needle.diameter}) + 1.;
    const unsigned int       n_fields = tissue.layout.n_fields();
    for (unsigned int i = 0; i < tissue.graph.n_owned; ++i)
    {
      const std::vector<Place> sources = near(all_sources, tissue.places[i], reach),
                               needles = near(all_needles, tissue.places[i], reach);
      if (sources.empty() && needles.empty())
        continue;
      const SessionEffect e =
        mean_over(node_box(tissue.graph, tissue.places, i),
                  section,
                  [&](const Place &place) { return array_.effect_at(place, lesion_, sources, needles); });
      double *u = state.fields.begin() + std::size_t(i) * n_fields;
      u[at_.denatured] += e.collagen * (u[at_.collagen_new] + u[at_.collagen_mature]);
      for (const int f : at_.collagen)
        u[f] *= 1. - e.collagen;
      for (const int f : at_.cells)
        u[f] *= 1. - e.cells;
      u[at_.damage] += signal_cells_ * (e.cells - e.track) + signal_collagen_ * e.collagen + signal_track_ * e.track;
      u[at_.shock] += e.shock;
    }
    tissue.graph.complete(state.fields, n_fields);
  }
} // namespace cutis
