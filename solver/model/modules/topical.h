// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/msc.h"

/**
 * Factors of stromal cells without the cells, laid on the skin for a while. Where the surface is covered (q = 1), each
 * factor c = T, V, G passes it through open pores p, driven by its excess over health:
 *
 *     -D dc/dn = q (kp0 + kw p) [(c - c_h) - c_app],   p' = -(ln 2/t_half) p
 *
 * What is applied is what `Conditioning` cell-days per mL secrete at the rates of living cells, so it keeps their
 * exposure, not the concentration in a vial. Factors of 25 kDa do not cross skin that is closed: kp0 is 0.
 */
namespace cutis::topical
{
  using dermis::T, dermis::V;
  using msc::G, msc::Gb, msc::Gc;

  inline constexpr auto closure_of_pores =
    "half-life of the impedance of micropores 20 to 26 h at three sites, n = 35, PMC8259462 (2021)";
  constexpr double cells_per_mL = 1e3 * cells_per_unit; ///< of one unit of stromal cells

  // clang-format off
  struct Constants : ConstantTable
  {
    double conditioning = declare(conditioning, "Conditioning", 1e7, "d/mL", {0., 1e10}, {"Cell-days whose secretion is in a mL of what is applied, Ns, as `1e7 cells d/mL`.", assumed, ""});
    double intact = declare(intact, "Intact permeability", 0., "mm/d", non_negative(), {"Permeability of skin without open pores for the factors, kp0.", derived, "Potts and Guy: nothing of 25 kDa crosses"});
    double through_pores = declare(through_pores, "Pore permeability", 90., "mm/d", positive(), {"Permeability of skin all of which is open pores, kw: diffusivity in water over the length of a pore.", derived, "9 mm^2/d over .1 mm"});
    double half_life = declare(half_life, "Pore half-life", .97, "d", positive(), {"Time in which half of the open pores close.", published, closure_of_pores});
    double T_held = declare(T_held, "TGF-beta per cell-day", .30, "1", non_negative(), {"TGF-beta in what is applied, over what a fibroblast releases in that time.", derived, msc::secretome});
    double V_held = declare(V_held, "VEGF per cell-day", 9.9, "1/d", non_negative(), {"VEGF in what is applied, per 3000 cells/mm^3 and day.", derived, msc::secretome});
    double G_held = declare(G_held, "HGF per cell-day", 3.6, "1/d", non_negative(), {"HGF in what is applied, per 3000 cells/mm^3 and day.", derived, msc::secretome});
  };

  using P = Provenance;

  inline constexpr struct Covered : Field { static constexpr auto key = "covered_surface"; static Row row(const Constants &) { return
    soluble("q", "what was applied and is still on the surface").one_is("the whole surface").foreign().sample(1.); } } q{};
  inline constexpr struct OpenPores : Field { static constexpr auto key = "topical_pore"; static Row row(const Constants &) { return
    soluble("po", "open pores in the surface").one_is("the whole surface").of_size(.01).foreign().known(P::published, closure_of_pores).sample(.01); } } p{};
  inline constexpr struct DeliveredTgf : Field { static constexpr auto key = "tgf_delivered"; static Row row(const Constants &) { return
    soluble("Td", "TGF-beta that has come through the surface").one_is("that of healthy skin").foreign(); } } Td{};
  inline constexpr struct DrawnTgf : Field { static constexpr auto key = "tgf_drawn"; static Row row(const Constants &) { return
    soluble("Tw", "TGF-beta that has left through the surface").one_is("that of healthy skin").foreign(); } } Tw{};
  inline constexpr struct DeliveredVegf : Field { static constexpr auto key = "vegf_delivered"; static Row row(const Constants &) { return
    soluble("Vd", "VEGF that has come through the surface").one_is("that of healthy skin").foreign(); } } Vd{};
  inline constexpr struct DrawnVegf : Field { static constexpr auto key = "vegf_drawn"; static Row row(const Constants &) { return
    soluble("Vw", "VEGF that has left through the surface").one_is("that of healthy skin").foreign(); } } Vw{};
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  /** Flux into the skin per difference [mm/d]. */
  template <class U>
  auto permeability(const U &u, const Constants &k)
  {
    return u[q] * (k.intact + k.through_pores * u[p]);
  }

  // What is applied of each factor beyond its resting value, less what the skin has of it beyond that.

  template <class U>
  auto excess_of_hgf(const U &u, const Constants &k)
  {
    return k.conditioning / cells_per_mL * k.G_held - u[G];
  }

  template <class U>
  auto excess_of_vegf(const U &u, const Constants &k)
  {
    return k.conditioning / cells_per_mL * k.V_held - (u[V] - 1.);
  }

  template <class U, class At>
  auto excess_of_tgf(const U &u, const Constants &k, const At &at)
  {
    return k.conditioning / cells_per_mL * k.T_held * msc::released_by_fibroblasts(at) - (u[T] - 1.);
  }

  // --- Reactions: into the skin and out of it, so that what has passed either way is never negative ----------------

  inline constexpr auto closure = reaction<Fields<p>, Stoichiometry<Change<p, -1>>>(
    "Pores close: (ln 2/{Pore half-life}) p",
    [](const auto &u, const Constants &k, const auto &) { return std::log(2.) / k.half_life * u[p]; });

  inline constexpr auto hgf_in = reaction<Fields<q, p, G>, Stoichiometry<Change<G, 1>, Change<Gb, 1>>, AtSurface>(
    "HGF comes through the surface: q ({Intact permeability} + {Pore permeability} p) max(0, c - G), c = {HGF per "
    "cell-day} Ns/3e6",
    [](const auto &u, const Constants &k, const auto &)
    { return permeability(u, k) * positive_part(excess_of_hgf(u, k)); });

  inline constexpr auto hgf_out = reaction<Fields<q, p, G>, Stoichiometry<Change<G, -1>, Change<Gc, 1>>, AtSurface>(
    "And leaves through it where there is more of it than is applied",
    [](const auto &u, const Constants &k, const auto &)
    { return permeability(u, k) * positive_part(-1. * excess_of_hgf(u, k)); });

  inline constexpr auto vegf_in = reaction<Fields<q, p, V>, Stoichiometry<Change<V, 1>, Change<Vd, 1>>, AtSurface>(
    "VEGF comes through the surface: q ({Intact permeability} + {Pore permeability} p) max(0, c - (V - 1)), c = {VEGF "
    "per cell-day} Ns/3e6",
    [](const auto &u, const Constants &k, const auto &)
    { return permeability(u, k) * positive_part(excess_of_vegf(u, k)); });

  inline constexpr auto vegf_out = reaction<Fields<q, p, V>, Stoichiometry<Change<V, -1>, Change<Vw, 1>>, AtSurface>(
    "And leaves through it where there is more of it than is applied",
    [](const auto &u, const Constants &k, const auto &)
    { return permeability(u, k) * positive_part(-1. * excess_of_vegf(u, k)); });

  inline constexpr auto tgf_in = reaction<Fields<q, p, T>, Stoichiometry<Change<T, 1>, Change<Td, 1>>, AtSurface>(
    "TGF-beta comes through the surface: q ({Intact permeability} + {Pore permeability} p) max(0, c - (T - 1)), c = "
    "{TGF-beta decay} ({TGF-beta share from cells}/1.5) {TGF-beta per cell-day} Ns/3e6",
    [](const auto &u, const Constants &k, const auto &at)
    { return permeability(u, k) * positive_part(excess_of_tgf(u, k, at)); });

  inline constexpr auto tgf_out = reaction<Fields<q, p, T>, Stoichiometry<Change<T, -1>, Change<Tw, 1>>, AtSurface>(
    "And leaves through it where there is more of it than is applied",
    [](const auto &u, const Constants &k, const auto &at)
    { return permeability(u, k) * positive_part(-1. * excess_of_tgf(u, k, at)); });
} // namespace cutis::topical

namespace cutis
{
  struct Topical : ModuleDefinition
  {
    static constexpr auto name = "topical";
    static constexpr auto title = "Factors of stromal cells that are laid on the skin and pass its surface";
    static constexpr auto section = "MSC";

    using Tissue = Dermis;
    using Constants = topical::Constants;
    using Own = Fields<topical::q, topical::p, topical::Td, topical::Tw, topical::Vd, topical::Vw>;
    static constexpr auto reactions = std::make_tuple(topical::closure,
                                                      topical::hgf_in,
                                                      topical::hgf_out,
                                                      topical::vegf_in,
                                                      topical::vegf_out,
                                                      topical::tgf_in,
                                                      topical::tgf_out);
  };
} // namespace cutis
