// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis_pieces.h"

/** Signals of the dermis: damage, TGF-beta, VEGF, MMP and oxygen. */
namespace cutis::dermis
{
  inline constexpr auto damage_decay = reaction<Fields<a>, Stoichiometry<Change<a, -1>>>(
    "The damage signal decays: {Damage signal decay} a",
    [](const auto &u, const Constants &k, const auto &) { return k.a_decay * u[a]; });

  inline constexpr auto tgf_from_damage = reaction<Fields<a>, Stoichiometry<Change<T, 1>>>(
    "Damage releases TGF-beta: {TGF-beta from damage} a",
    [](const auto &u, const Constants &k, const auto &) { return k.a_tgf * u[a]; });

  inline constexpr auto tgf_basal = reaction<Fields<>, Stoichiometry<Change<T, 1>>, Balances<T>>(
    "Resting release of TGF-beta, what cells do not answer for: (1 - {TGF-beta share from cells}) {TGF-beta decay}",
    [](const auto &, const Constants &k, const auto &) { return (1. - k.T_cells) * k.T_decay; });

  inline constexpr auto tgf_from_cells = reaction<Fields<T, F, M, Ph>, Stoichiometry<Change<T, 1>>, ByCells>(
    "Cells release TGF-beta and answer to it: {TGF-beta share from cells} {TGF-beta decay} ({TGF-beta half activation} "
    "+ 1)/1.5 T "
    "(F + 2 M + .5 Ph)/({TGF-beta half activation} + T), more in tense tissue",
    [](const auto &u, const Constants &k, const auto &at)
    {
      return at.host.tgf_activation * k.T_cells * k.T_decay * (k.T_half + 1.) / 1.5 * u[T] *
             (u[F] + 2. * u[M] + .5 * u[Ph]) / (k.T_half + u[T]);
    });

  inline constexpr auto tgf_decay = reaction<Fields<T>, Stoichiometry<Change<T, -1>>>(
    "TGF-beta decays: {TGF-beta decay} T",
    [](const auto &u, const Constants &k, const auto &) { return k.T_decay * u[T]; });

  inline constexpr auto vegf_secretion =
    reaction<Fields<F, M, Ph, P1, O>, Stoichiometry<Change<V, 1>>, ByCells, Balances<V>>(
      "Cells secrete VEGF, more when short of oxygen: {VEGF secretion} (.5 F + .5 (Ph + P1) + M) 1.25/(.25 + O^2)",
      [](const auto &u, const Constants &k, const auto &)
      { return k.V_make * (.5 * u[F] + .5 * (u[Ph] + u[P1]) + u[M]) * hypoxia(u); });

  inline constexpr auto vegf_decay = reaction<Fields<V>, Stoichiometry<Change<V, -1>>>(
    "VEGF decays: {VEGF decay} V",
    [](const auto &u, const Constants &k, const auto &) { return k.V_decay * u[V]; });

  inline constexpr auto vegf_uptake = reaction<Fields<b, V>, Stoichiometry<Change<V, -1>>, ByCells>(
    "Vessels take up VEGF: {VEGF uptake} b V",
    [](const auto &u, const Constants &k, const auto &) { return k.V_uptake * u[b] * u[V]; });

  inline constexpr auto mmp_production =
    reaction<Fields<F, M, Ph, P1, a, T>, Stoichiometry<Change<Z, 1>>, ByCells, Balances<Z>>(
      "Cells make MMP, more in damage, less under TGF-beta, more with age and sun: {MMP production} (F + .5 M + Ph + "
      "{MMP per leukocyte} P1)(1 + 2 a/(.3 + a))/(1 + ex)",
      [](const auto &u, const Constants &k, const auto &at)
      {
        return at.host.mmp_production * k.Z_make * (u[F] + .5 * u[M] + u[Ph] + k.Z_leukocyte * u[P1]) *
               (1. + 2. * u[a] / (.3 + u[a])) / (1. + excess(u));
      });

  inline constexpr auto mmp_decay = reaction<Fields<Z>, Stoichiometry<Change<Z, -1>>>(
    "MMP decays: {MMP decay} Z",
    [](const auto &u, const Constants &k, const auto &) { return k.Z_decay * u[Z]; });

  inline constexpr auto oxygen_supply = reaction<Fields<b>, Stoichiometry<Change<O, 1>>, ByCells, Balances<O>>(
    "Vessels bring oxygen: {Oxygen supply} b Oa, Oa from the balance of healthy skin, less where perfusion is poor",
    [](const auto &u, const Constants &k, const auto &at) { return at.host.perfusion * k.O_supply * u[b]; });

  inline constexpr auto oxygen_return = reaction<Fields<b, O>, Stoichiometry<Change<O, -1>>, ByCells>(
    "Oxygen returns to the blood: {Oxygen supply} b O, less where perfusion is poor",
    [](const auto &u, const Constants &k, const auto &at) { return at.host.perfusion * k.O_supply * u[b] * u[O]; });

  inline constexpr auto oxygen_consumption = reaction<Fields<F, M, Ph, P1, O>, Stoichiometry<Change<O, -1>>, ByCells>(
    "Cells consume oxygen: {Oxygen consumption} (.7 F + M + .3 (Ph + P1)) O/(.2 + O)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.O_use * (.7 * u[F] + u[M] + .3 * (u[Ph] + u[P1])) * u[O] / (.2 + u[O]); });
} // namespace cutis::dermis
