// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis.h"

/** What needles and their heat leave behind beside denatured collagen: heat shock H and open tracks p, which fade. */
namespace cutis::needles
{
  using dermis::C3n, dermis::Cm, dermis::Cn, dermis::F, dermis::M, dermis::O, dermis::P1, dermis::Pa, dermis::Ph,
    dermis::T;

  inline constexpr auto closure_of_pores =
    "half-life of the impedance of micropores 20 to 26 h at three sites, n = 35, PMC8259462 (2021)";

  // clang-format off
  struct Constants : ConstantTable
  {
    double shock_decay = declare(shock_decay, "Heat shock decay", .5, "1/d", positive(), {"Decay of the heat shock response.", recalled, "2 d, Hantash 2009"});
    double shock_gain = declare(shock_gain, "Heat shock gain", 1., "1", non_negative(), {"Gain of collagen synthesis under heat shock.", assumed, ""});
    double pore_half_life = declare(pore_half_life, "Pore half-life", .97, "d", positive(), {"Time in which half of the open needle tracks close. Skin that is not covered seals within 2 h (Gupta 2011).", published, closure_of_pores});
  };

  using P = Provenance;

  inline constexpr struct HeatShock : Field { static constexpr auto key = "heat_shock"; static Row row(const Constants &) { return
    tissue("H", "heat shock response").of_size(.1).known(P::recalled, "Hantash 2009").sample(.3); } } H{};
  inline constexpr struct Pore : Field { static constexpr auto key = "pore"; static Row row(const Constants &) { return
    soluble("p", "open needle tracks").one_is("share of the tissue").known(P::published, closure_of_pores).sample(.1); } } p{};
  // clang-format on

  // --- Reactions ---------------------------------------------------------------------------------------------------

  inline constexpr auto shock_decay = reaction<Fields<H>, Stoichiometry<Change<H, -1>>>(
    "The heat shock response fades: {Heat shock decay} H",
    [](const auto &u, const Constants &k, const auto &) { return k.shock_decay * u[H]; });

  inline constexpr auto closure = reaction<Fields<p>, Stoichiometry<Change<p, -1>>>(
    "Needle tracks close: (ln 2/{Pore half-life}) p",
    [](const auto &u, const Constants &k, const auto &) { return std::log(2.) / k.pore_half_life * u[p]; });

  inline constexpr auto shocked_synthesis = reaction<Fields<H, F, M, O, T, P1, Cn, Cm>, Stoichiometry<Change<Cn, 1>>>(
    "Heat shock raises the synthesis of collagen: {Heat shock gain} H kC S",
    [](const auto &u, const Constants &k, const auto &at)
    { return k.shock_gain * u[H] * at.rate(dermis::collagen_synthesis, u); });

  inline constexpr auto shocked_type_iii =
    reaction<Fields<H, F, M, O, T, P1, Cn, Cm, Ph>, Stoichiometry<Change<C3n, 1>>>(
      "The type III part of it, by free macrophages, as it fades before others bind: {Heat shock gain} H s3(Ph) kC S",
      [](const auto &u, const Constants &k, const auto &at)
      { return k.shock_gain * u[H] * at.rate(dermis::type_iii_synthesis, with(u, Pa, u[Ph])); });
} // namespace cutis::needles

namespace cutis
{
  struct NeedleTraces : ModuleDefinition
  {
    static constexpr auto name = "needles";
    static constexpr auto title = "What needles and their heat leave behind: heat shock and open tracks";
    static constexpr auto section = "RF microneedling";

    using Tissue = Dermis;
    using Constants = needles::Constants;
    using Own = Fields<needles::H, needles::p>;
    static constexpr auto reactions =
      std::make_tuple(needles::shock_decay, needles::closure, needles::shocked_synthesis, needles::shocked_type_iii);
  };
} // namespace cutis
