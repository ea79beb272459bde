// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis.h"

/**
 * What needles and their heat leave behind: denatured collagen Cd, heat shock H and open tracks p, which fade; and the
 * synthesis that is added. Where collagen is denatured it is rebuilt, as far as its share d of all collagen goes,
 *
 *     Cn' += max(0, (1 + GD d) s1 - s) - k,  Cm' += k,  k = max(0, (1 + GR d) r1 - r),  d = Cd/(Cd + Cn + Cm)
 *
 * and the same for the type III of it, with the synthesis s1 and the retention r1 at resting TGF-beta and s, r as they
 * are. TGF-beta and denatured collagen do not add up: what calls for more decides.
 */
namespace cutis::needles
{
  using dermis::C3m, dermis::C3n, dermis::Cm, dermis::Cn, dermis::El, dermis::F, dermis::M, dermis::O, dermis::Ph,
    dermis::T;

  inline constexpr auto closure_of_pores =
    "half-life of the impedance of micropores 20 to 26 h at three sites, n = 35, PMC8259462 (2021)";
  inline constexpr auto replaced_zones = "zones are replaced within ten weeks, by cells rich in HSP47: Hantash 2009";

  // clang-format off
  struct Constants : ConstantTable
  {
    double clearance = declare(clearance, "Clearance", .0408, "1/d", positive(), {"Clearance of denatured collagen.", derived, "half-life 2-3 weeks: gone by 10 weeks, Hantash 2009"});
    double shock_decay = declare(shock_decay, "Heat shock decay", .5, "1/d", positive(), {"Decay of the heat shock response.", recalled, "2 d, Hantash 2009"});
    double shock_gain = declare(shock_gain, "Heat shock gain", 1., "1", non_negative(), {"Gain of collagen synthesis under heat shock.", assumed, ""});
    double elastin_gain = declare(elastin_gain, "Elastin gain", 10., "1", non_negative(), {"Gain of elastin synthesis where all collagen is denatured and being replaced.", assumed, ""});
    double rebuilding = declare(rebuilding, "Synthesis in denatured tissue", 6., "1", non_negative(), {"Gain of collagen synthesis where all collagen is denatured; the default is that of the network under the highest TGF-beta. 0: it is not raised there.", assumed, replaced_zones});
    double retention = declare(retention, "Retention in denatured tissue", 60., "1", non_negative(), {"Gain of the retention of new collagen where all collagen is denatured; the default is that of the network under the highest TGF-beta. 0: it is not raised there.", assumed, replaced_zones});
    double pore_half_life = declare(pore_half_life, "Pore half-life", .97, "d", positive(), {"Time in which half of the open needle tracks close. Skin that is not covered seals within 2 h (Gupta 2011).", published, closure_of_pores});
  };

  using P = Provenance;

  inline constexpr struct DenaturedCollagen : Field { static constexpr auto key = "denatured_collagen"; static Row row(const Constants &) { return
    tissue("Cd", "denatured collagen").one_is(dermis::collagen).of_size(.1).known(P::derived).sample(.2); } } Cd{};
  inline constexpr struct HeatShock : Field { static constexpr auto key = "heat_shock"; static Row row(const Constants &) { return
    tissue("H", "heat shock response").of_size(.1).known(P::recalled, "Hantash 2009").sample(.3); } } H{};
  inline constexpr struct Pore : Field { static constexpr auto key = "pore"; static Row row(const Constants &) { return
    soluble("p", "open needle tracks").one_is("share of the tissue").known(P::published, closure_of_pores).sample(.1); } } p{};
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  /** d, and none where there is no collagen at all. */
  template <class U>
  auto denatured_share(const U &u)
  {
    return u[Cd] / (u[Cd] + u[Cn] + u[Cm] + 1e-6);
  }

  /** By how much a rate of the tissue is exceeded by (1 + gain d) times what it would be at resting TGF-beta. */
  template <class Reaction, class U, class At>
  auto beyond_calm(const Reaction &reaction, const double gain, const U &u, const At &at)
  {
    const auto calm = at.rate(reaction, with(u, T, at_most(u[T], 1.)));
    return positive_part((1. + gain * denatured_share(u)) * calm - at.rate(reaction, u));
  }

  // --- Reactions ---------------------------------------------------------------------------------------------------

  inline constexpr auto clearance = reaction<Fields<Cd>, Stoichiometry<Change<Cd, -1>>>(
    "Denatured collagen is cleared: {Clearance} Cd",
    [](const auto &u, const Constants &k, const auto &) { return k.clearance * u[Cd]; });

  inline constexpr auto shock_decay = reaction<Fields<H>, Stoichiometry<Change<H, -1>>>(
    "The heat shock response fades: {Heat shock decay} H",
    [](const auto &u, const Constants &k, const auto &) { return k.shock_decay * u[H]; });

  inline constexpr auto closure = reaction<Fields<p>, Stoichiometry<Change<p, -1>>>(
    "Needle tracks close: (ln 2/{Pore half-life}) p",
    [](const auto &u, const Constants &k, const auto &) { return std::log(2.) / k.pore_half_life * u[p]; });

  inline constexpr auto shocked_synthesis = reaction<Fields<H, F, M, O, T, Cn, Cm>, Stoichiometry<Change<Cn, 1>>>(
    "Heat shock raises the synthesis of collagen: {Heat shock gain} H kC S",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.shock_gain * u[H] * at.rate(dermis::collagen_synthesis, u); });

  inline constexpr auto shocked_type_iii = reaction<Fields<H, F, M, O, T, Cn, Cm, Ph>, Stoichiometry<Change<C3n, 1>>>(
    "The type III part of it: {Heat shock gain} H s3 kC S",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.shock_gain * u[H] * at.rate(dermis::type_iii_synthesis, u); });

  inline constexpr auto elastin_synthesis = reaction<Fields<Cd, F>, Stoichiometry<Change<El, 1>>>(
    "Elastin is laid where collagen is replaced: {Elastin gain} Cd sE, sE the synthesis of elastin",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.elastin_gain * u[Cd] * at.rate(dermis::elastin_synthesis, u); });

  inline constexpr auto rebuilding = reaction<Fields<Cd, F, M, O, T, Cn, Cm>, Stoichiometry<Change<Cn, 1>>>(
    "Denatured collagen is rebuilt: max(0, (1 + {Synthesis in denatured tissue} d) s1 - s)",
    [](const auto &u, const Constants &k, const auto &at)
    { return beyond_calm(dermis::collagen_synthesis, k.rebuilding, u, at); });

  inline constexpr auto type_iii_rebuilding =
    reaction<Fields<Cd, F, M, O, T, Cn, Cm, Ph>, Stoichiometry<Change<C3n, 1>>>(
      "The type III part of it: the same with the synthesis of type III",
      [](const auto &u, const Constants &k, const auto &at)
      { return beyond_calm(dermis::type_iii_synthesis, k.rebuilding, u, at); });

  inline constexpr auto retention = reaction<Fields<Cd, T, Cn, Cm>, Stoichiometry<Change<Cn, -1>, Change<Cm, 1>>>(
    "New collagen is retained there: max(0, (1 + {Retention in denatured tissue} d) r1 - r)",
    [](const auto &u, const Constants &k, const auto &at)
    { return beyond_calm(dermis::maturation, k.retention, u, at); });

  inline constexpr auto type_iii_retention =
    reaction<Fields<Cd, T, Cn, Cm, C3n>, Stoichiometry<Change<C3n, -1>, Change<C3m, 1>>>(
      "The type III part of it: the same with the retention of type III",
      [](const auto &u, const Constants &k, const auto &at)
      { return beyond_calm(dermis::type_iii_maturation, k.retention, u, at); });
} // namespace cutis::needles

namespace cutis
{
  struct NeedleTraces : ModuleDefinition
  {
    static constexpr auto name = "needles";
    static constexpr auto title =
      "What needles and their heat leave behind: denatured collagen, heat shock, open tracks";
    static constexpr auto section = "RF microneedling";

    using Tissue = Dermis;
    using Constants = needles::Constants;
    using Own = Fields<needles::Cd, needles::H, needles::p>;
    static constexpr auto reactions = std::make_tuple(needles::clearance,
                                                      needles::shock_decay,
                                                      needles::closure,
                                                      needles::shocked_synthesis,
                                                      needles::shocked_type_iii,
                                                      needles::elastin_synthesis,
                                                      needles::rebuilding,
                                                      needles::type_iii_rebuilding,
                                                      needles::retention,
                                                      needles::type_iii_retention);
  };
} // namespace cutis
