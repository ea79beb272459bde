// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis_pieces.h"

/** What cells lay, keep and remove: collagen, elastin, hyaluronan and provisional matrix. */
namespace cutis::dermis
{
  inline constexpr auto collagen_synthesis =
    reaction<Fields<F, M, O, T, P1, Cn, Cm>, Stoichiometry<Change<Cn, 1>>, Balances<Cn>>(
      "Fibroblasts lay new collagen: S = kC gO (F + 2 M) inh/(1 + (P1/{Synthesis half leukocytes})^2) (1 + {Synthesis "
      "under TGF-beta} ex/(1 + ex)) (1 + {Synthesis "
      "half density})/"
      "({Synthesis half density} + Cn + Cm), kC [1/d] from the "
      "balance of new collagen",
      [](const auto &u, const Constants &k, const auto &at) { return synthesis(u, k, at); });

  inline constexpr auto type_iii_synthesis =
    reaction<Fields<F, M, O, T, P1, Cn, Cm, Pa>, Stoichiometry<Change<C3n, 1>>, Balances<C3n>>(
      "The type III part of it: s3 kC S, s3 = {Type III share} + {Type III gain} e/(1 + e), e = max(Pa - 1, 0), Pa all "
      "macrophages, bound ones as 5 each; kC from the balance of type III, which is that of new collagen",
      [](const auto &u, const Constants &k, const auto &at)
      { return type_iii_part(u[Pa], k, at) * synthesis(u, k, at); });

  inline constexpr auto maturation =
    reaction<Fields<Cn, T>, Stoichiometry<Change<Cn, -1>, Change<Cm, 1>>, Balances<Cm>>(
      "New collagen is cross-linked and retained: km (1 + {Retention under TGF-beta} ex/(1 + ex)) Cn, km [1/d] from "
      "the balance of mature "
      "collagen",
      [](const auto &u, const Constants &k, const auto &) { return retention(u, k) * u[Cn]; });

  inline constexpr auto type_iii_maturation =
    reaction<Fields<C3n, T>, Stoichiometry<Change<C3n, -1>, Change<C3m, 1>>, Balances<C3m>>(
      "The type III part of it: km (1 + {Retention under TGF-beta} ex/(1 + ex)) C3n",
      [](const auto &u, const Constants &k, const auto &) { return retention(u, k) * u[C3n]; });

  inline constexpr auto cross_linking = reaction<Fields<Cm, Cx>, Stoichiometry<Change<Cx, 1>>>(
    "Mature collagen is cross-linked, and what is lost of it with it: (Cm - Cx)/{Cross-linking time}",
    [](const auto &u, const Constants &k, const auto &) { return (u[Cm] - u[Cx]) / k.x_turn; });

  inline constexpr auto new_collagen_degradation = reaction<Fields<Cn, Z>, Stoichiometry<Change<Cn, -1>>>(
    "MMP degrades new collagen: {New collagen degradation} Z^{MMP exponent on new collagen} Cn",
    [](const auto &u, const Constants &k, const auto &) { return k.C_break * soft_power(u[Z], k.C_mmp_n) * u[Cn]; });

  inline constexpr auto new_type_iii_degradation = reaction<Fields<C3n, Z>, Stoichiometry<Change<C3n, -1>>>(
    "The type III part of it: {New collagen degradation} Z^{MMP exponent on new collagen} C3n",
    [](const auto &u, const Constants &k, const auto &) { return k.C_break * soft_power(u[Z], k.C_mmp_n) * u[C3n]; });

  inline constexpr auto mature_collagen_loss = reaction<Fields<Cm, Z>, Stoichiometry<Change<Cm, -1>>>(
    "Mature collagen is lost slowly: {Mature collagen loss} Z^{MMP exponent on mature collagen} Cm",
    [](const auto &u, const Constants &k, const auto &) { return k.C_loss * soft_power(u[Z], k.C_mmp_m) * u[Cm]; });

  inline constexpr auto mature_type_iii_loss = reaction<Fields<C3m, Z>, Stoichiometry<Change<C3m, -1>>>(
    "The type III part of it: {Mature collagen loss} Z^{MMP exponent on mature collagen} C3m",
    [](const auto &u, const Constants &k, const auto &) { return k.C_loss * soft_power(u[Z], k.C_mmp_m) * u[C3m]; });

  inline constexpr auto type_iii_replacement = reaction<Fields<C3m, Cm>, Stoichiometry<Change<C3m, -1>>>(
    "Excess type III in the mature collagen is replaced by type I: {Type III replacement} (C3m - {Type III share} Cm)",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.III_turn * (u[C3m] - at.host.type_iii_share * k.III_rest * u[Cm]); });

  inline constexpr auto fragmentation = reaction<Fields<Z, Cm, Cf>, Stoichiometry<Change<Cf, 1>>, Balances<Cf>>(
    "MMP fragments mature collagen: kf Z (Cm - Cf)",
    [](const auto &u, const Constants &, const auto &) { return u[Z] * (u[Cm] - u[Cf]); });

  inline constexpr auto fragmentation_over_time = reaction<Fields<Z, Cm, Cf>, Stoichiometry<Change<Cf, 1>>>(
    "Further fragmentation while the host grows older: {Fragmentation} Z (Cm - Cf)",
    [](const auto &u, const Constants &k, const auto &at)
    { return at.host.growing_older * k.Cf_make * u[Z] * (u[Cm] - u[Cf]); });

  inline constexpr auto fragment_loss = reaction<Fields<Cf, Z>, Stoichiometry<Change<Cf, -1>>>(
    "Fragmented collagen is lost as all mature collagen: {Mature collagen loss} Z^{MMP exponent on mature collagen} Cf",
    [](const auto &u, const Constants &k, const auto &) { return k.C_loss * soft_power(u[Z], k.C_mmp_m) * u[Cf]; });

  inline constexpr auto elastin_synthesis = reaction<Fields<F>, Stoichiometry<Change<El, 1>>, Balances<El>>(
    "Fibroblasts lay elastin: {Elastin turnover} F",
    [](const auto &u, const Constants &k, const auto &) { return k.El_turn * u[F]; });

  inline constexpr auto elastin_loss = reaction<Fields<El, Z>, Stoichiometry<Change<El, -1>>>(
    "MMP degrades elastin: {Elastin turnover} Z^{MMP exponent on new collagen} El",
    [](const auto &u, const Constants &k, const auto &) { return k.El_turn * soft_power(u[Z], k.C_mmp_n) * u[El]; });

  inline constexpr auto hyaluronan_synthesis = reaction<Fields<F, M, a>, Stoichiometry<Change<h, 1>>, Balances<h>>(
    "Fibroblasts make hyaluronan, more in damage: {Hyaluronan turnover} (F + 2 M)(1 + a/(.3 + a))",
    [](const auto &u, const Constants &k, const auto &)
    { return k.h_turn * (u[F] + 2. * u[M]) * (1. + u[a] / (.3 + u[a])); });

  inline constexpr auto hyaluronan_loss = reaction<Fields<h>, Stoichiometry<Change<h, -1>>>(
    "Hyaluronan turns over: {Hyaluronan turnover} h",
    [](const auto &u, const Constants &k, const auto &) { return k.h_turn * u[h]; });

  inline constexpr auto fibronectin_deposition = reaction<Fields<a, g, Cn, Cm>, Stoichiometry<Change<g, 1>>>(
    "Where damage leaves a void, provisional matrix fills it: {Fibronectin from damage} a max(0, 1 - g - Ct/Cth), "
    "Ct = Cn + Cm, Cth that of the healthy host",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.g_make * u[a] * void_share(u, at.host.collagen); });

  inline constexpr auto fibronectin_loss = reaction<Fields<Z, g, F, O>, Stoichiometry<Change<g, -1>>>(
    "Cells clear provisional matrix: {Fibronectin loss} Z g f, f = gO F (1 + Kh)/(Kh + F), Kh = {Clearing half "
    "density}",
    [](const auto &u, const Constants &k, const auto &) { return k.g_loss * u[Z] * u[g] * clearing(u, k); });
} // namespace cutis::dermis
