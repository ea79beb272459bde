// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/rf_kinetics.h"

#include <cmath>

namespace cutis
{
  RfKinetics::RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices)
    : network_(network)
    , rebuilding_(constants.rebuilding)
    , retention_(constants.retention * network.gain(indices.collagen_mature, network.healthy().data()) /
                 network.healthy()[indices.collagen_new])
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

  double RfKinetics::denatured_share(const double *u) const
  {
    const double denatured = u[at_.denatured];
    return denatured > 0. ? denatured / (denatured + u[at_.collagen_new] + u[at_.collagen_mature]) : 0.;
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
      const double *u          = nodes.fields + n * nodes.n_fields;
      double       *node_rates = rates + n * nodes.n_fields;
      for (const Fading &f : fading_)
        node_rates[f.field] -= f.rate * u[f.field];
      for (const Raised &r : raised_)
        if (u[r.by] != 0.)
          node_rates[r.made] += r.gain * u[r.by] * network_.gain(r.made, u);
      const double share = denatured_share(u);
      if (share == 0.)
        continue;
      for (const Rebuilt &r : rebuilt_)
      {
        const double retained = retention_ * share * u[r.fresh];
        node_rates[r.fresh] += rebuilding_ * share * network_.gain(r.fresh, u) - retained;
        node_rates[r.mature] += retained;
      }
    }
  }

  void RfKinetics::add_jacobian(const NodeBlock &nodes, double *values) const
  {
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u           = nodes.fields + n * nodes.n_fields;
      double       *node_values = values + n * pattern_.size();
      for (const Fading &f : fading_)
        node_values[pattern_.slot(f.field, f.field)] -= f.rate;
      for (const Raised &r : raised_)
        node_values[pattern_.slot(r.made, r.by)] += r.gain * network_.gain(r.made, u);
      const double share = denatured_share(u), all = u[at_.denatured] + u[at_.collagen_new] + u[at_.collagen_mature];
      const double by_denatured = all > 0. ? (1. - share) / all : 0.; // derivative of the share
      for (const Rebuilt &r : rebuilt_)
      {
        const double retained = retention_ * by_denatured * u[r.fresh];
        node_values[pattern_.slot(r.fresh, r.fresh)] -= retention_ * share;
        node_values[pattern_.slot(r.mature, r.fresh)] += retention_ * share;
        node_values[pattern_.slot(r.fresh, at_.denatured)] +=
          rebuilding_ * by_denatured * network_.gain(r.fresh, u) - retained;
        node_values[pattern_.slot(r.mature, at_.denatured)] += retained;
      }
    }
  }

  double RfKinetics::gain(const int species, const double *fields) const
  {
    double sum = 0.;
    for (const Raised &r : raised_)
      if (r.made == species)
        sum += r.gain * fields[r.by] * network_.gain(species, fields);
    for (const Rebuilt &r : rebuilt_)
      if (r.fresh == species)
        sum += rebuilding_ * denatured_share(fields) * network_.gain(species, fields);
      else if (r.mature == species)
        sum += retention_ * denatured_share(fields) * fields[r.fresh];
    return sum;
  }
} // namespace cutis
