// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needles/rf_microneedling.h"

#include "base/parameters.h"
#include "base/text.h"
#include "interventions/needles/node_box.h"

#include <deal.II/base/mpi.h>

#include <algorithm>

namespace cutis
{
  namespace
  {
    const std::string closure_of_pores =
      "half-life of the impedance of micropores 20 to 26 h at three sites, n = 35, PMC8259462 (2021)";
  }

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
    parameters.add(section + "Elastin gain",
                   constants_.elastin_gain,
                   "1",
                   Range::non_negative(),
                   assumed("Gain of elastin synthesis where all collagen is denatured and being replaced."));
    const auto of_rebuilding = [](const std::string &text) -> About {
      return {text, Provenance::assumed, "zones are replaced within ten weeks, by cells rich in HSP47: Hantash 2009"};
    };
    parameters.add(
      section + "Synthesis in denatured tissue",
      constants_.rebuilding,
      "1",
      Range::non_negative(),
      of_rebuilding(
        "Gain of collagen synthesis where all collagen is denatured; the default is that of the network under "
        "the highest TGF-beta. 0: it is not raised there."));
    parameters.add(
      section + "Retention in denatured tissue",
      constants_.retention,
      "1",
      Range::non_negative(),
      of_rebuilding("Gain of the retention of new collagen where all collagen is denatured; the default is that of the "
                    "network under the highest TGF-beta. 0: it is not raised there."));
    parameters.add(section + "Pore half-life",
                   constants_.pore_half_life,
                   "d",
                   Range::positive(),
                   {"Time in which half of the open needle tracks close. Skin that is not covered seals within 2 h "
                    "(Gupta 2011).",
                    Provenance::published,
                    closure_of_pores});
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
    for (const char *key : {"damage_signal",
                            "collagen_new",
                            "collagen_mature",
                            "collagen3_new",
                            "collagen3_mature",
                            "elastin",
                            "fibroblast",
                            "vessel"})
      if (!network.has(key))
      {
        parameters.problem("Intervention",
                           "the network " + network.name() + " has no " + key + ", which lesions need; use dermis.");
        return;
      }
  }

  std::vector<Species> RfMicroneedling::species() const
  {
    Species denatured, shock, pore;
    denatured.key = "denatured_collagen";
    denatured.symbol = "Cd";
    denatured.meaning = "denatured collagen";
    denatured.scale = "0.2 g/cm^3 of collagen";
    denatured.matter = Matter::tissue;
    denatured.provenance = Provenance::derived;
    denatured.magnitude = .1;
    shock.key = "heat_shock";
    shock.symbol = "H";
    shock.meaning = "heat shock response";
    shock.matter = Matter::tissue;
    shock.provenance = Provenance::recalled;
    shock.source = "Hantash 2009";
    shock.magnitude = .1;
    pore.key = "pore";
    pore.symbol = "p";
    pore.meaning = "open needle tracks";
    pore.scale = "share of the tissue";
    pore.provenance = Provenance::published;
    pore.source = closure_of_pores;
    return {denatured, shock, pore};
  }

  void RfMicroneedling::prepare(const FieldLayout &layout, const Network &network)
  {
    at_.damage = layout.find("damage_signal");
    at_.denatured = layout.find("denatured_collagen");
    at_.shock = layout.find("heat_shock");
    at_.pore = layout.find("pore");
    at_.collagen_new = layout.find("collagen_new");
    at_.collagen_mature = layout.find("collagen_mature");
    at_.collagen.clear();
    at_.cells.clear();
    for (const char *key :
         {"collagen_new", "collagen_mature", "collagen3_new", "collagen3_mature", "collagen_fragmented"})
      at_.collagen.push_back(layout.find(key));
    for (const char *key : {"fibroblast", "myofibroblast", "vessel"})
      at_.cells.push_back(layout.find(key));
    kinetics_ = std::make_unique<RfKinetics>(constants_,
                                             network,
                                             RfKinetics::Indices{layout.find("tgf_beta"),
                                                                 at_.denatured,
                                                                 at_.shock,
                                                                 at_.pore,
                                                                 at_.collagen_new,
                                                                 at_.collagen_mature,
                                                                 layout.find("collagen3_new"),
                                                                 layout.find("collagen3_mature"),
                                                                 layout.find("elastin")});
  }

  void RfMicroneedling::set_lesion(LesionTable lesion, const FiringRecord &firing)
  {
    lesion_ = std::move(lesion);
    firing_ = firing;
    expected_.reset();
  }

  /** Mean over the part of the skin that a node stands for. */
  SessionEffect RfMicroneedling::effect_on(const unsigned int node, const Tissue &tissue) const
  {
    const Place &place = tissue.places[node];
    const double reach = std::max({lesion_.reach().x, lesion_.reach().y, array_.needle.diameter}) + 1.;
    const std::vector<Place> sources = near(sources_, place, reach), needles = near(needles_, place, reach);
    if (sources.empty() && needles.empty())
      return {};
    return mean_over(node_box(tissue.graph, tissue.places, node),
                     tissue.dimension == 2,
                     [&](const Place &sample) { return array_.effect_at(sample, lesion_, sources, needles); });
  }

  void RfMicroneedling::change(double *u, const SessionEffect &e) const
  {
    u[at_.denatured] += e.collagen * (u[at_.collagen_new] + u[at_.collagen_mature]);
    for (const int f : at_.collagen)
      u[f] *= 1. - e.collagen;
    for (const int f : at_.cells)
      u[f] *= 1. - e.cells;
    u[at_.damage] += signal_cells_ * (e.cells - e.track) + signal_collagen_ * e.collagen + signal_track_ * e.track;
    u[at_.shock] += e.shock;
    u[at_.pore] += e.track * (1. - u[at_.pore]);
  }

  std::vector<Amount> RfMicroneedling::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const bool section = tissue.dimension == 2;
    sources_ = array_.sources(section);
    needles_ = array_.needles(section);
    const unsigned int n_fields = tissue.layout.n_fields();
    SessionEffect arrived;
    for (unsigned int i = 0; i < tissue.graph.n_owned; ++i)
    {
      const SessionEffect effect = effect_on(i, tissue);
      change(state.fields.begin() + std::size_t(i) * n_fields, effect);
      arrived.collagen += tissue.graph.volume[i] * effect.collagen;
      arrived.cells += tissue.graph.volume[i] * effect.cells;
    }
    tissue.graph.complete(state.fields, n_fields);
    return amounts(arrived, tissue);
  }

  std::vector<Amount> RfMicroneedling::amounts(SessionEffect arrived, const Tissue &tissue)
  {
    using dealii::Utilities::MPI::sum;
    const bool section = tissue.dimension == 2;
    if (!expected_)
      expected_ = array_.integrals(lesion_, section);
    const double firing = energy_ ? 1. : 0.;
    std::vector<Amount> list = {{"firings", firing * array_.firings()},
                                {"energy_J", firing * array_.columns * array_.rows * firing_.energy}};
    const auto compare = [&](const std::string &what, const double local, const double expected)
    {
      const std::string unit = section ? "_mm2" : "_mm3";
      const double there = sum(local, tissue.communicator);
      list.push_back({what + unit, there});
      list.push_back({what + "_expected" + unit, expected});
      list.push_back({what + "_difference", expected > 0. ? there / expected - 1. : 0.});
    };
    compare("denatured", arrived.collagen, expected_->collagen);
    compare("dead", arrived.cells, expected_->cells);
    return list;
  }

  Account RfMicroneedling::account(const unsigned int dimension) const
  {
    Account account{name(), {}, {}, {}};
    if (!energy_)
      return account;
    account.amounts = {{"energy_per_needle_J", firing_.energy},
                       {"peak_temperature_degC", firing_.peak},
                       {"heat_balance_defect", firing_.heat_defect},
                       {"collagen_lesion_mm3", firing_.collagen_lesion},
                       {"cell_lesion_mm3", firing_.cell_lesion},
                       {"boiled_mm3", firing_.boiled}};
    account.notes = {"Energy, lesions and boiled tissue are those of each needle, half of a pair's. A lesion is the "
                     "volume in which half or more is destroyed; the sessions give the integral of the destroyed "
                     "fractions over the whole array, on the mesh and without one."};
    if (array_.residual_heat)
      account.notes.push_back(
        "Energy, temperature, boiling and the lesion of a needle are those of the first firing, into "
        "tissue that is not warm yet.");
    if (dimension == 2)
      account.notes.push_back("This is a section through one row of needles: what sessions destroy is an area of the "
                              "section, of lesions that go on across it without end, and a larger share of the tissue "
                              "than in a block. Firings and energy are those of the whole array.");
    if (firing_.boiled > 0.)
      account.limits.push_back("Around each needle " + format_rounded(firing_.boiled, 3) +
                               " mm^3 of tissue reach 100 degrees Celsius; steam is beyond this model, and lesions are "
                               "a rough guess.");
    return account;
  }
} // namespace cutis
