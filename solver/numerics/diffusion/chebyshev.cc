// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/diffusion/chebyshev.h"

#include "numerics/diffusion/batch_vectors.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr unsigned int most_degree = 16;
  } // namespace

  Chebyshev::Chebyshev(const NodeGraph &graph, const unsigned int n_fields)
    : graph_(graph)
    , n_fields_(n_fields)
    , middle_(n_fields)
    , radius_(n_fields)
    , change_(graph.make_vector(n_fields))
    , image_(graph.make_vector(n_fields))
  {
  }

  void Chebyshev::prepare(const std::vector<double> &stiffness, const std::vector<double> &spectrum)
  {
    const double stiffest = *std::max_element(stiffness.begin(), stiffness.end());
    degree_ = std::clamp<double>(std::ceil(.5 * std::sqrt(1. + stiffest)), 1., most_degree);
    for (unsigned int f = 0; f < n_fields_; ++f)
    {
      // Below this the polynomial of the degree has little left to gain; that part is for the conjugate gradients.
      const double within_reach = spectrum[f] / (degree_ * degree_);
      const double smallest = std::min(std::max(1. / (1. + stiffness[f]), within_reach), 1.);
      middle_[f] = .5 * (spectrum[f] + smallest);
      radius_[f] = .5 * (spectrum[f] - smallest);
    }
  }

  /** Saad, Iterative Methods for Sparse Linear Systems (2003), algorithm 12.1. */
  void Chebyshev::apply(const DiffusionBatch &batch,
                        const float *inverse_diagonal,
                        const double *residual,
                        NodalVector &correction)
  {
    std::vector<double> keep(n_fields_, 0.), gain(n_fields_), rho(n_fields_), unused(n_fields_);
    for (unsigned int f = 0; f < n_fields_; ++f)
    {
      gain[f] = 1. / middle_[f];
      rho[f] = radius_[f] / middle_[f];
    }
    correction = 0.;
    image_ = 0.;
    for (unsigned int k = 0; k < degree_; ++k)
    {
      if (k > 0)
      {
        correction.update_ghost_values();
        cutis::apply(graph_.stencil(), batch, correction.begin(), image_.begin(), unused.data());
        for (unsigned int f = 0; f < n_fields_; ++f)
        {
          const double next = 1. / (2. * middle_[f] / radius_[f] - rho[f]);
          keep[f] = next * rho[f];
          gain[f] = 2. * next / radius_[f];
          rho[f] = next;
        }
      }
      advance_polynomial(graph_.n_owned,
                         n_fields_,
                         keep.data(),
                         gain.data(),
                         inverse_diagonal,
                         residual,
                         image_.begin(),
                         change_.begin(),
                         correction.begin());
    }
  }
} // namespace cutis
