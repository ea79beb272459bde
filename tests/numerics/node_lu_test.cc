// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The sparse factors at the nodes against dense elimination. They are kept in single precision, and so are the bounds.
#include "../model/at_a_point.h"
#include "numerics/integrator/node_lu.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/vector.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace cutis;
using namespace cutis::test;

namespace
{
  constexpr std::size_t lanes = NodeLU::lanes;

  /** Jacobians of a group of nodes: dense ones in, and slot by slot for the factorisation. */
  struct Group
  {
    std::vector<std::vector<double>> dense; ///< one per lane, row by row

    std::vector<double> slots(const JacobianPattern &pattern) const
    {
      std::vector<double> values(pattern.size() * lanes);
      for (std::size_t s = 0; s < pattern.size(); ++s)
        for (std::size_t lane = 0; lane < lanes; ++lane)
        {
          const auto [i, j] = pattern.entries()[s];
          values[s * lanes + lane] = dense[lane][i * pattern.n_fields() + j];
        }
      return values;
    }
  };

  /** Largest error of (I - gh J)^-1 r over the size of the solution, over all lanes, for random r. */
  double error_of_solve(const JacobianPattern &pattern, const Group &group, const double gh, std::mt19937 &random)
  {
    const unsigned int n = pattern.n_fields();
    const NodeLU lu(pattern);
    std::vector<float> factors(lu.factor_size());
    std::vector<double> x(n * lanes);
    EXPECT_GT(lu.factorise(group.slots(pattern).data(), gh, factors.data()), 1e-3);
    std::uniform_real_distribution<double> value(-1., 1.);
    for (double &entry : x)
      entry = value(random);
    const std::vector<double> right = x;
    lu.solve(factors.data(), lanes, x.data());

    double largest = 0.;
    for (std::size_t lane = 0; lane < lanes; ++lane)
    {
      dealii::FullMatrix<double> matrix(n);
      dealii::Vector<double> r(n), exact(n);
      for (unsigned int i = 0; i < n; ++i)
      {
        r(i) = right[lane * n + i];
        for (unsigned int j = 0; j < n; ++j)
          matrix(i, j) = (i == j ? 1. : 0.) - gh * group.dense[lane][i * n + j];
      }
      matrix.gauss_jordan();
      matrix.vmult(exact, r);
      for (unsigned int i = 0; i < n; ++i)
        largest = std::max(largest, std::abs(x[lane * n + i] - exact(i)) / exact.linfty_norm());
    }
    return largest;
  }
} // namespace

TEST(NodeLu, RandomPatterns)
{
  std::mt19937 random(11);
  std::uniform_real_distribution<double> value(-1., 1.);
  for (const unsigned int n : {1u, 2u, 7u, 18u, 24u})
    for (const double density : {.1, .3, 1.})
    {
      std::vector<std::pair<int, int>> entries;
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int j = 0; j < n; ++j)
          if (i == j || std::abs(value(random)) < density)
            entries.emplace_back(i, j);
      const JacobianPattern pattern(n, entries);
      Group group;
      for (std::size_t lane = 0; lane < lanes; ++lane)
      {
        group.dense.emplace_back(n * n, 0.);
        for (const auto &[i, j] : pattern.entries())
          group.dense[lane][i * n + j] = i == j ? -2. - n + value(random) : 2. * value(random);
      }
      for (const double gh : {1e-3, 1., 1e3})
        EXPECT_LT(error_of_solve(pattern, group, gh, random), 2e-6) << n << " fields, density " << density;
    }
}

TEST(NodeLu, TheDermisAtWorkWithSmallAndLargeSteps)
{
  const auto network = network_for("dermis", host_of_age(55., true));
  const AtAPoint point(network);
  std::mt19937 random(5);
  Group group;
  for (std::size_t lane = 0; lane < lanes; ++lane)
  {
    // From rest to full activity, so that no two lanes are alike.
    std::vector<double> state = network.healthy();
    for (std::size_t f = 0; f < state.size(); ++f)
      state[f] += lane / double(lanes - 1) * (network.active()[f] - state[f]);
    group.dense.push_back(point.jacobian(state));
  }
  for (const double gh : {1e-3, .1, 1.})
    EXPECT_LT(error_of_solve(network.pattern(), group, gh, random), 1e-4) << "gh = " << gh;
}

TEST(NodeLu, TheSmallestPivotIsReported)
{
  const JacobianPattern pattern(3, {{0, 0}, {1, 1}, {2, 2}});
  const NodeLU lu(pattern);
  std::vector<float> factors(lu.factor_size());
  Group group;
  group.dense.assign(lanes, {-1., 0., 0., 0., -2., 0., 0., 0., .5});
  EXPECT_NEAR(lu.factorise(group.slots(pattern).data(), 1., factors.data()), .5, 1e-7);
  group.dense[5][8] = 1.; // 1 - gh J vanishes at one node of the group
  EXPECT_NEAR(lu.factorise(group.slots(pattern).data(), 1., factors.data()), 0., 1e-7);
  group.dense[5][8] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(lu.factorise(group.slots(pattern).data(), 1., factors.data())));
}
