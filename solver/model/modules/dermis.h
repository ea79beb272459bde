// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/host.h"
#include "model/modules/dermis_fields.h"

/**
 * The default network: dermal remodelling with cytokines, cells, vessels and two pools of collagen. All fields are
 * relative to healthy young dermis. New collagen turns over in days, mature collagen in 15 years; only about 1.3 % of
 * the new collagen is retained at rest, and much more of it while TGF-beta is high. Healthy skin rests exactly, because
 * one reaction of each balanced equation takes its factor from that condition.
 */
namespace cutis::dermis
{
  // --- Pieces that several rates share -----------------------------------------------------------------------------

  /** Excess of TGF-beta over health. Exactly zero at and below it, so that resting skin feels nothing. */
  template <class U>
  auto excess(const U &u)
  {
    return positive_part(u[T] - 1.);
  }

  template <class N>
  N saturating(const N &x)
  {
    return x / (1. + x);
  }

  /** Response to TGF-beta of Hill type, ex^2 / (half^2 + ex^2). */
  template <class U>
  auto act(const U &u, const double half)
  {
    const auto ex = excess(u);
    return ex * ex / (half * half + ex * ex);
  }

  /** Cells work slower without oxygen: 1.3 O / (.3 + O). */
  template <class U>
  auto with_oxygen(const U &u)
  {
    return 1.3 * u[O] / (.3 + u[O]);
  }

  /** Secretion of VEGF rises when oxygen falls: 1.25 / (.25 + O^2). */
  template <class U>
  auto hypoxia(const U &u)
  {
    return 1.25 / (.25 + u[O] * u[O]);
  }

  /** z^q with a finite slope at zero and exactly 1 at z = 1. */
  template <class N>
  N soft_power(const N &z, const double q)
  {
    constexpr double small = 1e-6;
    return z * power((positive_part(z) + small) / (1. + small), q - 1.);
  }

  template <class U, class At>
  auto synthesis(const U &u, const Constants &k, const At &at)
  {
    return at.host.collagen_synthesis * with_oxygen(u) * (u[F] + 2. * u[M]) *
           (1. + k.C_excess * saturating(excess(u))) * ((1. + k.C_dense) / (k.C_dense + u[Cn] + u[Cm]));
  }

  template <class U>
  auto retention(const U &u, const Constants &k)
  {
    return 1. + k.C_keep * saturating(excess(u));
  }

  // --- Reactions ---------------------------------------------------------------------------------------------------

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
    reaction<Fields<F, M, Ph, O>, Stoichiometry<Change<V, 1>>, ByCells, Balances<V>>(
      "Cells secrete VEGF, more when short of oxygen: {VEGF secretion} (.5 F + .5 Ph + M) 1.25/(.25 + O^2)",
      [](const auto &u, const Constants &k, const auto &)
      { return k.V_make * (.5 * u[F] + .5 * u[Ph] + u[M]) * hypoxia(u); });

  inline constexpr auto vegf_decay = reaction<Fields<V>, Stoichiometry<Change<V, -1>>>(
    "VEGF decays: {VEGF decay} V",
    [](const auto &u, const Constants &k, const auto &) { return k.V_decay * u[V]; });

  inline constexpr auto vegf_uptake = reaction<Fields<b, V>, Stoichiometry<Change<V, -1>>, ByCells>(
    "Vessels take up VEGF: {VEGF uptake} b V",
    [](const auto &u, const Constants &k, const auto &) { return k.V_uptake * u[b] * u[V]; });

  inline constexpr auto mmp_production =
    reaction<Fields<F, M, Ph, a, T>, Stoichiometry<Change<Z, 1>>, ByCells, Balances<Z>>(
      "Cells make MMP, more in damage, less under TGF-beta, more with age and sun: {MMP production} (F + .5 M + Ph)(1 "
      "+ 2 a/(.3 + "
      "a))/(1 + ex)",
      [](const auto &u, const Constants &k, const auto &at)
      {
        return at.host.mmp_production * k.Z_make * (u[F] + .5 * u[M] + u[Ph]) * (1. + 2. * u[a] / (.3 + u[a])) /
               (1. + excess(u));
      });

  inline constexpr auto mmp_decay = reaction<Fields<Z>, Stoichiometry<Change<Z, -1>>>(
    "MMP decays: {MMP decay} Z",
    [](const auto &u, const Constants &k, const auto &) { return k.Z_decay * u[Z]; });

  inline constexpr auto oxygen_supply = reaction<Fields<b>, Stoichiometry<Change<O, 1>>, ByCells, Balances<O>>(
    "Vessels bring oxygen: {Oxygen supply} b Oa, Oa from the balance of healthy skin",
    [](const auto &u, const Constants &k, const auto &) { return k.O_supply * u[b]; });

  inline constexpr auto oxygen_return = reaction<Fields<b, O>, Stoichiometry<Change<O, -1>>, ByCells>(
    "Oxygen returns to the blood: {Oxygen supply} b O",
    [](const auto &u, const Constants &k, const auto &) { return k.O_supply * u[b] * u[O]; });

  inline constexpr auto oxygen_consumption = reaction<Fields<F, M, Ph, O>, Stoichiometry<Change<O, -1>>, ByCells>(
    "Cells consume oxygen: {Oxygen consumption} (.7 F + M + .3 Ph) O/(.2 + O)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.O_use * (.7 * u[F] + u[M] + .3 * u[Ph]) * u[O] / (.2 + u[O]); });

  inline constexpr auto fibroblast_growth = reaction<Fields<F, M>, Stoichiometry<Change<F, 1>>>(
    "Fibroblasts grow to their healthy density: {Fibroblast growth} F (1 - F - M)",
    [](const auto &u, const Constants &k, const auto &) { return k.F_grow * u[F] * (1. - u[F] - u[M]); });

  inline constexpr auto fibroblast_recruitment = reaction<Fields<F, M, T, O>, Stoichiometry<Change<F, 1>>>(
    "TGF-beta calls up fibroblasts: {Fibroblast recruitment} act(1) gO (1 - (F + M)/{Fibroblast capacity}) F",
    [](const auto &u, const Constants &k, const auto &)
    { return k.F_call * act(u, 1.) * with_oxygen(u) * (1. - (u[F] + u[M]) / k.F_full) * u[F]; });

  inline constexpr auto differentiation = reaction<Fields<F, T>, Stoichiometry<Change<F, -1>, Change<M, 1>>>(
    "Fibroblasts become myofibroblasts: {Differentiation} act({Differentiation half excess}) F",
    [](const auto &u, const Constants &k, const auto &) { return k.M_make * act(u, k.M_half) * u[F]; });

  inline constexpr auto dedifferentiation = reaction<Fields<M>, Stoichiometry<Change<M, -1>, Change<F, 1>>>(
    "Myofibroblasts return to fibroblasts: {Dedifferentiation} M",
    [](const auto &u, const Constants &k, const auto &) { return k.M_back * u[M]; });

  inline constexpr auto myofibroblast_death = reaction<Fields<M>, Stoichiometry<Change<M, -1>>>(
    "Myofibroblasts die: {Myofibroblast death} M",
    [](const auto &u, const Constants &k, const auto &) { return k.M_die * u[M]; });

  inline constexpr auto macrophage_influx = reaction<Fields<b, a>, Stoichiometry<Change<Ph, 1>>, Balances<Ph>>(
    "Macrophages arrive with the blood, called by damage: {Macrophage turnover} (.4 + 1.2 b/(1 + b))(1 + {Macrophage "
    "recruitment} a^2/(.09 + a^2))",
    [](const auto &u, const Constants &k, const auto &)
    { return k.P_turn * (.4 + 1.2 * saturating(u[b])) * (1. + k.P_call * u[a] * u[a] / (.09 + u[a] * u[a])); });

  inline constexpr auto macrophage_loss = reaction<Fields<Ph>, Stoichiometry<Change<Ph, -1>>>(
    "Macrophages leave and die: {Macrophage turnover} Ph",
    [](const auto &u, const Constants &k, const auto &) { return k.P_turn * u[Ph]; });

  inline constexpr auto vessel_growth = reaction<Fields<b, V>, Stoichiometry<Change<b, 1>>>(
    "Capillaries grow with VEGF and regress: {Vessel turnover} b (5 V^2/(4 + V^2) - b)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.b_turn * u[b] * (5. * u[V] * u[V] / (4. + u[V] * u[V]) - u[b]); });

  inline constexpr auto collagen_synthesis =
    reaction<Fields<F, M, O, T, Cn, Cm>, Stoichiometry<Change<Cn, 1>>, Balances<Cn>>(
      "Fibroblasts lay new collagen: S = kC gO (F + 2 M)(1 + {Synthesis under TGF-beta} ex/(1 + ex)) (1 + {Synthesis "
      "half density})/"
      "({Synthesis half density} + Cn + Cm), kC [1/d] from the "
      "balance of new collagen",
      [](const auto &u, const Constants &k, const auto &at) { return synthesis(u, k, at); });

  inline constexpr auto type_iii_synthesis = reaction<Fields<F, M, O, T, Cn, Cm, Ph>,
                                                      Stoichiometry<Change<C3n, 1>>,
                                                      Balances<C3n>>(
    "The type III part of it: s3 kC S, s3 = {Type III share} + {Type III gain} e/(1 + e), e = max(Ph - 1, 0); kC from "
    "the balance of type III, which is that of new collagen",
    [](const auto &u, const Constants &k, const auto &at)
    {
      const auto near_macrophages = positive_part(u[Ph] - 1.);
      return at.host.type_iii_share * (k.III_rest + k.III_more * saturating(near_macrophages)) * synthesis(u, k, at);
    });

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

  inline constexpr auto fibronectin_deposition = reaction<Fields<a>, Stoichiometry<Change<g, 1>>>(
    "Damage leaves provisional matrix: {Fibronectin from damage} a",
    [](const auto &u, const Constants &k, const auto &) { return k.g_make * u[a]; });

  inline constexpr auto fibronectin_loss = reaction<Fields<Z, g>, Stoichiometry<Change<g, -1>>>(
    "MMP clears provisional matrix: {Fibronectin loss} Z g",
    [](const auto &u, const Constants &k, const auto &) { return k.g_loss * u[Z] * u[g]; });
} // namespace cutis::dermis

namespace cutis
{
  struct Dermis : ModuleDefinition
  {
    static constexpr auto name = "dermis";
    static constexpr auto title =
      "Dermal remodelling: cytokines, macrophages, fibroblasts, vessels and two pools of collagen";
    static constexpr auto section = "Network/dermis";
    static constexpr bool ages = true;

    using Constants = dermis::Constants;
    // clang-format off
    using Own = Fields<
      dermis::a, dermis::T, dermis::V, dermis::Z, dermis::O, dermis::F, dermis::M, dermis::Ph, dermis::b, dermis::Cn,
      dermis::Cm, dermis::C3n, dermis::C3m, dermis::Cf, dermis::El, dermis::h, dermis::g>;
    static constexpr auto reactions = std::make_tuple(
      dermis::damage_decay, dermis::tgf_from_damage, dermis::tgf_basal, dermis::tgf_from_cells, dermis::tgf_decay,
      dermis::vegf_secretion, dermis::vegf_decay, dermis::vegf_uptake, dermis::mmp_production, dermis::mmp_decay,
      dermis::oxygen_supply, dermis::oxygen_return, dermis::oxygen_consumption, dermis::fibroblast_growth,
      dermis::fibroblast_recruitment, dermis::differentiation, dermis::dedifferentiation,
      dermis::myofibroblast_death, dermis::macrophage_influx, dermis::macrophage_loss, dermis::vessel_growth,
      dermis::collagen_synthesis, dermis::type_iii_synthesis, dermis::maturation, dermis::type_iii_maturation,
      dermis::new_collagen_degradation, dermis::new_type_iii_degradation, dermis::mature_collagen_loss,
      dermis::mature_type_iii_loss, dermis::type_iii_replacement, dermis::fragmentation,
      dermis::fragmentation_over_time, dermis::fragment_loss, dermis::elastin_synthesis, dermis::elastin_loss,
      dermis::hyaluronan_synthesis, dermis::hyaluronan_loss, dermis::fibronectin_deposition,
      dermis::fibronectin_loss);
    // clang-format on

    /** The fragmented share follows the law of ageing; it does not act on the rest of the network. */
    template <class State>
    static void set_aged(const State &state, const HostFactors &host)
    {
      state(dermis::Cf) = host.fragmentation * state(dermis::Cm);
    }
  };
} // namespace cutis
