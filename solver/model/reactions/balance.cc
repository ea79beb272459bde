// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/reactions/balance.h"

#include "base/errors.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    /** Gauss elimination with complete pivoting to reduced echelon form; returns the pivot column of each pivot row. */
    std::vector<std::size_t> reduce(DenseMatrix &a, const std::size_t n_columns)
    {
      std::vector<std::size_t> pivots;
      for (std::size_t column = 0; column < n_columns && pivots.size() < a.size(); ++column)
      {
        const std::size_t row = pivots.size();
        const auto best =
          std::max_element(a.begin() + row,
                           a.end(),
                           [&](const auto &x, const auto &y) { return std::abs(x[column]) < std::abs(y[column]); });
        if (std::abs((*best)[column]) < 1e-14)
          continue;
        std::swap(a[row], *best);
        const double pivot = a[row][column];
        for (double &value : a[row])
          value /= pivot;
        for (std::size_t other = 0; other < a.size(); ++other)
          if (other != row)
          {
            const double factor = a[other][column];
            for (std::size_t k = 0; k < a[other].size(); ++k)
              a[other][k] -= factor * a[row][k];
          }
        pivots.push_back(column);
      }
      return pivots;
    }
  } // namespace

  std::vector<double> balancing_factors(const DenseMatrix &stoichiometry,
                                        const std::vector<double> &rates,
                                        const std::vector<int> &balanced,
                                        const std::vector<std::string> &keys)
  {
    std::vector<std::size_t> unknown;
    for (std::size_t r = 0; r < rates.size(); ++r)
      if (balanced[r] >= 0)
        unknown.push_back(r);

    DenseMatrix system;
    for (const std::size_t row : unknown)
    {
      const std::vector<double> &s = stoichiometry[balanced[row]];
      std::vector<double> equation;
      for (const std::size_t r : unknown)
        equation.push_back(s[r] * rates[r]);
      double rest = 0.;
      for (std::size_t r = 0; r < rates.size(); ++r)
        if (balanced[r] < 0)
          rest -= s[r] * rates[r];
      equation.push_back(rest);
      system.push_back(equation);
    }
    const std::vector<std::size_t> pivots = reduce(system, unknown.size());

    std::vector<double> factors(rates.size(), 1.);
    for (std::size_t p = 0; p < pivots.size(); ++p)
    {
      const std::size_t r = unknown[pivots[p]];
      factors[r] = system[p].back();
      if (!(factors[r] >= 0.) || !std::isfinite(factors[r]))
        throw BadInput("The constants of the network leave no healthy state: '" + keys[balanced[r]] +
                       "' would need the factor " + std::to_string(factors[r]) +
                       " on the reaction that balances it. Check the constants that act on it.");
    }
    for (std::size_t p = pivots.size(); p < system.size(); ++p)
      if (std::abs(system[p].back()) > 1e-12)
        throw BadInput("The constants of the network leave no healthy state: a field is lost in healthy skin and the "
                       "reaction that should balance it is at rest.");
    return factors;
  }

  std::vector<std::vector<double>> left_null_space(const DenseMatrix &stoichiometry)
  {
    const std::size_t n_species = stoichiometry.size();
    const std::size_t n_reactions = stoichiometry.front().size();
    DenseMatrix transposed(n_reactions, std::vector<double>(n_species));
    for (std::size_t s = 0; s < n_species; ++s)
      for (std::size_t r = 0; r < n_reactions; ++r)
        transposed[r][s] = stoichiometry[s][r];
    const std::vector<std::size_t> pivots = reduce(transposed, n_species);

    std::vector<std::vector<double>> basis;
    for (std::size_t free = 0; free < n_species; ++free)
      if (std::find(pivots.begin(), pivots.end(), free) == pivots.end())
      {
        std::vector<double> weights(n_species, 0.);
        weights[free] = 1.;
        for (std::size_t p = 0; p < pivots.size(); ++p)
          weights[pivots[p]] = -transposed[p][free];
        const double largest = std::abs(*std::max_element(
          weights.begin(), weights.end(), [](double x, double y) { return std::abs(x) < std::abs(y); }));
        for (double &w : weights)
          w /= largest;
        basis.push_back(weights);
      }
    return basis;
  }
} // namespace cutis
