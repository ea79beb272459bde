// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/host.h"
#include "model/modules/dermis_cells.h"
#include "model/modules/dermis_matrix.h"
#include "model/modules/dermis_signals.h"

/**
 * The default network: dermal remodelling with cytokines, cells, vessels and two pools of collagen. All fields are
 * relative to healthy young dermis. New collagen turns over in days, mature collagen in 15 years; only about 1.3 % of
 * the new collagen is retained at rest, and much more of it while TGF-beta is high. Healthy skin rests exactly, because
 * one reaction of each balanced equation takes its factor from that condition.
 */
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
      dermis::a, dermis::T, dermis::V, dermis::Z, dermis::O, dermis::F, dermis::M, dermis::Ph, dermis::P1, dermis::e,
      dermis::b, dermis::Cn, dermis::Cm, dermis::C3n, dermis::C3m, dermis::Cf, dermis::Cx, dermis::El, dermis::h,
      dermis::g>;
    static constexpr auto reactions = std::make_tuple(
      dermis::damage_decay, dermis::tgf_from_damage, dermis::tgf_basal, dermis::tgf_from_cells, dermis::tgf_decay,
      dermis::vegf_secretion, dermis::vegf_decay, dermis::vegf_uptake, dermis::mmp_production, dermis::mmp_decay,
      dermis::oxygen_supply, dermis::oxygen_return, dermis::oxygen_consumption, dermis::fibroblast_growth,
      dermis::fibroblast_recruitment, dermis::differentiation, dermis::dedifferentiation,
      dermis::myofibroblast_death, dermis::macrophage_influx, dermis::macrophage_loss, dermis::leukocyte_arrival,
      dermis::leukocyte_switch, dermis::leukocyte_loss, dermis::epidermal_growth, dermis::epidermal_loss,
      dermis::vessel_growth,
      dermis::collagen_synthesis, dermis::type_iii_synthesis, dermis::maturation, dermis::type_iii_maturation,
      dermis::cross_linking,
      dermis::new_collagen_degradation, dermis::new_type_iii_degradation, dermis::mature_collagen_loss,
      dermis::mature_type_iii_loss, dermis::type_iii_replacement, dermis::fragmentation,
      dermis::fragmentation_over_time, dermis::fragment_loss, dermis::elastin_synthesis, dermis::elastin_loss,
      dermis::hyaluronan_synthesis, dermis::hyaluronan_loss, dermis::fibronectin_deposition,
      dermis::fibronectin_loss);
    // clang-format on

    /** All mature collagen has long been cross-linked; it does not act on the rest of the network. */
    template <class State>
    static void set_aged(const State &state)
    {
      state(dermis::Cx) = state(dermis::Cm);
    }

    /** What rates ask of the healthy state of their host. */
    template <class State>
    static void complete(HostFactors &host, const State &healthy)
    {
      host.collagen = healthy(dermis::Cn) + healthy(dermis::Cm);
    }
  };
} // namespace cutis
