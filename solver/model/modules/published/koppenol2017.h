// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reaction.h"

/**
 * The wound and scar model of Koppenol, Vermolen, Niessen, van Zuijlen and Vuik, Biomechanics and Modeling in
 * Mechanobiology 16 (2017): fibroblasts, myofibroblasts, a signalling molecule and collagen, in cells and grams per
 * cm^3. Cells move slower where there are few of them: flux = F (-D_F grad N + chi_F N grad c), F = N + M. The
 * constants are quoted from memory of the paper.
 */
namespace cutis::koppenol2017
{
  inline constexpr double healthy_cells = 1e4;      // cells/cm^3
  inline constexpr double healthy_collagen = .1125; // g/cm^3
  inline constexpr double vanishing = 1e-6;         // cells/cm^3, keeps the slope of growth finite

  // clang-format off
  struct Constants : ConstantTable
  {
    static About paper(const char *text) { return {text, Provenance::recalled, "Koppenol 2017"}; }

    double r_F = declare(r_F, "r_F", .924,   "1", positive(), paper("Proliferation of cells, per density to the power q."));
    double kappa = declare(kappa, "kappa", 1e-6,   "cm^3", non_negative(), paper("Crowding of cells."));
    double d_N = declare(d_N, "d_N", .02,    "1/d", positive(), paper("Death of fibroblasts."));
    double d_M = declare(d_M, "d_M", .06,    "1/d", non_negative(), paper("Death of myofibroblasts."));
    double k_F = declare(k_F, "k_F", 1.08e7, "cm^3/(g d)", non_negative(), paper("Differentiation under the signal."));
    double a_N = declare(a_N, "a_N", 2.,     "1", non_negative(), paper("Gain of the proliferation of fibroblasts under the signal."));
    double a_M = declare(a_M, "a_M", 3.,     "1", non_negative(), paper("Proliferation of myofibroblasts under the signal, over that of resting fibroblasts."));
    double c_F = declare(c_F, "c_F", 1e-8,   "g/cm^3", positive(), paper("Signal at which the response of cells is half."));
    double k_c = declare(k_c, "k_c", 4e-13,  "g/d", non_negative(), paper("Release of the signal per cell."));
    double e_M = declare(e_M, "e_M", 2.,     "1", non_negative(), paper("Myofibroblasts release and lay this many times what fibroblasts do."));
    double d_c = declare(d_c, "d_c", 5e-4,   "cm^6/(g d)", non_negative(), paper("Breakdown of the signal by MMP."));
    double d_C = declare(d_C, "d_C", 6e-6,   "cm^6/(g d)", positive(), paper("Breakdown of collagen by MMP."));
    double m_M = declare(m_M, "m_M", .5,     "1", non_negative(), paper("MMP of a myofibroblast over that of a fibroblast."));
    double m_c = declare(m_c, "m_c", 2e8,    "cm^3/g", non_negative(), paper("Inhibition of MMP by the signal."));
    double a_C = declare(a_C, "a_C", 10.,    "1", non_negative(), paper("Gain of collagen synthesis under the signal."));
    double c_C = declare(c_C, "c_C", 1e-9,   "g/cm^3", positive(), paper("Signal at which the gain of synthesis is half."));
    double chi = declare(chi, "chi_F", 2e-3,   "cm^8/(g d)", non_negative(), paper("Chemotaxis, per density of cells."));

    double q = 0.; ///< derived: fibroblasts rest at their healthy density
  };

  using P = Provenance;
  inline constexpr auto source = "Koppenol 2017";

  inline constexpr struct Fibroblast : Field { static constexpr auto key = "fibroblast"; static Row row(const Constants &); } N{};
  inline constexpr struct Myofibroblast : Field { static constexpr auto key = "myofibroblast"; static Row row(const Constants &); } M{};
  inline constexpr struct Signal : Field { static constexpr auto key = "signal"; static Row row(const Constants &) { return
    soluble("c", "signalling molecule").rests_at(0.).in("g/cm^3").diffuses(2.9e-1).of_size(1e-8).known(P::recalled, source).sample(1e-8); } } c{};
  inline constexpr struct Collagen : Field { static constexpr auto key = "collagen"; static Row row(const Constants &) { return
    tissue("C", "collagen").rests_at(healthy_collagen).in("g/cm^3").of_size(healthy_collagen).known(P::recalled, source).sample(.05); } } C{};

  /** chi_F F N grad c and D_F F grad N, with the mobility F / N_h taken out; 1e-7 cm^5/d, cm^2 to mm^2. */
  inline Row cells(Row row, const Constants &k)
  {
    return row.in("cells/cm^3").of_size(healthy_cells).diffuses(1e-7 * healthy_cells * 100.).climbs(c, k.chi * healthy_cells * 100.)
      .crowded_by(healthy_cells, N, M).known(P::recalled, source);
  }
  inline Row Fibroblast::row(const Constants &k) { return cells(tissue("N", "fibroblasts").rests_at(healthy_cells).sample(5e3), k); }
  inline Row Myofibroblast::row(const Constants &k) { return cells(tissue("M", "myofibroblasts").rests_at(0.).sample(3e3), k); }
  // clang-format on

  /** x^(1 + q) for q > -1, zero at and below zero. */
  template <class U>
  U growing_power(const U &x, const double q)
  {
    return x * power(positive_part(x) + vanishing, q);
  }

  template <class U>
  auto mmp(const U &u, const Constants &k)
  {
    return (u[N] + k.m_M * u[M]) * u[C] / (1. + k.m_c * u[c]);
  }

  inline constexpr auto fibroblast_growth = reaction<Fields<N, M, c>, Stoichiometry<Change<N, 1>>>(
    "Fibroblasts proliferate: {r_F} (1 + {a_N} c/({c_F} + c))(1 - {kappa} F) N^(1 + q)",
    [](const auto &u, const Constants &k, const auto &) {
      return k.r_F * (1. + k.a_N * u[c] / (k.c_F + u[c])) * (1. - k.kappa * (u[N] + u[M])) * growing_power(u[N], k.q);
    });

  inline constexpr auto fibroblast_death = reaction<Fields<N>, Stoichiometry<Change<N, -1>>>(
    "Fibroblasts die: {d_N} N",
    [](const auto &u, const Constants &k, const auto &) { return k.d_N * u[N]; });

  inline constexpr auto differentiation = reaction<Fields<N, c>, Stoichiometry<Change<N, -1>, Change<M, 1>>>(
    "Fibroblasts become myofibroblasts: {k_F} c N",
    [](const auto &u, const Constants &k, const auto &) { return k.k_F * u[c] * u[N]; });

  inline constexpr auto myofibroblast_growth = reaction<Fields<N, M, c>, Stoichiometry<Change<M, 1>>>(
    "Myofibroblasts proliferate under the signal: {r_F} ({a_M} c/({c_F} + c))(1 - {kappa} F) M^(1 + q)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.r_F * k.a_M * u[c] / (k.c_F + u[c]) * (1. - k.kappa * (u[N] + u[M])) * growing_power(u[M], k.q); });

  inline constexpr auto myofibroblast_death = reaction<Fields<M>, Stoichiometry<Change<M, -1>>>(
    "Myofibroblasts die: {d_M} M",
    [](const auto &u, const Constants &k, const auto &) { return k.d_M * u[M]; });

  inline constexpr auto signal_release = reaction<Fields<N, M, c>, Stoichiometry<Change<c, 1>>>(
    "Cells release the signal: {k_c} c/({c_F} + c) (N + {e_M} M)",
    [](const auto &u, const Constants &k, const auto &)
    { return k.k_c * u[c] / (k.c_F + u[c]) * (u[N] + k.e_M * u[M]); });

  inline constexpr auto signal_breakdown = reaction<Fields<N, M, c, C>, Stoichiometry<Change<c, -1>>>(
    "MMP breaks the signal down: {d_c} g c, g = (N + {m_M} M) C/(1 + {m_c} c)",
    [](const auto &u, const Constants &k, const auto &) { return k.d_c * mmp(u, k) * u[c]; });

  inline constexpr auto collagen_synthesis = reaction<Fields<N, M, c>, Stoichiometry<Change<C, 1>>, Balances<C>>(
    "Cells lay collagen: k_C (1 + {a_C} c/({c_C} + c))(N + {e_M} M), k_C [g/d] from the balance of healthy skin",
    [](const auto &u, const Constants &k, const auto &)
    { return (1. + k.a_C * u[c] / (k.c_C + u[c])) * (u[N] + k.e_M * u[M]); });

  inline constexpr auto collagen_breakdown = reaction<Fields<N, M, c, C>, Stoichiometry<Change<C, -1>>>(
    "MMP breaks collagen down: {d_C} g C",
    [](const auto &u, const Constants &k, const auto &) { return k.d_C * mmp(u, k) * u[C]; });
} // namespace cutis::koppenol2017

namespace cutis
{
  struct Koppenol2017 : ModuleDefinition
  {
    static constexpr auto name = "koppenol2017";
    static constexpr auto title =
      "Wound and scar model of Koppenol et al. (2017): fibroblasts, myofibroblasts, a signal, collagen";
    static constexpr auto section = "Network/koppenol2017";

    using Constants = koppenol2017::Constants;
    using Own = Fields<koppenol2017::N, koppenol2017::M, koppenol2017::c, koppenol2017::C>;
    static constexpr auto reactions = std::make_tuple(koppenol2017::fibroblast_growth,
                                                      koppenol2017::fibroblast_death,
                                                      koppenol2017::differentiation,
                                                      koppenol2017::myofibroblast_growth,
                                                      koppenol2017::myofibroblast_death,
                                                      koppenol2017::signal_release,
                                                      koppenol2017::signal_breakdown,
                                                      koppenol2017::collagen_synthesis,
                                                      koppenol2017::collagen_breakdown);

    /** q = ln[d_N / (r_F (1 - kappa N_h))] / ln N_h: fibroblasts rest at their healthy density. */
    static void derive(Constants &k)
    {
      using namespace koppenol2017;
      k.q = std::log(k.d_N / (k.r_F * (1. - k.kappa * healthy_cells))) / std::log(healthy_cells + vanishing);
    }
  };
} // namespace cutis
