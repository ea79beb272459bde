// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace cutis
{
  /**
   * Say what the program knows of a topic: network, parameters, interventions or observables; empty: all of them. The
   * same texts are in the code and in the reference of the manual.
   */
  void describe(std::ostream &out, const std::string &topic, Parameters::Format format);

  /**
   * Say what the program knows of parameters, fields, reactions, interventions and observables in whose name or text
   * all of these words occur, as whole words or as parts of them. BadInput if nothing is found.
   */
  void describe_found(std::ostream &out, const std::vector<std::string> &words, Parameters::Format format);

  /** Names only, one per line: interventions, networks, skins (the layers) or observables. */
  void list(std::ostream &out, const std::string &topic);
} // namespace cutis
