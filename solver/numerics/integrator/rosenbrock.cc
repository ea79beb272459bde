// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/rosenbrock.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "numerics/integrator/ros34pw2.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  using dealii::Utilities::MPI::max;
  using dealii::Utilities::MPI::min;
  using namespace ros34pw2;

  namespace
  {
    constexpr std::size_t lanes = NodeLU::lanes;
    constexpr std::size_t block_size = 8 * lanes;
  } // namespace

  ErrorWeights::ErrorWeights(const double relative, const std::vector<double> &magnitudes)
    : relative(relative)
    , absolute(magnitudes)
  {
    for (double &value : absolute)
      value *= .1 * relative;
  }

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
    , where_(motion.n())
  {
    const std::size_t groups = (graph.n_owned + lanes - 1) / lanes;
    factors_.resize(groups * lu_.factor_size());
    for (NodalVector &stage : stages_)
      stage = graph.make_vector(n_fields_);

    const JacobianPattern &pattern = reactions.pattern();
    for (std::size_t l = 0; l < order.levels.size(); ++l)
    {
      const std::vector<int> &fields = order.levels[l];
      Level level{
        DiffusionSolver(graph, fields), graph.make_vector(fields.size()), graph.make_vector(fields.size()), {}, {}, {}};
      for (std::size_t p = 0; p < fields.size(); ++p)
      {
        for (std::size_t before = 0; before < l; ++before)
          for (const int j : order.levels[before])
            if (pattern.slot(fields[p], j) >= 0)
            {
              level.couplings.emplace_back(p, j);
              level.slots.push_back(pattern.slot(fields[p], j));
            }
        where_[fields[p]] = {static_cast<int>(l), static_cast<int>(p)};
      }
      level.values.resize(level.couplings.size() * graph.n_owned);
      levels_.push_back(std::move(level));
    }
    for (unsigned int i = motion.n(); i < n_fields_; ++i)
      for (unsigned int j = 0; j <= i; ++j)
        if (pattern.slot(i, j) >= 0)
        {
          bound_couplings_.emplace_back(i, j);
          bound_slots_.push_back(pattern.slot(i, j));
        }
    bound_values_.resize(bound_couplings_.size() * graph.n_owned);
  }

  NodeBlock Rosenbrock::nodes(const NodalVector &fields, const NodeConditions &conditions) const
  {
    return graph_.nodes(fields, n_fields_, conditions.doses, conditions.n_doses, conditions.relative_tension);
  }

  double Rosenbrock::step(const double t,
                          const double h,
                          const NodalVector &u,
                          const NodeConditions &conditions,
                          NodalVector &next)
  {
    step_ = h;
    linearise(t, g * h, u, conditions);
    const std::size_t size = graph_.n_owned * n_fields_;
    for (unsigned int stage = 0; stage < 4; ++stage)
    {
      for (std::size_t k = 0; k < size; ++k)
      {
        double value = u.local_element(k);
        for (unsigned int j = 0; j < stage; ++j)
          value += a[stage][j] * stages_[j].local_element(k);
        next.local_element(k) = value;
      }
      graph_.complete(next, n_fields_);
      evaluate_stage(stage, t, h, next, conditions);
      diffuse_stage(stage);
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
      store_couplings(begin, size, jacobian.data(), gh);
      for (std::size_t n = begin; n < begin + size; ++n)
        scale_solvers(n, u.begin() + n * n_fields_);
    }
    if (!(min(least == least ? least : -1., graph_.communicator) > 1e-7))
      throw StepRejected(
        StepRejected::Reason::singular_kinetics, "The kinetics are singular at this step.", .25 * step_);
    for (Level &level : levels_)
    {
      std::vector<double> diffusivity;
      std::vector<char> in_tissue;
      for (const int f : level.solver.fields())
      {
        const double along_fibres = conditions.guided && motion_.guided[f] ? conditions.guided->majorant : 1.;
        diffusivity.push_back(gh * along_fibres * motion_.diffusivity[f]);
        in_tissue.push_back(motion_.in_tissue[f]);
      }
      level.solver.set_operator(diffusivity, in_tissue);
      level.solver.prepare();
    }
  }

  /** Keep what the diffusion solves need of the Jacobian of some nodes. */
  void
  Rosenbrock::store_couplings(const std::size_t first, const std::size_t size, const double *jacobian, const double gh)
  {
    const JacobianPattern &pattern = reactions_.pattern();
    const auto diagonal = [&](const double value) { return static_cast<float>(1. - gh * std::min(value, 0.)); };
    for (std::size_t n = 0; n < size; ++n)
    {
      const std::size_t node = first + n;
      const auto slope = [&](const int slot) { return jacobian[slot * lanes + n]; };
      for (Level &level : levels_)
      {
        for (unsigned int p = 0; p < level.solver.n(); ++p)
        {
          const int f = level.solver.fields()[p];
          level.solver.reaction()[node * level.solver.n() + p] = diagonal(slope(pattern.slot(f, f)));
        }
        for (std::size_t s = 0; s < level.slots.size(); ++s)
          level.values[node * level.slots.size() + s] = static_cast<float>(-gh * slope(level.slots[s]));
      }
      for (std::size_t s = 0; s < bound_slots_.size(); ++s)
      {
        const auto [i, j] = bound_couplings_[s];
        const double value = slope(bound_slots_[s]);
        bound_values_[node * bound_slots_.size() + s] = i == j ? diagonal(value) : static_cast<float>(-gh * value);
      }
    }
  }

  /** Residuals of the diffusion solves are measured against the error that each field may have at a node. */
  void Rosenbrock::scale_solvers(const std::size_t node, const double *values)
  {
    for (Level &level : levels_)
      for (unsigned int p = 0; p < level.solver.n(); ++p)
      {
        const int f = level.solver.fields()[p];
        const std::size_t k = node * level.solver.n() + p;
        const double volume = (motion_.in_tissue[f] ? graph_.tissue_volume : graph_.volume)[node];
        const double error = weights_.absolute[f] + weights_.relative * std::abs(values[f]);
        level.solver.scale()[k] =
          volume > 0. ? static_cast<float>(1. / (volume * level.solver.reaction()[k] * error)) : 0.f;
      }
  }

  /** U_i = (I - gh J)^-1 [h F + sum c_ij U_j] at every owned node. */
  void Rosenbrock::evaluate_stage(const unsigned int stage,
                                  const double t,
                                  const double h,
                                  const NodalVector &w,
                                  const NodeConditions &conditions)
  {
    reactions_.set_time(t + alpha[stage] * h);
    const Stencil s = graph_.stencil();
    const NodeBlock all = nodes(w, conditions);
    std::vector<double> rates(block_size * n_fields_), group(lanes * n_fields_);
    for (std::size_t begin = 0; begin < graph_.n_owned; begin += block_size)
    {
      const std::size_t end = std::min<std::size_t>(begin + block_size, graph_.n_owned);
      std::fill(rates.begin(), rates.end(), 0.);
      add_transport_rates(s, motion_, n_fields_, w.begin(), begin, end, rates.data());
      if (conditions.guided)
        add_guided_rates(s, *conditions.guided, motion_, n_fields_, w.begin(), begin, end, rates.data());
      reactions_.add_rates(all.part(begin, end - begin), rates.data());

      for (std::size_t first = begin; first < end; first += lanes)
      {
        const std::size_t size = std::min(lanes, end - first);
        for (std::size_t n = 0; n < lanes; ++n)
          for (unsigned int f = 0; f < n_fields_; ++f)
          {
            double value = 0.;
            const std::size_t k = (first + n) * n_fields_ + f;
            if (n < size && graph_.volume[first + n] > 0.)
            {
              value = h * rates[k - begin * n_fields_];
              for (unsigned int j = 0; j < stage; ++j)
                value += c[stage][j] * stages_[j].local_element(k);
            }
            group[f * lanes + n] = value;
          }
        lu_.solve(&factors_[first / lanes * lu_.factor_size()], group.data());
        for (std::size_t n = 0; n < size; ++n)
          for (unsigned int f = 0; f < n_fields_; ++f)
            stages_[stage].local_element((first + n) * n_fields_ + f) = group[f * lanes + n];
      }
    }
  }

  /** U_i = g (B - gh L)^-1 B U_i, written as U_i + correction. */
  void Rosenbrock::diffuse_stage(const unsigned int stage)
  {
    NodalVector &value = stages_[stage];
    for (std::size_t l = 0; l < levels_.size(); ++l)
      solve_level(l, value);
    correct_bound_fields(value);
    value *= g;
  }

  /** (V B_kk + gh D K) correction = -gh D K x - V sum_j B_kj correction_j over the fields j of earlier levels. */
  void Rosenbrock::solve_level(const std::size_t l, NodalVector &stage_value)
  {
    Level &level = levels_[l];
    const unsigned int n = level.solver.n();
    const auto &fields = level.solver.fields();
    for (std::size_t i = 0; i < graph_.n_owned; ++i)
      for (unsigned int p = 0; p < n; ++p)
        level.correction.local_element(i * n + p) = stage_value.local_element(i * n_fields_ + fields[p]);
    level.solver.diffuse(level.correction, level.residual);
    double *const residual = level.residual.begin();
    for (std::size_t k = 0; k < graph_.n_owned * n; ++k)
      residual[k] *= -1.;
    const std::size_t n_couplings = level.couplings.size();
    for (std::size_t s = 0; s < n_couplings; ++s)
    {
      const auto [p, j] = level.couplings[s];
      const auto &volume = motion_.in_tissue[fields[p]] ? graph_.tissue_volume : graph_.volume;
      const auto [from_level, from_position] = where_[j];
      const double *const correction = levels_[from_level].correction.begin() + from_position;
      const unsigned int stride = levels_[from_level].solver.n();
      const float *const values = level.values.data() + s;
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        residual[i * n + p] -= volume[i] * values[i * n_couplings] * correction[i * stride];
    }
    statistics_.iterations += level.solver.solve(level.residual, level.correction, DiffusionSolver::Tolerance(), step_);
    statistics_.scalar_solves += n;
    conserve(level);
    for (std::size_t i = 0; i < graph_.n_owned; ++i)
      for (unsigned int p = 0; p < n; ++p)
        stage_value.local_element(i * n_fields_ + fields[p]) += level.correction.local_element(i * n + p);
  }

  /**
   * What an inexact solve has lost of matter whose account is kept is put back in proportion to the error that each
   * node may have: the residuals then sum to zero, as they would after an exact solve.
   */
  void Rosenbrock::conserve(Level &level) const
  {
    const unsigned int n = level.solver.n();
    for (unsigned int p = 0; p < n; ++p)
    {
      const std::vector<double> *const volume = counted_.volume(level.solver.fields()[p]);
      if (!volume)
        continue;
      const auto weight = [&](const std::size_t i) // V B_kk error, see scale_solvers
      {
        const float scale = level.solver.scale()[i * n + p];
        return scale > 0.f ? 1. / scale : 0.;
      };
      double sums[2] = {0., 0.};
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
      {
        sums[0] += level.residual.local_element(i * n + p);
        sums[1] += weight(i);
      }
      dealii::Utilities::MPI::sum(
        dealii::ArrayView<const double>(sums, 2), graph_.communicator, dealii::ArrayView<double>(sums, 2));
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        if ((*volume)[i] > 0.)
          level.correction.local_element(i * n + p) +=
            sums[0] / sums[1] * weight(i) / ((*volume)[i] * level.solver.reaction()[i * n + p]);
    }
  }

  /** The same for fields that do not move: B_ii correction_i = -sum_j B_ij correction_j, in the order of the table. */
  void Rosenbrock::correct_bound_fields(NodalVector &stage_value)
  {
    const std::size_t n_couplings = bound_couplings_.size();
    std::vector<double> correction(n_fields_);
    std::vector<std::pair<const double *, unsigned int>> moving; // corrections, and how far from node to node
    for (unsigned int f = 0; f < motion_.n(); ++f)
    {
      const auto [l, p] = where_[f];
      moving.emplace_back(levels_[l].correction.begin() + p, levels_[l].solver.n());
    }
    for (std::size_t i = 0; i < graph_.n_owned; ++i)
    {
      for (unsigned int f = 0; f < motion_.n(); ++f)
        correction[f] = moving[f].first[i * moving[f].second];
      double sum = 0.;
      for (std::size_t s = 0; s < n_couplings; ++s)
      {
        const auto [field, other] = bound_couplings_[s];
        const double value = bound_values_[i * n_couplings + s];
        if (field != other)
          sum -= value * correction[other];
        else
        {
          correction[field] = sum / value;
          stage_value.local_element(i * n_fields_ + field) += correction[field];
          sum = 0.;
        }
      }
    }
  }

  /** Add the last stage, measure the error, and see to it that no field is below zero. */
  double Rosenbrock::finish(const NodalVector &u, NodalVector &next)
  {
    double error = 0., lowest = 0.;
    bool finite = true;
    for (std::size_t i = 0; i < graph_.n_owned; ++i)
    {
      if (!(graph_.volume[i] > 0.))
        continue;
      for (unsigned int f = 0; f < n_fields_; ++f)
      {
        const std::size_t k = i * n_fields_ + f;
        const double value = next.local_element(k) + stages_[3].local_element(k);
        double e = 0.;
        for (unsigned int j = 0; j < 4; ++j)
          e += d[j] * stages_[j].local_element(k);
        finite = finite && std::isfinite(value) && std::isfinite(e);
        error =
          std::max(error, std::abs(e) / (weights_.absolute[f] + weights_.relative * std::abs(u.local_element(k))));
        lowest = std::min(lowest, value / weights_.absolute[f]);
        next.local_element(k) = value;
      }
    }
    if (min(finite ? 1 : 0, graph_.communicator) == 0)
      throw StepRejected(StepRejected::Reason::not_finite, "A value is not finite.", .1 * step_);
    error = max(error, graph_.communicator);
    lowest = min(lowest, graph_.communicator);
    if (lowest < -1. && error <= 1.)
      throw StepRejected(StepRejected::Reason::negative_value, "A field would fall below zero.", .5 * step_);
    if (lowest < 0.)
      counted_.clip(next);
    graph_.complete(next, n_fields_);
    return error;
  }
} // namespace cutis
