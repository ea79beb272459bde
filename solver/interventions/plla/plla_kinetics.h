// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"

#include <vector>

namespace cutis
{
  /** Constants of the particles and of the cells on them. */
  struct PllaConstants
  {
    double scission = .0154;        ///< kh, chain scission [1/d]
    double phagocytosis = .005;     ///< kph, carried off by macrophages [1/d]
    double first_scission = 7.2e-4; ///< s0, scissioned share at injection
    double density = 1.25;          ///< of the polymer [mg/mm^3]
    double diameter = .05;          ///< of a particle [mm]
    double half_surface = 1.;       ///< A50 [mm^2/mm^3]
    double binding = .032;          ///< rK [1/d]
    double opsonisation = 9.;       ///< tauo, time for which the surface is fresh [d]
    double giant_turnover = .09;    ///< dK [1/d]
    double giant_share = .10;       ///< phig
    bool macrophages = true;        ///< false: no cell binds to the particles
  };

  /**
   * Dissolution of the particles and the macrophages on their surface. For session i at time t_i, tau = t - t_i:
   *
   *     s(tau) = s0 e^(kh tau)/(1 - s0 + s0 e^(kh tau)),  lambda = 72 kh s^2/(1 + 8 s)    (8-mers dissolve)
   *     w_i' = -[lambda + kph K/(.01 + K)] w_i
   *     A_i  = 6 w0_i/(rho d0) (w_i/w0_i)^(2/3),  A = sum A_i,  Af = sum A_i e^(-tau/tauo)
   *     K'   = rK Ph Af/(Af + A50) (1 - K) + dK (phig Ph A/(A + A50) - K)
   *
   * w in mg/cm^3, A in mm^2/mm^3. One field per session: scission of a booster starts anew.
   */
  class PllaKinetics : public Kinetics
  {
  public:
    /** Where the fields are in the layout. */
    struct Indices
    {
      int macrophage, bound, dissolved; ///< Ph, K, and what has left the particles
      std::vector<int> mass, dose;      ///< w_i among the fields and w0_i among the doses
    };

    PllaKinetics(const PllaConstants &constants, const std::vector<double> &sessions, const Indices &indices);

    std::vector<std::pair<int, int>> dependencies() const override;
    void bind(const JacobianPattern &pattern) override;
    void set_time(double time) override;
    void add_rates(const NodeBlock &nodes, double *rates) const override;
    void add_jacobian(const NodeBlock &nodes, double *values) const override;

  private:
    struct Surface
    {
      double area = 0., fresh = 0.; ///< A, Af
    };
    double area(double mass, double dose) const;
    double area_slope(double mass, double dose) const;
    Surface surface(const double *u, const double *doses) const;

    PllaConstants constants_;
    std::vector<double> sessions_;
    Indices indices_;
    std::vector<double> dissolution_, freshness_; ///< lambda and e^(-tau/tauo) of each session at the present time
    JacobianPattern pattern_;
  };
} // namespace cutis
