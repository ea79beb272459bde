// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/decimal_comma.h"

#include "base/errors.h"

#include <algorithm>
#include <cctype>

namespace cutis
{
  namespace
  {
    const std::string of_numbers = "0123456789.";

    bool all_digits(const std::string &text)
    {
      return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    }

    /** Whether the number that begins here is the exponent of a unit or of another number, as in `mm^-3` or `1e5`. */
    bool is_exponent(const std::string &text, std::size_t begin)
    {
      if (begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '+'))
        --begin;
      return begin > 0 && (std::isalpha(static_cast<unsigned char>(text[begin - 1])) || text[begin - 1] == '^');
    }

    /** Numbers that are joined by commas without blanks, and what follows until the next ones. */
    struct Chain
    {
      std::string numbers, rest;
    };

    Chain chain_at(const std::string &text, const std::size_t begin)
    {
      std::size_t end = std::min(text.find_first_not_of(of_numbers + ',', begin), text.size());
      while (end > begin && text[end - 1] == ',')
        --end;
      const std::size_t next = std::min(text.find_first_of(of_numbers, end), text.size());
      return {text.substr(begin, end - begin), text.substr(end, next - end)};
    }
  } // namespace

  void check_decimal_commas(const std::string &list)
  {
    std::string as_one, as_two;
    bool in_doubt = false;
    for (std::size_t begin = 0; begin < list.size();)
    {
      const Chain chain = chain_at(list, begin);
      const std::size_t comma = is_exponent(list, begin) ? std::string::npos : chain.numbers.find(',');
      const std::string whole = chain.numbers.substr(0, comma);
      const std::string decimals = comma == std::string::npos ? "" : chain.numbers.substr(comma + 1);
      if (comma != std::string::npos && !(all_digits(whole) && all_digits(decimals)))
        return; // numbers without blanks between them, as the others of this list are then as well
      in_doubt = in_doubt || comma != std::string::npos;
      as_one += whole + (decimals.empty() ? "" : '.' + decimals) + chain.rest;
      as_two += whole + (decimals.empty() ? "" : ", " + decimals) + chain.rest;
      begin += chain.numbers.size() + chain.rest.size();
    }
    if (in_doubt)
      throw BadInput("'" + list + "' can be read as '" + as_one + "' and as '" + as_two +
                     "'; write the one that is meant: with a decimal point, or with a blank after the comma.");
  }
} // namespace cutis
