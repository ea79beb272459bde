// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/case.h"

#include "base/errors.h"
#include "base/text.h"
#include "io/nodal_quantities.h"
#include "io/observables/observable.h"
#include "processes/mechanics/mechanics_output.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    constexpr double shortest_output_interval = 1e-3; // d
  }

  void TimeSettings::declare(Parameters &parameters)
  {
    parameters.add("Time/End", end, "d", {0., 1e5}, {"End of the run."});
    parameters.add("Time/Tolerance", tolerance, "1", {1e-8, .1}, {"Relative error of a time step, in each field."});
    parameters.add(
      "Time/Largest step", largest_step, "d", {1e-6, 1e5}, {"Largest time step; the error control needs none."});
    parameters.add_choice(
      "Time/Rows",
      rows,
      {{Rows::on_steps, "on steps"}, {Rows::between_steps, "between steps"}},
      {"between steps: rows and fields are read off by cubic interpolation, and steps are as long as "
       "their error allows. on steps: steps land on each row and each field output, which is more "
       "exact where that shortens them. With mechanics always on steps."});
  }

  void OutputSettings::declare(Parameters &parameters)
  {
    parameters.add("Output/Every",
                   every,
                   "d",
                   {shortest_output_interval, 1e5},
                   {"Rows of the time series are written at multiples of it, and at the end."});
    parameters.add("Output/Fields every",
                   fields_every,
                   "d",
                   Range::non_negative(),
                   {"Fields are written at multiples of it, and at the end; 0: with every row of the time series."});
    parameters.add_list("Output/Fields", fields, {}, {"Fields to write; empty: all."});
    parameters.add_choice("Output/Format",
                          format,
                          {{FieldFormat::xdmf, "XDMF"}, {FieldFormat::vtu, "VTU"}},
                          {"XDMF: tables in HDF5, and solution.xdmf. VTU: a file of VTK for each time, and "
                           "solution.pvd, for programs that read no XDMF; larger."});
    parameters.add_path("Output/Directory", directory, {"Folder of the results."});
    parameters.add_list(
      "Output/Probes along width", probe_x, "mm", {-2e3, 2e3}, {"Places whose values are written in the time series."});
    parameters.add_list(
      "Output/Probes along length", probe_y, "mm", {-2e3, 2e3}, {"The same in a 3-D patch; empty: all 0."});
    parameters.add_list(
      "Output/Probe depths", probe_depth, "mm", {0., 1e3}, {"Depths of these places, as many as along the width."});
    parameters.add(
      "Output/Site along width", site_x, "mm", {-2e3, 2e3}, {"Axis of the punch biopsy in which histology is read."});
    parameters.add("Output/Site along length", site_y, "mm", {-2e3, 2e3}, {"The same in a 3-D patch."});
    parameters.add("Output/Punch diameter", punch, "mm", {1e-2, 1e3}, {"Diameter of the punch biopsy."});
  }

  void CheckpointSettings::declare(Parameters &parameters)
  {
    parameters.add("Checkpoint/Every",
                   every_minutes,
                   "min",
                   Range::non_negative(),
                   {"Wall time between checkpoints; 0: only when interrupted and at the end."});
  }

  namespace
  {
    Host young_host()
    {
      Host host;
      host.age = 20.;
      return host;
    }

    /** Give what has been made anew the values that are in force in a section. */
    template <class Part>
    void give_values(const Parameters &in_force, const std::string &section, Part &part)
    {
      Parameters own;
      part.declare(own);
      for (const std::string &value : in_force.values_below(section + "/"))
        own.set(value);
      own.finish();
    }
  } // namespace

  Case::Case() : repair_(make_module("repair"))
  {
    std::vector<std::string> choices = {"none"};
    for (const std::string &name : network_names())
      networks_.push_back(make_module(name));
    for (const std::string &name : intervention_names())
    {
      available_.push_back(make_intervention(name));
      choices.push_back(name);
    }
    parameters.add("Title", title, {"Name of the case, for people."});
    parameters.add_list(
      "Intervention", intervention_names_, choices, {"What is done to the skin; several may be combined."});
    parameters.add_choice("Network", network_name_, network_names(), {"Reaction network."});
    time.declare(parameters);
    output.declare(parameters);
    skin.declare(parameters);
    host.declare(parameters, "Host");
    host.constants.declare(parameters);
    other_site.declare(parameters);
    checkpoint.declare(parameters);
    mechanics.declare(parameters);
    for (const auto &network : networks_)
      network->declare(parameters);
    repair_->declare(parameters);
    for (const auto &intervention : available_)
      intervention->declare(parameters);
  }

  void Case::read(const std::string &file, const std::vector<std::string> &overrides)
  {
    parameters.read(file);
    for (const std::string &assignment : overrides)
      parameters.set(assignment);
    for (const std::string &name : intervention_names_)
      for (auto &intervention : available_)
        if (intervention && intervention->name() == name)
          chosen_.push_back(std::move(intervention));
    if (intervention_names_.size() > 1 &&
        std::count(intervention_names_.begin(), intervention_names_.end(), "none") > 0)
      parameters.problem("Intervention", "'none' cannot be combined with another intervention.");
    skin.finish(parameters);
    host.check(parameters, "Host");
    other_site.check(parameters);
    other_site.host.constants = host.constants; // skin of the same kind with another history
    for (const auto &intervention : chosen_)
      intervention->plan().check(parameters, intervention->section(), time.end);
    check_modules();
    if (skin.mesh_file.empty())
      check_places(skin.extent());
    check_output();
    check_ages();
    check_mechanics();
    for (const auto &intervention : chosen_)
      for (const Problem &problem : intervention->problems())
        parameters.problem(problem.path, problem.sentence);
    parameters.finish();
    if (skin.mesh_file.empty())
    {
      cutis::check(skin.patch);
      check_number_of_cells(skin.patch, skin.dimension);
    }
    // Growing up takes a moment, and matters only to the tension that skin must bear at rest.
    check_against(*model_of(mechanics.enabled ? hosts() : std::vector<Host>(1, young_host())).reactions);
    parameters.finish();
  }

  void Case::check_output()
  {
    if (output.fields_every > 0. && output.fields_every < shortest_output_interval)
      parameters.problem("Output/Fields every",
                         "fields cannot be written more often than every " + format_number(shortest_output_interval) +
                           " d; 0 writes them with every row.");
    if (output.probe_x.size() != output.probe_depth.size())
      parameters.problem("Output/Probe depths", "needs as many depths as there are probes along the width.");
    if (!output.probe_y.empty() && output.probe_y.size() != output.probe_x.size())
      parameters.problem("Output/Probes along length", "needs as many places as there are probes along the width.");
  }

  /** Of skin that is older than the range of `Age` the program knows nothing, also where a run leads there. */
  void Case::check_ages()
  {
    for (const auto &[section, h] : {std::make_pair("Host", &host), std::make_pair("Other site", &other_site.host)})
      if (h->age_at(time.end) > Host::oldest && (h == &host || other_site.exists()))
        parameters.problem(std::string(section) + "/Age",
                           "the host would be " + format_rounded(h->age_at(time.end), 4) + " years old on day " +
                             format_number(time.end) + ", the end of the run, but skin is known up to " +
                             format_number(Host::oldest) +
                             "; end the run earlier, begin with a lower age, or hold the age with Ageing = false.");
  }

  /** Interventions that need fields which the tissue does not have. */
  void Case::check_modules()
  {
    for (const std::string &sentence : missing_fields(chosen_, modules_of_tissue()))
      parameters.problem("Intervention", sentence);
  }

  /** What can be seen only when the fields and healthy skin are known. */
  void Case::check_against(const Reactions &reactions)
  {
    for (const auto &intervention : chosen_)
      intervention->plan().check_observable(
        parameters,
        intervention->section(),
        observable_names(reactions.layout(), output.probe_x.size(), mechanics.enabled));
    const auto arrays = mechanics.enabled ? mechanics_array_names() : std::vector<std::string>();
    for (const std::string &sentence : unknown_quantities(reactions.layout(), output.fields, arrays))
      parameters.problem("Output/Fields", sentence);
    if (!mechanics.enabled)
      return;
    // Whether the layers can rest with what healthy skin is made of.
    std::vector<Layer> named;
    for (const std::string &name : skin.layers)
      named.push_back(layer_of_name(name));
    for (unsigned int site = 0; site < reactions.n_sites(); ++site)
    {
      const auto healthy = [&](const char *key) { return reactions.healthy(site)[reactions.index(key)]; };
      mechanics.check_rest(parameters, named, healthy("collagen_new") + healthy("collagen_mature"), healthy("elastin"));
    }
  }

  /** The tissue is made of the collagen, elastin and cells of a network; and cells feel its tension. */
  void Case::check_mechanics()
  {
    mechanics.check(parameters, skin.dimension);
    if (!mechanics.enabled)
      return tell_what_needs_mechanics(chosen_);
    std::vector<std::string> keys;
    for (const Species &s : tissue().fields(0))
      keys.push_back(s.key);
    for (const char *key : {"collagen_new", "collagen_mature", "elastin", "hyaluronan", "myofibroblast"})
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
      {
        parameters.problem("Mechanics/Enabled",
                           "the network " + network_name_ + " has no " + key +
                             " that tissue could be made of; use dermis.");
        return;
      }
    for (Host *h : {&host, &other_site.host})
      h->tension_gains = {mechanics.synthesis_gain, mechanics.mmp_gain, mechanics.tgf_gain};
  }

  void Case::check_places(const PatchExtent &extent) const
  {
    for (const auto &intervention : chosen_)
      intervention->check(parameters, extent, tissue());
    const auto check = [&](const std::string &path, const double place, const Reach &reach)
    {
      if (!reach.contains(place))
        parameters.problem(path,
                           "the place at " + format_number(place) + " mm lies outside the skin patch, which reaches " +
                             reach.in_words() + ".");
    };
    const bool block = extent.dimension == 3;
    for (const double x : output.probe_x)
      check("Output/Probes along width", x, extent.width);
    if (block)
      for (const double y : output.probe_y)
        check("Output/Probes along length", y, extent.length);
    for (const double depth : output.probe_depth)
      check("Output/Probe depths", depth, {0., extent.depth});
    check("Output/Site along width", output.site_x, extent.width);
    if (block)
      check("Output/Site along length", output.site_y, extent.length);
  }

  const Module &Case::tissue() const
  {
    return **std::find_if(
      networks_.begin(), networks_.end(), [&](const auto &n) { return n->name() == network_name_; });
  }

  /** The network and, where it is wounded, what repairs it. */
  std::vector<const Module *> Case::modules_of_tissue() const
  {
    std::vector<const Module *> modules = {&tissue()};
    if (repair_->stands_on() == network_name_ &&
        std::any_of(chosen_.begin(), chosen_.end(), [](const auto &i) { return i->wounds(); }))
      modules.push_back(repair_.get());
    return modules;
  }

  std::vector<Host> Case::hosts() const
  {
    return other_site.exists() ? std::vector<Host>{host, other_site.host} : std::vector<Host>{host};
  }

  CaseModel Case::model() const
  {
    return model_of(hosts());
  }

  CaseModel Case::model_of(const std::vector<Host> &hosts) const
  {
    CaseModel model;
    for (const auto &chosen : chosen_)
    {
      model.interventions.push_back(make_intervention(chosen->name()));
      Intervention &intervention = *model.interventions.back();
      give_values(parameters, intervention.section(), intervention);
      intervention.plan() = chosen->plan();
    }
    std::vector<ChosenModule> modules;
    for (const Module *module : modules_of_tissue())
      modules.push_back({module->clone(), 0});
    for (ChosenModule &brought : modules_of(model.interventions))
      modules.push_back(std::move(brought));
    model.reactions = std::make_shared<Reactions>(std::move(modules), hosts);
    return model;
  }

  std::vector<std::string> Case::input_files() const
  {
    std::vector<std::string> files = parameters.files();
    if (!skin.mesh_file.empty())
      files.push_back(skin.mesh_file);
    return files;
  }

  std::vector<std::string> Case::physics() const
  {
    std::vector<std::string> lines;
    std::vector<std::string> sections = {
      "Intervention", "Network", "Skin/", "Host/", "Other site/", "Mesh/", "Mechanics/", "Time/Tolerance", "Time/Rows"};
    for (const auto &intervention : chosen_)
      sections.push_back(intervention->section() + "/");
    for (const std::string &section : sections)
      for (const std::string &line : parameters.values_below(section))
        if (std::find(lines.begin(), lines.end(), line) == lines.end() && line.rfind("Mesh/File =", 0) != 0)
          lines.push_back(line); // of a mesh its content counts, not where the file lies
    return lines;
  }
} // namespace cutis
