// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// All interventions by name. A new one adds its header and its line.
#include "base/errors.h"
#include "base/parameters.h"
#include "interventions/filler/filler.h"
#include "interventions/msc/msc.h"
#include "interventions/needles/rf_microneedling.h"
#include "interventions/plla/plla.h"
#include "interventions/wound/wound.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace cutis
{
  const std::vector<std::string> &intervention_names()
  {
    static const std::vector<std::string> names = {"plla", "rf_microneedling", "msc", "filler", "wound"};
    return names;
  }

  std::unique_ptr<Intervention> make_intervention(const std::string &name)
  {
    if (name == "plla")
      return std::make_unique<Plla>();
    if (name == "rf_microneedling")
      return std::make_unique<RfMicroneedling>();
    if (name == "msc")
      return std::make_unique<Msc>();
    if (name == "filler")
      return std::make_unique<Filler>();
    if (name == "wound")
      return std::make_unique<Wound>();
    throw BadInput("There is no intervention '" + name + "'.");
  }

  std::vector<ChosenModule> modules_of(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    std::vector<ChosenModule> modules;
    for (const auto &intervention : interventions)
      for (auto &module : intervention->modules())
      {
        const double lifetime = module->cohort_lifetime();
        modules.push_back({std::move(module), lifetime > 0. ? intervention->plan().most_within(lifetime) : 0});
      }
    return modules;
  }

  std::vector<std::string> missing_fields(const std::vector<std::unique_ptr<Intervention>> &interventions,
                                          const std::vector<const Module *> &tissue)
  {
    Modules brought;
    std::vector<const Module *> modules = tissue;
    std::vector<std::string> keys, sentences;
    const auto take_in = [&](const Module &module)
    {
      for (const Species &s : module.fields(1))
        keys.push_back(s.key);
    };
    for (const Module *module : tissue)
      take_in(*module);
    for (const auto &intervention : interventions)
    {
      for (const std::string &key : intervention->needs())
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
        {
          sentences.push_back("'" + intervention->name() + "' needs the field '" + key +
                              "', which neither the network has nor an intervention that is named before it.");
          break; // one sentence each
        }
      for (auto &module : intervention->modules())
      {
        take_in(*module);
        brought.push_back(std::move(module));
        modules.push_back(brought.back().get());
      }
    }
    const std::vector<std::string> of_modules = missing_fields(modules);
    return of_modules.empty() ? sentences : of_modules;
  }

  void tell_what_needs_mechanics(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    for (const auto &intervention : interventions)
      if (const std::string missing = intervention->missing_without_mechanics(); !missing.empty())
        spdlog::warn(missing);
  }

  std::vector<Account> accounts_of(const std::vector<std::unique_ptr<Intervention>> &interventions,
                                   const unsigned int dimension)
  {
    std::vector<Account> all;
    for (const auto &intervention : interventions)
      all.push_back(intervention->account(dimension));
    return all;
  }
} // namespace cutis
