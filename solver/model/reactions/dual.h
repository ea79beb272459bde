// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/lanes.h"

#include <array>
#include <type_traits>

namespace cutis
{
  /**
   * A number that carries its derivatives by n variables (forward automatic differentiation); N is a double or Lanes.
   * It is a plain value, without expression templates, so that the rate of a reaction may return what it computed; the
   * compiler unrolls the small n. Sacado would do for one number, but not for lanes.
   */
  template <int n, class N = double>
  struct Dual
  {
    N value = 0.;
    std::array<N, n> d = {};

    Dual() = default;
    Dual(const N &value) : value(value) {}

    static Dual variable(const N &value, const int which)
    {
      Dual x(value);
      x.d[which] = 1.;
      return x;
    }

    /** f(x) for a function with this value and this slope. */
    Dual chain(const N &f, const N &slope) const
    {
      Dual result(f);
      for (int i = 0; i < n; ++i)
        result.d[i] = slope * d[i];
      return result;
    }

    Dual operator-() const { return chain(-value, -1.); }

    friend Dual operator+(const Dual &x, const Dual &y) { return combine(x.value + y.value, x, 1., y, 1.); }
    friend Dual operator-(const Dual &x, const Dual &y) { return combine(x.value - y.value, x, 1., y, -1.); }
    friend Dual operator*(const Dual &x, const Dual &y) { return combine(x.value * y.value, x, y.value, y, x.value); }
    friend Dual operator/(const Dual &x, const Dual &y)
    {
      const N quotient = x.value / y.value;
      return combine(quotient, x, 1. / y.value, y, -quotient / y.value);
    }
    friend Dual operator+(const Dual &x, const N &y) { return x.chain(x.value + y, 1.); }
    friend Dual operator+(const N &x, const Dual &y) { return y.chain(x + y.value, 1.); }
    friend Dual operator-(const Dual &x, const N &y) { return x.chain(x.value - y, 1.); }
    friend Dual operator-(const N &x, const Dual &y) { return y.chain(x - y.value, -1.); }
    friend Dual operator*(const Dual &x, const N &y) { return x.chain(x.value * y, y); }
    friend Dual operator*(const N &x, const Dual &y) { return y.chain(x * y.value, x); }
    friend Dual operator/(const Dual &x, const N &y) { return x.chain(x.value / y, 1. / y); }
    friend Dual operator/(const N &x, const Dual &y)
    {
      const N quotient = x / y.value;
      return y.chain(quotient, -quotient / y.value);
    }

    friend Dual positive_part(const Dual &x) { return x.only_where(x.value > 0., 0.); }
    friend Dual at_most(const Dual &x, const double limit) { return x.only_where(x.value < limit, limit); }
    friend Dual power(const Dual &x, const double exponent)
    {
      const N f = power(x.value, exponent);
      return x.chain(f, exponent * f / safe(x.value));
    }
    friend Dual cube_root(const Dual &x)
    {
      const N f = cube_root(x.value);
      return x.chain(f, f / (3. * safe(x.value)));
    }

  private:
    static Dual combine(const N &f, const Dual &x, const N &fx, const Dual &y, const N &fy)
    {
      Dual result(f);
      for (int i = 0; i < n; ++i)
        result.d[i] = fx * x.d[i] + fy * y.d[i];
      return result;
    }

    /** Itself where a condition holds, elsewhere a constant. */
    template <class Condition>
    Dual only_where(const Condition &holds, const double otherwise) const
    {
      Dual result{N(otherwise)};
      if constexpr (std::is_same_v<N, double>)
      {
        if (holds)
          result = *this;
      }
      else
      {
        where(holds, result.value) = value;
        for (int i = 0; i < n; ++i)
          where(holds, result.d[i]) = d[i];
      }
      return result;
    }

    /** A divisor that is not zero: at zero, where a power has no slope, that of power(0, .) = 0 counts. */
    static N safe(const N &x)
    {
      N result = x;
      if constexpr (std::is_same_v<N, double>)
        result = x == 0. ? 1. : x;
      else
        where(x == 0., result) = 1.;
      return result;
    }
  };
} // namespace cutis
