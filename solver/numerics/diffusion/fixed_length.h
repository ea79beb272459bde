// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <stdexcept>
#include <type_traits>

namespace cutis
{
  /** The largest number of fields in one pass over the nodes. */
  constexpr unsigned int most_fields = 16;

  /** Calls f with the number of fields as a constant, so that the inner loops have a fixed length. */
  template <class Function>
  void with_fixed_length(const unsigned int n, const Function &f)
  {
    switch (n)
    {
#define CUTIS_CASE(N)                                                                                                  \
  case N:                                                                                                              \
    return f(std::integral_constant<unsigned int, N>());
      CUTIS_CASE(1)
      CUTIS_CASE(2)
      CUTIS_CASE(3)
      CUTIS_CASE(4)
      CUTIS_CASE(5)
      CUTIS_CASE(6)
      CUTIS_CASE(7)
      CUTIS_CASE(8)
      CUTIS_CASE(9)
      CUTIS_CASE(10)
      CUTIS_CASE(11)
      CUTIS_CASE(12)
      CUTIS_CASE(13)
      CUTIS_CASE(14)
      CUTIS_CASE(15)
      CUTIS_CASE(16)
#undef CUTIS_CASE
      default:
        throw std::length_error("too many moving fields");
    }
  }
} // namespace cutis
