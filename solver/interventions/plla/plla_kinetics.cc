// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/plla/plla_kinetics.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    constexpr double half_phagocytosis = .01; // K at which particles are carried off at half the speed
    constexpr double mg_per_cm3 = 1e-3;       // in mg/mm^3

    /** lambda(tau): chain scission in closed form, with dissolution of chains of up to eight units. */
    double dissolution_rate(const PllaConstants &k, const double tau)
    {
      if (tau < 0.)
        return 0.;
      const double grown = k.first_scission * std::exp(std::min(k.scission * tau, 500.));
      const double s = grown / (1. - k.first_scission + grown);
      return 72. * k.scission * s * s / (1. + 8. * s);
    }

    double carried_off(const double bound)
    {
      return std::max(bound, 0.) / (half_phagocytosis + std::max(bound, 0.));
    }
  } // namespace

  PllaKinetics::PllaKinetics(const PllaConstants &constants,
                             const std::vector<double> &sessions,
                             const Indices &indices)
    : constants_(constants)
    , sessions_(sessions)
    , indices_(indices)
    , dissolution_(sessions.size())
    , freshness_(sessions.size())
  {
  }

  std::vector<std::pair<int, int>> PllaKinetics::dependencies() const
  {
    std::vector<std::pair<int, int>> pairs = {{indices_.bound, indices_.bound}, {indices_.bound, indices_.macrophage}};
    for (const int w : indices_.mass)
      for (const auto &[i, j] : {std::pair(w, w), {w, indices_.bound}, {indices_.bound, w}, {indices_.dissolved, w}})
        pairs.emplace_back(i, j);
    pairs.emplace_back(indices_.dissolved, indices_.bound);
    return pairs;
  }

  void PllaKinetics::bind(const JacobianPattern &pattern)
  {
    pattern_ = pattern;
  }

  void PllaKinetics::set_time(const double time)
  {
    for (std::size_t i = 0; i < sessions_.size(); ++i)
    {
      const double tau = time - sessions_[i];
      dissolution_[i] = dissolution_rate(constants_, tau);
      freshness_[i] = std::exp(-std::max(tau, 0.) / constants_.opsonisation);
    }
  }

  /** 6 w0/(rho d0) (w/w0)^(2/3), with a finite slope where the last particles vanish. */
  double PllaKinetics::area(const double mass, const double dose) const
  {
    const double w = std::max(mass, 0.);
    if (!(dose > 0.))
      return 0.;
    return 6. * mg_per_cm3 / (constants_.density * constants_.diameter) * w * std::cbrt(dose / (w + 1e-6 * dose));
  }

  double PllaKinetics::area_slope(const double mass, const double dose) const
  {
    const double w = std::max(mass, 0.);
    if (!(dose > 0.))
      return 0.;
    const double full = w + 1e-6 * dose;
    return 6. * mg_per_cm3 / (constants_.density * constants_.diameter) * std::cbrt(dose / full) *
           (1. - w / (3. * full));
  }

  PllaKinetics::Surface PllaKinetics::surface(const double *u, const double *doses) const
  {
    Surface s;
    for (std::size_t i = 0; i < sessions_.size(); ++i)
    {
      const double a = area(u[indices_.mass[i]], doses[indices_.dose[i]]);
      s.area += a;
      s.fresh += a * freshness_[i];
    }
    return s;
  }

  void PllaKinetics::add_rates(const NodeBlock &nodes, double *rates) const
  {
    const PllaConstants &k = constants_;
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u = nodes.fields + n * nodes.n_fields;
      double *r = rates + n * nodes.n_fields;
      const double K = u[indices_.bound];
      const double Ph = u[indices_.macrophage];
      const Surface s = surface(u, nodes.doses + n * nodes.n_doses);
      if (k.macrophages)
        r[indices_.bound] += k.binding * Ph * s.fresh / (s.fresh + k.half_surface) * (1. - K) +
                             k.giant_turnover * k.giant_share * Ph * s.area / (s.area + k.half_surface);
      r[indices_.bound] -= k.giant_turnover * K;
      for (std::size_t i = 0; i < sessions_.size(); ++i)
      {
        const double loss = (dissolution_[i] + k.phagocytosis * carried_off(K)) * u[indices_.mass[i]];
        r[indices_.mass[i]] -= loss;
        r[indices_.dissolved] += loss;
      }
    }
  }

  void PllaKinetics::add_jacobian(const NodeBlock &nodes, double *values) const
  {
    const PllaConstants &k = constants_;
    for (std::size_t n = 0; n < nodes.size; ++n)
    {
      const double *u = nodes.fields + n * nodes.n_fields;
      const double *doses = nodes.doses + n * nodes.n_doses;
      double *v = values + n * pattern_.size();
      const auto at = [&](const int i, const int j) -> double & { return v[pattern_.slot(i, j)]; };
      const double K = u[indices_.bound];
      const double Ph = u[indices_.macrophage];
      const Surface s = surface(u, doses);
      const double bind = k.macrophages ? k.binding / (s.fresh + k.half_surface) : 0.;
      const double hold = k.macrophages ? k.giant_turnover * k.giant_share / (s.area + k.half_surface) : 0.;

      at(indices_.bound, indices_.bound) -= bind * Ph * s.fresh + k.giant_turnover;
      at(indices_.bound, indices_.macrophage) += bind * s.fresh * (1. - K) + hold * s.area;
      const double carried_slope =
        k.phagocytosis * half_phagocytosis / std::pow(half_phagocytosis + std::max(K, 0.), 2);
      for (std::size_t i = 0; i < sessions_.size(); ++i)
      {
        const int w = indices_.mass[i];
        const double slope = area_slope(u[w], doses[indices_.dose[i]]);
        at(indices_.bound, w) +=
          slope * Ph * k.half_surface *
          (bind * freshness_[i] * (1. - K) / (s.fresh + k.half_surface) + hold / (s.area + k.half_surface));
        const double rate = dissolution_[i] + k.phagocytosis * carried_off(K);
        at(w, w) -= rate;
        at(indices_.dissolved, w) += rate;
        at(w, indices_.bound) -= carried_slope * u[w];
        at(indices_.dissolved, indices_.bound) += carried_slope * u[w];
      }
    }
  }
} // namespace cutis
