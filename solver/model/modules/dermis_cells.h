// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis_pieces.h"

/** Cells of the dermis, and its vessels. */
namespace cutis::dermis
{
  inline constexpr auto fibroblast_growth = reaction<Fields<F, M>, Stoichiometry<Change<F, 1>>>(
    "Fibroblasts grow to their healthy density: {Fibroblast growth} F (1 - F - M)",
    [](const auto &u, const Constants &k, const auto &) { return k.F_grow * u[F] * (1. - u[F] - u[M]); });

  inline constexpr auto fibroblast_recruitment = reaction<Fields<F, M, T, O, P1>, Stoichiometry<Change<F, 1>>>(
    "TGF-beta calls up fibroblasts: {Fibroblast recruitment} act(1) gO inh (1 - (F + M)/{Fibroblast capacity}) F",
    [](const auto &u, const Constants &k, const auto &)
    { return k.F_call * act(u, 1.) * with_oxygen(u) * held_back(u, k) * (1. - (u[F] + u[M]) / k.F_full) * u[F]; });

  inline constexpr auto differentiation = reaction<Fields<F, T, P1>, Stoichiometry<Change<F, -1>, Change<M, 1>>>(
    "Fibroblasts become myofibroblasts: {Differentiation} act({Differentiation half excess}) inh F",
    [](const auto &u, const Constants &k, const auto &)
    { return k.M_make * act(u, k.M_half) * held_back(u, k) * u[F]; });

  inline constexpr auto dedifferentiation = reaction<Fields<M>, Stoichiometry<Change<M, -1>, Change<F, 1>>>(
    "Myofibroblasts return to fibroblasts: {Dedifferentiation} M",
    [](const auto &u, const Constants &k, const auto &) { return k.M_back * u[M]; });

  inline constexpr auto myofibroblast_death = reaction<Fields<M>, Stoichiometry<Change<M, -1>>>(
    "Myofibroblasts die: {Myofibroblast death} M",
    [](const auto &u, const Constants &k, const auto &) { return k.M_die * u[M]; });

  inline constexpr auto macrophage_influx = reaction<Fields<b>, Stoichiometry<Change<Ph, 1>>, Balances<Ph>>(
    "Macrophages arrive with the blood: iota = {Macrophage turnover} (.4 + 1.2 b/(1 + b))",
    [](const auto &u, const Constants &k, const auto &) { return influx(u, k); });

  inline constexpr auto macrophage_loss = reaction<Fields<Ph>, Stoichiometry<Change<Ph, -1>>>(
    "Macrophages leave and die: {Macrophage turnover} Ph",
    [](const auto &u, const Constants &k, const auto &) { return k.P_turn * u[Ph]; });

  inline constexpr auto leukocyte_arrival = reaction<Fields<b, a, e, P1>, Stoichiometry<Change<P1, 1>>>(
    "Damage and open wounds call leukocytes: {Macrophage recruitment} iota q^2/(.09 + q^2) max(0, 1 - P1/{Leukocyte "
    "capacity}), q = a + max(0, 1 - e)({Call of open wounds} + {Call by leukocytes} P1)",
    [](const auto &u, const Constants &k, const auto &)
    {
      const auto call = u[a] + positive_part(1. - u[e]) * (k.L_open + k.L_self * u[P1]);
      return k.P_call * influx(u, k) * (call * call / (.09 + call * call)) * positive_part(1. - u[P1] / k.L_full);
    });

  inline constexpr auto leukocyte_switch = reaction<Fields<P1>, Stoichiometry<Change<P1, -1>, Change<Ph, 1>>>(
    "Leukocytes turn into macrophages of repair: {Leukocyte switch} P1",
    [](const auto &u, const Constants &k, const auto &) { return k.L_switch * u[P1]; });

  inline constexpr auto leukocyte_loss = reaction<Fields<P1>, Stoichiometry<Change<P1, -1>>>(
    "Leukocytes die and leave: {Leukocyte loss} P1",
    [](const auto &u, const Constants &k, const auto &) { return k.L_loss * u[P1]; });

  inline constexpr auto epidermal_growth = reaction<Fields<e, P1>, Stoichiometry<Change<e, 1>>>(
    "Epidermis grows over what is open: {Epidermal growth} inh e (1 - e)",
    [](const auto &u, const Constants &k, const auto &) { return k.e_grow * held_back(u, k) * u[e] * (1. - u[e]); });

  inline constexpr auto epidermal_loss = reaction<Fields<e, P1>, Stoichiometry<Change<e, -1>>>(
    "Epidermis is lost among leukocytes: {Epidermal loss} P1^2/({Epidermal loss half density}^2 + P1^2) e",
    [](const auto &u, const Constants &k, const auto &)
    { return k.e_kill * (u[P1] * u[P1] / (k.e_half * k.e_half + u[P1] * u[P1])) * u[e]; });

  inline constexpr auto vessel_growth = reaction<Fields<b, V>, Stoichiometry<Change<b, 1>>>(
    "Capillaries grow with VEGF and regress: {Vessel turnover} b (5 V^2/(4 + V^2) - b)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.b_turn * u[b] * (5. * u[V] * u[V] / (4. + u[V] * u[V]) - u[b]); });
} // namespace cutis::dermis
