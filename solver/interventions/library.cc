// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// All interventions by name. A new one adds its header and its line.
#include "base/errors.h"
#include "base/parameters.h"
#include "interventions/needles/rf_microneedling.h"
#include "interventions/plla/plla.h"
#include "interventions/wound/wound.h"

namespace cutis
{
  const std::vector<std::string> &intervention_names()
  {
    static const std::vector<std::string> names = {"plla", "rf_microneedling", "wound"};
    return names;
  }

  std::unique_ptr<Intervention> make_intervention(const std::string &name)
  {
    if (name == "plla")
      return std::make_unique<Plla>();
    if (name == "rf_microneedling")
      return std::make_unique<RfMicroneedling>();
    if (name == "wound")
      return std::make_unique<Wound>();
    throw BadInput("There is no intervention '" + name + "'.");
  }

  std::vector<ChosenModule> modules_of(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    std::vector<ChosenModule> modules;
    for (const auto &intervention : interventions)
      if (auto module = intervention->module())
      {
        const double lifetime = module->cohort_lifetime();
        modules.push_back({std::move(module), lifetime > 0. ? intervention->plan().most_within(lifetime) : 0});
      }
    return modules;
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
