// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/parameters.h"
#include "model/reactions/kinetics_sum.h"
#include "model/reactions/network.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis::test
{
  /** Kinetics at one point of the tissue, with plain vectors. */
  class AtAPoint
  {
  public:
    AtAPoint(const unsigned int n_fields, std::vector<Kinetics *> parts) : n_(n_fields), kinetics(n_fields, parts) {}

    /** Rates of all fields [field unit / d]. */
    std::vector<double> rates(const std::vector<double> &u) const
    {
      std::vector<double> rates(n_, 0.);
      kinetics.add_rates(block(u), rates.data());
      return rates;
    }

    /** The Jacobian with its zeros: entry (i, j) at i * n + j. */
    std::vector<double> jacobian(const std::vector<double> &u) const
    {
      std::vector<double> values(kinetics.pattern().size()), dense(n_ * n_, 0.);
      kinetics.jacobian(block(u), values.data());
      for (std::size_t s = 0; s < values.size(); ++s)
        dense[kinetics.pattern().entries()[s].first * n_ + kinetics.pattern().entries()[s].second] = values[s];
      return dense;
    }

    /** The same by central differences over a change of `step` times the size of each field. */
    std::vector<double> differences(const std::vector<double> &u, const std::vector<double> &sizes, double step) const
    {
      std::vector<double> dense(n_ * n_);
      for (unsigned int j = 0; j < n_; ++j)
      {
        std::vector<double> more = u, less = u;
        more[j] += step * sizes[j];
        less[j] -= step * sizes[j];
        const std::vector<double> high = rates(more), low = rates(less);
        for (unsigned int i = 0; i < n_; ++i)
          dense[i * n_ + j] = (high[i] - low[i]) / (more[j] - less[j]);
      }
      return dense;
    }

    std::vector<double> doses; ///< of the interventions
    double content = 1.;       ///< of the layer

  private:
    NodeBlock block(const std::vector<double> &u) const
    {
      return {1, n_, u.data(), static_cast<unsigned int>(doses.size()), doses.data(), &content};
    }

    unsigned int n_;

  public:
    KineticsSum kinetics;
  };

  /** A network with these assignments `name=value` of its constants, prepared for the host. */
  inline std::unique_ptr<Network>
  network_for(const std::string &name, const Host &host, const std::vector<std::string> &constants = {})
  {
    auto network = make_network(name);
    Parameters parameters;
    network->declare(parameters);
    for (const std::string &assignment : constants)
      parameters.set("Network/" + name + "/" + assignment);
    parameters.finish();
    network->prepare(host);
    return network;
  }

  inline Host host_of_age(const double age, const bool ageing)
  {
    Host host;
    host.age = age;
    host.ageing = ageing;
    return host;
  }

  inline std::vector<double> magnitudes(const Network &network)
  {
    std::vector<double> sizes;
    for (const Species &s : network.species())
      sizes.push_back(s.magnitude);
    return sizes;
  }

  inline double factor_of(const Network &network, const std::string &balanced)
  {
    for (const ReactionInfo &reaction : network.reactions())
      if (reaction.balances == balanced)
        return reaction.factor;
    return 0.;
  }
} // namespace cutis::test
