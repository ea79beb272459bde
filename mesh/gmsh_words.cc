// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/gmsh_words.h"

#include "base/errors.h"

#include <algorithm>

namespace cutis
{
  namespace
  {
    constexpr const char *space = " \t\r\n";
  }

  GmshWords::GmshWords(const std::string &text, const std::string &file_name) : text_(text), file_name_(file_name) {}

  void GmshWords::fail(const std::string &sentence) const
  {
    throw BadInput("The Gmsh file '" + file_name_ + "', line " + std::to_string(line_) + ": " + sentence);
  }

  void GmshWords::skip_space()
  {
    const std::size_t word = std::min(text_.find_first_not_of(space, position_), text_.size());
    line_ += std::count(text_.begin() + position_, text_.begin() + word, '\n');
    position_ = word;
  }

  bool GmshWords::at_end()
  {
    skip_space();
    return position_ == text_.size();
  }

  std::string_view GmshWords::next()
  {
    if (at_end())
      fail("The file ends before the mesh is complete.");
    const std::size_t start = position_;
    position_ = std::min(text_.find_first_of(space, start), text_.size());
    return std::string_view(text_).substr(start, position_ - start);
  }

  void GmshWords::expect(const std::string &word)
  {
    const std::string_view found = next();
    if (found != word)
      fail("'" + word + "' is expected, but the file has '" + std::string(found) + "'.");
  }

  void GmshWords::skip(const std::size_t words)
  {
    for (std::size_t i = 0; i < words; ++i)
      next();
  }

  void GmshWords::skip_line()
  {
    position_ = std::min(text_.find('\n', position_), text_.size());
  }

  std::string GmshWords::quoted()
  {
    const bool opened = !at_end() && text_[position_] == '"';
    const std::size_t close = opened ? text_.find_first_of("\"\n", position_ + 1) : text_.npos;
    if (close == text_.npos || text_[close] != '"')
      fail("The name of a physical group in quotation marks is expected.");
    const std::string name = text_.substr(position_ + 1, close - position_ - 1);
    position_ = close + 1;
    return name;
  }

  std::size_t GmshWords::count()
  {
    const auto value = number<long long>();
    if (value < 0 || static_cast<unsigned long long>(value) > text_.size())
      fail("The number " + std::to_string(value) + " cannot be the number of entries that follow.");
    return value;
  }
} // namespace cutis
