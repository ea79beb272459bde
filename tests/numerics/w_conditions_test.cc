// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The coefficients of the W-method satisfy the conditions of order 3 for any matrix in place of the Jacobian.
#include "numerics/integrator/ros34pw2.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace
{
  using namespace cutis::ros34pw2;
  using Number = long double; // round-off of the check itself must not count
  using Vector = std::array<Number, 4>;
  using Matrix = std::array<Vector, 4>;

  Matrix operator*(const Matrix &p, const Matrix &q)
  {
    Matrix product = {};
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j)
        for (int k = 0; k < 4; ++k)
          product[i][j] += p[i][k] * q[k][j];
    return product;
  }

  Vector operator*(const Matrix &p, const Vector &x)
  {
    Vector product = {};
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j)
        product[i] += p[i][j] * x[j];
    return product;
  }

  Vector squares(Vector x)
  {
    for (Number &value : x)
      value *= value;
    return x;
  }

  double dot(const Vector &x, const Vector &y)
  {
    Number sum = 0.;
    for (int i = 0; i < 4; ++i)
      sum += x[i] * y[i];
    return static_cast<double>(sum);
  }

  /** The method as k_i = h F(u + sum alpha_ij k_j) + h J sum gamma_ij k_j, u+ = u + sum b_i k_i. */
  struct Method
  {
    Matrix gamma = {}, alpha = {};
    Vector b = {}, b_embedded = {}, one = {{1., 1., 1., 1.}};

    /** From U = Gamma k: Gamma = (1/g - c)^-1, alpha = a Gamma, b = m Gamma, and the embedded weights from m - d. */
    Method()
    {
      Matrix stages = {};
      for (int i = 0; i < 4; ++i)
      {
        gamma[i][i] = g;
        for (int j = i - 1; j >= 0; --j)
          for (int k = j; k < i; ++k)
            gamma[i][j] += g * c[i][k] * gamma[k][j];
        for (int j = 0; j < 3; ++j)
          stages[i][j] = a[i][j];
      }
      alpha = stages * gamma;
      for (int j = 0; j < 4; ++j)
        for (int i = 0; i < 4; ++i)
        {
          const Number m = i < 3 ? a[3][i] : 1.;
          b[j] += m * gamma[i][j];
          b_embedded[j] += (m - d[i]) * gamma[i][j];
        }
    }
  };
  const Method method;
} // namespace

TEST(WConditions, TheEightConditionsOfOrderThree)
{
  const auto &[gamma, alpha, b, b_embedded, one] = method;
  EXPECT_NEAR(dot(b, one), 1., 1e-15);
  EXPECT_NEAR(dot(b, alpha * one), 1. / 2., 1e-15);
  EXPECT_NEAR(dot(b, gamma * one), 0., 1e-15);
  EXPECT_NEAR(dot(b, squares(alpha * one)), 1. / 3., 1e-15);
  EXPECT_NEAR(dot(b, alpha * (alpha * one)), 1. / 6., 1e-15);
  EXPECT_NEAR(dot(b, alpha * (gamma * one)), 0., 1e-15);
  EXPECT_NEAR(dot(b, gamma * (alpha * one)), 0., 1e-15);
  EXPECT_NEAR(dot(b, gamma * (gamma * one)), 0., 1e-15);
}

TEST(WConditions, TheEmbeddedMethodIsOfOrderTwoAndNoMore)
{
  const auto &[gamma, alpha, b, b_embedded, one] = method;
  EXPECT_NEAR(dot(b_embedded, one), 1., 1e-15);
  EXPECT_NEAR(dot(b_embedded, alpha * one), 1. / 2., 1e-15);
  EXPECT_NEAR(dot(b_embedded, gamma * one), 0., 1e-15);
  EXPECT_GT(std::abs(dot(b_embedded, squares(alpha * one)) - 1. / 3.), 1e-3) << "then it could not see an error";
}

TEST(WConditions, StagesLieAtTheirTimes)
{
  const Vector times = method.alpha * method.one;
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR(static_cast<double>(times[i]), cutis::ros34pw2::alpha[i], 1e-15) << "stage " << i;
}

TEST(WConditions, InfinitelyStiffModesVanishInOneStep)
{
  // R(infinity) = 1 - b (alpha + gamma)^-1 1, by forward substitution.
  Vector x = {};
  for (int i = 0; i < 4; ++i)
  {
    Number rest = 1.;
    for (int j = 0; j < i; ++j)
      rest -= (method.alpha[i][j] + method.gamma[i][j]) * x[j];
    x[i] = rest / method.gamma[i][i];
  }
  EXPECT_NEAR(dot(method.b, x), 1., 1e-14);
}
