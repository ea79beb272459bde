// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion_solver.h"

#include "base/errors.h"
#include "numerics/batch_vectors.h"

#include <algorithm>

namespace cutis
{
  using dealii::Utilities::MPI::max;
  using dealii::Utilities::MPI::sum;

  namespace
  {
    constexpr unsigned int most_iterations = 2000;
  }

  DiffusionSolver::DiffusionSolver(const NodeGraph &graph, std::vector<int> fields)
    : graph_(graph)
    , fields_(std::move(fields))
    , reaction_(graph.n_owned * fields_.size())
    , scale_(graph.n_owned * fields_.size())
    , inverse_diagonal_(graph.n_owned * fields_.size())
    , direction_(graph.make_vector(fields_.size()))
    , image_(graph.make_vector(fields_.size()))
  {
  }

  void DiffusionSolver::set_operator(const std::vector<double> &diffusivity, const std::vector<char> &in_tissue)
  {
    batch_ = {n(), reaction_.data(), diffusivity, in_tissue};
  }

  void DiffusionSolver::prepare()
  {
    invert_diagonal(graph_.stencil(), batch_, inverse_diagonal_.data());
  }

  void DiffusionSolver::diffuse(NodalVector &x, NodalVector &y) const
  {
    DiffusionBatch batch = batch_;
    batch.reaction       = nullptr;
    std::vector<double> unused(n(), 0.);
    x.update_ghost_values();
    apply(graph_.stencil(), batch, x.begin(), y.begin(), unused.data());
  }

  unsigned int
  DiffusionSolver::solve(NodalVector &residual, NodalVector &correction, const Tolerance &tolerance, const double step)
  {
    const std::size_t   nodes = graph_.n_owned;
    const unsigned int  n     = this->n();
    const Stencil       s     = graph_.stencil();
    std::vector<double> zero(n, 0.), dots(n, 0.), largest(n, 0.), alpha(n, 0.), beta(n, 0.), curvature(n);

    correction = 0.;
    advance_direction(nodes, n, zero.data(), residual.begin(), inverse_diagonal_.data(), direction_.begin());
    // With a step length of zero this only measures the residual.
    advance_solution(nodes,
                     n,
                     zero.data(),
                     direction_.begin(),
                     image_.begin(),
                     inverse_diagonal_.data(),
                     scale_.data(),
                     correction.begin(),
                     residual.begin(),
                     dots.data(),
                     largest.data());
    sum(dots, graph_.communicator, dots);
    max(largest, graph_.communicator, largest);
    const std::vector<double> first = largest;
    const auto                rests = [&](const unsigned int f)
    {
      const double goal = std::min(tolerance.absolute, tolerance.relative * first[f]);
      return dots[f] == 0. || largest[f] <= std::max(goal, 1e-9);
    };

    for (unsigned int iteration = 0; iteration < most_iterations; ++iteration)
    {
      bool all_rest = true;
      for (unsigned int f = 0; f < n; ++f)
        all_rest = all_rest && rests(f);
      if (all_rest)
        return iteration;

      direction_.update_ghost_values();
      std::fill(curvature.begin(), curvature.end(), 0.);
      apply(s, batch_, direction_.begin(), image_.begin(), curvature.data());
      sum(curvature, graph_.communicator, curvature);
      const std::vector<double> before = dots;
      for (unsigned int f = 0; f < n; ++f)
        alpha[f] = rests(f) || !(curvature[f] > 0.) ? 0. : dots[f] / curvature[f];
      std::fill(dots.begin(), dots.end(), 0.);
      std::fill(largest.begin(), largest.end(), 0.);
      advance_solution(nodes,
                       n,
                       alpha.data(),
                       direction_.begin(),
                       image_.begin(),
                       inverse_diagonal_.data(),
                       scale_.data(),
                       correction.begin(),
                       residual.begin(),
                       dots.data(),
                       largest.data());
      sum(dots, graph_.communicator, dots);
      max(largest, graph_.communicator, largest);
      for (unsigned int f = 0; f < n; ++f)
        beta[f] = before[f] > 0. ? dots[f] / before[f] : 0.;
      advance_direction(nodes, n, beta.data(), residual.begin(), inverse_diagonal_.data(), direction_.begin());
    }
    throw StepRejected(StepRejected::Reason::solver_stalled, "The diffusion solve did not converge.", .25 * step);
  }
} // namespace cutis
