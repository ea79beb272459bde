// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/describe.h"

#include "app/case.h"
#include "base/errors.h"
#include "base/parameter_table.h"
#include "base/text.h"
#include "io/observables/observable.h"
#include "model/reactions/reactions.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace cutis
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    /** A table whose rows have a title and named entries: the common form of networks, interventions and observables.
     */
    struct Entry
    {
      std::string title;
      std::vector<std::pair<std::string, std::string>> items;
    };
    struct Section
    {
      std::string title, text;
      std::vector<Entry> entries;
    };

    void print(std::ostream &out, const std::vector<Section> &sections, const Parameters::Format format)
    {
      const bool markdown = format == Parameters::Format::markdown;
      if (format == Parameters::Format::json)
      {
        Json all = Json::array();
        for (const Section &section : sections)
        {
          Json entries = Json::array();
          for (const Entry &entry : section.entries)
          {
            Json object = {{"name", entry.title}};
            for (const auto &[name, value] : entry.items)
              object[name] = value;
            entries.push_back(object);
          }
          all.push_back({{"title", section.title}, {"text", section.text}, {"entries", entries}});
        }
        out << all.dump(2) << '\n';
        return;
      }
      for (const Section &section : sections)
      {
        out << (markdown ? "## " : "") << section.title << "\n\n" << section.text << "\n\n";
        for (const Entry &entry : section.entries)
        {
          out << (markdown ? "- **" : "  ") << entry.title << (markdown ? "**" : "") << '\n';
          for (const auto &[name, value] : entry.items)
            if (!value.empty())
              out << (markdown ? "  - " : "      ") << name << ": " << value << '\n';
        }
        out << '\n';
      }
    }

    std::string species_text(const Species &s)
    {
      return s.diffusivity > 0. ? format_rounded(s.diffusivity, 10) + " mm^2/d" : "";
    }

    /** Fields, reactions and taxis of one module among those it is linked with. */
    std::vector<Section> module_sections(const Reactions &reactions, const Module &module)
    {
      const std::string name = (module.stands_on().empty() ? "Network " : "Module ") + module.name();
      Section fields{name + ": fields", module.title(), {}};
      Section taxis{name + ": taxis", "Movement up a gradient, besides diffusion.", {}};
      for (const Species &x : module.fields(1))
      {
        fields.entries.push_back({x.key,
                                  {{"symbol", x.symbol},
                                   {"meaning", x.meaning},
                                   {"unit", x.unit},
                                   {"a value of 1 is", x.scale},
                                   {"healthy at 20", format_rounded(x.healthy, 10)},
                                   {"healthy at 55", format_rounded(reactions.healthy()[reactions.index(x.key)], 10)},
                                   {"diffusivity", species_text(x)},
                                   {"provenance", name_of(x.provenance)},
                                   {"source", x.source}}});
        for (const Taxis &t : x.taxis)
          taxis.entries.push_back(
            {x.key + " up " + t.attractant,
             {{"coefficient", format_rounded(t.coefficient, 10) + " mm^2/d per unit"}, {"source", "assumed"}}});
      }
      Section changes{name + ": reactions", "Rates are in units of the field per day.", {}};
      for (const ReactionInfo &r : module.reactions())
        changes.entries.push_back({r.text,
                                   {{"changes", join(r.changes, ", ")},
                                    {"reads", join(r.reads, ", ")},
                                    {"factor from the rest of", r.balances},
                                    {"factor", r.balances.empty() ? "" : format_rounded(r.factor, 10)}}});
      return taxis.entries.empty() ? std::vector<Section>{fields, changes}
                                   : std::vector<Section>{fields, changes, taxis};
    }

    /** The networks by themselves, what repairs the dermis, and each module of an intervention on the network that it
     * stands on. */
    std::vector<Section> network_sections()
    {
      std::vector<std::vector<std::unique_ptr<Module>>> cases;
      for (const std::string &name : network_names())
      {
        cases.emplace_back();
        cases.back().push_back(make_module(name));
      }
      cases.emplace_back();
      cases.back().push_back(make_module("dermis"));
      cases.back().push_back(make_module("repair"));
      for (const std::string &name : intervention_names())
      {
        const auto intervention = make_intervention(name);
        for (std::size_t n = 1; n <= intervention->every_module().size(); ++n)
        {
          Modules modules = intervention->every_module(); // one may stand on those before it
          cases.emplace_back();
          cases.back().push_back(make_module(modules.front()->stands_on()));
          std::move(modules.begin(), modules.begin() + n, std::back_inserter(cases.back()));
        }
      }
      std::vector<Section> sections;
      for (auto &modules : cases)
      {
        std::vector<ChosenModule> chosen;
        for (auto &module : modules)
          chosen.push_back({std::move(module), 1});
        const Reactions reactions(std::move(chosen), {Host()});
        for (const Section &section : module_sections(reactions, *reactions.modules().back().module))
          sections.push_back(section);
      }
      return sections;
    }

    std::vector<Section> intervention_sections()
    {
      const Case all;
      const Parameters &settings = all.parameters;
      Section section{"Interventions", "Chosen with `set Intervention = NAME`, or a list of names.", {}};
      section.entries.push_back({"none", {{"meaning", "Nothing is done; only ageing acts"}}});
      for (const std::string &name : intervention_names())
      {
        const auto intervention = make_intervention(name);
        std::vector<std::string> fields;
        for (const auto &module : intervention->modules())
          for (const Species &s : module->fields(1))
            fields.push_back(s.key);
        section.entries.push_back({name,
                                   {{"meaning", intervention->title()},
                                    {"subsection", intervention->section()},
                                    {"fields it brings (with one session)", join(fields, ", ")},
                                    {"settings, explained by `cutis describe parameters`",
                                     join(settings.values_below(intervention->section() + "/"), "; ")}}});
      }
      return {section};
    }

    std::vector<Section> observable_sections()
    {
      Section section{
        "Observables", "Columns of timeseries.csv; a column is left out if a field it needs is absent.", {}};
      for (const auto &[o, reads] : describe_observables())
        section.entries.push_back(
          {o.header(),
           {{"meaning", o.meaning}, {"formula", o.formula}, {"reads", join(reads, ", ")}, {"source", o.source}}});
      return {section};
    }
  } // namespace

  void describe(std::ostream &out, const std::string &topic, const Parameters::Format format)
  {
    if (topic == "parameters" || topic.empty())
      Case().parameters.describe(out, format);
    std::vector<Section> sections;
    const auto add = [&](const std::vector<Section> &more)
    { sections.insert(sections.end(), more.begin(), more.end()); };
    if (topic == "network" || topic.empty())
      add(network_sections());
    if (topic == "interventions" || topic.empty())
      add(intervention_sections());
    if (topic == "observables" || topic.empty())
      add(observable_sections());
    if (!sections.empty())
      print(out, sections, format);
  }

  void describe_found(std::ostream &out, const std::vector<std::string> &words, const Parameters::Format format)
  {
    const auto matches = [&](const std::string &text)
    {
      const std::string all = lower_case(text);
      return std::all_of(
        words.begin(), words.end(), [&](const std::string &word) { return all.find(lower_case(word)) != all.npos; });
    };
    const Case all;
    const ParameterChoice parameters =
      chosen(all.parameters.table(),
             [&](const ParameterEntry &entry)
             { return matches(entry.path + ' ' + entry.about.text + ' ' + join(entry.value->choices(), " ")); });
    std::vector<Section> sections;
    for (const auto &topic : {network_sections(), intervention_sections(), observable_sections()})
      for (const Section &section : topic)
      {
        sections.push_back({section.title, section.text, {}});
        for (const Entry &entry : section.entries)
        {
          std::string text = entry.title;
          for (const auto &[name, value] : entry.items)
            text += name == "meaning" || name == "symbol" ? ' ' + value : "";
          if (matches(text))
            sections.back().entries.push_back(entry);
        }
        if (sections.back().entries.empty())
          sections.pop_back();
      }
    if (parameters.empty() && sections.empty())
      throw BadInput("Nothing is known by the words '" + join(words, " ") +
                     "'; try one word, or a part of it. `cutis describe parameters` tells everything.");
    if (!parameters.empty())
      describe_parameters(out, parameters, format);
    if (!parameters.empty() && !sections.empty() && format != Parameters::Format::json)
      out << '\n';
    if (!sections.empty())
      print(out, sections, format);
  }

  void list(std::ostream &out, const std::string &topic)
  {
    std::vector<std::string> names;
    if (topic == "interventions")
    {
      names = intervention_names();
      names.insert(names.begin(), "none");
    }
    else if (topic == "networks")
      names = network_names();
    else if (topic == "skins")
      names = layer_names();
    else
      for (const DescribedObservable &o : describe_observables())
        names.push_back(o.observable.header());
    for (const std::string &name : names)
      out << name << '\n';
  }
} // namespace cutis
