// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

/** Small helpers for names and numbers as users write them. */
namespace cutis
{
  /** The text without spaces, tabs and line ends at both ends. */
  std::string trim(std::string_view text);
  /** ASCII letters in lower case, everything else as it is. */
  std::string lower_case(std::string_view text);
  /** The trimmed pieces between separators; `"a, ,b"` gives `a`, an empty piece and `b`, an empty text gives nothing.
   */
  std::vector<std::string> split(std::string_view text, char separator);
  std::string join(const std::vector<std::string> &pieces, const std::string &separator);
  /** Break a paragraph at spaces into lines of at most `width` characters; a longer word gets a line of its own. */
  std::vector<std::string> wrap(const std::string &text, std::size_t width);
  /** False if the bytes are not UTF-8 or contain control characters other than tabs and line ends. */
  bool is_plain_text(std::string_view bytes);

  /** The shortest decimal number that reads back as exactly this value, at most 17 digits. */
  std::string format_number(double value);
  /** With `n_digits` significant digits at most, for people: 2.4 and not 2.4000000000000004. */
  std::string format_rounded(double value, int n_digits);

  /**
   * Number of letters inserted, deleted, replaced or swapped with the neighbour to get from one name to the other,
   * upper and lower case being the same (Damerau-Levenshtein distance in the restricted form: no letter is edited
   * twice).
   */
  unsigned int edit_distance(std::string_view one, std::string_view other);
  /** The candidate with the smallest edit distance, or an empty string if none is close enough to be what was meant. */
  std::string nearest_name(std::string_view name, const std::vector<std::string> &candidates);
  /** `"; did you mean 'x'?"` with the nearest candidate, or a full stop if none is near: the end of a sentence. */
  std::string did_you_mean(std::string_view name, const std::vector<std::string> &candidates);
} // namespace cutis
