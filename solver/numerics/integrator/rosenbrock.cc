// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/rosenbrock.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "numerics/integrator/ros34pw2.h"

#include <algorithm>

namespace cutis
{
  using dealii::Utilities::MPI::max;
  using dealii::Utilities::MPI::min;
  using namespace ros34pw2;

  namespace
  {
    constexpr double most_overdrawn = 1e-9; // of a counted field, as a share of all that is counted
    constexpr std::size_t lanes = NodeLU::lanes;
    constexpr std::size_t block_size = 8 * lanes;
  } // namespace

  Rosenbrock::Rosenbrock(const NodeGraph &graph,
                         const Motion &motion,
                         Reactions &reactions,
                         const SolveOrder &order,
                         const ErrorWeights &weights)
    : graph_(graph)
    , motion_(motion)
    , reactions_(reactions)
    , counted_(counted_fields(graph, motion, reactions))
    , weights_(weights)
    , n_fields_(reactions.pattern().n_fields())
    , lu_(reactions.pattern())
    , factors_((graph.n_owned + lanes - 1) / lanes * lu_.factor_size())
    , diffusion_(graph, motion, reactions.pattern(), order, counted_, weights_)
  {
    for (NodalVector &stage : stages_)
      stage = graph.make_vector(n_fields_);
  }

  NodeBlock Rosenbrock::nodes(const NodalVector &fields, const NodeConditions &conditions) const
  {
    return graph_.nodes(fields, n_fields_, conditions.doses, conditions.n_doses, conditions.relative_tension);
  }

  StageSum Rosenbrock::sum_of_stages(const unsigned int n, const double *factors) const
  {
    return {n, factors, {stages_[0].begin(), stages_[1].begin(), stages_[2].begin(), stages_[3].begin()}};
  }

  double Rosenbrock::step(const double t,
                          const double h,
                          const NodalVector &u,
                          const NodeConditions &conditions,
                          NodalVector &next)
  {
    step_ = h;
    linearise(t, g * h, u, conditions);
    for (unsigned int stage = 0; stage < 4; ++stage)
    {
      add_stages(graph_.n_owned * n_fields_, 1., u.begin(), sum_of_stages(stage, a[stage]), next.begin());
      graph_.complete(next, n_fields_);
      evaluate_stage(stage, t, h, next, conditions);
      diffusion_.solve(stages_[stage], g, h);
      stop_if_interrupted(graph_.communicator); // the end of a long step may come too late
    }
    return finish(u, next);
  }

  /** Factorise I - gh J at all nodes and keep what the diffusion solves need of J. */
  void Rosenbrock::linearise(const double t, const double gh, const NodalVector &u, const NodeConditions &conditions)
  {
    reactions_.set_time(t);
    const NodeBlock all = nodes(u, conditions);
    std::vector<double> jacobian(lanes * reactions_.pattern().size());
    double least = 1.;
    for (std::size_t begin = 0; begin < graph_.n_owned; begin += lanes)
    {
      const std::size_t size = std::min<std::size_t>(lanes, graph_.n_owned - begin);
      reactions_.jacobian(all.part(begin, size), jacobian.data());
      const double pivot = lu_.factorise(jacobian.data(), gh, &factors_[begin / lanes * lu_.factor_size()]);
      least = pivot < least || pivot != pivot ? pivot : least;
      diffusion_.take(begin, size, jacobian.data(), gh, u.begin());
    }
    if (!(min(least == least ? least : -1., graph_.communicator) > 1e-7))
      throw StepRejected(
        StepRejected::Reason::singular_kinetics, "The kinetics are singular at this step.", .25 * step_);
    diffusion_.prepare(gh, conditions.guided);
  }

  /** U_i = (I - gh J)^-1 [h F + sum c_ij U_j] at every owned node; 0 at those without volume, which hang. */
  void Rosenbrock::evaluate_stage(const unsigned int stage,
                                  const double t,
                                  const double h,
                                  const NodalVector &w,
                                  const NodeConditions &conditions)
  {
    reactions_.set_time(t + alpha[stage] * h);
    const Stencil s = graph_.stencil();
    const NodeBlock all = nodes(w, conditions);
    std::vector<double> rates(block_size * n_fields_);
    for (std::size_t begin = 0; begin < graph_.n_owned; begin += block_size)
    {
      const std::size_t end = std::min<std::size_t>(begin + block_size, graph_.n_owned);
      std::fill(rates.begin(), rates.end(), 0.);
      add_transport_rates(s, motion_, n_fields_, w.begin(), begin, end, rates.data());
      if (conditions.guided)
        add_guided_rates(s, *conditions.guided, motion_, n_fields_, w.begin(), begin, end, rates.data());
      reactions_.add_rates(all.part(begin, end - begin), rates.data());

      StageSum earlier = sum_of_stages(stage, c[stage]);
      for (const double *&values : earlier.stage)
        values += begin * n_fields_;
      add_stages((end - begin) * n_fields_, h, rates.data(), earlier, rates.data());
      for (std::size_t i = begin; i < end; ++i)
        if (!(graph_.volume[i] > 0.))
          std::fill_n(&rates[(i - begin) * n_fields_], n_fields_, 0.);
      lu_.solve(&factors_[begin / lanes * lu_.factor_size()], end - begin, rates.data());
      std::copy_n(rates.begin(), (end - begin) * n_fields_, stages_[stage].begin() + begin * n_fields_);
    }
  }

  /** Add the last stage, measure the error, and see to it that no field is below zero. */
  double Rosenbrock::finish(const NodalVector &u, NodalVector &next)
  {
    const StepOutcome found =
      finish_nodes(graph_.n_owned, graph_.volume.data(), weights_, u.begin(), sum_of_stages(4, d), next.begin());
    if (min(found.finite ? 1 : 0, graph_.communicator) == 0)
      throw StepRejected(StepRejected::Reason::not_finite, "A value is not finite.", .1 * step_);
    const double error = max(found.error, graph_.communicator);
    const double lowest = min(found.lowest, graph_.communicator);
    if (lowest < -1. && error <= 1.)
      throw StepRejected(StepRejected::Reason::negative_value, "A field would fall below zero.", .5 * step_);
    if (lowest < 0.)
    {
      // A long step may take more of what dies away than there was. No account could be balanced with that.
      if (error <= 1. && counted_.any_total_is_negative(next, most_overdrawn))
        throw StepRejected(StepRejected::Reason::negative_value, "More would be used up than there is.", .5 * step_);
      counted_.clip(next);
    }
    graph_.complete(next, n_fields_);
    return error;
  }
} // namespace cutis
