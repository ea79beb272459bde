// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/bound_macrophages.h"

/**
 * Replacement at the place: of the denatured collagen Cd and of the clot g that cells clear, they lay so much collagen
 * anew, there and at once mature. No signal and no threshold decides it, so it does not depend on the size of a lesion:
 *
 *     Cd' = -kcd Cd f,  x = max(0, f [rep kcd Cd + yg Cth kg Z g] - (r - r1)),  Cm' += x,  C3m' += s3 x
 *
 * with the cells that clear, f, and what TGF-beta retains beyond rest, r - r1: the two do not add up. Macrophages Kd
 * bind to denatured collagen and stay as long as it does. It is linked where an intervention leaves such tissue.
 */
namespace cutis::repair
{
  using dermis::a, dermis::C3m, dermis::Cm, dermis::Cn, dermis::El, dermis::F, dermis::g, dermis::M, dermis::O,
    dermis::Pa, dermis::Ph, dermis::T, dermis::Z;

  // clang-format off
  struct Constants : ConstantTable
  {
    double clearance = declare(clearance, "Clearance", .0408, "1/d", positive(), {"Clearance of denatured collagen by healthy cells, kcd.", derived, "half-life 2-3 weeks: gone by 10 weeks, Hantash 2009"});
    double replaced = declare(replaced, "Replaced share", .9, "1", {0., 1.}, {"Collagen that is laid for what is cleared of denatured collagen, rep.", derived, "mature share of healthy collagen"});
    double rebuilt = declare(rebuilt, "Rebuilt share", .65, "1", {0., 1.}, {"The same for what is cleared of clot, yg.", assumed, "fitted to the final strength of incisions; .55 to .75"});
    double elastin_gain = declare(elastin_gain, "Elastin gain", 10., "1", non_negative(), {"Gain of elastin synthesis where all collagen is denatured and being replaced.", assumed, ""});
    double giant_turnover = declare(giant_turnover, "Bound macrophage turnover", .09, "1/d", positive(), {"Turnover of macrophages that are bound to denatured collagen.", assumed, "as on particles"});
    double bound_share = declare(bound_share, "Bound macrophage share", .1, "1", Range::fraction(), {"Macrophages that much denatured collagen holds, in 2500 cells/mm^3, phiD.", assumed, "0 to 0.2; infiltrate to ten weeks, Hantash 2009"});
    double half_bound = declare(half_bound, "Half binding", .02, "1", positive(), {"Denatured collagen that holds half of them, KD.", assumed, ""});
    double K_tgf = declare(K_tgf, "TGF-beta per bound macrophage", bound::tgf_of_all, "1", non_negative(), {"Release of TGF-beta by 2500 of them per mm^3, over that of healthy fibroblasts.", derived, bound::source_of_tgf});
  };

  using P = Provenance;

  inline constexpr struct DenaturedCollagen : Field { static constexpr auto key = "denatured_collagen"; static Row row(const Constants &) { return
    tissue("Cd", "denatured collagen").one_is(dermis::collagen).of_size(.1).known(P::derived).sample(.2); } } Cd{};
  inline constexpr struct BoundMacrophage : Field { static constexpr auto key = "bound_macrophage"; static Row row(const Constants &) { return
    tissue("Kd", "macrophages bound to denatured collagen").one_is("2500 cells/mm^3").of_size(.1).is_macrophages(bound::macrophages).known(P::assumed).sample(.05); } } Kd{};
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  template <class U, class At>
  auto cleared(const U &u, const Constants &k, const At &at)
  {
    return k.clearance * u[Cd] * dermis::clearing(u, at.tissue.constants());
  }

  /** x, the collagen that is laid for what is cleared, as far as TGF-beta does not see to it [1/d]. */
  template <class U, class At>
  auto replacement(const U &u, const Constants &k, const At &at)
  {
    const auto &kept = dermis::maturation;
    const auto beyond_rest = at.rate(kept, u) - at.rate(kept, with(u, T, at_most(u[T], 1.)));
    return positive_part(k.replaced * cleared(u, k, at) +
                         k.rebuilt * at.host.collagen * at.rate(dermis::fibronectin_loss, u) - beyond_rest);
  }

  // --- Reactions ---------------------------------------------------------------------------------------------------

  inline constexpr auto clearance = reaction<Fields<Cd, F, O>, Stoichiometry<Change<Cd, -1>>>(
    "Cells clear denatured collagen: {Clearance} Cd f",
    [](const auto &u, const Constants &k, const auto &at) { return cleared(u, k, at); });

  inline constexpr auto laid = reaction<Fields<Cd, Z, g, F, O, T, Cn>, Stoichiometry<Change<Cm, 1>>>(
    "And replace it, and the clot: x = max(0, f [{Replaced share} {Clearance} Cd + {Rebuilt share} Cth {Fibronectin "
    "loss} Z g] - (r - r1))",
    [](const auto &u, const Constants &k, const auto &at) { return replacement(u, k, at); });

  inline constexpr auto type_iii_laid = reaction<Fields<Cd, Pa, Z, g, F, O, T, Cn>, Stoichiometry<Change<C3m, 1>>>(
    "The type III part of it: s3 x",
    [](const auto &u, const Constants &k, const auto &at)
    { return dermis::type_iii_part(u[Pa], at.tissue.constants(), at) * replacement(u, k, at); });

  inline constexpr auto no_clot = reaction<Fields<Cd, a, g, Cn, Cm>, Stoichiometry<Change<g, -1>>>(
    "Where denatured collagen is left there is no void for provisional matrix: what is not laid of it for Cd",
    [](const auto &u, const Constants &, const auto &at)
    {
      const auto &laid = dermis::fibronectin_deposition;
      return at.rate(laid, u) - at.rate(laid, with(u, Cm, u[Cm] + u[Cd]));
    });

  inline constexpr auto elastin_synthesis = reaction<Fields<Cd, F>, Stoichiometry<Change<El, 1>>>(
    "Elastin is laid where collagen is replaced: {Elastin gain} Cd sE, sE the synthesis of elastin",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.elastin_gain * u[Cd] * at.rate(dermis::elastin_synthesis, u); });

  inline constexpr auto binding = reaction<Fields<Cd, Ph>, Stoichiometry<Change<Kd, 1>>>(
    "Macrophages bind to denatured collagen: {Bound macrophage turnover} {Bound macrophage share} Ph Cd/({Half "
    "binding} + Cd)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.giant_turnover * k.bound_share * u[Ph] * u[Cd] / (k.half_bound + u[Cd]); });

  inline constexpr auto release = bound::release<Kd>("They leave and die: {Bound macrophage turnover} Kd");
  inline constexpr auto tgf_release =
    bound::tgf_release<Kd>("They release TGF-beta: {TGF-beta decay} pK Kd, pK = {TGF-beta share from cells}/1.5 "
                           "{TGF-beta per bound macrophage}");
  inline constexpr auto vegf_secretion = bound::vegf_secretion<Kd>();
  inline constexpr auto oxygen_consumption = bound::oxygen_consumption<Kd>();
} // namespace cutis::repair

namespace cutis
{
  struct Repair : ModuleDefinition
  {
    static constexpr auto name = "repair";
    static constexpr auto title = "Denatured collagen, the macrophages on it, and its replacement and that of the clot";
    static constexpr auto section = "Network/repair";

    using Tissue = Dermis;
    using Constants = repair::Constants;
    using Own = Fields<repair::Cd, repair::Kd>;
    static constexpr auto reactions = std::make_tuple(repair::clearance,
                                                      repair::laid,
                                                      repair::type_iii_laid,
                                                      repair::no_clot,
                                                      repair::elastin_synthesis,
                                                      repair::binding,
                                                      repair::release,
                                                      repair::tgf_release,
                                                      repair::vegf_secretion,
                                                      repair::oxygen_consumption);
  };
} // namespace cutis
