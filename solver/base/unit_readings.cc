// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/unit_readings.h"

#include "base/text.h"

#include <cctype>
#include <map>
#include <utility>

namespace cutis
{
  namespace
  {
    const std::pair<std::string, std::string> raised[] = {{"\u2070", "0"},
                                                          {"\u00b9", "1"},
                                                          {"\u00b2", "2"},
                                                          {"\u00b3", "3"},
                                                          {"\u2074", "4"},
                                                          {"\u2075", "5"},
                                                          {"\u2076", "6"},
                                                          {"\u2077", "7"},
                                                          {"\u2078", "8"},
                                                          {"\u2079", "9"},
                                                          {"\u207b", "-"},
                                                          {"\u207a", "+"}};
    const std::pair<std::string, std::string> plain[] =
      {{"\u2212", "-"}, {"\u00b7", "."}, {"\u22c5", "."}, {"\u2219", "."}, {"\u00a0", " "}, {"\u202f", " "}};

    /** Names that people use and UDUNITS does not know, or knows for something else. */
    const std::map<std::string, std::string> common_names = {
      {"C", "celsius"}, {"F", "fahrenheit"}, {"H", "h"},       {"D", "d"},        {"S", "s"},        {"hrs", "h"},
      {"Hr", "h"},      {"mins", "min"},     {"Min", "min"},   {"secs", "s"},     {"yr", "year"},    {"yrs", "year"},
      {"y", "year"},    {"wks", "week"},     {"mos", "month"}, {"dyn", "dyne"},   {"dynes", "dyne"}, {"mcg", "ug"},
      {"mcm", "um"},    {"gm", "g"},         {"gms", "g"},     {"ccm", "cm^3"},   {"M", "mol/L"},    {"mM", "mmol/L"},
      {"uM", "umol/L"}, {"nM", "nmol/L"},    {"pM", "pmol/L"}, {"kDa", "kg/mol"}, {"cP", "mPa s"},   {"a", "year"}};

    bool is_letter(const char c)
    {
      return std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
    }

    /** The unit with `change` made to each of its words. */
    template <class Change>
    std::string by_words(const std::string &unit, const Change &change)
    {
      std::string result;
      for (std::size_t i = 0; i < unit.size();)
      {
        std::size_t end = i;
        while (end < unit.size() && is_letter(unit[end]))
          ++end;
        if (end == i)
          result += unit[i++];
        else
        {
          result += change(unit.substr(i, end - i));
          i = end;
        }
      }
      return result;
    }

    /** Everything after the first stroke in brackets: `J/(kg K)`. Empty if there is nothing to put into them. */
    std::string all_below_the_stroke(const std::string &unit)
    {
      const auto stroke = unit.find('/');
      if (stroke == std::string::npos || unit.find('/', stroke + 1) != std::string::npos || unit[stroke + 1] == '(')
        return "";
      return unit.substr(0, stroke) + "/(" + trim(unit.substr(stroke + 1)) + ')';
    }
  } // namespace

  std::string in_plain_letters(const std::string &unit)
  {
    std::string result;
    bool is_raised = false;
    for (std::size_t i = 0; i < unit.size();)
    {
      std::string put, in_place_of;
      bool raises = false;
      for (const auto &[letters, ascii] : raised)
        if (unit.compare(i, letters.size(), letters) == 0)
          put = ascii, in_place_of = letters, raises = true;
      for (const auto &[letters, ascii] : plain)
        if (unit.compare(i, letters.size(), letters) == 0)
          put = ascii, in_place_of = letters;
      if (raises && !is_raised)
        result += '^';
      is_raised = raises;
      result += in_place_of.empty() ? std::string(1, unit[i]) : put;
      i += in_place_of.empty() ? 1 : in_place_of.size();
    }
    return result;
  }

  std::vector<std::string> other_readings(const std::string &unit)
  {
    std::vector<std::string> readings;
    if (unit.size() > longest_unit)
      return readings;
    const auto add = [&](const std::string &reading)
    {
      if (!reading.empty() && reading != unit)
        readings.push_back(reading);
    };
    add(by_words(unit,
                 [](const std::string &word)
                 {
                   const auto common = common_names.find(word);
                   return common == common_names.end() ? word : common->second;
                 }));
    add(all_below_the_stroke(unit));
    // A word below the stroke may be two: `mK` in `W/mK` is a metre and a kelvin, `m2K` too.
    for (std::size_t cut = unit.find('/') + 2; unit.find('/') != std::string::npos && cut < unit.size(); ++cut)
      if (is_letter(unit[cut]) && (is_letter(unit[cut - 1]) || std::isdigit(static_cast<unsigned char>(unit[cut - 1]))))
        add(all_below_the_stroke(unit.substr(0, cut) + ' ' + unit.substr(cut)));
    add(lower_case(unit));
    if (unit.size() > 2 && unit.back() == 's')
      add(unit.substr(0, unit.size() - 1));
    return readings;
  }
} // namespace cutis
