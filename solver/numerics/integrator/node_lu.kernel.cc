// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/node_lu.h"

#include <cmath>
#include <limits>

namespace cutis
{
  namespace
  {
    /** The unknown whose elimination fills least (Markowitz' count on the diagonal). */
    int next_unknown(const std::vector<std::vector<char>> &filled, const std::vector<char> &done)
    {
      const int n = done.size();
      int best = -1, least = std::numeric_limits<int>::max();
      for (int k = 0; k < n; ++k)
        if (!done[k])
        {
          int row = 0, column = 0;
          for (int j = 0; j < n; ++j)
            if (!done[j] && j != k)
            {
              row += filled[k][j];
              column += filled[j][k];
            }
          if (row * column < least)
          {
            least = row * column;
            best = k;
          }
        }
      return best;
    }
  } // namespace

  NodeLU::NodeLU(const JacobianPattern &pattern) : n_fields_(pattern.n_fields())
  {
    const int n = n_fields_;
    std::vector<std::vector<char>> filled(n, std::vector<char>(n, false));
    for (const auto &[i, j] : pattern.entries())
      filled[i][j] = true;

    // First the order and the fill ...
    std::vector<char> done(n, false);
    std::vector<int> order;
    for (int step = 0; step < n; ++step)
    {
      const int k = next_unknown(filled, done);
      order.push_back(k);
      done[k] = true;
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
          if (!done[i] && !done[j] && filled[i][k] && filled[k][j])
            filled[i][j] = true;
    }

    std::vector<std::vector<int>> slot(n, std::vector<int>(n, -1));
    n_slots_ = 0;
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        if (filled[i][j])
          slot[i][j] = n_slots_++;
    for (const auto &[i, j] : pattern.entries())
      slot_of_entry_.push_back(slot[i][j]);

    // ... then the list of operations.
    std::vector<std::vector<Term>> lower(n), upper(n);
    std::fill(done.begin(), done.end(), false);
    for (const int k : order)
    {
      Column column{k, slot[k][k], {}, {}};
      done[k] = true;
      for (int i = 0; i < n; ++i)
        if (!done[i] && filled[i][k])
        {
          column.scale.push_back(slot[i][k]);
          lower[i].push_back({slot[i][k], k});
          for (int j = 0; j < n; ++j)
            if (!done[j] && filled[k][j])
              column.eliminate.push_back({slot[i][j], slot[i][k], slot[k][j]});
        }
      for (int j = 0; j < n; ++j)
        if (!done[j] && filled[k][j])
          upper[k].push_back({slot[k][j], j});
      columns_.push_back(column);
    }
    for (const int k : order)
      if (!lower[k].empty())
        lower_.push_back({k, slot[k][k], lower[k]});
    for (auto k = order.rbegin(); k != order.rend(); ++k)
      upper_.push_back({*k, slot[*k][*k], upper[*k]});
  }

  double NodeLU::factorise(const double *jacobian, const double gh, float *factors) const
  {
    std::vector<double> w(n_slots_ * lanes, 0.); // eliminated in double precision, rounded at the end
    for (std::size_t entry = 0; entry < slot_of_entry_.size(); ++entry)
      for (std::size_t l = 0; l < lanes; ++l)
        w[slot_of_entry_[entry] * lanes + l] = -gh * jacobian[entry * lanes + l];
    for (const Column &column : columns_)
      for (std::size_t l = 0; l < lanes; ++l)
        w[column.pivot * lanes + l] += 1.;

    double smallest[lanes];
    for (std::size_t l = 0; l < lanes; ++l)
      smallest[l] = std::numeric_limits<double>::max();
    for (const Column &column : columns_)
    {
      double *pivot = &w[column.pivot * lanes];
      for (std::size_t l = 0; l < lanes; ++l)
      {
        const double size = std::abs(pivot[l]);
        smallest[l] = size < smallest[l] || size != size ? size : smallest[l];
        pivot[l] = 1. / pivot[l];
      }
      for (const int s : column.scale)
        for (std::size_t l = 0; l < lanes; ++l)
          w[s * lanes + l] *= pivot[l];
      for (const Elimination &e : column.eliminate)
        for (std::size_t l = 0; l < lanes; ++l)
          w[e.target * lanes + l] -= w[e.left * lanes + l] * w[e.right * lanes + l];
    }
    for (std::size_t k = 0; k < w.size(); ++k)
      factors[k] = static_cast<float>(w[k]);
    double least = smallest[0];
    for (std::size_t l = 1; l < lanes; ++l)
      least = smallest[l] < least || smallest[l] != smallest[l] ? smallest[l] : least;
    return least;
  }

  void NodeLU::solve(const float *factors, const std::size_t n_nodes, double *x) const
  {
    std::vector<double> groups(n_fields_ * 2 * lanes, 0.);
    std::size_t first = 0;
    for (; first + 2 * lanes <= n_nodes; first += 2 * lanes, factors += 2 * factor_size())
      solve_groups<2>(factors, 2 * lanes, x + first * n_fields_, groups.data());
    for (; first < n_nodes; first += lanes, factors += factor_size())
      solve_groups<1>(factors, n_nodes - first < lanes ? n_nodes - first : lanes, x + first * n_fields_, groups.data());
  }

  template <std::size_t n_groups>
  void
  NodeLU::solve_groups(const float *factors, const std::size_t n_nodes, double *const x, double *const values) const
  {
    constexpr std::size_t width = n_groups * lanes;
    const std::size_t n = n_fields_, size = factor_size();
    for (std::size_t f = 0; f < n; ++f)
      for (std::size_t l = 0; l < n_nodes; ++l)
        values[f * width + l] = x[l * n + f];

    const auto subtract_terms = [&](const Row &row, double(&value)[width])
    {
      for (std::size_t l = 0; l < width; ++l)
        value[l] = values[row.unknown * width + l];
      for (const Term &t : row.terms)
        for (std::size_t g = 0; g < n_groups; ++g)
        {
          const float *factor = factors + g * size + t.slot * lanes;
          const double *other = values + t.unknown * width + g * lanes;
          for (std::size_t l = 0; l < lanes; ++l)
            value[g * lanes + l] -= factor[l] * other[l];
        }
    };
    double value[width];
    for (const Row &row : lower_)
    {
      subtract_terms(row, value);
      for (std::size_t l = 0; l < width; ++l)
        values[row.unknown * width + l] = value[l];
    }
    for (const Row &row : upper_)
    {
      subtract_terms(row, value);
      for (std::size_t g = 0; g < n_groups; ++g)
        for (std::size_t l = 0; l < lanes; ++l)
          values[row.unknown * width + g * lanes + l] =
            value[g * lanes + l] * factors[g * size + row.pivot * lanes + l];
    }

    for (std::size_t l = 0; l < n_nodes; ++l)
      for (std::size_t f = 0; f < n; ++f)
        x[l * n + f] = values[f * width + l];
  }
} // namespace cutis
