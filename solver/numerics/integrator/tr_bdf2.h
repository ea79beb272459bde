// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <array>
#include <cmath>

namespace cutis
{
  /**
   * TR-BDF2 as a Runge-Kutta method with stages at 0, gamma and 1: second order, L-stable, both implicit stages with
   * the same matrix, and an embedded method of third order (Hosea and Shampine 1996).
   */
  struct TrBdf2
  {
    static inline const double gamma = 2. - std::sqrt(2.); ///< place of the inner stage
    static inline const double diagonal = .5 * gamma;
    static inline const double outer = .25 * std::sqrt(2.); ///< weight of the first two stages at the end

    /** Share of the step with which the slope at each stage enters the result. */
    static std::array<double, 3> weights() { return {{outer, outer, diagonal}}; }
    /** Weights less those of the embedded method: their sum with the slopes is the local error. */
    static std::array<double, 3> error_weights()
    {
      return {{outer - (1. - outer) / 3., outer - (3. * outer + 1.) / 3., diagonal - diagonal / 3.}};
    }
  };
} // namespace cutis
