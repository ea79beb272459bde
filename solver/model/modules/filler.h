// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis.h"

/**
 * A gel of hyaluronic acid between the fibres. Its volume per volume of tissue is
 *
 *     f = (1 + sw)(f1 + f2) - sw u,   f1' = -k1 f1,  f2' = -k2 f2,  u' = -ks u
 *
 * with what is lost early f1 (free hyaluronic acid and the carrier), what stays f2, and u, which has not yet taken up
 * its water. The loss of all sessions is that of each, so they share these fields.
 *
 * The gel enlarges the matrix and stiffens it (Jw + f, mu + f Ggel), and the fibres around it feel that. It is no
 * growth of the tissue, holds no cell, and gives no signal: without mechanics nothing else changes.
 */
namespace cutis::filler
{
  inline constexpr auto retention =
    "share of the volume left at 2 and 12 weeks: midface 90 and 79 %, lip 70 and 37 %, Percec 2025";

  // clang-format off
  struct Constants : ConstantTable
  {
    double early_share = declare(early_share, "Early share", .082394, "1", Range::fraction(), {"Share of the gel that is lost early, w, for the region `custom`.", derived, retention});
    double early_loss = declare(early_loss, "Early loss", .2, "1/d", positive(), {"Loss of that share, k1.", assumed, "free hyaluronic acid and carrier, half-life 3.5 d"});
    double loss = declare(loss, "Loss", .00178256, "1/d", non_negative(), {"Loss of the rest, k2, for the region `custom`.", derived, retention});
    double swelling = declare(swelling, "Swelling", 0., "1", {0., 2.}, {"Water that the gel takes up in the tissue over its own volume, sw; 0, because the volumes that were measured are net of it.", assumed, "0 to .5"});
    double uptake = declare(uptake, "Swelling rate", .5, "1/d", positive(), {"How fast it takes up its water, ks; at least as fast as the early loss.", assumed, ""});
    double modulus = declare(modulus, "Gel modulus", .4, "kPa", non_negative(), {"Shear modulus of the gel.", recalled, "130 to 860 Pa"});
  };

  using P = Provenance;

  inline constexpr struct Early : Field { static constexpr auto key = "filler_fast"; static Row row(const Constants &k) { return
    soluble("f1", "filler that is lost early").one_is("the volume of the tissue").of_size(.1).foreign().is_gel_of(1. + k.swelling, k.modulus).sample(.05); } } f1{};
  inline constexpr struct Lasting : Field { static constexpr auto key = "filler_slow"; static Row row(const Constants &k) { return
    soluble("f2", "filler that stays").one_is("the volume of the tissue").of_size(.1).foreign().is_gel_of(1. + k.swelling, k.modulus).known(P::derived, retention).sample(.1); } } f2{};
  inline constexpr struct Dry : Field { static constexpr auto key = "filler_dry"; static Row row(const Constants &k) { return
    soluble("fd", "filler that has yet to swell").one_is("the volume of the tissue").of_size(.1).foreign().is_gel_of(-k.swelling, k.modulus).sample(.1); } } u{};
  // clang-format on

  inline constexpr auto early_loss = reaction<Fields<f1>, Stoichiometry<Change<f1, -1>>>(
    "What is lost early goes: {Early loss} f1",
    [](const auto &values, const Constants &k, const auto &) { return k.early_loss * values[f1]; });

  inline constexpr auto loss = reaction<Fields<f2>, Stoichiometry<Change<f2, -1>>>(
    "The rest is broken down: {Loss} f2",
    [](const auto &values, const Constants &k, const auto &) { return k.loss * values[f2]; });

  inline constexpr auto uptake = reaction<Fields<u>, Stoichiometry<Change<u, -1>>>(
    "The gel takes up water: {Swelling rate} fd",
    [](const auto &values, const Constants &k, const auto &) { return k.uptake * values[u]; });
} // namespace cutis::filler

namespace cutis
{
  struct FillerGel : ModuleDefinition
  {
    static constexpr auto name = "filler";
    static constexpr auto title = "A gel of hyaluronic acid that takes up volume between the fibres";
    static constexpr auto section = "Filler";

    using Tissue = Dermis;
    using Constants = filler::Constants;
    using Own = Fields<filler::f1, filler::f2, filler::u>;
    static constexpr auto reactions = std::make_tuple(filler::early_loss, filler::loss, filler::uptake);
  };
} // namespace cutis
