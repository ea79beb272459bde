// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <array>
#include <cmath>

namespace cutis
{
  /**
   * A number that carries its derivatives by n variables (forward automatic differentiation). It is a plain value,
   * without expression templates, so that the rate of a reaction may return what it computed; the compiler unrolls the
   * small n.
   */
  template <int n>
  struct Dual
  {
    double value = 0.;
    std::array<double, n> d = {};

    Dual() = default;
    Dual(const double value) : value(value) {}

    static Dual variable(const double value, const int which)
    {
      Dual x(value);
      x.d[which] = 1.;
      return x;
    }

    /** f(x) for a function with this value and this slope. */
    Dual chain(const double f, const double slope) const
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
      const double quotient = x.value / y.value;
      return combine(quotient, x, 1. / y.value, y, -quotient / y.value);
    }
    friend Dual operator+(const Dual &x, const double y) { return x.chain(x.value + y, 1.); }
    friend Dual operator+(const double x, const Dual &y) { return y.chain(x + y.value, 1.); }
    friend Dual operator-(const Dual &x, const double y) { return x.chain(x.value - y, 1.); }
    friend Dual operator-(const double x, const Dual &y) { return y.chain(x - y.value, -1.); }
    friend Dual operator*(const Dual &x, const double y) { return x.chain(x.value * y, y); }
    friend Dual operator*(const double x, const Dual &y) { return y.chain(x * y.value, x); }
    friend Dual operator/(const Dual &x, const double y) { return x.chain(x.value / y, 1. / y); }
    friend Dual operator/(const double x, const Dual &y)
    {
      const double quotient = x / y.value;
      return y.chain(quotient, -quotient / y.value);
    }

    friend Dual positive_part(const Dual &x) { return x.value > 0. ? x : Dual(0.); }
    friend Dual pow(const Dual &x, const double q)
    {
      const double f = std::pow(x.value, q);
      return x.chain(f, x.value != 0. ? q * f / x.value : 0.);
    }

  private:
    static Dual combine(const double f, const Dual &x, const double fx, const Dual &y, const double fy)
    {
      Dual result(f);
      for (int i = 0; i < n; ++i)
        result.d[i] = fx * x.d[i] + fy * y.d[i];
      return result;
    }
  };

  inline double positive_part(const double x)
  {
    return x > 0. ? x : 0.;
  }
} // namespace cutis
