// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"

#include <iosfwd>
#include <string>

namespace cutis
{
  /**
   * Say what the program knows of a topic: network, parameters, interventions or observables; empty: all of them. The
   * same texts are in the code and in the reference of the manual.
   */
  void describe(std::ostream &out, const std::string &topic, Parameters::Format format);

  /** Names only, one per line: interventions, networks, skins (the layers) or observables. */
  void list(std::ostream &out, const std::string &topic);
} // namespace cutis
