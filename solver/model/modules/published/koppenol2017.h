// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reaction_network.h"
#include "model/reactions/species.h"

#include <cmath>

/**
 * The wound and scar model of Koppenol, Vermolen, Niessen, van Zuijlen and Vuik, Biomechanics and Modeling in
 * Mechanobiology 16 (2017): fibroblasts, myofibroblasts, a signalling molecule and collagen, in cells and grams per
 * cm^3. Cells move slower where there are few of them: flux = F (-D_F grad N + chi_F N grad c), F = N + M. The
 * constants are quoted from memory of the paper.
 */
namespace cutis::koppenol2017
{
  inline constexpr Field<0> N{};
  inline constexpr Field<1> M{};
  inline constexpr Field<2> c{};
  inline constexpr Field<3> C{};

  inline constexpr double healthy_cells = 1e4;      // cells/cm^3
  inline constexpr double healthy_collagen = .1125; // g/cm^3
  inline constexpr double vanishing = 1e-6;         // cells/cm^3, keeps the slope of growth finite

  // clang-format off
  inline std::vector<Species> species()
  {
    const std::string s = "Koppenol 2017";
    constexpr auto    r = Provenance::recalled;
    const double      D = 1e-7 * healthy_cells * 100.; // D_F F, 1e-7 cm^5/d
    return {{"fibroblast",    "N", "fibroblasts",         healthy_cells,    "cells/cm^3", "", D,      Matter::tissue,  r, s, healthy_cells},
            {"myofibroblast", "M", "myofibroblasts",      0.,               "cells/cm^3", "", D,      Matter::tissue,  r, s, healthy_cells},
            {"signal",        "c", "signalling molecule", 0.,               "g/cm^3",     "", 2.9e-1, Matter::soluble, r, s, 1e-8},
            {"collagen",      "C", "collagen",            healthy_collagen, "g/cm^3",     "", 0.,     Matter::tissue,  r, s, healthy_collagen}};
  }

  struct Constants : ConstantTable
  {
    static About paper(const char *text) { return {text, Provenance::recalled, "Koppenol 2017"}; }
    static Range nn() { return Range::non_negative(); }
    static Range pos() { return Range::positive(); }

    double r_F   = declare(r_F,   "r_F",   .924,   "1", pos(), paper("Proliferation of cells, per density to the power q."));
    double kappa = declare(kappa, "kappa", 1e-6,   "cm^3", nn(),  paper("Crowding of cells."));
    double d_N   = declare(d_N,   "d_N",   .02,    "1/d", pos(),  paper("Death of fibroblasts."));
    double d_M   = declare(d_M,   "d_M",   .06,    "1/d", nn(),   paper("Death of myofibroblasts."));
    double k_F   = declare(k_F,   "k_F",   1.08e7, "cm^3/(g d)", nn(), paper("Differentiation under the signal."));
    double a_N   = declare(a_N,   "a_N",   2.,     "1", nn(),     paper("Gain of the proliferation of fibroblasts under the signal."));
    double a_M   = declare(a_M,   "a_M",   3.,     "1", nn(),     paper("Proliferation of myofibroblasts under the signal, over that of resting fibroblasts."));
    double c_F   = declare(c_F,   "c_F",   1e-8,   "g/cm^3", pos(), paper("Signal at which the response of cells is half."));
    double k_c   = declare(k_c,   "k_c",   4e-13,  "g/d", nn(),   paper("Release of the signal per cell."));
    double e_M   = declare(e_M,   "e_M",   2.,     "1", nn(),     paper("Myofibroblasts release and lay this many times what fibroblasts do."));
    double d_c   = declare(d_c,   "d_c",   5e-4,   "cm^6/(g d)", nn(), paper("Breakdown of the signal by MMP."));
    double d_C   = declare(d_C,   "d_C",   6e-6,   "cm^6/(g d)", pos(), paper("Breakdown of collagen by MMP."));
    double m_M   = declare(m_M,   "m_M",   .5,     "1", nn(),     paper("MMP of a myofibroblast over that of a fibroblast."));
    double m_c   = declare(m_c,   "m_c",   2e8,    "cm^3/g", nn(), paper("Inhibition of MMP by the signal."));
    double a_C   = declare(a_C,   "a_C",   10.,    "1", nn(),     paper("Gain of collagen synthesis under the signal."));
    double c_C   = declare(c_C,   "c_C",   1e-9,   "g/cm^3", pos(), paper("Signal at which the gain of synthesis is half."));
    double chi   = declare(chi,   "chi_F", 2e-3,   "cm^8/(g d)", nn(), paper("Chemotaxis, per density of cells."));

    double q = 0.; ///< derived: fibroblasts rest at their healthy density
  };
  // clang-format on

  /** x^(1 + q) for q > -1, zero at and below zero. */
  template <class U>
  U growing_power(const U &x, const double q)
  {
    using std::pow;
    return x * pow(positive_part(x) + vanishing, q);
  }

  template <class U>
  auto mmp(const U &u, const Constants &k)
  {
    return (u[N] + k.m_M * u[M]) * u[C] / (1. + k.m_c * u[c]);
  }

  inline constexpr auto fibroblast_growth = reaction<Fields<N, M, c>, Stoichiometry<Change<N, 1>>>(
    "Fibroblasts proliferate: r_F (1 + 2 c/(1e-8 + c))(1 - kappa F) N^(1 + q)",
    [](const auto &u, const Constants &k, const HostFactors &) {
      return k.r_F * (1. + k.a_N * u[c] / (k.c_F + u[c])) * (1. - k.kappa * (u[N] + u[M])) * growing_power(u[N], k.q);
    });

  inline constexpr auto fibroblast_death = reaction<Fields<N>, Stoichiometry<Change<N, -1>>>(
    "Fibroblasts die: .02 N",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.d_N * u[N]; });

  inline constexpr auto differentiation = reaction<Fields<N, c>, Stoichiometry<Change<N, -1>, Change<M, 1>>>(
    "Fibroblasts become myofibroblasts: k_F c N",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.k_F * u[c] * u[N]; });

  inline constexpr auto myofibroblast_growth = reaction<Fields<N, M, c>, Stoichiometry<Change<M, 1>>>(
    "Myofibroblasts proliferate under the signal: r_F (3 c/(1e-8 + c))(1 - kappa F) M^(1 + q)",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.r_F * k.a_M * u[c] / (k.c_F + u[c]) * (1. - k.kappa * (u[N] + u[M])) * growing_power(u[M], k.q); });

  inline constexpr auto myofibroblast_death = reaction<Fields<M>, Stoichiometry<Change<M, -1>>>(
    "Myofibroblasts die: .06 M",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.d_M * u[M]; });

  inline constexpr auto signal_release = reaction<Fields<N, M, c>, Stoichiometry<Change<c, 1>>>(
    "Cells release the signal: k_c c/(1e-8 + c) (N + 2 M)",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.k_c * u[c] / (k.c_F + u[c]) * (u[N] + k.e_M * u[M]); });

  inline constexpr auto signal_breakdown = reaction<Fields<N, M, c, C>, Stoichiometry<Change<c, -1>>>(
    "MMP breaks the signal down: d_c g c, g = (N + .5 M) C/(1 + 2e8 c)",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.d_c * mmp(u, k) * u[c]; });

  inline constexpr auto collagen_synthesis = reaction<Fields<N, M, c>, Stoichiometry<Change<C, 1>>, Balances<C>>(
    "Cells lay collagen: k_C (1 + 10 c/(1e-9 + c))(N + 2 M), k_C [g/d] from the balance of healthy skin",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return (1. + k.a_C * u[c] / (k.c_C + u[c])) * (u[N] + k.e_M * u[M]); });

  inline constexpr auto collagen_breakdown = reaction<Fields<N, M, c, C>, Stoichiometry<Change<C, -1>>>(
    "MMP breaks collagen down: d_C g C",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.d_C * mmp(u, k) * u[C]; });
} // namespace cutis::koppenol2017

namespace cutis
{
  struct Koppenol2017
  {
    static constexpr auto name = "koppenol2017";
    static constexpr auto title =
      "Wound and scar model of Koppenol et al. (2017): fibroblasts, myofibroblasts, a signal, collagen";
    static constexpr bool ages = false;

    using Constants = koppenol2017::Constants;
    static constexpr auto reactions = std::make_tuple(koppenol2017::fibroblast_growth,
                                                      koppenol2017::fibroblast_death,
                                                      koppenol2017::differentiation,
                                                      koppenol2017::myofibroblast_growth,
                                                      koppenol2017::myofibroblast_death,
                                                      koppenol2017::signal_release,
                                                      koppenol2017::signal_breakdown,
                                                      koppenol2017::collagen_synthesis,
                                                      koppenol2017::collagen_breakdown);

    static std::vector<Species> species() { return koppenol2017::species(); }

    /** q = ln[d_N / (r_F (1 - kappa N_h))] / ln N_h: fibroblasts rest at their healthy density. */
    static void derive(Constants &k)
    {
      using namespace koppenol2017;
      k.q = std::log(k.d_N / (k.r_F * (1. - k.kappa * healthy_cells))) / std::log(healthy_cells + vanishing);
    }

    /** chi_F F N grad c, with the mobility F / N_h taken out. */
    static std::vector<Taxis> taxis(const Constants &k)
    {
      using namespace koppenol2017;
      const double chi = k.chi * healthy_cells * 100.; // cm^2 to mm^2
      return {{N.index, c.index, chi, "Koppenol 2017"}, {M.index, c.index, chi, "Koppenol 2017"}};
    }

    static std::vector<CrowdedMobility> crowding()
    {
      using namespace koppenol2017;
      return {{N.index, {N.index, M.index}, healthy_cells}, {M.index, {N.index, M.index}, healthy_cells}};
    }

    static std::vector<double> active() { return {5e3, 3e3, 1e-8, .05}; }
  };
} // namespace cutis
