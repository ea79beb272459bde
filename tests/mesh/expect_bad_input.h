// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/** What the action throws must be BadInput, and its text must have every one of these pieces. */
template <typename Action>
void expect_bad_input(const Action &action, const std::vector<std::string> &pieces)
{
  try
  {
    action();
  }
  catch (const cutis::BadInput &problem)
  {
    for (const std::string &piece : pieces)
      EXPECT_NE(std::string(problem.what()).find(piece), std::string::npos)
        << "'" << piece << "' is missing in: " << problem.what();
    return;
  }
  ADD_FAILURE() << "nothing was thrown; expected: " << pieces.front();
}
