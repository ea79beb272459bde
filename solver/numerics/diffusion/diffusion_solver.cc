// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/diffusion_solver.h"

#include "base/errors.h"
#include "numerics/diffusion/batch_vectors.h"

#include <algorithm>

namespace cutis
{
  using dealii::Utilities::MPI::max;
  using dealii::Utilities::MPI::sum;

  namespace
  {
    constexpr unsigned int most_iterations = 2000;

    /** Diffusion over reaction in the diagonal from where a V-cycle is cheaper than iterations with the diagonal. */
    constexpr double stiff = 4.;
  } // namespace

  DiffusionSolver::DiffusionSolver(const NodeGraph &graph, std::vector<int> fields)
    : graph_(graph)
    , fields_(std::move(fields))
    , reaction_(graph.n_owned * fields_.size())
    , scale_(graph.n_owned * fields_.size())
    , inverse_diagonal_(graph.n_owned * fields_.size())
    , direction_(graph.make_vector(fields_.size()))
    , image_(graph.make_vector(fields_.size()))
    , is_stiff_(fields_.size(), 0)
  {
  }

  void DiffusionSolver::set_operator(const std::vector<double> &diffusivity, const std::vector<char> &in_tissue)
  {
    batch_ = {n(), reaction_.data(), diffusivity, in_tissue};
  }

  void DiffusionSolver::prepare()
  {
    std::vector<double> stiffness(n(), 0.), spectrum(n(), 1.);
    invert_diagonal(graph_.stencil(), batch_, inverse_diagonal_.data(), stiffness.data(), spectrum.data());
    max(stiffness, graph_.communicator, stiffness);
    max(spectrum, graph_.communicator, spectrum);
    if (!graph_.grids)
    {
      if (!polynomial_)
        polynomial_.emplace(graph_, n());
      polynomial_->prepare(stiffness, spectrum);
      return;
    }
    std::vector<unsigned int> stiff_fields;
    for (unsigned int f = 0; f < n(); ++f)
    {
      is_stiff_[f] = stiffness[f] > stiff;
      if (is_stiff_[f])
        stiff_fields.push_back(f);
    }
    if (stiff_fields.empty())
      return;
    if (!multigrid_)
      multigrid_.emplace(graph_.grids, n());
    multigrid_->prepare(batch_, stiff_fields);
  }

  void DiffusionSolver::diffuse(NodalVector &x, NodalVector &y) const
  {
    DiffusionBatch batch = batch_;
    batch.reaction = nullptr;
    std::vector<double> unused(n(), 0.);
    x.update_ghost_values();
    apply(graph_.stencil(), batch, x.begin(), y.begin(), unused.data());
  }

  bool DiffusionSolver::Residuals::rests(const unsigned int field, const Tolerance &tolerance) const
  {
    const double goal = std::min(tolerance.absolute, tolerance.relative * first[field]);
    return largest[field] <= std::max(goal, 1e-9);
  }

  void DiffusionSolver::precondition(const NodalVector &residual, const std::vector<char> &rests)
  {
    if (polynomial_)
    {
      polynomial_->apply(batch_, inverse_diagonal_.data(), residual.begin(), image_);
      return;
    }
    std::vector<unsigned int> cycled;
    for (unsigned int f = 0; f < n(); ++f)
      if (is_stiff_[f] && !rests[f])
        cycled.push_back(f);
    if (cycled.size() < n())
      multiply_diagonal(graph_.n_owned, n(), inverse_diagonal_.data(), residual.begin(), image_.begin());
    if (!cycled.empty())
      multigrid_->apply(residual.begin(), cycled, image_.begin());
  }

  unsigned int
  DiffusionSolver::solve(NodalVector &residual, NodalVector &correction, const Tolerance &tolerance, const double step)
  {
    const std::size_t nodes = graph_.n_owned;
    const std::vector<double> zero(n(), 0.);
    std::vector<double> alpha(zero), beta(zero), before(zero), dots(zero), curvature(zero);
    std::vector<char> rests(n());

    Residuals size{zero, zero};
    measure(nodes, n(), residual.begin(), scale_.data(), size.largest.data());
    max(size.largest, graph_.communicator, size.largest);
    size.first = size.largest;
    correction = 0.;
    direction_ = 0.;
    for (unsigned int iteration = 0; iteration < most_iterations; ++iteration)
    {
      for (unsigned int f = 0; f < n(); ++f)
        rests[f] = size.rests(f, tolerance);
      if (std::find(rests.begin(), rests.end(), 0) == rests.end())
        return iteration;

      precondition(residual, rests);
      before = dots;
      dots = zero;
      add_dots(nodes, n(), residual.begin(), image_.begin(), dots.data());
      sum(dots, graph_.communicator, dots);
      for (unsigned int f = 0; f < n(); ++f)
        beta[f] = before[f] > 0. ? dots[f] / before[f] : 0.;
      advance_direction(nodes, n(), beta.data(), image_.begin(), direction_.begin());

      direction_.update_ghost_values();
      curvature = zero;
      apply(graph_.stencil(), batch_, direction_.begin(), image_.begin(), curvature.data());
      sum(curvature, graph_.communicator, curvature);
      for (unsigned int f = 0; f < n(); ++f)
        alpha[f] = rests[f] || !(curvature[f] > 0.) ? 0. : dots[f] / curvature[f];
      size.largest = zero;
      advance_solution(nodes,
                       n(),
                       alpha.data(),
                       direction_.begin(),
                       image_.begin(),
                       scale_.data(),
                       correction.begin(),
                       residual.begin(),
                       size.largest.data());
      max(size.largest, graph_.communicator, size.largest);
    }
    throw StepRejected(StepRejected::Reason::solver_stalled, "The diffusion solve did not converge.", .25 * step);
  }
} // namespace cutis
