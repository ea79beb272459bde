// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameter_value.h"
#include "base/parameters.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace cutis
{
  /** One declared parameter. */
  struct ParameterEntry
  {
    std::string path;
    About about;
    ParameterValuePtr value;
    std::string default_text;
  };

  /** In the order of declaration. */
  using ParameterTable = std::vector<ParameterEntry>;

  /** All values in force with their meaning, unit and default, in the syntax of `read_parameter_file`. */
  void write_parameter_file(std::ostream &out, const ParameterTable &table);

  /** What a user is told about all parameters. */
  void describe_parameters(std::ostream &out, const ParameterTable &table, Parameters::Format format);
} // namespace cutis
