// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/stencil.h"
#include "numerics/integrator/ros34pw2.h"
#include "numerics/integrator/solve_order.h"

#include <deal.II/lac/full_matrix.h>
#include <deal.II/lac/lapack_full_matrix.h>

#include <cmath>
#include <complex>
#include <vector>

namespace cutis::test
{
  using StepMatrix = dealii::FullMatrix<double>;

  /**
   * One step of the integrator for a linear problem and one wave of the fields, as a dense matrix: u_k+ = R u_k with
   * the wave number k. It is written down from the definition of the method, without any code of the integrator.
   */
  class LinearStep
  {
  public:
    /**
     * @param jacobian  of the reactions, row by row
     * @param rest      values of the fields, which taxis carries
     */
    LinearStep(const std::vector<double> &jacobian,
               const std::vector<double> &rest,
               const Motion &motion,
               const SolveOrder &order)
      : n_(rest.size())
      , J_(n_, n_)
      , D_(n_, 0.)
      , taxis_(n_, n_)
      , rank_(n_)
    {
      for (unsigned int i = 0; i < n_; ++i)
        for (unsigned int j = 0; j < n_; ++j)
          J_(i, j) = jacobian[i * n_ + j];
      std::copy(motion.diffusivity.begin(), motion.diffusivity.end(), D_.begin());
      for (const Motion::Taxis &t : motion.taxis)
        taxis_(t.field, t.attractant) += t.coefficient * rest[t.field];
      for (std::size_t level = 0; level < order.levels.size(); ++level)
        for (const int field : order.levels[level])
          rank_[field] = level;
      for (unsigned int i = motion.n(); i < n_; ++i)
        rank_[i] = order.levels.size() + i;
    }

    /** R for a square k2 of the wave number [1/mm^2] and a step h [d]. */
    StepMatrix matrix(const double k2, const double h) const
    {
      using namespace ros34pw2;
      const double gh = g * h;
      const StepMatrix rate = rates(k2), solve = inverse_w(k2, gh), one = dealii::IdentityMatrix(n_);
      StepMatrix stage[4], next = one;
      for (int s = 0; s < 4; ++s)
      {
        StepMatrix argument = one, right(n_, n_);
        for (int j = 0; j < s; ++j)
          argument.add(a[s][j], stage[j]);
        rate.mmult(right, argument);
        right *= h;
        for (int j = 0; j < s; ++j)
          right.add(c[s][j], stage[j]);
        stage[s].reinit(n_, n_);
        solve.mmult(stage[s], right);
        stage[s] *= g;
        next.add(s < 3 ? a[3][s] : 1., stage[s]);
      }
      return next;
    }

    /** Largest size of an eigenvalue of R. */
    double spectral_radius(const double k2, const double h) const
    {
      dealii::LAPACKFullMatrix<double> eigen(n_);
      eigen = matrix(k2, h);
      eigen.compute_eigenvalues();
      double largest = 0.;
      for (unsigned int i = 0; i < n_; ++i)
        largest = std::max(largest, std::abs(eigen.eigenvalue(i)));
      return largest;
    }

  private:
    /** Reaction, diffusion and taxis: J - k^2 D + k^2 chi u. */
    StepMatrix rates(const double k2) const
    {
      StepMatrix rate = J_;
      rate.add(k2, taxis_);
      for (unsigned int i = 0; i < n_; ++i)
        rate(i, i) -= k2 * D_[i];
      return rate;
    }

    /** W^-1 = (B + gh k^2 D)^-1 B (I - gh J)^-1. */
    StepMatrix inverse_w(const double k2, const double gh) const
    {
      StepMatrix B(n_, n_), diffusion(n_, n_), reaction(n_, n_);
      for (unsigned int i = 0; i < n_; ++i)
        for (unsigned int j = 0; j < n_; ++j)
        {
          if (i == j)
            B(i, j) = 1. - gh * std::min(J_(i, i), 0.);
          else if (rank_[j] < rank_[i])
            B(i, j) = -gh * J_(i, j);
          reaction(i, j) = (i == j ? 1. : 0.) - gh * J_(i, j);
          diffusion(i, j) = B(i, j) + (i == j ? gh * k2 * D_[i] : 0.);
        }
      reaction.gauss_jordan();
      diffusion.gauss_jordan();
      StepMatrix product(n_, n_), result(n_, n_);
      B.mmult(product, reaction);
      diffusion.mmult(result, product);
      return result;
    }

    unsigned int n_;
    StepMatrix J_;
    std::vector<double> D_;
    StepMatrix taxis_;
    std::vector<int> rank_; ///< of the fields in the solves: level, then the bound fields one by one
  };
} // namespace cutis::test
