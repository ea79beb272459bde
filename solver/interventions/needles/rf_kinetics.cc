// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/needles/rf_kinetics.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  RfKinetics::RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices)
    : network_(network)
    , rebuilding_(constants.rebuilding)
    , retention_(constants.retention)
    , at_(indices)
    , fading_{{{indices.denatured, constants.clearance},
               {indices.shock, constants.shock_decay},
               {indices.pore, std::log(2.) / constants.pore_half_life}}}
    , raised_{{{indices.collagen_new, indices.shock, constants.shock_gain},
               {indices.collagen3_new, indices.shock, constants.shock_gain},
               {indices.elastin, indices.denatured, constants.elastin_gain}}}
    , rebuilt_{{{indices.collagen_new, indices.collagen_mature}, {indices.collagen3_new, indices.collagen3_mature}}}
  {
  }

  RfKinetics::Addition RfKinetics::addition(const Rebuilt &pool, const double *u) const
  {
    Addition sum;
    const double denatured = u[at_.denatured], all = denatured + u[at_.collagen_new] + u[at_.collagen_mature];
    if (!(denatured > 0.))
      return sum;
    const double share = denatured / all, by_denatured = (1. - share) / all;
    std::vector<double> calm(u, u + network_.healthy().size()); // with TGF-beta at rest
    calm[at_.tgf] = std::min(calm[at_.tgf], network_.healthy()[at_.tgf]);
    const double calm_made = network_.gain(pool.fresh, calm.data());
    sum.made = (1. + rebuilding_ * share) * calm_made - network_.gain(pool.fresh, u);
    sum.made_by_denatured = rebuilding_ * by_denatured * calm_made;
    if (u[pool.fresh] > 0.)
    {
      const double calm_kept = network_.gain(pool.mature, calm.data()) / u[pool.fresh];
      sum.kept = (1. + retention_ * share) * calm_kept - network_.gain(pool.mature, u) / u[pool.fresh];
      sum.kept_by_denatured = retention_ * by_denatured * calm_kept;
    }
    if (sum.made < 0.)
      sum.made = sum.made_by_denatured = 0.;
    if (sum.kept < 0.)
      sum.kept = sum.kept_by_denatured = 0.;
    return sum;
  }

  std::vector<std::pair<int, int>> RfKinetics::dependencies() const
  {
    std::vector<std::pair<int, int>> pairs;
    for (const Fading &f : fading_)
      pairs.emplace_back(f.field, f.field);
    for (const Raised &r : raised_)
      pairs.emplace_back(r.made, r.by);
    for (const Rebuilt &r : rebuilt_)
      for (const int field : {r.fresh, r.mature})
        for (const int by : {r.fresh, at_.denatured})
          pairs.emplace_back(field, by);
    return pairs;
  }

  void RfKinetics::add_rates(const NodeBlock &nodes, double *rates) const
  {
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u = nodes.fields + n * nodes.n_fields;
      double *node_rates = rates + n * nodes.n_fields;
      for (const Fading &f : fading_)
        node_rates[f.field] -= f.rate * u[f.field];
      for (const Raised &r : raised_)
        if (u[r.by] != 0.)
          node_rates[r.made] += r.gain * u[r.by] * network_.gain(r.made, u);
      for (const Rebuilt &pool : rebuilt_)
      {
        const Addition more = addition(pool, u);
        node_rates[pool.fresh] += more.made - more.kept * u[pool.fresh];
        node_rates[pool.mature] += more.kept * u[pool.fresh];
      }
    }
  }

  void RfKinetics::add_jacobian(const NodeBlock &nodes, double *values) const
  {
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u = nodes.fields + n * nodes.n_fields;
      double *node_values = values + n * pattern_.size();
      for (const Fading &f : fading_)
        node_values[pattern_.slot(f.field, f.field)] -= f.rate;
      for (const Raised &r : raised_)
        node_values[pattern_.slot(r.made, r.by)] += r.gain * network_.gain(r.made, u);
      for (const Rebuilt &pool : rebuilt_)
      {
        const Addition more = addition(pool, u);
        const double retained = more.kept_by_denatured * u[pool.fresh];
        node_values[pattern_.slot(pool.fresh, pool.fresh)] -= more.kept;
        node_values[pattern_.slot(pool.mature, pool.fresh)] += more.kept;
        node_values[pattern_.slot(pool.fresh, at_.denatured)] += more.made_by_denatured - retained;
        node_values[pattern_.slot(pool.mature, at_.denatured)] += retained;
      }
    }
  }

  double RfKinetics::gain(const int species, const double *fields) const
  {
    double sum = 0.;
    for (const Raised &r : raised_)
      if (r.made == species)
        sum += r.gain * fields[r.by] * network_.gain(species, fields);
    for (const Rebuilt &pool : rebuilt_)
      if (pool.fresh == species)
        sum += addition(pool, fields).made;
      else if (pool.mature == species)
        sum += addition(pool, fields).kept * fields[pool.fresh];
    return sum;
  }
} // namespace cutis
