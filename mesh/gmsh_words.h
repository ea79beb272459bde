// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <charconv>
#include <string>
#include <string_view>

namespace cutis
{
  /** The words of a Gmsh file one after the other. What is wrong is thrown as BadInput with the file and the line. */
  class GmshWords
  {
  public:
    /** Keeps references to both. */
    GmshWords(const std::string &text, const std::string &file_name);

    /** Throws BadInput with this sentence and the present place. */
    [[noreturn]] void fail(const std::string &sentence) const;

    bool at_end();
    std::string_view next();
    void expect(const std::string &word);
    void skip(std::size_t words);
    /** Skip what is left of the line. */
    void skip_line();
    /** The text between quotation marks. */
    std::string quoted();
    /** A number of entries to come: not negative, and not more than the file has bytes. */
    std::size_t count();

    template <typename Number>
    Number number()
    {
      const std::string_view word = next();
      Number value = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (error != std::errc() || end != word.data() + word.size())
        fail("A number is expected, but the file has '" + std::string(word) + "'.");
      return value;
    }

  private:
    void skip_space();

    const std::string &text_;
    const std::string &file_name_;
    std::size_t position_ = 0;
    std::size_t line_ = 1;
  };
} // namespace cutis
