// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "at_a_point.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace cutis::test
{
  /** States of all sizes between absent and several times the usual. */
  inline std::vector<double> random_state(const std::vector<double> &sizes, std::mt19937 &random)
  {
    std::uniform_real_distribution<double> share(.02, 3.);
    std::vector<double> u;
    for (const double size : sizes)
      u.push_back(size * share(random));
    return u;
  }

  /** The Jacobian is that of the rates, at states of all sizes, in layers and at the surface, under tension or not. */
  inline void expect_derivatives_of_rates(Reactions &reactions, const std::string &name, std::mt19937 &random)
  {
    const std::vector<double> sizes = magnitudes(reactions);
    const std::size_t n = sizes.size();
    AtAPoint point(reactions);
    std::fill(point.doses.begin(), point.doses.end(), 10.);
    point.surface = 2.;
    for (const double tension : {0., .4, -.6})
      for (const double content : {.2, 1.})
        for (int trial = 0; trial < 10; ++trial)
        {
          point.content = content;
          point.relative_tension = &tension;
          const std::vector<double> u = random_state(sizes, random);
          const std::vector<double> jacobian = point.jacobian(u);
          const std::vector<double> differences = point.differences(u, sizes, 1e-5);
          for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
            {
              // In units of the fields' sizes; central differences of terms of up to 1e3 /d leave 1e-8.
              const double unit = sizes[j] / sizes[i];
              const double size = 1. + std::abs(jacobian[i * n + j]) * unit;
              EXPECT_NEAR(jacobian[i * n + j] * unit, differences[i * n + j] * unit, 2e-6 * size)
                << name << ": " << reactions.species()[i].key << " by " << reactions.species()[j].key;
            }
        }
  }

  /** Largest rate in healthy skin, in sizes of the fields per day. */
  inline double drift_of_health(const Reactions &reactions, const double content = 1., const double surface = 0.)
  {
    AtAPoint point(reactions);
    point.content = content;
    point.surface = surface;
    const std::vector<double> rates = point.rates(reactions.healthy());
    const std::vector<double> sizes = magnitudes(reactions);
    double most = 0.;
    for (std::size_t i = 0; i < rates.size(); ++i)
      most = std::max(most, std::abs(rates[i]) / sizes[i]);
    return most;
  }

  /** Terms of the oxygen balance are 533 /d, the largest: round-off at rest is measured against them. */
  inline constexpr double round_off_at_rest = 533. * 4e-16;
} // namespace cutis::test
