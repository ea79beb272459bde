// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/solve_order.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutis
{
  namespace
  {
    using Matrix = std::vector<std::vector<double>>;

    /** Largest |J_ij| over the given states, in units of the fields' sizes. */
    Matrix strongest(const std::vector<std::vector<double>> &jacobians,
                     const std::vector<double> &magnitudes,
                     const unsigned int n)
    {
      const std::size_t n_fields = magnitudes.size();
      Matrix largest(n, std::vector<double>(n, 0.));
      for (const std::vector<double> &jacobian : jacobians)
        for (unsigned int i = 0; i < n; ++i)
          for (unsigned int j = 0; j < n; ++j)
            largest[i][j] =
              std::max(largest[i][j], std::abs(jacobian[i * n_fields + j]) * magnitudes[j] / magnitudes[i]);
      return largest;
    }

    /**
     * The linear order with the least total weight of edges from a later to an earlier field. cost[set] is the least
     * weight when the fields of the set come first; the last of them pays for what it feeds to those before it.
     */
    std::vector<int> minimum_feedback_order(const Matrix &coupling)
    {
      const unsigned int n = coupling.size();
      const auto weight = [&](const int i, const int j) { return coupling[i][j] / std::max(coupling[i][i], 1e-12); };
      std::vector<double> cost(1u << n, std::numeric_limits<double>::infinity());
      std::vector<int> last(1u << n, -1);
      cost[0] = 0.;
      for (unsigned int set = 1; set < (1u << n); ++set)
        for (unsigned int candidate = 0; candidate < n; ++candidate)
          if (set & (1u << candidate))
          {
            const unsigned int before = set & ~(1u << candidate);
            double paid = cost[before];
            for (unsigned int i = 0; i < n; ++i)
              if (before & (1u << i))
                paid += weight(i, candidate);
            if (paid < cost[set])
            {
              cost[set] = paid;
              last[set] = candidate;
            }
          }
      std::vector<int> order;
      for (unsigned int set = (1u << n) - 1; set != 0; set &= ~(1u << last[set]))
        order.push_back(last[set]);
      std::reverse(order.begin(), order.end());
      return order;
    }
  } // namespace

  SolveOrder solve_order(const std::vector<std::vector<double>> &jacobians,
                         const std::vector<double> &magnitudes,
                         const unsigned int n_moving,
                         const double strong)
  {
    const Matrix coupling = strongest(jacobians, magnitudes, n_moving);
    SolveOrder result;
    std::vector<int> level(n_moving, 0);
    result.order = minimum_feedback_order(coupling);
    for (std::size_t p = 0; p < result.order.size(); ++p)
      for (std::size_t q = 0; q < p; ++q)
        if (coupling[result.order[p]][result.order[q]] >= strong)
          level[result.order[p]] = std::max(level[result.order[p]], level[result.order[q]] + 1);
    for (unsigned int f = 0; f < n_moving; ++f)
    {
      if (result.levels.size() <= static_cast<std::size_t>(level[f]))
        result.levels.resize(level[f] + 1);
      result.levels[level[f]].push_back(f);
    }
    return result;
  }
} // namespace cutis
