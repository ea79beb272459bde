// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/modules/dermis.h"
#include "model/reactions/cell_count.h"

/**
 * Mesenchymal stromal cells and what they secrete. Their published survival is a sum of two exponentials, so two
 * populations with a constant loss follow it exactly, whatever the sessions. With S = S1 + S2 in 3000 cells/mm^3, HGF G
 * over its half effect, g = G/(1 + G) and the share m = mu S/(S + S50) of macrophages that turn to repair (M2):
 *
 *     S1' = div(D grad S1 - xS S1 grad a) - (k1 + kd) S1,  S2' = ... - (k2 + kd) S2,  F' += kd S
 *     G'  = DG lap G + sG S - dG G
 *     T' += dT (fa/1.5) [rT S + wM r2 Ph S/(S + S50)],  V' += sV S 1.25/(.25 + O^2),  O' -= kO oS S O/(.2 + O)
 *
 * HGF hides a part of the excess of TGF-beta from the cells: in all their answers T* = T - ex eta g/(1 + eta g) takes
 * the place of T, so that ex* = ex/(1 + eta g); and it lowers their MMP by zeta g. Macrophages that have turned are not
 * called by damage: the arrival of leukocytes and the rise of MMP in damage lose the share m.
 *
 * Each answer of the tissue is changed by the difference of its rate with and without this, which is zero to the last
 * bit where there are neither cells nor HGF. What other modules add to those answers
 * (replacement of denatured collagen) goes by T itself. Cells are counted per volume of
 * tissue, whatever the layer holds.
 */
namespace cutis::msc
{
  using dermis::a, dermis::C3m, dermis::C3n, dermis::Cm, dermis::Cn, dermis::F, dermis::M, dermis::O, dermis::P1,
    dermis::Pa, dermis::Ph, dermis::T, dermis::V, dermis::Z;

  inline constexpr auto survival = "Wu 2007: 27, 7.6, 2.5 % alive at 7, 14, 28 d; nothing is measured later";
  inline constexpr auto secretome = "Rehman 2004: secretion per cell in 24 to 72 h of culture";
  inline constexpr auto rabbit = "rabbit ear scar, cells at day 14: elevation index -44 % at day 35, PMC4539671";

  // clang-format off
  struct Constants : ConstantTable
  {
    // Cells
    double early_share = declare(early_share, "Early share", .975, "1", Range::fraction(), {"Share of the cells that is lost early, p.", published, survival});
    double early_loss = declare(early_loss, "Early loss", .205, "1/d", positive(), {"Loss of these cells, k1.", published, survival});
    double lasting_loss = declare(lasting_loss, "Lasting loss", .004, "1/d", non_negative(), {"Loss of the others, k2; .004 to .05 fit the data.", published, survival});
    double taxis = declare(taxis, "Chemotaxis", .05, "mm^2/d", non_negative(), {"Of the cells up the damage signal, xS.", assumed, "as macrophages"});
    double differentiation = declare(differentiation, "Differentiation into fibroblasts", 0., "1/d", {0., 1. / 7.}, {"Cells that become fibroblasts, kd; 1/28 per day is an upper bound.", published, "Lee 2010: four weeks under CTGF"});
    double O_use = declare(O_use, "Oxygen per cell", .04, "1", non_negative(), {"Consumption of oxygen, over that of healthy skin per 3000 cells/mm^3, oS.", derived, "98 fmol/h/cell, Pattappa 2011, over 8 umol/g/h"});
    // What they secrete
    double T_make = declare(T_make, "TGF-beta per cell", .30, "1", non_negative(), {"Secretion of TGF-beta over that of a fibroblast, rT.", derived, secretome});
    double V_make = declare(V_make, "VEGF per cell", 9.9, "1/d", non_negative(), {"Secretion of VEGF by 3000 cells/mm^3, sV.", derived, secretome});
    double G_make = declare(G_make, "HGF per cell", 3.6, "1/d", non_negative(), {"Secretion of HGF by 3000 cells/mm^3, sG.", derived, secretome});
    // What HGF does
    double G_decay = declare(G_decay, "HGF decay", 4., "1/d", positive(), {"Decay of HGF, dG.", assumed, "1 to 10 per day"});
    double opposition = declare(opposition, "HGF against TGF-beta", 1.8, "1", non_negative(), {"Division of the excess of TGF-beta by much HGF, eta. The one constant of this module that is fitted, to one animal study.", assumed, rabbit});
    double mmp_effect = declare(mmp_effect, "HGF against MMP", .5, "1", Range::fraction(), {"Share of the production of MMP that much HGF suppresses, zeta.", assumed, "sign: fibroblasts under UVB, PMC6981944; the reverse in keloid cells, PMC3154345"});
    // What macrophages near them do
    double modulation = declare(modulation, "Immune modulation", .6, "1", Range::fraction(), {"Share of macrophages that many cells turn to repair, mu.", assumed, "sign: He 2019, Charles-de-Sa 2020"});
    double half_cells = declare(half_cells, "Half modulation", 1. / 6., "1", positive(), {"Cells at which half of that is reached, S50, in 3000 cells/mm^3; the lasting gain depends on it strongly.", derived, "one cell per resting macrophage"});
    double M2_share = declare(M2_share, "Repair macrophages", .20, "1", Range::fraction(), {"Share of macrophages near many cells that release TGF-beta as those on particles do, wM.", derived, "conversion of .1/d against a turnover of .4/d"});
    double M2_make = declare(M2_make, "TGF-beta per repair macrophage", 2.42, "1", non_negative(), {"Release of TGF-beta by the macrophages of health, had they all turned, beyond what they release, over that of healthy fibroblasts, r2.", derived, "Jin 2011: .07 of 500 macrophages over .004 of 3000 fibroblasts, less .5"});
  };

  using P = Provenance;
  inline constexpr auto cells = "3000 cells/mm^3";

  inline constexpr struct LostCells : Field { static constexpr auto key = "msc_lost"; static Row row(const Constants &) { return
    soluble("Sl", "injected stromal cells that died or became fibroblasts").one_is(cells).foreign(); } } Sl{};
  inline constexpr struct EarlyCells : Field { static constexpr auto key = "msc_early"; static Row row(const Constants &k) { return
    soluble("S1", "injected stromal cells that are lost early").one_is(cells).of_size(3.).diffuses(.03).climbs(a, k.taxis).foreign().dies_into(Sl).known(P::recalled, "10-40 um/h").sample(2.); } } S1{};
  inline constexpr struct LastingCells : Field { static constexpr auto key = "msc_lasting"; static Row row(const Constants &k) { return
    soluble("S2", "injected stromal cells that stay").one_is(cells).of_size(.1).diffuses(.03).climbs(a, k.taxis).foreign().dies_into(Sl).known(P::recalled, "10-40 um/h").sample(.1); } } S2{};
  inline constexpr struct Hgf : Field { static constexpr auto key = "hgf"; static Row row(const Constants &) { return
    soluble("G", "HGF").one_is("10 ng/mL, its half effect").diffuses(4.).foreign().known(P::assumed, "half effect 5-20 ng/mL on c-Met").sample(1.5); } } G{};
  inline constexpr struct HgfBrought : Field { static constexpr auto key = "hgf_brought"; static Row row(const Constants &) { return
    soluble("Gb", "HGF secreted or delivered so far").one_is("10 ng/mL").foreign(); } } Gb{};
  inline constexpr struct HgfCleared : Field { static constexpr auto key = "hgf_cleared"; static Row row(const Constants &) { return
    soluble("Gc", "HGF that has decayed, or left through the surface, so far").one_is("10 ng/mL").foreign(); } } Gc{};
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  /** S, all cells that are alive. */
  template <class U>
  auto alive(const U &u)
  {
    return u[S1] + u[S2];
  }

  /** S/(S + S50). */
  template <class U>
  auto near_cells(const U &u, const Constants &k)
  {
    return alive(u) / (alive(u) + k.half_cells);
  }

  /** The values of a node as cells feel them under HGF: with T* in the place of T. */
  template <class U>
  auto felt(const U &u, const Constants &k)
  {
    const auto opposed = k.opposition * dermis::saturating(u[G]);
    return with(u, T, u[T] - dermis::excess(u) * (opposed / (1. + opposed)));
  }

  /** Production of MMP in the dermis by cells that feel HGF. */
  template <class U, class At>
  auto mmp_under_hgf(const U &u, const Constants &k, const At &at)
  {
    return (1. - k.mmp_effect * dermis::saturating(u[G])) * at.rate_of_cells(dermis::mmp_production, felt(u, k));
  }

  /** Change of a rate of the tissue by what HGF hides. */
  template <class Answer, class U, class At>
  auto change_under_hgf(const Answer &answer, const U &u, const Constants &k, const At &at)
  {
    return at.rate(answer, felt(u, k)) - at.rate(answer, u);
  }

  /** TGF-beta that healthy fibroblasts release, from which what others release is counted [1/d]. */
  template <class At>
  double released_by_fibroblasts(const At &at)
  {
    const dermis::Constants &tissue = at.tissue.constants();
    return tissue.T_decay * tissue.T_cells / 1.5;
  }

  // --- Reactions: the cells and what they secrete ------------------------------------------------------------------

  inline constexpr auto early_loss = reaction<Fields<S1>, Stoichiometry<Change<S1, -1>, Change<Sl, 1>>>(
    "Cells are lost early: ({Early loss} + {Differentiation into fibroblasts}) S1",
    [](const auto &u, const Constants &k, const auto &) { return (k.early_loss + k.differentiation) * u[S1]; });

  inline constexpr auto lasting_loss = reaction<Fields<S2>, Stoichiometry<Change<S2, -1>, Change<Sl, 1>>>(
    "Cells that stay are lost slowly: ({Lasting loss} + {Differentiation into fibroblasts}) S2",
    [](const auto &u, const Constants &k, const auto &) { return (k.lasting_loss + k.differentiation) * u[S2]; });

  inline constexpr auto differentiation = reaction<Fields<S1, S2>, Stoichiometry<Change<F, 1>>, IntoTissue>(
    "Those of them that become fibroblasts: {Differentiation into fibroblasts} S",
    [](const auto &u, const Constants &k, const auto &) { return k.differentiation * alive(u); });

  inline constexpr auto hgf_secretion = reaction<Fields<S1, S2>, Stoichiometry<Change<G, 1>, Change<Gb, 1>>>(
    "Cells secrete HGF: {HGF per cell} S",
    [](const auto &u, const Constants &k, const auto &) { return k.G_make * alive(u); });

  inline constexpr auto hgf_decay = reaction<Fields<G>, Stoichiometry<Change<G, -1>, Change<Gc, 1>>>(
    "HGF decays: {HGF decay} G",
    [](const auto &u, const Constants &k, const auto &) { return k.G_decay * u[G]; });

  inline constexpr auto tgf_secretion = reaction<Fields<S1, S2>, Stoichiometry<Change<T, 1>>>(
    "Cells secrete TGF-beta: {TGF-beta decay} ({TGF-beta share from cells}/1.5) {TGF-beta per cell} S",
    [](const auto &u, const Constants &k, const auto &at)
    { return released_by_fibroblasts(at) * k.T_make * alive(u); });

  inline constexpr auto vegf_secretion = reaction<Fields<S1, S2, O>, Stoichiometry<Change<V, 1>>>(
    "Cells secrete VEGF, more when short of oxygen: {VEGF per cell} S 1.25/(.25 + O^2)",
    [](const auto &u, const Constants &k, const auto &) { return k.V_make * alive(u) * dermis::hypoxia(u); });

  inline constexpr auto oxygen_consumption = reaction<Fields<S1, S2, O>, Stoichiometry<Change<O, -1>>>(
    "Cells consume oxygen: {Oxygen consumption} {Oxygen per cell} S O/(.2 + O)",
    [](const auto &u, const Constants &k, const auto &at)
    { return at.tissue.constants().O_use * k.O_use * alive(u) * u[O] / (.2 + u[O]); });

  // --- Reactions: macrophages near them ----------------------------------------------------------------------------

  inline constexpr auto tgf_from_macrophages = reaction<Fields<S1, S2, Ph>, Stoichiometry<Change<T, 1>>, ByCells>(
    "Macrophages near them release TGF-beta: {TGF-beta decay} ({TGF-beta share from cells}/1.5) {Repair macrophages} "
    "{TGF-beta per repair macrophage} Ph S/(S + {Half modulation})",
    [](const auto &u, const Constants &k, const auto &at)
    { return released_by_fibroblasts(at) * k.M2_share * k.M2_make * u[Ph] * near_cells(u, k); });

  inline constexpr auto leukocyte_arrival =
    reaction<Fields<S1, S2, dermis::b, a, dermis::e, P1>, Stoichiometry<Change<P1, -1>>>(
      "Damage and open wounds call fewer leukocytes near them: {Immune modulation} S/(S + {Half modulation}) of those "
      "called",
      [](const auto &u, const Constants &k, const auto &at)
      { return k.modulation * near_cells(u, k) * at.rate(dermis::leukocyte_arrival, u); });

  inline constexpr auto mmp_in_damage =
    reaction<Fields<S1, S2, G, F, M, Ph, P1, a, T>, Stoichiometry<Change<Z, -1>>, ByCells>(
      "Damage raises the production of MMP less near them: {Immune modulation} S/(S + {Half modulation}) of the rise",
      [](const auto &u, const Constants &k, const auto &at)
      {
        const auto rise = mmp_under_hgf(u, k, at) - mmp_under_hgf(with(u, a, 0.), k, at);
        return k.modulation * near_cells(u, k) * rise;
      });

  // --- Reactions: what HGF changes ---------------------------------------------------------------------------------

  inline constexpr auto mmp_production = reaction<Fields<G, F, M, Ph, P1, a, T>, Stoichiometry<Change<Z, 1>>, ByCells>(
    "HGF changes the production of MMP: (1 - {HGF against MMP} g) of that at T*, less that at T",
    [](const auto &u, const Constants &k, const auto &at)
    { return mmp_under_hgf(u, k, at) - at.rate_of_cells(dermis::mmp_production, u); });

  inline constexpr auto tgf_from_cells = reaction<Fields<G, T, F, M, Ph>, Stoichiometry<Change<T, 1>>, ByCells>(
    "HGF hides {HGF against TGF-beta} g/(1 + {HGF against TGF-beta} g) of the excess of TGF-beta when cells release "
    "more of it",
    [](const auto &u, const Constants &k, const auto &at)
    { return at.rate_of_cells(dermis::tgf_from_cells, felt(u, k)) - at.rate_of_cells(dermis::tgf_from_cells, u); });

  inline constexpr auto fibroblast_recruitment = reaction<Fields<G, F, M, T, O, P1>, Stoichiometry<Change<F, 1>>>(
    "The same when it calls up fibroblasts",
    [](const auto &u, const Constants &k, const auto &at)
    { return change_under_hgf(dermis::fibroblast_recruitment, u, k, at); });

  inline constexpr auto fibroblast_differentiation =
    reaction<Fields<G, F, T, P1>, Stoichiometry<Change<F, -1>, Change<M, 1>>>(
      "The same when fibroblasts become myofibroblasts",
      [](const auto &u, const Constants &k, const auto &at)
      { return change_under_hgf(dermis::differentiation, u, k, at); });

  inline constexpr auto collagen_synthesis = reaction<Fields<G, F, M, O, T, P1, Cn, Cm>, Stoichiometry<Change<Cn, 1>>>(
    "The same when fibroblasts lay collagen",
    [](const auto &u, const Constants &k, const auto &at)
    { return change_under_hgf(dermis::collagen_synthesis, u, k, at); });

  inline constexpr auto type_iii_synthesis =
    reaction<Fields<G, F, M, O, T, P1, Cn, Cm, Pa>, Stoichiometry<Change<C3n, 1>>>(
      "The type III part of it",
      [](const auto &u, const Constants &k, const auto &at)
      { return change_under_hgf(dermis::type_iii_synthesis, u, k, at); });

  inline constexpr auto maturation = reaction<Fields<G, Cn, T>, Stoichiometry<Change<Cn, -1>, Change<Cm, 1>>>(
    "The same when new collagen is retained",
    [](const auto &u, const Constants &k, const auto &at) { return change_under_hgf(dermis::maturation, u, k, at); });

  inline constexpr auto type_iii_maturation =
    reaction<Fields<G, C3n, T>, Stoichiometry<Change<C3n, -1>, Change<C3m, 1>>>(
      "The type III part of it",
      [](const auto &u, const Constants &k, const auto &at)
      { return change_under_hgf(dermis::type_iii_maturation, u, k, at); });
} // namespace cutis::msc

namespace cutis
{
  struct StromalCells : ModuleDefinition
  {
    static constexpr auto name = "msc";
    static constexpr auto title = "Mesenchymal stromal cells, what they secrete, and what HGF does to the dermis";
    static constexpr auto section = "MSC";

    using Tissue = Dermis;
    using Constants = msc::Constants;
    using Own = Fields<msc::S1, msc::S2, msc::Sl, msc::G, msc::Gb, msc::Gc>;
    static constexpr auto reactions = std::make_tuple(msc::early_loss,
                                                      msc::lasting_loss,
                                                      msc::differentiation,
                                                      msc::hgf_secretion,
                                                      msc::hgf_decay,
                                                      msc::tgf_secretion,
                                                      msc::vegf_secretion,
                                                      msc::oxygen_consumption,
                                                      msc::tgf_from_macrophages,
                                                      msc::leukocyte_arrival,
                                                      msc::mmp_in_damage,
                                                      msc::mmp_production,
                                                      msc::tgf_from_cells,
                                                      msc::fibroblast_recruitment,
                                                      msc::fibroblast_differentiation,
                                                      msc::collagen_synthesis,
                                                      msc::type_iii_synthesis,
                                                      msc::maturation,
                                                      msc::type_iii_maturation);
  };
} // namespace cutis
