// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reaction.h"

/**
 * The wound model of Buganza Tepole, Computer Methods in Applied Mechanics and Engineering 314 (2017): a cytokine,
 * fibroblasts and collagen, with the response to stretch held at its value H(1) of undeformed tissue. Densities are
 * relative to healthy skin; rates are given per hour there and per day here. The published constants do not rest at (1,
 * 1): without a wound the model drifts to (0.801, 0.864).
 */
namespace cutis::tepole2017
{
  // clang-format off
  struct Constants : ConstantTable
  {
    static About paper(const char *text) { return {text, Provenance::published, "Buganza Tepole 2017"}; }

    double p_r = declare(p_r, "p_r", .034 * 24., "1/d", non_negative(), paper("Proliferation of fibroblasts."));
    double p_rc = declare(p_rc, "p_rc", .034 * 24., "1/d", non_negative(), paper("Proliferation called by the cytokine."));
    double p_re = declare(p_re, "p_re", .034 * 24., "1/d", non_negative(), paper("Proliferation called by stretch."));
    double K_rc = declare(K_rc, "K_rc", .1, "1", positive(), paper("Cytokine at which its call for fibroblasts is half."));
    double K_rr = declare(K_rr, "K_rr", 1., "1", positive(), paper("Capacity of the tissue for fibroblasts."));
    double d_r = declare(d_r, "d_r", .2 * .034 * 24., "1/d", non_negative(), paper("Death of fibroblasts."));
    double d_c = declare(d_c, "d_c", .01 * 24., "1/d", non_negative(), paper("Decay of the cytokine."));
    double p_p = declare(p_p, "p_p", .002 * 24., "1/d", non_negative(), paper("Synthesis of collagen."));
    double p_pc = declare(p_pc, "p_pc", .002 * 24., "1/d", non_negative(), paper("Synthesis called by the cytokine."));
    double p_pe = declare(p_pe, "p_pe", .002 * 24., "1/d", non_negative(), paper("Synthesis called by stretch."));
    double K_pc = declare(K_pc, "K_pc", 1., "1", positive(), paper("Cytokine at which its call for collagen is half."));
    double K_pr = declare(K_pr, "K_pr", 1.062, "1", positive(), paper("Collagen that saturates synthesis."));
    double d_p = declare(d_p, "d_p", 9.70e-4 * 24., "1/d", non_negative(), paper("Degradation of collagen."));
    double d_pc = declare(d_pc, "d_pc", 4.85e-4 * 24., "1/d", non_negative(), paper("Degradation called by the cytokine."));
    double H = declare(H, "H", .006693, "1", {0., 1.}, paper("Response to stretch, in undeformed tissue."));
  };

  using P = Provenance;
  inline constexpr auto source = "Buganza Tepole 2017";

  inline constexpr struct Cytokine : Field { static constexpr auto key = "cytokine"; static Row row(const Constants &) { return
    soluble("c", "inflammatory cytokine").rests_at(0.).one_is("its maximum in the wound").diffuses(.10 * 24.).known(P::published, source).sample(.5); } } c{};
  inline constexpr struct Fibroblast : Field { static constexpr auto key = "fibroblast"; static Row row(const Constants &) { return
    tissue("r", "fibroblasts").rests_at(1.).one_is("healthy density").diffuses(.0833 * 24.).known(P::published, source).sample(.5); } } r{};
  inline constexpr struct Collagen : Field { static constexpr auto key = "collagen"; static Row row(const Constants &) { return
    tissue("p", "collagen").rests_at(1.).one_is("healthy density").known(P::published, source).sample(.5); } } p{};
  // clang-format on

  inline constexpr auto cytokine_decay = reaction<Fields<c>, Stoichiometry<Change<c, -1>>>(
    "The cytokine decays: {d_c} c",
    [](const auto &u, const Constants &k, const auto &) { return k.d_c * u[c]; });

  inline constexpr auto proliferation = reaction<Fields<r, c>, Stoichiometry<Change<r, 1>>>(
    "Fibroblasts proliferate: [{p_r} + {p_rc} c/({K_rc} + c) + {p_re} {H}](1 - r/{K_rr}) r",
    [](const auto &u, const Constants &k, const auto &)
    { return (k.p_r + k.p_re * k.H + k.p_rc * u[c] / (k.K_rc + u[c])) * (1. - u[r] / k.K_rr) * u[r]; });

  inline constexpr auto death = reaction<Fields<r>, Stoichiometry<Change<r, -1>>>(
    "Fibroblasts die: {d_r} r",
    [](const auto &u, const Constants &k, const auto &) { return k.d_r * u[r]; });

  inline constexpr auto synthesis = reaction<Fields<r, c, p>, Stoichiometry<Change<p, 1>>>(
    "Fibroblasts lay collagen: [{p_p} + {p_pc} c/({K_pc} + c) + {p_pe} {H}] r/({K_pr} + p)",
    [](const auto &u, const Constants &k, const auto &)
    { return (k.p_p + k.p_pe * k.H + k.p_pc * u[c] / (k.K_pc + u[c])) * u[r] / (k.K_pr + u[p]); });

  inline constexpr auto degradation = reaction<Fields<r, c, p>, Stoichiometry<Change<p, -1>>>(
    "Collagen is degraded: ({d_p} + {d_pc} c r) p",
    [](const auto &u, const Constants &k, const auto &) { return (k.d_p + k.d_pc * u[c] * u[r]) * u[p]; });
} // namespace cutis::tepole2017

namespace cutis
{
  struct Tepole2017 : ModuleDefinition
  {
    static constexpr auto name = "tepole2017";
    static constexpr auto title =
      "Wound model of Buganza Tepole (2017), transport and kinetics: cytokine, fibroblasts, collagen";
    static constexpr auto section = "Network/tepole2017";

    using Constants = tepole2017::Constants;
    using Own = Fields<tepole2017::c, tepole2017::r, tepole2017::p>;
    static constexpr auto reactions = std::make_tuple(tepole2017::cytokine_decay,
                                                      tepole2017::proliferation,
                                                      tepole2017::death,
                                                      tepole2017::synthesis,
                                                      tepole2017::degradation);
  };
} // namespace cutis
