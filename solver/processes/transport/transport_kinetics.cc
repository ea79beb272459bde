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
    Motion motion_of(const Reactions &reactions)
    {
      Motion motion;
      const FieldLayout &layout = reactions.layout();
      for (unsigned int f = 0; f < layout.n_moving(); ++f)
      {
        const Species &s = layout.fields[f];
        motion.diffusivity.push_back(s.diffusivity);
        motion.in_tissue.push_back(s.matter == Matter::tissue);
        motion.guided.push_back(s.guided);
        for (const Taxis &t : s.taxis)
          if (t.coefficient > 0.)
            motion.taxis.push_back({f, reactions.index(t.attractant), t.coefficient});
        if (!s.crowd.empty())
        {
          Motion::Crowding crowding{f, {}, s.crowded_at};
          for (const std::string &key : s.crowd)
            crowding.crowd.push_back(reactions.index(key));
          motion.crowding.push_back(crowding);
        }
      }
      return motion;
    }

    std::vector<double> magnitudes(const FieldLayout &layout)
    {
      std::vector<double> sizes;
      for (const Species &s : layout.fields)
        sizes.push_back(s.magnitude);
      return sizes;
    }

    /** Jacobian at one state, dense over all fields. */
    std::vector<double> dense_jacobian(Reactions &reactions, const std::vector<double> &state)
    {
      const unsigned int n_fields = reactions.layout().n_fields();
      const std::vector<double> doses(reactions.layout().n_doses(), 0.);
      std::vector<double> values(n_lanes * reactions.pattern().size()), dense(n_fields * n_fields, 0.);
      const double content = 1.;
      reactions.set_time(0.);
      reactions.jacobian({1, n_fields, state.data(), static_cast<unsigned int>(doses.size()), doses.data(), &content},
                         values.data());
      for (std::size_t s = 0; s < reactions.pattern().size(); ++s)
      {
        const auto [i, j] = reactions.pattern().entries()[s];
        dense[i * n_fields + j] = values[s * n_lanes];
      }
      return dense;
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

  TransportKinetics::TransportKinetics(Reactions &reactions, const double tolerance)
    : reactions_(reactions)
    , order_(
        solve_order({dense_jacobian(reactions, reactions.healthy()), dense_jacobian(reactions, reactions.active())},
                    magnitudes(reactions.layout()),
                    reactions.layout().n_moving()))
    , motion_(motion_of(reactions))
    , weights_(tolerance, magnitudes(reactions.layout()))
  {
  }

  void TransportKinetics::rebuild(const NodeGraph &graph)
  {
    integrator_ = std::make_unique<Rosenbrock>(graph, motion_, reactions_, order_, weights_);
    next_ = graph.make_vector(reactions_.layout().n_fields());
  }

  double TransportKinetics::advance(State &state, const double h, const Surroundings &felt)
  {
    reactions_at(state);
    const NodeConditions conditions{state.doses(),
                                    reactions_.layout().n_doses(),
                                    felt.relative_tension ? felt.relative_tension->data() : nullptr,
                                    felt.guided};
    const double error = integrator_->step(state.clock.time, h, state.fields(), conditions, next_);
    statistics_ = integrator_->statistics();
    if (error > 1.)
      throw StepRejected(StepRejected::Reason::error_too_large,
                         "The error of the step is " + std::to_string(error) + " times the tolerance.",
                         std::min(h, suggested_step(h, error, 1.)));
    state.fields().swap(next_);
    return error;
  }

  const Reactions &TransportKinetics::reactions_at(const State &state)
  {
    for (const auto &[module, starts] : state.cohorts)
      reactions_.set_cohorts(module, starts);
    reactions_.set_time(state.clock.time);
    return reactions_;
  }

  double TransportKinetics::suggested_step(const double h, const double error, const double trend)
  {
    constexpr double most = 4.; // of the trend: further ahead nobody sees
    const double expected = std::max(error, 1e-12) * std::clamp(trend, 1. / most, most);
    return in_round_numbers(h * std::clamp(.9 * std::pow(expected, -1. / 3.), .2, 4.));
  }
} // namespace cutis
