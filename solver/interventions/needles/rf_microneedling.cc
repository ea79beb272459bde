// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needles/rf_microneedling.h"

#include "base/parameters.h"
#include "base/text.h"
#include "interventions/needles/node_box.h"
#include "interventions/needles/rf_lesion.h"
#include "interventions/thermal_injury.h"

#include <deal.II/base/mpi.h>

#include <spdlog/spdlog.h>

#include <algorithm>

namespace cutis
{
  void RfMicroneedling::declare(Parameters &parameters)
  {
    plan_.declare(parameters, this->section());
    array_.declare(parameters);
    pulse_.declare(parameters);
    heat_.declare(parameters);
    const std::string section = "RF microneedling/";
    parameters.add(section + "Energy", energy_, {"false: needles without radio frequency."});
    parameters.add_choice(
      section + "Model",
      model_,
      {{LesionModel::pair, "pair"}, {LesionModel::single_needle, "single needle"}},
      {"What the lesion is computed with: a pair of needles in 3-D, or a single needle with its axis of "
       "symmetry that stands in the circuit of the pair; quicker, for surveys."});
    module_->declare(parameters);
    const auto assumed = [](const std::string &text) { return About{text, Provenance::assumed, ""}; };
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

  void RfMicroneedling::check(const Parameters &parameters, const PatchExtent &patch, const Module &) const
  {
    array_.check(parameters, patch);
    if (array_.residual_heat && array_.interval < pulse_.length)
      parameters.problem("RF microneedling/Interval",
                         "the next needles would fire before the pulse of " + format_number(pulse_.length) +
                           " s has ended.");
    if (array_.at_once() && axisymmetric())
      parameters.problem("RF microneedling/Model",
                         "a needle with its axis of symmetry has no neighbours that fire at once; use pair.");
  }

  std::vector<Problem> RfMicroneedling::problems() const
  {
    if (!energy_)
      return {};
    std::vector<Problem> problems = problems_of(pulse_, heat_.heat.start_temperature);
    const std::vector<Problem> more = problems_of(heat_);
    problems.insert(problems.end(), more.begin(), more.end());
    return problems;
  }

  Modules RfMicroneedling::modules() const
  {
    Modules modules;
    modules.push_back(module_->clone());
    return modules;
  }

  std::vector<std::string> RfMicroneedling::needs() const
  {
    std::vector<std::string> keys = ThermalInjury::fields();
    keys.push_back("damage_signal");
    return keys;
  }

  std::vector<Document> RfMicroneedling::begin(const std::vector<LayerExtent> &layers)
  {
    if (!energy_ || given_)
      return {};
    RfReport report;
    LesionTable lesion = compute_lesion(*this, heat_, layers, report);
    const FiringRecord each = report.record();
    keep(std::move(lesion), each);
    spdlog::info(
      "Needles: {:.0f} ohm, at most {:.0f} degrees Celsius; of each {:.3g} J, collagen denatured in {:.3g} mm^3, "
      "cells dead in {:.3g} mm^3",
      report.first_resistance,
      report.peak,
      each.energy,
      each.collagen_lesion,
      each.cell_lesion);
    if (each.boiled > 0.)
      spdlog::warn("Around each needle {:.3g} mm^3 of tissue reach 100 degrees Celsius: steam is beyond this model.",
                   each.boiled);
    return {{"lesion.json", report.as_json()}, {"lesion.csv", report.plane_as_csv()}};
  }

  void RfMicroneedling::set_lesion(LesionTable lesion, const FiringRecord &firing)
  {
    given_ = true;
    keep(std::move(lesion), firing);
  }

  void RfMicroneedling::keep(LesionTable lesion, const FiringRecord &firing)
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

  void RfMicroneedling::change(double *u, const SessionEffect &e, const FieldLayout &layout) const
  {
    ThermalInjury{e.collagen, e.cells}.act_on(u, layout);
    const auto field = [&](const char *key) -> double & { return u[layout.find(key)]; };
    field("damage_signal") +=
      signal_cells_ * (e.cells - e.track) + signal_collagen_ * e.collagen + signal_track_ * e.track;
    // Cells that are killed answer no longer, and those that answer already cannot be stimulated again.
    double &shock = field("heat_shock");
    shock = (1. - e.cells) * shock + (1. - shock) * e.shock;
    field("pore") += e.track * (1. - field("pore"));
  }

  std::string RfMicroneedling::in_words() const
  {
    const std::string needles = std::to_string(array_.columns) + " x " + std::to_string(array_.rows) + " needles, " +
                                std::to_string(array_.firings());
    return needles + (energy_ ? " firings of " + format_rounded(pulse_.length, 3) + " s" : " of them without energy");
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
      if (effect.collagen > 0. || effect.cells > 0. || effect.track > 0. || effect.shock > 0.)
        change(state.fields().begin() + std::size_t(i) * n_fields, effect, tissue.layout);
      arrived.collagen += tissue.graph.volume[i] * effect.collagen;
      arrived.cells += tissue.graph.volume[i] * effect.cells;
    }
    tissue.graph.complete(state.fields(), n_fields);
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
      require_reached(name(), there > 0. || expected == 0.);
      compare_with_plan(name(), there, expected);
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
