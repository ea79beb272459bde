// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/module_of.h"

/** Small networks with known solutions, in the vocabulary of the real ones. */
namespace cutis::test
{
  // clang-format off
  /** Cells u that climb an attractant v, and a deposit w that stays where it is. */
  namespace climbing
  {
    struct Constants : ConstantTable
    {
      double taxis = .4; ///< mm^2/d
    };

    inline constexpr struct V : Field { static constexpr auto key = "v"; static Row row(const Constants &) { return soluble("v", "").rests_at(1.).diffuses(1.).sample(1.); } } v{};
    inline constexpr struct U : Field { static constexpr auto key = "u"; static Row row(const Constants &k) { return tissue("u", "").rests_at(1.).diffuses(.3).climbs(v, k.taxis).sample(1.); } } u{};
    inline constexpr struct W : Field { static constexpr auto key = "w"; static Row row(const Constants &) { return soluble("w", "").rests_at(1.).sample(1.); } } w{};

    inline constexpr auto loss = reaction<Fields<u, v>, Stoichiometry<Change<u, -1>>>(
      "u v/(1 + v)",
      [](const auto &x, const Constants &, const auto &) { return x[u] * x[v] / (1. + x[v]); });
    inline constexpr auto exchange = reaction<Fields<u, v>, Stoichiometry<Change<v, 1>>>(
      "2 u - 3 v",
      [](const auto &x, const Constants &, const auto &) { return 2. * x[u] - 3. * x[v]; });
    inline constexpr auto deposit = reaction<Fields<u, v, w>, Stoichiometry<Change<w, 1>>>(
      "u v - w",
      [](const auto &x, const Constants &, const auto &) { return x[u] * x[v] - x[w]; });
  } // namespace climbing

  struct Climbing : ModuleDefinition
  {
    static constexpr auto name = "climbing";
    static constexpr auto title = "Diffusion, taxis and reactions";
    static constexpr auto section = "Network/test";
    using Constants = climbing::Constants;
    using Own = Fields<climbing::u, climbing::v, climbing::w>;
    static constexpr auto reactions = std::make_tuple(climbing::loss, climbing::exchange, climbing::deposit);
  };

  /** Two fields on which no reaction acts, one climbing the other steeply, and a third that decays. */
  namespace inert
  {
    struct Constants : ConstantTable
    {
      double taxis = .4; ///< mm^2/d
    };

    inline constexpr struct V : Field { static constexpr auto key = "v"; static Row row(const Constants &) { return soluble("v", "").diffuses(.2).sample(1.); } } v{};
    inline constexpr struct U : Field { static constexpr auto key = "u"; static Row row(const Constants &) { return tissue("u", "").diffuses(.05).climbs(v, 1.).sample(1.); } } u{};
    inline constexpr struct X : Field { static constexpr auto key = "x"; static Row row(const Constants &) { return soluble("x", "").diffuses(1.).sample(1.); } } x{};

    inline constexpr auto decay = reaction<Fields<x>, Stoichiometry<Change<x, -1>>>(
      "x",
      [](const auto &values, const Constants &, const auto &) { return 1. * values[x]; });
  } // namespace inert

  struct Inert : ModuleDefinition
  {
    static constexpr auto name = "inert";
    static constexpr auto title = "Transport without reactions";
    static constexpr auto section = "Network/test";
    using Constants = inert::Constants;
    using Own = Fields<inert::u, inert::v, inert::x>;
    static constexpr auto reactions = std::make_tuple(inert::decay);
  };

  /** A loop of three fields that move, with constant sources, and two that do not: linear, so that a step is a matrix.
   */
  namespace linear_loop
  {
    struct Constants : ConstantTable
    {
    };

    inline constexpr struct P : Field { static constexpr auto key = "p"; static Row row(const Constants &) { return soluble("p", "").rests_at(1.).diffuses(.3).sample(1.); } } p{};
    inline constexpr struct Q : Field { static constexpr auto key = "q"; static Row row(const Constants &) { return soluble("q", "").rests_at(1.).diffuses(2.).sample(1.); } } q{};
    inline constexpr struct S : Field { static constexpr auto key = "s"; static Row row(const Constants &) { return soluble("s", "").rests_at(1.).diffuses(50.).sample(1.); } } s{};
    inline constexpr struct R : Field { static constexpr auto key = "r"; static Row row(const Constants &) { return soluble("r", "").rests_at(1.).sample(1.); } } r{};
    inline constexpr struct Z : Field { static constexpr auto key = "z"; static Row row(const Constants &) { return soluble("z", "").rests_at(1.).sample(1.); } } z{};

    inline constexpr auto p_change = reaction<Fields<p, s>, Stoichiometry<Change<p, 1>>>(
      "3 - 2 p + .6 s",
      [](const auto &x, const Constants &, const auto &) { return 3. - 2. * x[p] + .6 * x[s]; });
    inline constexpr auto q_change = reaction<Fields<p, q>, Stoichiometry<Change<q, 1>>>(
      "4 p - 3 q",
      [](const auto &x, const Constants &, const auto &) { return 4. * x[p] - 3. * x[q]; });
    inline constexpr auto s_change = reaction<Fields<q, s>, Stoichiometry<Change<s, 1>>>(
      "1 + q - 5 s",
      [](const auto &x, const Constants &, const auto &) { return 1. + x[q] - 5. * x[s]; });
    inline constexpr auto r_change = reaction<Fields<p, s, r, z>, Stoichiometry<Change<r, 1>>>(
      "p + s - r/2 + z/10",
      [](const auto &x, const Constants &, const auto &) { return x[p] + x[s] - .5 * x[r] + .1 * x[z]; });
    inline constexpr auto z_change = reaction<Fields<q, r, z>, Stoichiometry<Change<z, 1>>>(
      "2 r + q - z",
      [](const auto &x, const Constants &, const auto &) { return 2. * x[r] + x[q] - x[z]; });
  } // namespace linear_loop

  struct LinearLoop : ModuleDefinition
  {
    static constexpr auto name = "linear loop";
    static constexpr auto title = "Linear reactions";
    static constexpr auto section = "Network/test";
    using Constants = linear_loop::Constants;
    using Own = Fields<linear_loop::p, linear_loop::q, linear_loop::s, linear_loop::r, linear_loop::z>;
    static constexpr auto reactions = std::make_tuple(linear_loop::p_change,
                                                      linear_loop::q_change,
                                                      linear_loop::s_change,
                                                      linear_loop::r_change,
                                                      linear_loop::z_change);
  };

  /** Fisher, Kolmogorov, Petrovsky and Piskunov: u' = D u_xx + r u (1 - u), whose front runs at 2 sqrt(D r). */
  namespace logistic
  {
    struct Constants : ConstantTable
    {
      double growth = declare(growth, "Growth", 1., "1/d", Range::positive(), {"Growth of the invading field."});
    };

    inline constexpr struct U : Field { static constexpr auto key = "u"; static Row row(const Constants &) { return soluble("u", "").rests_at(1.).diffuses(1.).sample(.5); } } u{};

    inline constexpr auto growth = reaction<Fields<u>, Stoichiometry<Change<u, 1>>>(
      "r u (1 - u)",
      [](const auto &x, const Constants &k, const auto &) { return k.growth * x[u] * (1. - x[u]); });
  } // namespace logistic

  struct Logistic : ModuleDefinition
  {
    static constexpr auto name = "logistic";
    static constexpr auto title = "Logistic growth and diffusion";
    static constexpr auto section = "Network/test";
    using Constants = logistic::Constants;
    using Own = Fields<logistic::u>;
    static constexpr auto reactions = std::make_tuple(logistic::growth);
  };
  // clang-format on
} // namespace cutis::test
