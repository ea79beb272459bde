// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/stage_loops.h"

#include "numerics/diffusion/fixed_length.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    /** action(first node, number of nodes) for groups of nodes; the number is a constant in all groups but the last. */
    template <class Action>
    void each_group(const std::size_t n_nodes, const Action &action)
    {
      const std::size_t whole = n_nodes - n_nodes % n_lanes;
      for (std::size_t first = 0; first < whole; first += n_lanes)
        action(first, std::integral_constant<std::size_t, n_lanes>());
      if (whole < n_nodes)
        action(whole, n_nodes - whole);
    }

    template <class Length>
    inline void gather(const FieldColumn &column, const std::size_t first, const Length size, double *values)
    {
      const double *from = column.first + first * column.stride;
      if (column.stride == 1)
        for (std::size_t l = 0; l < size; ++l)
          values[l] = from[l];
      else
        for (std::size_t l = 0; l < size; ++l)
          values[l] = from[l * column.stride];
    }

    /** Without growth, which would make B singular at some step. */
    inline double diagonal_of_b(const double slope, const double gh)
    {
      return 1. - gh * (slope < 0. ? slope : 0.);
    }
  } // namespace

  void
  add_stages(const std::size_t size, const double weight, const double *x, const StageSum &sum, double *const result)
  {
    const auto add = [&](const auto n)
    {
      double factor[n + 1];
      const double *stage[n + 1];
      std::copy_n(sum.factor, unsigned(n), factor);
      std::copy_n(sum.stage.begin(), unsigned(n), stage);
#pragma GCC ivdep
      for (std::size_t k = 0; k < size; ++k)
      {
        double value = weight * x[k];
        for (unsigned int j = 0; j < n; ++j)
          value += factor[j] * stage[j][k];
        result[k] = value;
      }
    };
    switch (sum.n)
    {
      case 0:
        return add(std::integral_constant<unsigned int, 0>());
      case 1:
        return add(std::integral_constant<unsigned int, 1>());
      case 2:
        return add(std::integral_constant<unsigned int, 2>());
      default:
        return add(std::integral_constant<unsigned int, 3>());
    }
  }

  void Couplings::resize(const std::size_t n_nodes)
  {
    values.resize((n_nodes + n_lanes - 1) / n_lanes * n_lanes * entries.size());
  }

  void Couplings::take(const std::size_t first, const double *jacobian, const double gh)
  {
    float *value = values.data() + first * entries.size();
    for (const Entry &e : entries)
    {
      const double *slope = jacobian + e.slot * n_lanes;
      for (std::size_t l = 0; l < n_lanes; ++l)
        value[l] = static_cast<float>(e.diagonal ? diagonal_of_b(slope[l], gh) : -gh * slope[l]);
      value += n_lanes;
    }
  }

  void DiagonalRows::take(const std::size_t first,
                          const std::size_t size,
                          const double *jacobian,
                          const double gh,
                          const std::vector<FieldColumn> &u,
                          const NodeLayout &layout,
                          float *reaction,
                          float *scale) const
  {
    const std::size_t n = slots.size();
    for (std::size_t p = 0; p < n; ++p)
    {
      const double *slope = jacobian + slots[p] * n_lanes, *value = u[p].first + first * u[p].stride;
      const double *volume = volumes[p] + first;
      float *to_reaction = reaction + layout(first, p), *to_scale = scale + layout(first, p);
      for (std::size_t l = 0; l < size; ++l)
      {
        const double d = diagonal_of_b(slope[l], gh), error = absolute[p] + relative * std::abs(value[l * u[p].stride]);
        to_reaction[l * layout.per_node] = static_cast<float>(d);
        to_scale[l * layout.per_node] = volume[l] > 0. ? static_cast<float>(1. / (volume[l] * d * error)) : 0.f;
      }
    }
  }

  void couple(const std::size_t n_nodes,
              const Couplings &couplings,
              const std::vector<FieldColumn> &corrections,
              const std::vector<FieldColumn> &diffusion,
              const std::vector<const double *> &volumes,
              const NodeLayout &layout,
              double *residual)
  {
    double sum[n_lanes], values[n_lanes] = {};
    each_group(n_nodes,
               [&](const std::size_t first, const auto size)
               {
                 const float *value = couplings.values.data() + first * couplings.entries.size();
                 auto entry = couplings.entries.begin();
                 for (unsigned int p = 0; p < diffusion.size(); ++p)
                 {
                   std::fill_n(sum, n_lanes, 0.);
                   for (; entry != couplings.entries.end() && entry->row == p; ++entry, value += n_lanes)
                   {
                     gather(corrections[entry->column], first, size, values);
                     for (std::size_t l = 0; l < n_lanes; ++l)
                       sum[l] += value[l] * values[l];
                   }
                   gather(diffusion[p], first, size, values);
                   double *to = residual + layout(first, p);
                   for (std::size_t l = 0; l < size; ++l)
                     to[l * layout.per_node] = -values[l] - volumes[p][first + l] * sum[l];
                 }
               });
  }

  void correct(const std::size_t n_nodes,
               const unsigned int n_fields,
               const std::vector<FieldColumn> &moving,
               const Couplings &bound,
               const double factor,
               double *stage)
  {
    std::vector<double> correction(n_fields * n_lanes, 0.);
    double sum[n_lanes] = {};
    each_group(n_nodes,
               [&](const std::size_t first, const auto size)
               {
                 for (std::size_t f = 0; f < moving.size(); ++f)
                   gather(moving[f], first, size, &correction[f * n_lanes]);
                 const float *entry = bound.values.data() + first * bound.entries.size();
                 for (const Couplings::Entry &e : bound.entries)
                 {
                   double *c = &correction[e.column * n_lanes];
                   if (e.diagonal)
                     for (std::size_t l = 0; l < n_lanes; ++l)
                     {
                       c[l] = sum[l] / entry[l];
                       sum[l] = 0.;
                     }
                   else
                     for (std::size_t l = 0; l < n_lanes; ++l)
                       sum[l] -= entry[l] * c[l];
                   entry += n_lanes;
                 }
                 double *value = stage + first * n_fields;
                 for (std::size_t l = 0; l < size; ++l, value += n_fields)
#pragma GCC ivdep
                   for (std::size_t f = 0; f < n_fields; ++f)
                     value[f] = factor * (value[f] + correction[f * n_lanes + l]);
               });
  }

  StepOutcome finish_nodes(const std::size_t n_nodes,
                           const double *volume,
                           const ErrorWeights &weights,
                           const double *u,
                           const StageSum &error,
                           double *next)
  {
    const std::size_t n = weights.absolute.size();
    // Of each field; `strange` becomes NaN with the first value that is not finite.
    std::vector<double> worst(n, 0.), lowest(n, 0.), strange(n, 0.);
    double *const to_worst = worst.data(), *const to_lowest = lowest.data(), *const to_strange = strange.data();
    const double *const absolute = weights.absolute.data();
    for (std::size_t i = 0; i < n_nodes; ++i)
    {
      if (!(volume[i] > 0.))
        continue;
#pragma GCC ivdep
      for (std::size_t f = 0; f < n; ++f)
      {
        const std::size_t k = i * n + f;
        const double value = next[k] + error.stage[3][k];
        const double e = error.factor[0] * error.stage[0][k] + error.factor[1] * error.stage[1][k] +
                         error.factor[2] * error.stage[2][k] + error.factor[3] * error.stage[3][k];
        const double scaled = std::abs(e) / (absolute[f] + weights.relative * std::abs(u[k]));
        const double low = value / absolute[f];
        to_worst[f] = scaled > to_worst[f] ? scaled : to_worst[f];
        to_lowest[f] = low < to_lowest[f] ? low : to_lowest[f];
        to_strange[f] += (value - value) + (e - e);
        next[k] = value;
      }
    }
    StepOutcome outcome;
    for (std::size_t f = 0; f < n; ++f)
    {
      outcome.error = std::max(outcome.error, worst[f]);
      outcome.lowest = std::min(outcome.lowest, lowest[f]);
      outcome.finite = outcome.finite && strange[f] == 0.;
    }
    return outcome;
  }
} // namespace cutis
