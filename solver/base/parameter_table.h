// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameter_value.h"
#include "base/parameters.h"

#include <functional>
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

  /** Some of the entries, in their order; they must live as long. */
  using ParameterChoice = std::vector<const ParameterEntry *>;
  ParameterChoice chosen(const ParameterTable &table, const std::function<bool(const ParameterEntry &)> &wanted);

  /** All values in force with their meaning, unit and default, in the syntax of `read_parameter_file`. */
  void write_parameter_file(std::ostream &out, const ParameterTable &table);
  /** The same of some, with ranges and choices, for people who begin with it. */
  void write_annotated_file(std::ostream &out, const ParameterChoice &entries);

  /** What a user is told about parameters. */
  void describe_parameters(std::ostream &out, const ParameterChoice &entries, Parameters::Format format);
} // namespace cutis
