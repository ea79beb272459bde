// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/parameter_value.h"

#include "base/decimal_comma.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/units.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cutis
{
  namespace
  {
    std::string with_unit(const double value, const std::string &unit)
    {
      return format_number(value) + (unit == "1" ? "" : " " + unit);
    }

    /** Throws if the number, given as `text`, is outside the range. */
    void check_range(const double value, const Range range, const std::string &text, const std::string &unit)
    {
      if (value >= range.low && value <= range.high)
        return;
      const std::string number = with_unit(value, unit);
      const bool converted = text != number && text != format_number(value);
      throw BadInput("'" + text + "'" + (converted ? ", which is " + number + "," : "") +
                     " is out of range; expected " + range_in_words(range, unit) + ".");
    }

    void check_choice(const std::string &name, const std::vector<std::string> &choices)
    {
      if (choices.empty() || std::find(choices.begin(), choices.end(), name) != choices.end())
        return;
      throw BadInput("'" + name + "' is not one of the choices " + join(choices, ", ") + did_you_mean(name, choices));
    }


    class Number : public ParameterValue
    {
    public:
      Number(double &value, const std::string &unit, const Range range) : value_(value), unit_(unit), range_(range) {}

      void assign(const std::string &text) override
      {
        const double value = read_quantity(text, unit_);
        check_range(value, range_, text, unit_);
        value_ = value;
      }
      std::string text() const override { return format_number(value_); }
      std::string type() const override { return "number"; }
      std::string unit() const override { return unit_; }
      Range range() const override { return range_; }

    private:
      double &value_;
      const std::string unit_;
      const Range range_;
    };


    class WholeNumber : public ParameterValue
    {
    public:
      WholeNumber(int &value, const Range range) : value_(value), range_(range) {}

      void assign(const std::string &text) override
      {
        int value = 0;
        const auto end = text.data() + text.size();
        const auto [rest, problem] = std::from_chars(text.data(), end, value);
        if (problem == std::errc::result_out_of_range)
          throw BadInput("'" + text + "' is too large for a whole number.");
        if (problem != std::errc() || rest != end)
          throw BadInput("'" + text + "' is not a whole number.");
        check_range(value, range_, text, "1");
        value_ = value;
      }
      std::string text() const override { return std::to_string(value_); }
      std::string type() const override { return "whole number"; }
      std::string unit() const override { return "1"; }
      Range range() const override { return range_; }

    private:
      int &value_;
      const Range range_;
    };


    class Switch : public ParameterValue
    {
    public:
      explicit Switch(bool &value) : value_(value) {}

      void assign(const std::string &text) override
      {
        const std::string word = lower_case(text);
        if (word != "true" && word != "false")
          throw BadInput("'" + text + "' is neither 'true' nor 'false'.");
        value_ = word == "true";
      }
      std::string text() const override { return value_ ? "true" : "false"; }
      std::string type() const override { return "true or false"; }

    private:
      bool &value_;
    };


    class Text : public ParameterValue
    {
    public:
      explicit Text(std::string &value) : value_(value) {}

      void assign(const std::string &text) override
      {
        const std::string value = trim(text);
        if (value.find_first_of("#\r\n") != std::string::npos || (!value.empty() && value.back() == '\\'))
          throw BadInput("'" + value + "' cannot be written in a parameter file, because of a '#', a line break or " +
                         "a backslash at the end.");
        if (!is_plain_text(value))
          throw BadInput("the value holds bytes that are not text (UTF-8).");
        value_ = value;
      }
      std::string text() const override { return value_; }
      std::string type() const override { return "text"; }

    private:
      std::string &value_;
    };


    class Path : public Text
    {
    public:
      using Text::Text;

      void assign(const std::string &text) override { Text::assign(expand_path(trim(text))); }
      std::string type() const override { return "path"; }
    };


    class Choice : public ParameterValue
    {
    public:
      explicit Choice(ChoiceAccess access) : access_(std::move(access)) {}

      void assign(const std::string &text) override
      {
        check_choice(text, access_.names);
        access_.set(text);
      }
      std::string text() const override { return access_.get(); }
      std::string type() const override { return "choice"; }
      std::vector<std::string> choices() const override { return access_.names; }

    private:
      const ChoiceAccess access_;
    };


    class Choices : public ParameterValue
    {
    public:
      Choices(std::vector<std::string> &value, const std::vector<std::string> &choices)
        : value_(value)
        , choices_(choices)
      {
      }

      void assign(const std::string &text) override
      {
        const auto names = split(text, ',');
        for (auto name = names.begin(); name != names.end(); ++name)
        {
          if (name->empty())
            throw BadInput("the list '" + text + "' has an empty place between its commas.");
          if (std::find(names.begin(), name, *name) != name)
            throw BadInput("the list '" + text + "' names '" + *name + "' twice.");
          check_choice(*name, choices_);
          std::string as_text;
          text_value(as_text)->assign(*name);
        }
        value_ = names;
      }
      std::string text() const override { return join(value_, ", "); }
      std::string type() const override { return choices_.empty() ? "list of names" : "list of choices"; }
      std::vector<std::string> choices() const override { return choices_; }

    private:
      std::vector<std::string> &value_;
      const std::vector<std::string> choices_;
    };


    class Numbers : public ParameterValue
    {
    public:
      Numbers(std::vector<double> &value, const std::string &unit, const Range range)
        : value_(value)
        , unit_(unit)
        , range_(range)
      {
      }

      void assign(const std::string &text) override
      {
        const auto pieces = split(text, ',');
        check_decimal_commas(text);
        std::vector<double> values;
        for (const auto &piece : pieces)
        {
          if (piece.empty())
            throw BadInput("the list '" + text + "' has an empty place between its commas.");
          values.push_back(read_quantity(piece, unit_));
          check_range(values.back(), range_, piece, unit_);
        }
        check_units_agree(text, pieces);
        value_ = values;
      }
      std::string text() const override
      {
        std::vector<std::string> numbers;
        for (const double number : value_)
          numbers.push_back(format_number(number));
        return join(numbers, ", ");
      }
      std::string type() const override { return "list of numbers"; }
      std::string unit() const override { return unit_; }
      Range range() const override { return range_; }

    private:
      /** `0, 4, 8 weeks` hardly means the days 0 and 4: next to a number in another unit only a zero may be bare. */
      void check_units_agree(const std::string &text, const std::vector<std::string> &pieces) const
      {
        std::string bare, foreign;
        for (const auto &piece : pieces)
        {
          const Quantity quantity = parse_quantity(piece);
          if (quantity.unit.empty() && quantity.value != 0.)
            bare = piece;
          else if (!quantity.unit.empty() && quantity.unit != unit_)
            foreign = quantity.unit;
        }
        if (!bare.empty() && !foreign.empty())
          throw BadInput("in the list '" + text + "' it is not clear whether '" + bare + "' is in " + foreign +
                         " or in " + unit_ + "; give every number its unit.");
      }

      std::vector<double> &value_;
      const std::string unit_;
      const Range range_;
    };


    class DatesValue : public ParameterValue
    {
    public:
      explicit DatesValue(Dates &value) : value_(value) {}

      void assign(const std::string &text) override
      {
        Dates dates;
        if (const auto number = text.find(every_); number == 0)
        {
          dates.every = read_quantity(trim(text.substr(every_.size())), "d");
          check_range(dates.every, {1e-3, 1e5}, text, "d");
        }
        else
          numbers_value(dates.listed, "d", Range::non_negative())->assign(text);
        value_ = dates;
      }
      std::string text() const override
      {
        Dates dates = value_;
        return dates.every > 0. ? every_ + format_number(dates.every) + " d"
                                : numbers_value(dates.listed, "d", Range::non_negative())->text();
      }
      std::string type() const override { return "list of numbers, or every so many"; }
      std::string unit() const override { return "d"; }
      Range range() const override { return Range::non_negative(); }

    private:
      const std::string every_ = "every ";
      Dates &value_;
    };
  } // namespace


  std::vector<double> Dates::before(const double end) const
  {
    std::vector<double> dates = listed;
    for (unsigned int k = 0; has_multiple(k, end); ++k)
      dates.push_back(k * every);
    return dates;
  }


  std::string range_in_words(const Range range, const std::string &unit)
  {
    const bool above_zero = range.low == Range::positive().low;
    const bool has_low = std::isfinite(range.low), has_high = std::isfinite(range.high);
    if (has_low && has_high && !above_zero)
      return format_number(range.low) + " to " + with_unit(range.high, unit);
    std::string words;
    if (has_low)
      words = above_zero ? "> " + with_unit(0., unit) : ">= " + with_unit(range.low, unit);
    if (has_high)
      words += (has_low ? " and <= " : "<= ") + with_unit(range.high, unit);
    return words;
  }


  ParameterValuePtr number_value(double &value, const std::string &unit, const Range range)
  {
    return std::make_unique<Number>(value, unit, range);
  }

  ParameterValuePtr whole_number_value(int &value, const Range range)
  {
    return std::make_unique<WholeNumber>(value, range);
  }

  ParameterValuePtr switch_value(bool &value)
  {
    return std::make_unique<Switch>(value);
  }

  ParameterValuePtr path_value(std::string &value)
  {
    return std::make_unique<Path>(value);
  }

  ParameterValuePtr text_value(std::string &value)
  {
    return std::make_unique<Text>(value);
  }

  ParameterValuePtr choice_value(ChoiceAccess access)
  {
    return std::make_unique<Choice>(std::move(access));
  }

  ParameterValuePtr choices_value(std::vector<std::string> &value, const std::vector<std::string> &choices)
  {
    return std::make_unique<Choices>(value, choices);
  }

  ParameterValuePtr dates_value(Dates &value)
  {
    return std::make_unique<DatesValue>(value);
  }

  ParameterValuePtr numbers_value(std::vector<double> &value, const std::string &unit, const Range range)
  {
    return std::make_unique<Numbers>(value, unit, range);
  }
} // namespace cutis
