// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"

#include <cmath>
#include <experimental/simd>

namespace cutis
{
  /** A number of each of n_lanes nodes, in the registers that this processor has. */
  using Lanes = std::experimental::simd<double, std::experimental::simd_abi::deduce_t<double, n_lanes>>;

  // Functions that rates may use, for one number and for lanes. Dual numbers have their own in dual.h.

  inline double positive_part(const double x)
  {
    return x > 0. ? x : 0.;
  }
  [[gnu::always_inline]] inline Lanes positive_part(const Lanes &x)
  {
    Lanes result = 0.;
    where(x > 0., result) = x;
    return result;
  }

  inline double at_most(const double x, const double limit)
  {
    return x < limit ? x : limit;
  }
  [[gnu::always_inline]] inline Lanes at_most(const Lanes &x, const double limit)
  {
    Lanes result = limit;
    where(x < limit, result) = x;
    return result;
  }

  inline double power(const double x, const double exponent)
  {
    return std::pow(x, exponent);
  }
  [[gnu::always_inline]] inline Lanes power(const Lanes &x, const double exponent)
  {
    return Lanes([&](const auto i) { return std::pow(static_cast<double>(x[i]), exponent); });
  }

  inline double cube_root(const double x)
  {
    return std::cbrt(x);
  }
  [[gnu::always_inline]] inline Lanes cube_root(const Lanes &x)
  {
    return Lanes([&](const auto i) { return std::cbrt(static_cast<double>(x[i])); });
  }

  inline double hyperbolic_tangent(const double x)
  {
    return std::tanh(x);
  }
  [[gnu::always_inline]] inline Lanes hyperbolic_tangent(const Lanes &x)
  {
    return Lanes([&](const auto i) { return std::tanh(static_cast<double>(x[i])); });
  }
} // namespace cutis
