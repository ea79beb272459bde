// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>

namespace cutis
{
  /**
   * `0,5 d` may be half a day with a decimal comma, or no day and five: BadInput with both readings. A blank after the
   * comma says that two numbers are meant, and so do three of them in a row, `0,28,56`.
   */
  void check_decimal_commas(const std::string &list);
} // namespace cutis
