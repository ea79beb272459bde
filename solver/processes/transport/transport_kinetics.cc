// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/transport/transport_kinetics.h"

#include "base/errors.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    Motion motion_of(const Network &network, const FieldLayout &layout)
    {
      Motion motion;
      for (unsigned int f = 0; f < layout.n_moving(); ++f)
      {
        motion.diffusivity.push_back(layout.fields[f].diffusivity);
        motion.in_tissue.push_back(layout.fields[f].matter == Matter::tissue);
        motion.guided.push_back(layout.fields[f].guided);
      }
      for (const Taxis &t : network.taxis())
        if (t.coefficient > 0.)
          motion.taxis.push_back(
            {static_cast<unsigned int>(t.species), static_cast<unsigned int>(t.attractant), t.coefficient});
      for (const CrowdedMobility &c : network.crowding())
        motion.crowding.push_back(
          {static_cast<unsigned int>(c.species), {c.crowd.begin(), c.crowd.end()}, c.reference});
      return motion;
    }

    std::vector<double> magnitudes(const FieldLayout &layout)
    {
      std::vector<double> sizes;
      for (const Species &s : layout.fields)
        sizes.push_back(s.magnitude);
      return sizes;
    }

    /** Jacobian of the network alone at one state, dense over all fields. */
    std::vector<double> dense_jacobian(Network &network, std::vector<double> state, const unsigned int n_fields)
    {
      state.resize(n_fields, 0.);
      KineticsSum kinetics(n_fields, {&network});
      std::vector<double> values(kinetics.pattern().size()), dense(n_fields * n_fields, 0.);
      const double content = 1.;
      kinetics.set_time(0.);
      kinetics.jacobian({1, n_fields, state.data(), 0, nullptr, &content}, values.data());
      for (std::size_t s = 0; s < values.size(); ++s)
      {
        const auto [i, j] = kinetics.pattern().entries()[s];
        dense[i * n_fields + j] = values[s];
      }
      return dense;
    }
    std::vector<Kinetics *> with_network(Network &network, std::vector<Kinetics *> extra)
    {
      extra.insert(extra.begin(), &network);
      return extra;
    }

    /**
     * A step rounded down to two digits. The error is known to a few digits only, because the factors of the nodes have
     * single precision; left in the step, that noise would make runs on other numbers of ranks differ.
     */
    double in_round_numbers(const double step)
    {
      const double unit = std::pow(10., std::floor(std::log10(step)) - 1.);
      return unit * std::floor(step / unit * (1. + 1e-9));
    }
  } // namespace

  TransportKinetics::TransportKinetics(Network &network,
                                       const FieldLayout &layout,
                                       std::vector<Kinetics *> extra,
                                       const double tolerance)
    : layout_(layout)
    , order_(solve_order({dense_jacobian(network, network.healthy(), layout.n_fields()),
                          dense_jacobian(network, network.active(), layout.n_fields())},
                         magnitudes(layout),
                         layout.n_moving()))
    , motion_(motion_of(network, layout))
    , weights_(tolerance, magnitudes(layout))
    , kinetics_(layout.n_fields(), with_network(network, extra))
  {
  }

  void TransportKinetics::rebuild(const NodeGraph &graph)
  {
    integrator_ = std::make_unique<Rosenbrock>(graph, motion_, kinetics_, order_, weights_);
    next_ = graph.make_vector(layout_.n_fields());
  }

  double TransportKinetics::advance(State &state, const double h, const Surroundings &felt)
  {
    const NodeConditions conditions{
      state.doses, layout_.n_doses(), felt.stretch ? felt.stretch->data() : nullptr, felt.guided};
    const double error = integrator_->step(state.clock.time, h, state.fields, conditions, next_);
    statistics_ = integrator_->statistics();
    if (error > 1.)
      throw StepRejected(StepRejected::Reason::error_too_large,
                         "The error of the step is " + std::to_string(error) + " times the tolerance.",
                         suggested_step(h, error, true));
    state.fields.swap(next_);
    return error;
  }

  const KineticsSum &TransportKinetics::kinetics_at(const double time)
  {
    kinetics_.set_time(time);
    return kinetics_;
  }

  double TransportKinetics::suggested_step(const double h, const double error, const bool after_rejection)
  {
    const double factor = std::clamp(.9 * std::pow(std::max(error, 1e-12), -1. / 3.), .2, 4.);
    return in_round_numbers(h * (after_rejection ? std::min(factor, 1.) : factor));
  }
} // namespace cutis
