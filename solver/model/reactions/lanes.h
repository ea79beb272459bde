// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"

#include <cmath>
#include <experimental/simd>

// The vector functions of glibc, right to four units in the last place; its header declares them for -ffast-math alone,
// which would change all other arithmetic. With one call for each lane, pow and cbrt were a tenth of the main job.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
extern "C"
{
  __attribute__((simd("notinbranch"), const)) double pow(double, double) noexcept;
  __attribute__((simd("notinbranch"), const)) double cbrt(double) noexcept;
  __attribute__((simd("notinbranch"), const)) double tanh(double) noexcept;
}
#endif

namespace cutis
{
  /**
   * A number of each of some nodes, as many as fit into a register of this processor. Eight at once with AVX2, which
   * std::simd then passes through memory, made the run of parameters/msc.prm a third longer.
   */
  using Lanes = std::experimental::native_simd<double>;
  static_assert(n_lanes % Lanes::size() == 0);

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

  /** A function of one number at all lanes; a loop that GCC makes a call of the vector functions of glibc. */
  template <class Function>
  [[gnu::always_inline]] inline Lanes at_all_lanes(const Lanes &x, const Function &function)
  {
    alignas(64) double values[Lanes::size()];
    x.copy_to(values, std::experimental::element_aligned);
    for (int i = 0; i < static_cast<int>(Lanes::size()); ++i)
      values[i] = function(values[i]);
    return Lanes(values, std::experimental::element_aligned);
  }

  inline double power(const double x, const double exponent)
  {
    return std::pow(x, exponent);
  }
  [[gnu::always_inline]] inline Lanes power(const Lanes &x, const double exponent)
  {
    return at_all_lanes(x, [exponent](const double value) { return ::pow(value, exponent); });
  }

  inline double cube_root(const double x)
  {
    return std::cbrt(x);
  }
  [[gnu::always_inline]] inline Lanes cube_root(const Lanes &x)
  {
    return at_all_lanes(x, [](const double value) { return ::cbrt(value); });
  }

  inline double hyperbolic_tangent(const double x)
  {
    return std::tanh(x);
  }
  [[gnu::always_inline]] inline Lanes hyperbolic_tangent(const Lanes &x)
  {
    return at_all_lanes(x, [](const double value) { return ::tanh(value); });
  }
} // namespace cutis
