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

  std::vector<Kinetics *> kinetics_of(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    std::vector<Kinetics *> all;
    for (const auto &intervention : interventions)
      if (Kinetics *kinetics = intervention->kinetics())
        all.push_back(kinetics);
    return all;
  }

  std::vector<Account> accounts_of(const std::vector<std::unique_ptr<Intervention>> &interventions,
                                   const unsigned int dimension)
  {
    std::vector<Account> all;
    for (const auto &intervention : interventions)
      all.push_back(intervention->account(dimension));
    return all;
  }

  void Intervention::declare_sessions(Parameters &parameters)
  {
    parameters.add_list(section() + "/Sessions",
                        sessions_,
                        "d",
                        Range::non_negative(),
                        {"Times of the sessions after the start of the run."});
  }
} // namespace cutis
