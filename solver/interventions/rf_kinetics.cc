// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/rf_kinetics.h"

#include <cmath>

namespace cutis
{
  RfKinetics::RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices)
    : network_(network)
    , fading_{{{indices.denatured, constants.clearance},
               {indices.shock, constants.shock_decay},
               {indices.pore, std::log(2.) / constants.pore_half_life}}}
    , raised_{{{indices.collagen_new, indices.shock, constants.shock_gain},
               {indices.collagen3_new, indices.shock, constants.shock_gain},
               {indices.elastin, indices.denatured, constants.elastin_gain}}}
  {
  }

  std::vector<std::pair<int, int>> RfKinetics::dependencies() const
  {
    std::vector<std::pair<int, int>> pairs;
    for (const Fading &f : fading_)
      pairs.emplace_back(f.field, f.field);
    for (const Raised &r : raised_)
      pairs.emplace_back(r.made, r.by);
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
    }
  }

  double RfKinetics::gain(const int species, const double *fields) const
  {
    double sum = 0.;
    for (const Raised &r : raised_)
      if (r.made == species)
        sum += r.gain * fields[r.by] * network_.gain(species, fields);
    return sum;
  }
} // namespace cutis
