// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/rf_kinetics.h"

namespace cutis
{
  RfKinetics::RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices)
    : constants_(constants)
    , network_(network)
    , indices_(indices)
  {
  }

  std::vector<std::pair<int, int>> RfKinetics::dependencies() const
  {
    const auto [Cd, H, Cn, C3n] = indices_;
    return {{Cd, Cd}, {H, H}, {Cn, H}, {C3n, H}};
  }

  void RfKinetics::add_rates(const NodeBlock &nodes, double *rates) const
  {
    const auto [Cd, H, Cn, C3n] = indices_;
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u = nodes.fields + n * nodes.n_fields;
      double       *r = rates + n * nodes.n_fields;
      r[Cd] -= constants_.clearance * u[Cd];
      r[H] -= constants_.shock_decay * u[H];
      if (u[H] == 0.)
        continue;
      r[Cn] += constants_.shock_gain * u[H] * network_.gain(Cn, u);
      r[C3n] += constants_.shock_gain * u[H] * network_.gain(C3n, u);
    }
  }

  void RfKinetics::add_jacobian(const NodeBlock &nodes, double *values) const
  {
    const auto [Cd, H, Cn, C3n] = indices_;
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u = nodes.fields + n * nodes.n_fields;
      double       *v = values + n * pattern_.size();
      v[pattern_.slot(Cd, Cd)] -= constants_.clearance;
      v[pattern_.slot(H, H)] -= constants_.shock_decay;
      v[pattern_.slot(Cn, H)] += constants_.shock_gain * network_.gain(Cn, u);
      v[pattern_.slot(C3n, H)] += constants_.shock_gain * network_.gain(C3n, u);
    }
  }
} // namespace cutis
