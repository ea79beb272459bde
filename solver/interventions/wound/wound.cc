// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/wound/wound.h"

#include "base/parameters.h"
#include "base/text.h"

#include <cstdlib>

namespace cutis
{
  namespace
  {
    /** `field=value`; false if it is not of that form. */
    bool parse(const std::string &text, std::string &field, double &value)
    {
      const std::size_t equals = text.find('=');
      if (equals == std::string::npos)
        return false;
      field = trim(text.substr(0, equals));
      const std::string number = trim(text.substr(equals + 1));
      char *end = nullptr;
      value = std::strtod(number.c_str(), &end);
      return !number.empty() && *end == '\0' && value >= 0. && value < 1e300;
    }
  } // namespace

  Wound::Wound()
  {
    region_.shape = "column";
    region_.radius = 4.;
    region_.depth = 0.;
  }

  void Wound::declare(Parameters &parameters)
  {
    declare_sessions(parameters);
    region_.declare(parameters, "Wound");
    parameters.add("Wound/Radius", region_.radius, "mm", Range::positive(), {"Radius of the wound."});
    parameters.add("Wound/Height",
                   region_.height,
                   "mm",
                   Range::non_negative(),
                   {"Extent from top to bottom of a ball or plane; 0: a round ball."});
    parameters.add_list(
      "Wound/Inside",
      inside_,
      {},
      {"Values inside the wound as `field=value, field=value`; fields that are not named keep theirs. Empty: "
       "damage_signal, fibronectin, tgf_beta, vegf and mmp 1, oxygen .05, macrophage .2, all others 0."});
  }

  std::vector<std::pair<std::string, double>> Wound::values() const
  {
    std::vector<std::pair<std::string, double>> values;
    for (const std::string &text : inside_)
    {
      std::string field;
      double value;
      if (parse(text, field, value))
        values.emplace_back(field, value);
    }
    return values;
  }

  void Wound::check(Parameters &parameters, const PatchExtent &patch, const Network &network) const
  {
    region_.check(parameters, "Wound", patch);
    for (const std::string &text : inside_)
    {
      std::string field;
      double value;
      if (!parse(text, field, value))
        parameters.problem("Wound/Inside", "'" + text + "' is not of the form field=value with a value of at least 0.");
      else if (!network.has(field))
      {
        std::vector<std::string> keys;
        for (const Species &s : network.species())
          keys.push_back(s.key);
        const std::string near = nearest_name(field, keys);
        parameters.problem("Wound/Inside",
                           "the network '" + network.name() + "' has no field '" + field + "'" +
                             (near.empty() ? "." : "; did you mean '" + near + "'?"));
      }
    }
    if (inside_.empty() && network.name() != "dermis")
      parameters.problem("Wound/Inside", "give the values inside the wound for the network '" + network.name() + "'.");
  }

  void Wound::prepare(const FieldLayout &layout, const Network &)
  {
    values_.clear();
    for (const auto &[field, value] : values())
      values_.emplace_back(layout.find(field), value);
    if (!inside_.empty())
      return;
    for (const Species &s : layout.fields)
      if (s.key.rfind("plla_", 0) != 0)
        values_.emplace_back(layout.find(s.key), 0.);
    for (const auto &[key, value] : {std::pair("damage_signal", 1.),
                                     {"fibronectin", 1.},
                                     {"tgf_beta", 1.},
                                     {"vegf", 1.},
                                     {"mmp", 1.},
                                     {"oxygen", .05},
                                     {"macrophage", .2}})
      values_.emplace_back(layout.find(key), value);
  }

  std::vector<Amount> Wound::apply(const unsigned int, const Tissue &tissue, State &state)
  {
    const unsigned int n_fields = tissue.layout.n_fields();
    for (std::size_t i = 0; i < tissue.places.size(); ++i)
    {
      const double share = region_.share(tissue.places[i]);
      std::vector<double> goal(n_fields, -1.);
      for (const auto &[field, value] : values_)
        goal[field] = value; // a later value of the same field counts
      for (unsigned int f = 0; f < n_fields; ++f)
        if (goal[f] >= 0.)
        {
          double &value = state.fields.local_element(i * n_fields + f);
          value += share * (goal[f] - value);
        }
    }
    return {};
  }
} // namespace cutis
