// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reaction_network.h"
#include "model/reactions/species.h"

#include <cmath>

/**
 * The default network: dermal remodelling with cytokines, cells, vessels and two pools of collagen. All fields are
 * relative to healthy young dermis. New collagen turns over in days, mature collagen in 15 years; only about 1.3 % of
 * the new collagen is retained at rest, and much more of it while TGF-beta is high. Healthy skin rests exactly, because
 * one reaction of each balanced equation takes its factor from that condition.
 */
namespace cutis::dermis
{
  // clang-format off
  inline constexpr Field<0>  a{};    inline constexpr Field<1>  T{};   inline constexpr Field<2>  V{};
  inline constexpr Field<3>  Z{};    inline constexpr Field<4>  O{};   inline constexpr Field<5>  F{};
  inline constexpr Field<6>  M{};    inline constexpr Field<7>  Ph{};  inline constexpr Field<8>  b{};
  inline constexpr Field<9>  K{};    inline constexpr Field<10> Cn{};  inline constexpr Field<11> Cm{};
  inline constexpr Field<12> C3n{};  inline constexpr Field<13> C3m{}; inline constexpr Field<14> Cf{};
  inline constexpr Field<15> El{};   inline constexpr Field<16> h{};   inline constexpr Field<17> g{};

  inline std::vector<Species> species()
  {
    using P = Provenance;
    constexpr Matter soluble = Matter::soluble, tissue = Matter::tissue;
    const std::string collagen = "0.2 g/cm^3 of collagen";
    //       key                   symbol  meaning                       healthy unit scale               D     matter   provenance      source
    return {{"damage_signal",      "a",   "damage signal",                   0., "1", "",                  .29, soluble, P::assumed,   "as TGF-beta"},
            {"tgf_beta",           "T",   "active TGF-beta",                 1., "1", "ng/mL, uncertain",  .29, soluble, P::published, "Buganza Tepole 2017: .01208 mm^2/h"},
            {"vegf",               "V",   "VEGF",                            1., "1", "threshold .365 ng/mL", 9., soluble, P::published, "Friedman family of wound models: 8.64 mm^2/d"},
            {"mmp",                "Z",   "matrix metalloproteinases",       1., "1", "",                 4.32, soluble, P::recalled,  "Hao and Friedman"},
            {"oxygen",             "O",   "oxygen",                          1., "1", "37 mmHg",          170., soluble, P::published, "skin pO2 37.2 +- 6.1 mmHg"},
            {"fibroblast",         "F",   "fibroblasts",                     1., "1", "3000 cells/mm^3",    .2, tissue,  P::recalled,  "2100-4100 cells/mm^3", 1., true},
            {"myofibroblast",      "M",   "myofibroblasts",                  0., "1", "3000 cells/mm^3",    .2, tissue,  P::recalled,  "Koppenol 2017", 1., true},
            {"macrophage",         "Ph",  "macrophages",                     1., "1", "500 cells/mm^3",    .05, tissue,  P::assumed,   ""},
            {"vessel",             "b",   "capillaries",                     1., "1", "",                  .02, tissue,  P::assumed,   ""},
            {"plla_macrophage",    "K",   "macrophages and giant cells bound to particles", 0., "1", "2500 cells/mm^3", 0., tissue, P::published, "Jin 2011: at most 2500 cells/mm^3"},
            {"collagen_new",       "Cn",  "new collagen",                    .1, "1", collagen,             0., tissue,  P::published, "synthesis .89 %/d, Babraj 2005", .1},
            {"collagen_mature",    "Cm",  "mature collagen",                 .9, "1", collagen,             0., tissue,  P::recalled,  "half-life 15 years, Verzijl 2000"},
            {"collagen3_new",      "C3n", "type III in the new collagen",   .02, "1", collagen,             0., tissue,  P::recalled,  "a fifth of the collagen", .1},
            {"collagen3_mature",   "C3m", "type III in the mature collagen",.18, "1", collagen,             0., tissue,  P::recalled,  "a fifth of the collagen"},
            {"collagen_fragmented","Cf",  "fragmented mature collagen",      0., "1", collagen,             0., tissue,  P::published, "Fisher 2009"},
            {"elastin",            "El",  "elastin",                         1., "1", "2-4 % of dry weight",0., tissue,  P::published, "half-life about 70 years"},
            {"hyaluronan",         "h",   "hyaluronan",                      1., "1", ".2-.5 mg/g wet",     0., tissue,  P::recalled,  ""},
            {"fibronectin",        "g",   "provisional glycoprotein matrix", 0., "1", "",                   0., tissue,  P::assumed,   ""}};
  }

  struct Constants : ConstantTable
  {
    static constexpr auto published = Provenance::published, recalled = Provenance::recalled, derived = Provenance::derived, assumed = Provenance::assumed;
    static Range pos() { return Range::positive(); }
    static Range nn() { return Range::non_negative(); }

    // Signals
    double a_decay  = declare(a_decay,  "Damage signal decay", .24, "1/d", pos(), {"Decay of the damage signal.", published, "Buganza Tepole 2017, .01/h"});
    double a_tgf    = declare(a_tgf,    "TGF-beta from damage", 2., "1/d", nn(), {"Production of TGF-beta per damage signal.", assumed, ""});
    double T_decay  = declare(T_decay,  "TGF-beta decay", .24, "1/d", pos(), {"Decay of TGF-beta; compare models by sqrt(D/decay).", published, "Buganza Tepole 2017, .01/h"});
    double T_cells  = declare(T_cells,  "TGF-beta share from cells", .28, "1", {0., 1.}, {"Share of the resting production of TGF-beta that cells answer with, fa. A fibrotic state persists from .42 on.", assumed, "return to health tested up to .40"});
    double T_half   = declare(T_half,   "TGF-beta half activation", .5, "1", pos(), {"TGF-beta at which its self-activation is half.", assumed, ""});
    double K_tgf    = declare(K_tgf,    "TGF-beta per particle macrophage", .07 * 2500. / (.004 * 3000.), "1", nn(), {"Production of TGF-beta by the densest layer of particle-bound macrophages, over that of healthy fibroblasts.", derived, "Jin 2011: .07 per macrophage and .004 per fibroblast"});
    double V_make   = declare(V_make,   "VEGF secretion", 14., "1/d", pos(), {"Secretion of VEGF in healthy skin.", derived, "balance of decay and uptake"});
    double V_decay  = declare(V_decay,  "VEGF decay", 12., "1/d", pos(), {"Decay of VEGF.", published, "Friedman family, 12.6/d"});
    double V_uptake = declare(V_uptake, "VEGF uptake", 2., "1/d", nn(), {"Uptake of VEGF by vessels.", assumed, ""});
    double Z_make   = declare(Z_make,   "MMP production", 2.16, "1/d", pos(), {"Production of MMP by fibroblasts, and the same by macrophages.", recalled, "Hao and Friedman"});
    double Z_decay  = declare(Z_decay,  "MMP decay", 4.32, "1/d", pos(), {"Decay of MMP.", recalled, "Hao and Friedman"});
    double O_supply = declare(O_supply, "Oxygen supply", 200., "1/d", pos(), {"Exchange of oxygen with the blood per vessel density.", assumed, ""});
    double O_use    = declare(O_use,    "Oxygen consumption", 400., "1/d", nn(), {"Greatest consumption of oxygen.", assumed, ""});
    // Cells
    double F_grow   = declare(F_grow,   "Fibroblast growth", .08, "1/d", nn(), {"Logistic growth of fibroblasts.", assumed, ""});
    double F_call   = declare(F_call,   "Fibroblast recruitment", .82, "1/d", nn(), {"Growth of fibroblasts under TGF-beta.", assumed, ""});
    double F_full   = declare(F_full,   "Fibroblast capacity", 5., "1", {1., 1e3}, {"Greatest density of fibroblasts under TGF-beta.", assumed, ""});
    double M_make   = declare(M_make,   "Differentiation", .2, "1/d", nn(), {"Differentiation of fibroblasts to myofibroblasts under TGF-beta.", assumed, ""});
    double M_half   = declare(M_half,   "Differentiation half excess", 2.5, "1", pos(), {"Excess of TGF-beta at which differentiation is half.", assumed, ""});
    double M_back   = declare(M_back,   "Dedifferentiation", .02, "1/d", nn(), {"Return of myofibroblasts to fibroblasts.", assumed, ""});
    double M_die    = declare(M_die,    "Myofibroblast death", .06, "1/d", nn(), {"Apoptosis of myofibroblasts; .002/d in hypertrophic scars.", recalled, "Koppenol 2017"});
    double P_turn   = declare(P_turn,   "Macrophage turnover", .4, "1/d", pos(), {"Turnover of macrophages.", published, "Jin 2011, .6/d"});
    double P_call   = declare(P_call,   "Macrophage recruitment", 12., "1", nn(), {"Recruitment of macrophages by damage, over the resting influx.", assumed, "wound peak at day 4-5"});
    double b_turn   = declare(b_turn,   "Vessel turnover", .25, "1/d", pos(), {"Growth and regression of capillaries.", assumed, ""});
    // Matrix
    double C_excess = declare(C_excess, "Synthesis under TGF-beta", 6., "1", nn(), {"Gain of collagen synthesis at high TGF-beta.", assumed, ""});
    double C_dense  = declare(C_dense,  "Synthesis half density", .7, "1", pos(), {"Collagen at which its density halves its synthesis.", assumed, ""});
    double C_keep   = declare(C_keep,   "Retention under TGF-beta", 60., "1", nn(), {"Gain of the retention of new collagen (LOX and TIMP up, MMP down) at high TGF-beta.", assumed, ""});
    double C_break  = declare(C_break,  "New collagen degradation", .088, "1/d", nn(), {"Degradation of new collagen by resting MMP.", derived, "synthesis .89 %/d, Babraj 2005"});
    double C_loss   = declare(C_loss,   "Mature collagen loss", 1.2652e-4, "1/d", pos(), {"Loss of mature collagen at resting MMP.", recalled, "half-life 15 years, Verzijl 2000"});
    double C_mmp_n  = declare(C_mmp_n,  "MMP exponent on new collagen", .5, "1", {0., 2.}, {"Exponent of MMP in the degradation of new collagen.", assumed, ""});
    double C_mmp_m  = declare(C_mmp_m,  "MMP exponent on mature collagen", .12, "1", {0., 2.}, {"Exponent of MMP in the loss of mature collagen; a linear law would cut its half-life to 2 years with age.", assumed, ""});
    double III_rest = declare(III_rest, "Type III share", .2, "1", {0., 1.}, {"Share of type III in the collagen made by healthy skin.", recalled, ""});
    double III_more = declare(III_more, "Type III gain", .3, "1", {0., .8}, {"Added share of type III near macrophages.", assumed, ""});
    double III_turn = declare(III_turn, "Type III replacement", 1. / 180., "1/d", nn(), {"Replacement of excess type III in mature collagen by type I.", assumed, "180 d"});
    double Cf_make  = declare(Cf_make,  "Fragmentation", 0., "1/d", nn(), {"Fragmentation of mature collagen by resting MMP while the host grows older during the run; at a held age the rate follows from the balance.", assumed, "neglected over two years"});
    double El_turn  = declare(El_turn,  "Elastin turnover", 2.7e-5, "1/d", pos(), {"Turnover of elastin.", published, "about 70 years"});
    double h_turn   = declare(h_turn,   "Hyaluronan turnover", .5, "1/d", pos(), {"Turnover of hyaluronan.", recalled, ""});
    double g_make   = declare(g_make,   "Fibronectin from damage", 3., "1/d", nn(), {"Deposition of provisional matrix per damage signal.", assumed, ""});
    double g_loss   = declare(g_loss,   "Fibronectin loss", .15, "1/d", nn(), {"Loss of provisional matrix at resting MMP.", assumed, ""});
    // Taxis
    double F_taxis  = declare(F_taxis,  "Fibroblast chemotaxis", .02, "mm^2/d", nn(), {"Of fibroblasts and myofibroblasts up TGF-beta.", assumed, ""});
    double P_taxis  = declare(P_taxis,  "Macrophage chemotaxis", .05, "mm^2/d", nn(), {"Of macrophages up the damage signal.", assumed, ""});
    double b_taxis  = declare(b_taxis,  "Vessel chemotaxis", .05, "mm^2/d", nn(), {"Of capillaries up VEGF.", assumed, ""});
  };
  // clang-format on

  // --- Pieces that several rates share -----------------------------------------------------------------------------

  /** Excess of TGF-beta over health. Exactly zero at and below it, so that resting skin feels nothing. */
  template <class U>
  auto excess(const U &u)
  {
    return positive_part(u[T] - 1.);
  }

  template <class N>
  N saturating(const N &x)
  {
    return x / (1. + x);
  }

  /** Response to TGF-beta of Hill type, ex^2 / (half^2 + ex^2). */
  template <class U>
  auto act(const U &u, const double half)
  {
    const auto ex = excess(u);
    return ex * ex / (half * half + ex * ex);
  }

  /** Cells work slower without oxygen: 1.3 O / (.3 + O). */
  template <class U>
  auto with_oxygen(const U &u)
  {
    return 1.3 * u[O] / (.3 + u[O]);
  }

  /** Secretion of VEGF rises when oxygen falls: 1.25 / (.25 + O^2). */
  template <class U>
  auto hypoxia(const U &u)
  {
    return 1.25 / (.25 + u[O] * u[O]);
  }

  /** z^q with a finite slope at zero and exactly 1 at z = 1. */
  template <class N>
  N power(const N &z, const double q)
  {
    using std::pow;
    constexpr double small = 1e-6;
    return z * pow((positive_part(z) + small) / (1. + small), q - 1.);
  }

  template <class U>
  auto synthesis(const U &u, const Constants &k, const HostFactors &host)
  {
    return host.collagen_synthesis * with_oxygen(u) * (u[F] + 2. * u[M]) * (1. + k.C_excess * saturating(excess(u))) *
           ((1. + k.C_dense) / (k.C_dense + u[Cn] + u[Cm]));
  }

  template <class U>
  auto retention(const U &u, const Constants &k)
  {
    return 1. + k.C_keep * saturating(excess(u));
  }

  // --- Reactions ---------------------------------------------------------------------------------------------------

  inline constexpr auto damage_decay = reaction<Fields<a>, Stoichiometry<Change<a, -1>>>(
    "The damage signal decays: .24 a",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.a_decay * u[a]; });

  inline constexpr auto tgf_from_damage = reaction<Fields<a>, Stoichiometry<Change<T, 1>>>(
    "Damage releases TGF-beta: 2 a",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.a_tgf * u[a]; });

  inline constexpr auto tgf_basal = reaction<Fields<T>, Stoichiometry<Change<T, 1>>, Balances<T>>(
    "Resting release of TGF-beta, what cells do not answer for: (1 - fa) d_T",
    [](const auto &u, const Constants &k, const HostFactors &) { return (1. - k.T_cells) * k.T_decay + 0. * u[T]; });

  inline constexpr auto tgf_from_cells = reaction<Fields<T, F, M, Ph>, Stoichiometry<Change<T, 1>>, ByCells>(
    "Cells release TGF-beta and answer to it: fa d_T (KT + 1)/1.5 T (F + 2 M + .5 Ph)/(KT + T), more in tense tissue",
    [](const auto &u, const Constants &k, const HostFactors &host)
    {
      return host.tgf_activation * k.T_cells * k.T_decay * (k.T_half + 1.) / 1.5 * u[T] *
             (u[F] + 2. * u[M] + .5 * u[Ph]) / (k.T_half + u[T]);
    });

  inline constexpr auto tgf_from_particle_macrophages = reaction<Fields<K>, Stoichiometry<Change<T, 1>>>(
    "Particle-bound macrophages release TGF-beta: .24 pK K with pK = fa/1.5 (.07 2500)/(.004 3000)",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.T_decay * k.T_cells / 1.5 * k.K_tgf * u[K]; });

  inline constexpr auto tgf_decay = reaction<Fields<T>, Stoichiometry<Change<T, -1>>>(
    "TGF-beta decays: d_T T",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.T_decay * u[T]; });

  inline constexpr auto vegf_secretion =
    reaction<Fields<F, M, Ph, O>, Stoichiometry<Change<V, 1>>, ByCells, Balances<V>>(
      "Cells secrete VEGF, more when short of oxygen: 14 (.5 F + .5 Ph + M) 1.25/(.25 + O^2)",
      [](const auto &u, const Constants &k, const HostFactors &)
      { return k.V_make * (.5 * u[F] + .5 * u[Ph] + u[M]) * hypoxia(u); });

  inline constexpr auto vegf_from_particle_macrophages = reaction<Fields<K, O>, Stoichiometry<Change<V, 1>>>(
    "Particle-bound macrophages secrete VEGF as 5 macrophages each: 14 (2.5 K) 1.25/(.25 + O^2)",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.V_make * 2.5 * u[K] * hypoxia(u); });

  inline constexpr auto vegf_decay = reaction<Fields<V>, Stoichiometry<Change<V, -1>>>(
    "VEGF decays: 12 V",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.V_decay * u[V]; });

  inline constexpr auto vegf_uptake = reaction<Fields<b, V>, Stoichiometry<Change<V, -1>>, ByCells>(
    "Vessels take up VEGF: 2 b V",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.V_uptake * u[b] * u[V]; });

  inline constexpr auto mmp_production =
    reaction<Fields<F, M, Ph, a, T>, Stoichiometry<Change<Z, 1>>, ByCells, Balances<Z>>(
      "Cells make MMP, more in damage, less under TGF-beta, more with age and sun: 2.16 (F + .5 M + Ph)(1 + 2 a/(.3 + "
      "a))/(1 + ex)",
      [](const auto &u, const Constants &k, const HostFactors &host)
      {
        return host.mmp_production * k.Z_make * (u[F] + .5 * u[M] + u[Ph]) * (1. + 2. * u[a] / (.3 + u[a])) /
               (1. + excess(u));
      });

  inline constexpr auto mmp_decay = reaction<Fields<Z>, Stoichiometry<Change<Z, -1>>>(
    "MMP decays: 4.32 Z",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.Z_decay * u[Z]; });

  inline constexpr auto oxygen_supply = reaction<Fields<b>, Stoichiometry<Change<O, 1>>, ByCells, Balances<O>>(
    "Vessels bring oxygen: 200 b Oa, Oa from the balance of healthy skin",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.O_supply * u[b]; });

  inline constexpr auto oxygen_return = reaction<Fields<b, O>, Stoichiometry<Change<O, -1>>, ByCells>(
    "Oxygen returns to the blood: 200 b O",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.O_supply * u[b] * u[O]; });

  inline constexpr auto oxygen_consumption = reaction<Fields<F, M, Ph, O>, Stoichiometry<Change<O, -1>>, ByCells>(
    "Cells consume oxygen: 400 (.7 F + M + .3 Ph) O/(.2 + O)",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.O_use * (.7 * u[F] + u[M] + .3 * u[Ph]) * u[O] / (.2 + u[O]); });

  inline constexpr auto oxygen_for_particle_macrophages = reaction<Fields<K, O>, Stoichiometry<Change<O, -1>>>(
    "Particle-bound macrophages consume oxygen as 5 macrophages each: 400 (1.5 K) O/(.2 + O)",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.O_use * 1.5 * u[K] * u[O] / (.2 + u[O]); });

  inline constexpr auto fibroblast_growth = reaction<Fields<F, M>, Stoichiometry<Change<F, 1>>>(
    "Fibroblasts grow to their healthy density: .08 F (1 - F - M)",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.F_grow * u[F] * (1. - u[F] - u[M]); });

  inline constexpr auto fibroblast_recruitment = reaction<Fields<F, M, T, O>, Stoichiometry<Change<F, 1>>>(
    "TGF-beta calls up fibroblasts: .82 act(1) gO (1 - (F + M)/5) F",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.F_call * act(u, 1.) * with_oxygen(u) * (1. - (u[F] + u[M]) / k.F_full) * u[F]; });

  inline constexpr auto differentiation = reaction<Fields<F, T>, Stoichiometry<Change<F, -1>, Change<M, 1>>>(
    "Fibroblasts become myofibroblasts: .2 act(2.5) F",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.M_make * act(u, k.M_half) * u[F]; });

  inline constexpr auto dedifferentiation = reaction<Fields<M>, Stoichiometry<Change<M, -1>, Change<F, 1>>>(
    "Myofibroblasts return to fibroblasts: .02 M",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.M_back * u[M]; });

  inline constexpr auto myofibroblast_death = reaction<Fields<M>, Stoichiometry<Change<M, -1>>>(
    "Myofibroblasts die: .06 M",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.M_die * u[M]; });

  inline constexpr auto macrophage_influx = reaction<Fields<b, a>, Stoichiometry<Change<Ph, 1>>, Balances<Ph>>(
    "Macrophages arrive with the blood, called by damage: .4 (.4 + 1.2 b/(1 + b))(1 + 12 a^2/(.09 + a^2))",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.P_turn * (.4 + 1.2 * saturating(u[b])) * (1. + k.P_call * u[a] * u[a] / (.09 + u[a] * u[a])); });

  inline constexpr auto macrophage_loss = reaction<Fields<Ph>, Stoichiometry<Change<Ph, -1>>>(
    "Macrophages leave and die: .4 Ph",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.P_turn * u[Ph]; });

  inline constexpr auto vessel_growth = reaction<Fields<b, V>, Stoichiometry<Change<b, 1>>>(
    "Capillaries grow with VEGF and regress: .25 b (5 V^2/(4 + V^2) - b)",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.b_turn * u[b] * (5. * u[V] * u[V] / (4. + u[V] * u[V]) - u[b]); });

  inline constexpr auto collagen_synthesis =
    reaction<Fields<F, M, O, T, Cn, Cm>, Stoichiometry<Change<Cn, 1>>, Balances<Cn>>(
      "Fibroblasts lay new collagen: S = kC gO (F + 2 M)(1 + 6 ex/(1 + ex)) 1.7/(.7 + Cn + Cm), kC [1/d] from the "
      "balance of new collagen",
      [](const auto &u, const Constants &k, const HostFactors &host) { return synthesis(u, k, host); });

  inline constexpr auto type_iii_synthesis =
    reaction<Fields<F, M, O, T, Cn, Cm, Ph, K>, Stoichiometry<Change<C3n, 1>>, Balances<C3n>>(
      "The type III part of it: s3 kC S, s3 = .2 + .3 e/(1 + e), e = max(Ph + 5 K - 1, 0); kC from the balance of type "
      "III, which is that of new collagen",
      [](const auto &u, const Constants &k, const HostFactors &host)
      {
        const auto near_macrophages = positive_part(u[Ph] + 5. * u[K] - 1.);
        return host.type_iii_share * (k.III_rest + k.III_more * saturating(near_macrophages)) * synthesis(u, k, host);
      });

  inline constexpr auto maturation =
    reaction<Fields<Cn, T>, Stoichiometry<Change<Cn, -1>, Change<Cm, 1>>, Balances<Cm>>(
      "New collagen is cross-linked and retained: km (1 + 60 ex/(1 + ex)) Cn, km [1/d] from the balance of mature "
      "collagen",
      [](const auto &u, const Constants &k, const HostFactors &) { return retention(u, k) * u[Cn]; });

  inline constexpr auto type_iii_maturation =
    reaction<Fields<C3n, T>, Stoichiometry<Change<C3n, -1>, Change<C3m, 1>>, Balances<C3m>>(
      "The type III part of it: km (1 + 60 ex/(1 + ex)) C3n",
      [](const auto &u, const Constants &k, const HostFactors &) { return retention(u, k) * u[C3n]; });

  inline constexpr auto new_collagen_degradation = reaction<Fields<Cn, Z>, Stoichiometry<Change<Cn, -1>>>(
    "MMP degrades new collagen: .088 Z^.5 Cn",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.C_break * power(u[Z], k.C_mmp_n) * u[Cn]; });

  inline constexpr auto new_type_iii_degradation = reaction<Fields<C3n, Z>, Stoichiometry<Change<C3n, -1>>>(
    "The type III part of it: .088 Z^.5 C3n",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.C_break * power(u[Z], k.C_mmp_n) * u[C3n]; });

  inline constexpr auto mature_collagen_loss = reaction<Fields<Cm, Z>, Stoichiometry<Change<Cm, -1>>>(
    "Mature collagen is lost slowly: 1.265e-4 Z^.12 Cm",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.C_loss * power(u[Z], k.C_mmp_m) * u[Cm]; });

  inline constexpr auto mature_type_iii_loss = reaction<Fields<C3m, Z>, Stoichiometry<Change<C3m, -1>>>(
    "The type III part of it: 1.265e-4 Z^.12 C3m",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.C_loss * power(u[Z], k.C_mmp_m) * u[C3m]; });

  inline constexpr auto type_iii_replacement = reaction<Fields<C3m, Cm>, Stoichiometry<Change<C3m, -1>>>(
    "Excess type III in the mature collagen is replaced by type I: (C3m - .2 Cm)/180",
    [](const auto &u, const Constants &k, const HostFactors &host)
    { return k.III_turn * (u[C3m] - host.type_iii_share * k.III_rest * u[Cm]); });

  inline constexpr auto fragmentation = reaction<Fields<Z, Cm, Cf>, Stoichiometry<Change<Cf, 1>>, Balances<Cf>>(
    "MMP fragments mature collagen: kf Z (Cm - Cf)",
    [](const auto &u, const Constants &, const HostFactors &) { return u[Z] * (u[Cm] - u[Cf]); });

  inline constexpr auto fragmentation_over_time = reaction<Fields<Z, Cm, Cf>, Stoichiometry<Change<Cf, 1>>>(
    "Further fragmentation while the host grows older: kf' Z (Cm - Cf)",
    [](const auto &u, const Constants &k, const HostFactors &host)
    { return host.growing_older * k.Cf_make * u[Z] * (u[Cm] - u[Cf]); });

  inline constexpr auto fragment_loss = reaction<Fields<Cf, Z>, Stoichiometry<Change<Cf, -1>>>(
    "Fragmented collagen is lost as all mature collagen: 1.265e-4 Z^.12 Cf",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.C_loss * power(u[Z], k.C_mmp_m) * u[Cf]; });

  inline constexpr auto elastin_synthesis = reaction<Fields<F>, Stoichiometry<Change<El, 1>>, Balances<El>>(
    "Fibroblasts lay elastin: 2.7e-5 F",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.El_turn * u[F]; });

  inline constexpr auto elastin_loss = reaction<Fields<El, Z>, Stoichiometry<Change<El, -1>>>(
    "MMP degrades elastin: 2.7e-5 Z^.5 El",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.El_turn * power(u[Z], k.C_mmp_n) * u[El]; });

  inline constexpr auto hyaluronan_synthesis = reaction<Fields<F, M, a>, Stoichiometry<Change<h, 1>>, Balances<h>>(
    "Fibroblasts make hyaluronan, more in damage: .5 (F + 2 M)(1 + a/(.3 + a))",
    [](const auto &u, const Constants &k, const HostFactors &)
    { return k.h_turn * (u[F] + 2. * u[M]) * (1. + u[a] / (.3 + u[a])); });

  inline constexpr auto hyaluronan_loss = reaction<Fields<h>, Stoichiometry<Change<h, -1>>>(
    "Hyaluronan turns over: .5 h",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.h_turn * u[h]; });

  inline constexpr auto fibronectin_deposition = reaction<Fields<a>, Stoichiometry<Change<g, 1>>>(
    "Damage leaves provisional matrix: 3 a",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.g_make * u[a]; });

  inline constexpr auto fibronectin_loss = reaction<Fields<Z, g>, Stoichiometry<Change<g, -1>>>(
    "MMP clears provisional matrix: .15 Z g",
    [](const auto &u, const Constants &k, const HostFactors &) { return k.g_loss * u[Z] * u[g]; });
} // namespace cutis::dermis

namespace cutis
{
  struct Dermis
  {
    static constexpr auto name = "dermis";
    static constexpr auto title =
      "Dermal remodelling: cytokines, macrophages, fibroblasts, vessels and two pools of collagen";
    static constexpr bool ages = true;

    using Constants = dermis::Constants;
    static constexpr auto reactions = std::make_tuple(dermis::damage_decay,
                                                      dermis::tgf_from_damage,
                                                      dermis::tgf_basal,
                                                      dermis::tgf_from_cells,
                                                      dermis::tgf_from_particle_macrophages,
                                                      dermis::tgf_decay,
                                                      dermis::vegf_secretion,
                                                      dermis::vegf_from_particle_macrophages,
                                                      dermis::vegf_decay,
                                                      dermis::vegf_uptake,
                                                      dermis::mmp_production,
                                                      dermis::mmp_decay,
                                                      dermis::oxygen_supply,
                                                      dermis::oxygen_return,
                                                      dermis::oxygen_consumption,
                                                      dermis::oxygen_for_particle_macrophages,
                                                      dermis::fibroblast_growth,
                                                      dermis::fibroblast_recruitment,
                                                      dermis::differentiation,
                                                      dermis::dedifferentiation,
                                                      dermis::myofibroblast_death,
                                                      dermis::macrophage_influx,
                                                      dermis::macrophage_loss,
                                                      dermis::vessel_growth,
                                                      dermis::collagen_synthesis,
                                                      dermis::type_iii_synthesis,
                                                      dermis::maturation,
                                                      dermis::type_iii_maturation,
                                                      dermis::new_collagen_degradation,
                                                      dermis::new_type_iii_degradation,
                                                      dermis::mature_collagen_loss,
                                                      dermis::mature_type_iii_loss,
                                                      dermis::type_iii_replacement,
                                                      dermis::fragmentation,
                                                      dermis::fragmentation_over_time,
                                                      dermis::fragment_loss,
                                                      dermis::elastin_synthesis,
                                                      dermis::elastin_loss,
                                                      dermis::hyaluronan_synthesis,
                                                      dermis::hyaluronan_loss,
                                                      dermis::fibronectin_deposition,
                                                      dermis::fibronectin_loss);

    static std::vector<Species> species() { return dermis::species(); }
    static void derive(Constants &) {}

    static std::vector<Taxis> taxis(const Constants &k)
    {
      using namespace dermis;
      return {{F.index, T.index, k.F_taxis, "assumed"},
              {M.index, T.index, k.F_taxis, "assumed"},
              {Ph.index, a.index, k.P_taxis, "assumed"},
              {b.index, V.index, k.b_taxis, "assumed"}};
    }
    static std::vector<CrowdedMobility> crowding() { return {}; }

    /** An early wound: every feedback is at work. */
    static std::vector<double> active()
    {
      return {.3, 3., 2., 1.5, .6, 2., .8, 2., 2., .1, .5, .6, .15, .12, .1, 1., 3., .5};
    }

    /** The fragmented share follows the law of ageing; it does not act on the rest of the network. */
    static void set_aged(std::vector<double> &state, const HostFactors &host)
    {
      state[dermis::Cf.index] = host.fragmentation * state[dermis::Cm.index];
    }
  };
} // namespace cutis
