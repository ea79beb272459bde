// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/graph_solver.h"

#include "numerics/diffusion/batch_vectors.h"

#include <algorithm>

namespace cutis
{
  using dealii::Utilities::MPI::max;
  using dealii::Utilities::MPI::sum;

  GraphSolver::GraphSolver(const NodeGraph &graph, const unsigned int n_fields)
    : graph_(graph)
    , n_(n_fields)
    , inverse_diagonal_(graph.n_owned * n_fields)
    , direction_(graph.make_vector(n_fields))
    , image_(graph.make_vector(n_fields))
    , polynomial_(graph, n_fields)
  {
  }

  void GraphSolver::prepare(const DiffusionBatch &batch, const float *scale)
  {
    batch_ = batch;
    scale_ = scale;
    std::vector<double> stiffness(n_, 0.), spectrum(n_, 1.);
    invert_diagonal(graph_.stencil(), batch_, inverse_diagonal_.data(), stiffness.data(), spectrum.data());
    max(stiffness, graph_.communicator, stiffness);
    max(spectrum, graph_.communicator, spectrum);
    polynomial_.prepare(stiffness, spectrum);
  }

  std::vector<double> GraphSolver::remainder(const NodalVector &residual) const
  {
    std::vector<double> sums(n_, 0.);
    for (std::size_t k = 0; k < residual.locally_owned_size(); ++k)
      sums[k % n_] += residual.local_element(k);
    sum(sums, graph_.communicator, sums);
    return sums;
  }

  SolveOutcome
  GraphSolver::solve(NodalVector &residual, NodalVector &correction, const SolveTolerance &tolerance, const double step)
  {
    const std::size_t nodes = graph_.n_owned;
    const std::vector<double> zero(n_, 0.);
    std::vector<double> alpha(zero), beta(zero), before(zero), dots(zero), curvature(zero), largest(zero);
    std::vector<char> rests(n_);

    measure(nodes, n_, residual.begin(), scale_, largest.data());
    max(largest, graph_.communicator, largest);
    const std::vector<double> first = largest;
    correction = 0.;
    direction_ = 0.;
    for (unsigned int iteration = 0; iteration < SolveTolerance::most_iterations; ++iteration)
    {
      for (unsigned int f = 0; f < n_; ++f)
        rests[f] = tolerance.met(largest[f], first[f]);
      if (std::find(rests.begin(), rests.end(), 0) == rests.end())
        return {iteration, remainder(residual)};

      polynomial_.apply(batch_, inverse_diagonal_.data(), residual.begin(), image_);
      before = dots;
      dots = zero;
      add_dots(nodes, n_, residual.begin(), image_.begin(), dots.data());
      sum(dots, graph_.communicator, dots);
      for (unsigned int f = 0; f < n_; ++f)
        beta[f] = before[f] > 0. ? dots[f] / before[f] : 0.;
      advance_direction(nodes, n_, beta.data(), image_.begin(), direction_.begin());

      direction_.update_ghost_values();
      curvature = zero;
      apply(graph_.stencil(), batch_, direction_.begin(), image_.begin(), curvature.data());
      sum(curvature, graph_.communicator, curvature);
      for (unsigned int f = 0; f < n_; ++f)
        alpha[f] = rests[f] || !(curvature[f] > 0.) ? 0. : dots[f] / curvature[f];
      largest = zero;
      advance_solution(nodes,
                       n_,
                       alpha.data(),
                       direction_.begin(),
                       image_.begin(),
                       scale_,
                       correction.begin(),
                       residual.begin(),
                       largest.data());
      max(largest, graph_.communicator, largest);
    }
    give_up_solving(step);
  }
} // namespace cutis
