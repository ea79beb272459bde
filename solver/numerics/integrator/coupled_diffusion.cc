// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/coupled_diffusion.h"

#include <algorithm>

namespace cutis
{
  CoupledDiffusion::CoupledDiffusion(const NodeGraph &graph,
                                     const Motion &motion,
                                     const JacobianPattern &pattern,
                                     const SolveOrder &order,
                                     const CountedFields &counted,
                                     const ErrorWeights &weights)
    : graph_(graph)
    , motion_(motion)
    , counted_(counted)
    , weights_(weights)
    , n_fields_(pattern.n_fields())
    , diffusivity_(motion.n())
    , diffusion_(graph.n_owned * motion.n())
    , corrections_(motion.n())
  {
    std::size_t most = 0;
    for (const std::vector<int> &fields : order.levels)
      most = std::max(most, fields.size());
    grid_vectors_ = make_grid_vectors(graph, most);
    std::vector<int> earlier;
    for (const std::vector<int> &fields : order.levels)
    {
      add_level(fields, earlier, pattern);
      earlier.insert(earlier.end(), fields.begin(), fields.end());
    }
    for (const Level &level : levels_)
      for (unsigned int p = 0; p < level.solver.n(); ++p)
        corrections_[level.solver.fields()[p]] = {level.correction.begin() + level.solver.layout()(0, p),
                                                  level.solver.layout().per_node};
    add_bound_fields(pattern);
  }

  void CoupledDiffusion::add_level(const std::vector<int> &fields,
                                   const std::vector<int> &earlier,
                                   const JacobianPattern &pattern)
  {
    Level level{DiffusionSolver(graph_, fields, grid_vectors_),
                graph_.make_vector(fields.size()),
                graph_.make_vector(fields.size()),
                {},
                {{}, {}, {}, weights_.relative}};
    for (unsigned int p = 0; p < fields.size(); ++p)
    {
      const int i = fields[p];
      level.diagonal.slots.push_back(pattern.slot(i, i));
      level.diagonal.absolute.push_back(weights_.absolute[i]);
      level.diagonal.volumes.push_back((motion_.in_tissue[i] ? graph_.tissue_volume : graph_.volume).data());
      for (const int j : earlier)
        if (pattern.slot(i, j) >= 0)
          level.couplings.entries.push_back({p, static_cast<unsigned int>(j), pattern.slot(i, j), false});
    }
    level.couplings.resize(graph_.n_owned);
    levels_.push_back(std::move(level));
  }

  void CoupledDiffusion::add_bound_fields(const JacobianPattern &pattern)
  {
    for (unsigned int i = motion_.n(); i < n_fields_; ++i)
      for (unsigned int j = 0; j <= i; ++j)
        if (pattern.slot(i, j) >= 0)
          bound_.entries.push_back({i, j, pattern.slot(i, j), i == j});
    bound_.resize(graph_.n_owned);
  }

  void CoupledDiffusion::take(const std::size_t first,
                              const std::size_t size,
                              const double *jacobian,
                              const double gh,
                              const double *u)
  {
    for (Level &level : levels_)
    {
      std::vector<FieldColumn> columns;
      for (const int f : level.solver.fields())
        columns.push_back({u + f, n_fields_});
      level.couplings.take(first, jacobian, gh);
      level.diagonal.take(first,
                          size,
                          jacobian,
                          gh,
                          columns,
                          level.solver.layout(),
                          level.solver.reaction().data(),
                          level.solver.scale().data());
    }
    bound_.take(first, jacobian, gh);
  }

  void CoupledDiffusion::prepare(const double gh, const GuidedEdges *guided)
  {
    for (unsigned int f = 0; f < motion_.n(); ++f)
      diffusivity_[f] = gh * (guided && motion_.guided[f] ? guided->majorant : 1.) * motion_.diffusivity[f];
    for (Level &level : levels_)
    {
      std::vector<double> diffusivity;
      std::vector<char> in_tissue;
      for (const int f : level.solver.fields())
      {
        diffusivity.push_back(diffusivity_[f]);
        in_tissue.push_back(motion_.in_tissue[f]);
      }
      level.solver.prepare(diffusivity, in_tissue);
    }
  }

  /** Written as stage + correction: (B - gh L) correction = gh L stage. */
  void CoupledDiffusion::solve(NodalVector &stage, const double factor, const double step)
  {
    stage.update_ghost_values();
    diffuse(graph_.stencil(), diffusivity_, motion_.in_tissue, n_fields_, stage.begin(), diffusion_.data());
    for (Level &level : levels_)
      solve_level(level, step);
    correct(graph_.n_owned, n_fields_, corrections_, bound_, factor, stage.begin());
  }

  /** (V B_kk + gh D K) correction = -gh D K stage - V sum_j B_kj correction_j over the fields j of earlier levels. */
  void CoupledDiffusion::solve_level(Level &level, const double step)
  {
    std::vector<FieldColumn> diffusion;
    for (const int f : level.solver.fields())
      diffusion.push_back({diffusion_.data() + f, motion_.n()});
    couple(graph_.n_owned,
           level.couplings,
           corrections_,
           diffusion,
           level.diagonal.volumes,
           level.solver.layout(),
           level.residual.begin());
    const SolveOutcome outcome = level.solver.solve(level.residual, level.correction, SolveTolerance(), step);
    statistics_.iterations += outcome.iterations;
    statistics_.scalar_solves += level.solver.n();
    conserve(level, outcome.remainder);
  }

  /**
   * What an inexact solve has lost of matter whose account is kept is put back in proportion to the error that each
   * node may have: the residuals then sum to zero, as they would after an exact solve.
   */
  void CoupledDiffusion::conserve(Level &level, const std::vector<double> &remainder) const
  {
    const NodeLayout &at = level.solver.layout();
    for (unsigned int p = 0; p < level.solver.n(); ++p)
    {
      const std::vector<double> *const volume = counted_.volume(level.solver.fields()[p]);
      if (!volume || remainder[p] == 0.)
        continue;
      const auto weight = [&](const std::size_t i) // V B_kk error, see DiagonalRows
      {
        const float scale = level.solver.scale()[at(i, p)];
        return scale > 0.f ? 1. / scale : 0.;
      };
      double weights = 0.;
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        weights += weight(i);
      const double share = remainder[p] / dealii::Utilities::MPI::sum(weights, graph_.communicator);
      for (std::size_t i = 0; i < graph_.n_owned; ++i)
        if ((*volume)[i] > 0.)
          level.correction.local_element(at(i, p)) +=
            share * weight(i) / ((*volume)[i] * level.solver.reaction()[at(i, p)]);
    }
  }
} // namespace cutis
