// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  /** What is wrong with a parameter: its path, and a sentence for the user. */
  struct Problem
  {
    std::string path, sentence;
  };

  /** The sentences, one a line. */
  inline std::string sentences_of(const std::vector<Problem> &problems)
  {
    std::string text;
    for (const Problem &problem : problems)
      text += (text.empty() ? "" : "\n") + problem.sentence;
    return text;
  }
} // namespace cutis
