// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/network_of.h"

#include <vector>

/** Small networks with known solutions, in the vocabulary of the real ones. */
namespace cutis::test
{
  inline Species
  test_species(const char *key, const double healthy, const double diffusivity, const Matter matter = Matter::soluble)
  {
    Species s;
    s.key = key;
    s.symbol = key;
    s.healthy = healthy;
    s.diffusivity = diffusivity;
    s.matter = matter;
    return s;
  }

  /** What the small networks have in common: no crowding, no ageing, nothing derived. */
  template <class Constants>
  struct TestNetwork
  {
    static constexpr bool ages = false;
    static void derive(Constants &) {}
    static std::vector<Taxis> taxis(const Constants &) { return {}; }
    static std::vector<CrowdedMobility> crowding() { return {}; }
  };

  /** Cells u that climb an attractant v, and a deposit w that stays where it is. */
  namespace climbing
  {
    inline constexpr Field<0> u{};
    inline constexpr Field<1> v{};
    inline constexpr Field<2> w{};

    struct Constants : ConstantTable
    {
      double taxis = .4; ///< mm^2/d
    };

    inline constexpr auto loss = reaction<Fields<u, v>, Stoichiometry<Change<u, -1>>>(
      "u v/(1 + v)",
      [](const auto &x, const Constants &, const HostFactors &) { return x[u] * x[v] / (1. + x[v]); });
    inline constexpr auto exchange = reaction<Fields<u, v>, Stoichiometry<Change<v, 1>>>(
      "2 u - 3 v",
      [](const auto &x, const Constants &, const HostFactors &) { return 2. * x[u] - 3. * x[v]; });
    inline constexpr auto deposit = reaction<Fields<u, v, w>, Stoichiometry<Change<w, 1>>>(
      "u v - w",
      [](const auto &x, const Constants &, const HostFactors &) { return x[u] * x[v] - x[w]; });
  } // namespace climbing

  struct Climbing : TestNetwork<climbing::Constants>
  {
    static constexpr auto name = "climbing";
    static constexpr auto title = "Diffusion, taxis and reactions";
    using Constants = climbing::Constants;
    static constexpr auto reactions = std::make_tuple(climbing::loss, climbing::exchange, climbing::deposit);
    static std::vector<Species> species()
    {
      return {test_species("u", 1., .3, Matter::tissue), test_species("v", 1., 1.), test_species("w", 1., 0.)};
    }
    static std::vector<Taxis> taxis(const Constants &k) { return {{0, 1, k.taxis, ""}}; }
    static std::vector<double> active() { return {1., 1., 1.}; }
  };

  /** Two fields on which no reaction acts, one climbing the other steeply, and a third that decays. */
  namespace inert
  {
    inline constexpr Field<2> x{};

    struct Constants : ConstantTable
    {
      double taxis = .4; ///< mm^2/d
    };

    inline constexpr auto decay = reaction<Fields<x>, Stoichiometry<Change<x, -1>>>(
      "x",
      [](const auto &values, const Constants &, const HostFactors &) { return 1. * values[x]; });
  } // namespace inert

  struct Inert : TestNetwork<inert::Constants>
  {
    static constexpr auto name = "inert";
    static constexpr auto title = "Transport without reactions";
    using Constants = inert::Constants;
    static constexpr auto reactions = std::make_tuple(inert::decay);
    static std::vector<Species> species()
    {
      return {test_species("u", 0., .05, Matter::tissue), test_species("v", 0., .2), test_species("x", 0., 1.)};
    }
    static std::vector<Taxis> taxis(const Constants &) { return {{0, 1, 1., ""}}; }
    static std::vector<double> active() { return {1., 1., 1.}; }
  };

  /** A loop of three fields that move, with constant sources, and two that do not: linear, so that a step is a matrix.
   */
  namespace linear_loop
  {
    inline constexpr Field<0> p{};
    inline constexpr Field<1> q{};
    inline constexpr Field<2> s{};
    inline constexpr Field<3> r{};
    inline constexpr Field<4> z{};

    struct Constants : ConstantTable
    {
    };

    inline constexpr auto p_change = reaction<Fields<p, s>, Stoichiometry<Change<p, 1>>>(
      "3 - 2 p + .6 s",
      [](const auto &x, const Constants &, const HostFactors &) { return 3. - 2. * x[p] + .6 * x[s]; });
    inline constexpr auto q_change = reaction<Fields<p, q>, Stoichiometry<Change<q, 1>>>(
      "4 p - 3 q",
      [](const auto &x, const Constants &, const HostFactors &) { return 4. * x[p] - 3. * x[q]; });
    inline constexpr auto s_change = reaction<Fields<q, s>, Stoichiometry<Change<s, 1>>>(
      "1 + q - 5 s",
      [](const auto &x, const Constants &, const HostFactors &) { return 1. + x[q] - 5. * x[s]; });
    inline constexpr auto r_change = reaction<Fields<p, s, r, z>, Stoichiometry<Change<r, 1>>>(
      "p + s - r/2 + z/10",
      [](const auto &x, const Constants &, const HostFactors &) { return x[p] + x[s] - .5 * x[r] + .1 * x[z]; });
    inline constexpr auto z_change = reaction<Fields<q, r, z>, Stoichiometry<Change<z, 1>>>(
      "2 r + q - z",
      [](const auto &x, const Constants &, const HostFactors &) { return 2. * x[r] + x[q] - x[z]; });
  } // namespace linear_loop

  struct LinearLoop : TestNetwork<linear_loop::Constants>
  {
    static constexpr auto name = "linear loop";
    static constexpr auto title = "Linear reactions";
    using Constants = linear_loop::Constants;
    static constexpr auto reactions = std::make_tuple(linear_loop::p_change,
                                                      linear_loop::q_change,
                                                      linear_loop::s_change,
                                                      linear_loop::r_change,
                                                      linear_loop::z_change);
    static std::vector<Species> species()
    {
      return {test_species("p", 1., .3),
              test_species("q", 1., 2.),
              test_species("s", 1., 50.),
              test_species("r", 1., 0.),
              test_species("z", 1., 0.)};
    }
    static std::vector<double> active() { return {1., 1., 1., 1., 1.}; }
  };

  /** Fisher, Kolmogorov, Petrovsky and Piskunov: u' = D u_xx + r u (1 - u), whose front runs at 2 sqrt(D r). */
  namespace logistic
  {
    inline constexpr Field<0> u{};

    struct Constants : ConstantTable
    {
      double growth = declare(growth, "Growth", 1., "1/d", Range::positive(), {"Growth of the invading field."});
    };

    inline constexpr auto growth = reaction<Fields<u>, Stoichiometry<Change<u, 1>>>(
      "r u (1 - u)",
      [](const auto &x, const Constants &k, const HostFactors &) { return k.growth * x[u] * (1. - x[u]); });
  } // namespace logistic

  struct Logistic : TestNetwork<logistic::Constants>
  {
    static constexpr auto name = "logistic";
    static constexpr auto title = "Logistic growth and diffusion";
    using Constants = logistic::Constants;
    static constexpr auto reactions = std::make_tuple(logistic::growth);
    static std::vector<Species> species() { return {test_species("u", 1., 1.)}; }
    static std::vector<double> active() { return {.5}; }
  };
} // namespace cutis::test
