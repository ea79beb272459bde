// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <numeric>

namespace cutis
{
  namespace
  {
    constexpr std::string_view blanks = " \t\r\n";

    char lower(const char letter)
    {
      return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
    }

    /** Bytes of the UTF-8 character that starts with this byte; 0 if no character can. */
    unsigned int utf8_length(const unsigned char first)
    {
      if (first < 0x80)
        return first >= 0x20 || blanks.find(first) != std::string_view::npos ? 1 : 0;
      if (first >= 0xC2 && first < 0xE0)
        return 2;
      if (first >= 0xE0 && first < 0xF0)
        return 3;
      return first >= 0xF0 && first < 0xF5 ? 4 : 0;
    }
  } // namespace


  std::string trim(const std::string_view text)
  {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
      return "";
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
  }


  std::string lower_case(const std::string_view text)
  {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
  }


  std::vector<std::string> split(std::string_view text, const char separator)
  {
    std::vector<std::string> pieces;
    if (trim(text).empty())
      return pieces;
    for (auto cut = text.find(separator); cut != std::string_view::npos; cut = text.find(separator))
    {
      pieces.push_back(trim(text.substr(0, cut)));
      text.remove_prefix(cut + 1);
    }
    pieces.push_back(trim(text));
    return pieces;
  }


  std::string join(const std::vector<std::string> &pieces, const std::string &separator)
  {
    std::string result;
    for (const auto &piece : pieces)
      result += (&piece == pieces.data() ? "" : separator) + piece;
    return result;
  }


  std::vector<std::string> wrap(const std::string &text, const std::size_t width)
  {
    std::vector<std::string> lines;
    for (const auto &word : split(text, ' '))
      if (word.empty())
        continue;
      else if (!lines.empty() && lines.back().size() + 1 + word.size() <= width)
        lines.back() += ' ' + word;
      else
        lines.push_back(word);
    return lines;
  }


  bool is_plain_text(const std::string_view bytes)
  {
    for (std::size_t i = 0; i < bytes.size();)
    {
      const unsigned int length = utf8_length(bytes[i]);
      if (length == 0 || i + length > bytes.size())
        return false;
      const auto continues = [](const char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
      if (!std::all_of(bytes.begin() + i + 1, bytes.begin() + i + length, continues))
        return false;
      i += length;
    }
    return true;
  }


  std::string format_number(const double value)
  {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return std::string(digits.data(), end);
  }


  std::string format_rounded(const double value, const int n_digits)
  {
    std::array<char, 40> digits;
    const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, n_digits).ptr;
    return std::string(digits.data(), end);
  }


  unsigned int edit_distance(const std::string_view one, const std::string_view other)
  {
    // Three rows of the table of distances between the beginnings of both names; a swap looks two rows back.
    std::vector<unsigned int> before_last, last(other.size() + 1), row(other.size() + 1);
    std::iota(last.begin(), last.end(), 0);
    for (std::size_t i = 1; i <= one.size(); ++i)
    {
      row[0] = i;
      for (std::size_t j = 1; j <= other.size(); ++j)
      {
        const unsigned int replaced = last[j - 1] + (lower(one[i - 1]) != lower(other[j - 1]));
        row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
        if (i > 1 && j > 1 && lower(one[i - 1]) == lower(other[j - 2]) && lower(one[i - 2]) == lower(other[j - 1]))
          row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      before_last = last;
      last = row;
    }
    return last.back();
  }


  std::string nearest_name(const std::string_view name, const std::vector<std::string> &candidates)
  {
    std::string nearest;
    unsigned int least = std::numeric_limits<unsigned int>::max();
    for (const auto &candidate : candidates)
    {
      const std::size_t letters = std::max(name.size(), candidate.size());
      // A third of the letters may be wrong; of a symbol with one or two letters none.
      if (letters - std::min(name.size(), candidate.size()) > letters / 3)
        continue; // without comparing: one of them may be as long as a file
      const unsigned int distance = edit_distance(name, candidate);
      if (distance < least && distance <= letters / 3)
      {
        nearest = candidate;
        least = distance;
      }
    }
    return nearest;
  }


  std::string did_you_mean(const std::string_view name, const std::vector<std::string> &candidates)
  {
    const std::string nearest = nearest_name(name, candidates);
    return nearest.empty() ? "." : "; did you mean '" + nearest + "'?";
  }
} // namespace cutis
