// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  /** A number for the summary of a run. Its name ends in its unit: `energy_J`. */
  struct Amount
  {
    std::string name;
    double value;
  };

  /** A session that has been carried out, and what it did to the patch as a whole. */
  struct SessionEntry
  {
    double time; ///< [d]
    std::string intervention;
    unsigned int session; ///< of that intervention, from 0
    std::vector<Amount> amounts;
  };

  /** What an intervention says of itself whatever the session. */
  struct Account
  {
    std::string intervention;
    std::vector<Amount> amounts;
    std::vector<std::string> notes;  ///< sentences: how the numbers are to be read
    std::vector<std::string> limits; ///< sentences: where this run leaves what the model describes
  };

  /** Name of the amount that a session injects, which the check of the mass balance reads. */
  inline constexpr const char *injected_mass = "injected_mg";

  /** Sum of the amounts of this name over the sessions of an intervention. */
  double total_of(const std::vector<SessionEntry> &sessions, const std::string &intervention, const std::string &name);
} // namespace cutis
