// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis
{
  /** Reads texts into a variable of some type and writes the variable as text; shared by all kinds of parameters. */
  class ParameterValue
  {
  public:
    virtual ~ParameterValue() = default;

    /** Give the variable its value. Throws BadInput with a sentence and leaves the variable alone if it cannot be. */
    virtual void assign(const std::string &text) = 0;
    /** The value of the variable now, such that `assign(text())` changes nothing. */
    virtual std::string text() const = 0;

    /** The name of the type for the user: `number`, `whole number`, `true or false`, `text`, ... */
    virtual std::string type() const = 0;
    /** The documented unit, `1` for a pure number; empty if the values are not numbers. */
    virtual std::string unit() const { return ""; }
    virtual Range range() const { return {}; }
    /** The names out of which one or several may be given; empty if there is no such set. */
    virtual std::vector<std::string> choices() const { return {}; }
  };

  using ParameterValuePtr = std::unique_ptr<ParameterValue>;

  ParameterValuePtr number_value(double &value, const std::string &unit, Range range);
  ParameterValuePtr whole_number_value(int &value, Range range);
  ParameterValuePtr switch_value(bool &value);
  ParameterValuePtr text_value(std::string &value);
  /** The name of a file or folder, see expand_path. */
  ParameterValuePtr path_value(std::string &value);
  ParameterValuePtr choice_value(ChoiceAccess access);
  ParameterValuePtr choices_value(std::vector<std::string> &value, const std::vector<std::string> &choices);
  ParameterValuePtr dates_value(Dates &value);
  ParameterValuePtr numbers_value(std::vector<double> &value, const std::string &unit, Range range);

  /** `"> 0 mg"`, `">= 1"`, `"0 to 1"`: the range as a user reads it; empty if every number will do. */
  std::string range_in_words(Range range, const std::string &unit);
} // namespace cutis
