// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reaction.h"

/** Constants and fields of the dermis; its equations are in dermis.h. All fields are relative to healthy young dermis.
 */
namespace cutis::dermis
{
  // clang-format off
  struct Constants : ConstantTable
  {
    // Signals
    double a_decay = declare(a_decay, "Damage signal decay", .24, "1/d", positive(), {"Decay of the damage signal.", published, "Buganza Tepole 2017, .01/h"});
    double a_tgf = declare(a_tgf, "TGF-beta from damage", 2., "1/d", non_negative(), {"Production of TGF-beta per damage signal.", assumed, ""});
    double T_decay = declare(T_decay, "TGF-beta decay", .24, "1/d", positive(), {"Decay of TGF-beta; compare models by sqrt(D/decay).", published, "Buganza Tepole 2017, .01/h"});
    double T_cells = declare(T_cells, "TGF-beta share from cells", .28, "1", {0., 1.}, {"Share of the resting production of TGF-beta that cells answer with, fa. A fibrotic state persists from .42 on.", assumed, "return to health tested up to .40"});
    double T_half = declare(T_half, "TGF-beta half activation", .5, "1", positive(), {"TGF-beta at which its self-activation is half.", assumed, ""});
    double Z_leukocyte = declare(Z_leukocyte, "MMP per leukocyte", 2., "1", non_negative(), {"Production of MMP by a unit of leukocytes, over that of as many macrophages; 6 in diabetes.", assumed, "0 to 6; diabetic ulcers hold 14 times the MMP-9, Lobmann 2002"});
    double V_make = declare(V_make, "VEGF secretion", 14., "1/d", positive(), {"Secretion of VEGF in healthy skin.", derived, "balance of decay and uptake"});
    double V_decay = declare(V_decay, "VEGF decay", 12., "1/d", positive(), {"Decay of VEGF.", published, "Friedman family, 12.6/d"});
    double V_uptake = declare(V_uptake, "VEGF uptake", 2., "1/d", non_negative(), {"Uptake of VEGF by vessels.", assumed, ""});
    double Z_make = declare(Z_make, "MMP production", 2.16, "1/d", positive(), {"Production of MMP by fibroblasts, and the same by macrophages.", recalled, "Hao and Friedman"});
    double Z_decay = declare(Z_decay, "MMP decay", 4.32, "1/d", positive(), {"Decay of MMP.", recalled, "Hao and Friedman"});
    double O_supply = declare(O_supply, "Oxygen supply", 200., "1/d", positive(), {"Exchange of oxygen with the blood per vessel density.", assumed, ""});
    double O_use = declare(O_use, "Oxygen consumption", 400., "1/d", non_negative(), {"Greatest consumption of oxygen.", assumed, ""});
    // Cells
    double F_grow = declare(F_grow, "Fibroblast growth", .08, "1/d", non_negative(), {"Logistic growth of fibroblasts.", assumed, ""});
    double F_call = declare(F_call, "Fibroblast recruitment", .82, "1/d", non_negative(), {"Growth of fibroblasts under TGF-beta.", assumed, ""});
    double F_full = declare(F_full, "Fibroblast capacity", 5., "1", {1., 1e3}, {"Greatest density of fibroblasts under TGF-beta.", assumed, ""});
    double M_make = declare(M_make, "Differentiation", .2, "1/d", non_negative(), {"Differentiation of fibroblasts to myofibroblasts under TGF-beta.", assumed, ""});
    double M_half = declare(M_half, "Differentiation half excess", 2.5, "1", positive(), {"Excess of TGF-beta at which differentiation is half.", assumed, ""});
    double M_back = declare(M_back, "Dedifferentiation", .02, "1/d", non_negative(), {"Return of myofibroblasts to fibroblasts.", assumed, ""});
    double M_die = declare(M_die, "Myofibroblast death", .06, "1/d", non_negative(), {"Apoptosis of myofibroblasts; .002/d in hypertrophic scars.", recalled, "Koppenol 2017, doi 10.1007/s10237-017-0881-y"});
    double P_turn = declare(P_turn, "Macrophage turnover", .4, "1/d", positive(), {"Turnover of macrophages.", published, "Jin 2011, .6/d"});
    double P_call = declare(P_call, "Macrophage recruitment", 12., "1", non_negative(), {"Recruitment of leukocytes by damage and open wounds, over the resting influx of macrophages.", assumed, "peak at day 2-5"});
    double L_full = declare(L_full, "Leukocyte capacity", 5., "1", positive(), {"Density of leukocytes at which no more are called.", published, "Jin 2011: at most 2500 macrophages/mm^3"});
    double L_open = declare(L_open, "Call of open wounds", .05, "1", non_negative(), {"Call for leukocytes where there is no epidermis, in damage signal.", assumed, ""});
    double L_self = declare(L_self, "Call by leukocytes", 0., "1", non_negative(), {"The same for each unit of leukocytes in an open wound, which keeps inflammation up in infected or diabetic ones.", assumed, ""});
    double L_switch = declare(L_switch, "Leukocyte switch", .33, "1/d", non_negative(), {"Inflammatory leukocytes that turn into macrophages of repair; slower in diabetes.", assumed, "0.1 to 0.5 per day"});
    double L_loss = declare(L_loss, "Leukocyte loss", .3, "1/d", non_negative(), {"Loss of inflammatory leukocytes.", assumed, "Waugh and Sherratt .2/d, Jin .6/d"});
    double L_hold = declare(L_hold, "Inhibition by leukocytes", .15, "1", non_negative(), {"Inhibition of fibroblasts and keratinocytes per unit of leukocytes, kS.", assumed, "IL-1 and TNF"});
    double e_grow = declare(e_grow, "Epidermal growth", .7, "1/d", non_negative(), {"Growth of the epidermis over a wound; its edge moves with 2 sqrt(diffusivity x growth).", assumed, "10 mm in 28 days, one case of 6 x 3 cm"});
    double e_kill = declare(e_kill, "Epidermal loss", .6, "1/d", non_negative(), {"Greatest loss of epidermis among leukocytes.", assumed, ""});
    double e_half = declare(e_half, "Epidermal loss half density", 2., "1", positive(), {"Leukocytes at which half of that is reached.", assumed, "ulcers stay beyond it, acute wounds for days"});
    double b_turn = declare(b_turn, "Vessel turnover", .25, "1/d", positive(), {"Growth and regression of capillaries.", assumed, ""});
    // Matrix
    double C_excess = declare(C_excess, "Synthesis under TGF-beta", 6., "1", non_negative(), {"Gain of collagen synthesis at high TGF-beta.", assumed, ""});
    double C_dense = declare(C_dense, "Synthesis half density", .7, "1", positive(), {"Collagen at which its density halves its synthesis.", assumed, ""});
    double C_keep = declare(C_keep, "Retention under TGF-beta", 60., "1", non_negative(), {"Gain of the retention of new collagen (LOX and TIMP up, MMP down) at high TGF-beta.", assumed, ""});
    double C_break = declare(C_break, "New collagen degradation", .088, "1/d", non_negative(), {"Degradation of new collagen by resting MMP.", derived, "synthesis .89 %/d, Babraj 2005"});
    double C_loss = declare(C_loss, "Mature collagen loss", 1.2652e-4, "1/d", positive(), {"Loss of mature collagen at resting MMP.", recalled, "half-life 15 years, Verzijl 2000, doi 10.1074/jbc.M006700200"});
    double C_mmp_n = declare(C_mmp_n, "MMP exponent on new collagen", .5, "1", {0., 2.}, {"Exponent of MMP in the degradation of new collagen.", assumed, ""});
    double C_mmp_m = declare(C_mmp_m, "MMP exponent on mature collagen", .12, "1", {0., 2.}, {"Exponent of MMP in the loss of mature collagen; a linear law would cut its half-life to 2 years with age.", assumed, ""});
    double III_rest = declare(III_rest, "Type III share", .2, "1", {0., 1.}, {"Share of type III in the collagen made by healthy skin.", recalled, ""});
    double III_more = declare(III_more, "Type III gain", .3, "1", {0., .8}, {"Added share of type III near macrophages.", assumed, ""});
    double III_turn = declare(III_turn, "Type III replacement", 1. / 180., "1/d", non_negative(), {"Replacement of excess type III in mature collagen by type I.", assumed, "180 d"});
    double Cf_make = declare(Cf_make, "Fragmentation", 3.83e-5, "1/d", non_negative(), {"Fragmentation of mature collagen by resting MMP while the host grows older; at a held age the rate follows from the balance.", assumed, "0.29 of the mature collagen is then fragmented at 55"});
    double C_hold = declare(C_hold, "Synthesis half leukocytes", 1., "1", positive(), {"Leukocytes that halve the synthesis of collagen.", assumed, "1 to 2; fitted to collagen mRNA in the first week of small wounds"});
    double x_turn = declare(x_turn, "Cross-linking time", 22., "d", positive(), {"Time in which mature collagen is cross-linked.", derived, "second stage of the strength of healing wounds, 15 to 30 d"});
    double f_half = declare(f_half, "Clearing half density", .5, "1", positive(), {"Fibroblasts at which clearing and replacement are at half of (1 + this).", assumed, "0.2 to 2 make little difference"});
    double El_turn = declare(El_turn, "Elastin turnover", 2.7e-5, "1/d", positive(), {"Turnover of elastin.", published, "about 70 years"});
    double h_turn = declare(h_turn, "Hyaluronan turnover", .5, "1/d", positive(), {"Turnover of hyaluronan.", recalled, ""});
    double g_make = declare(g_make, "Fibronectin from damage", 1., "1/d", non_negative(), {"Deposition of provisional matrix in a void, per damage signal.", assumed, "0.3 to 3 per day"});
    double g_loss = declare(g_loss, "Fibronectin loss", .08, "1/d", non_negative(), {"Clearance of provisional matrix by healthy cells at resting MMP, kg.", assumed, "fitted to the strength of incisions, 0.05 to 0.15 per day"});
    double grow_C = declare(grow_C, "Growth per collagen", .30, "1", non_negative(), {"Volume by which tissue grows per collagen above that of the healthy host, and shrinks below it.", assumed, "a third of the dry matter; dermis grows thinner by 6 % a decade, Branchet 1990, where collagen falls by 1 % a year, which would make 0.6"});
    double grow_h = declare(grow_h, "Growth per hyaluronan", .05, "1", non_negative(), {"The same for hyaluronan, with the water that it binds.", assumed, ""});
    // Taxis
    double F_taxis = declare(F_taxis, "Fibroblast chemotaxis", .02, "mm^2/d", non_negative(), {"Of fibroblasts and myofibroblasts up TGF-beta.", assumed, ""});
    double P_taxis = declare(P_taxis, "Macrophage chemotaxis", .05, "mm^2/d", non_negative(), {"Of macrophages up the damage signal.", assumed, ""});
    double L_taxis = declare(L_taxis, "Leukocyte chemotaxis", .05, "mm^2/d", non_negative(), {"Of leukocytes up the damage signal.", assumed, ""});
    double b_taxis = declare(b_taxis, "Vessel chemotaxis", .05, "mm^2/d", non_negative(), {"Of capillaries up VEGF.", assumed, ""});
  };
  // --- Fields: name in files, symbol, meaning, and everything else that is known of them -----------------------------

  inline constexpr auto collagen = "0.2 g/cm^3 of collagen";
  using P = Provenance;

  inline constexpr struct DamageSignal : Field { static constexpr auto key = "damage_signal"; static Row row(const Constants &) { return
    soluble("a", "damage signal").rests_at(0.).diffuses(.29).known(P::assumed, "as TGF-beta").sample(.3); } } a{};
  inline constexpr struct TgfBeta : Field { static constexpr auto key = "tgf_beta"; static Row row(const Constants &) { return
    soluble("T", "active TGF-beta").rests_at(1.).one_is("ng/mL, uncertain").diffuses(.29).known(P::published, "Buganza Tepole 2017: .01208 mm^2/h").sample(3.); } } T{};
  inline constexpr struct Vegf : Field { static constexpr auto key = "vegf"; static Row row(const Constants &) { return
    soluble("V", "VEGF").rests_at(1.).one_is("threshold .365 ng/mL").diffuses(9.).known(P::published, "Friedman family of wound models: 8.64 mm^2/d").sample(2.); } } V{};
  inline constexpr struct Mmp : Field { static constexpr auto key = "mmp"; static Row row(const Constants &) { return
    soluble("Z", "matrix metalloproteinases").rests_at(1.).diffuses(4.32).known(P::recalled, "Hao and Friedman").sample(1.5); } } Z{};
  inline constexpr struct Oxygen : Field { static constexpr auto key = "oxygen"; static Row row(const Constants &) { return
    soluble("O", "oxygen").rests_at(1.).one_is("37 mmHg").diffuses(170.).known(P::published, "skin pO2 37.2 +- 6.1 mmHg").sample(.6); } } O{};
  inline constexpr struct Fibroblast : Field { static constexpr auto key = "fibroblast"; static Row row(const Constants &k) { return
    tissue("F", "fibroblasts").rests_at(1.).one_is("3000 cells/mm^3").diffuses(.2).climbs(T, k.F_taxis).along_fibres().known(P::recalled, "2100-4100 cells/mm^3").sample(2.); } } F{};
  inline constexpr struct Myofibroblast : Field { static constexpr auto key = "myofibroblast"; static Row row(const Constants &k) { return
    tissue("M", "myofibroblasts").rests_at(0.).one_is("3000 cells/mm^3").diffuses(.2).climbs(T, k.F_taxis).along_fibres().known(P::recalled, "Koppenol 2017").sample(.8); } } M{};
  inline constexpr struct Macrophage : Field { static constexpr auto key = "macrophage"; static Row row(const Constants &k) { return
    tissue("Ph", "macrophages").rests_at(1.).one_is("500 cells/mm^3").diffuses(.05).climbs(a, k.P_taxis).is_macrophages(1.).known(P::assumed).sample(2.); } } Ph{};
  inline constexpr struct Leukocyte : Field { static constexpr auto key = "leukocyte"; static Row row(const Constants &k) { return
    tissue("P1", "inflammatory leukocytes, neutrophils and M1 macrophages").rests_at(0.).one_is("500 cells/mm^3").diffuses(.2).climbs(a, k.L_taxis).known(P::assumed).sample(2.); } } P1{};
  inline constexpr struct Epidermis : Field { static constexpr auto key = "epidermis"; static Row row(const Constants &) { return
    soluble("e", "cover of living epidermis").rests_at(1.).one_is("closed skin").diffuses(.03).known(P::assumed, "front of .15 to .4 mm/d, dry to moist").sample(.6); } } e{};
  inline constexpr struct Vessel : Field { static constexpr auto key = "vessel"; static Row row(const Constants &k) { return
    tissue("b", "capillaries").rests_at(1.).diffuses(.02).climbs(V, k.b_taxis).known(P::assumed).sample(2.); } } b{};
  inline constexpr struct CollagenNew : Field { static constexpr auto key = "collagen_new"; static Row row(const Constants &k) { return
    tissue("Cn", "new collagen").rests_at(.1).makes_room(k.grow_C).one_is(collagen).of_size(.1).known(P::published, "synthesis .89 %/d, Babraj 2005").sample(.5); } } Cn{};
  inline constexpr struct CollagenMature : Field { static constexpr auto key = "collagen_mature"; static Row row(const Constants &k) { return
    tissue("Cm", "mature collagen").rests_at(.9).makes_room(k.grow_C).one_is(collagen).known(P::recalled, "half-life 15 years, Verzijl 2000, doi 10.1074/jbc.M006700200").sample(.6); } } Cm{};
  inline constexpr struct CollagenThreeNew : Field { static constexpr auto key = "collagen3_new"; static Row row(const Constants &) { return
    tissue("C3n", "type III in the new collagen").rests_at(.02).one_is(collagen).of_size(.1).known(P::recalled, "a fifth of the collagen").sample(.15); } } C3n{};
  inline constexpr struct CollagenThreeMature : Field { static constexpr auto key = "collagen3_mature"; static Row row(const Constants &) { return
    tissue("C3m", "type III in the mature collagen").rests_at(.18).one_is(collagen).known(P::recalled, "a fifth of the collagen").sample(.12); } } C3m{};
  inline constexpr struct CollagenFragmented : Field { static constexpr auto key = "collagen_fragmented"; static Row row(const Constants &) { return
    tissue("Cf", "fragmented mature collagen").rests_at(0.).one_is(collagen).known(P::assumed, "it rises with age, Fisher 2009, PMID 19116368; by how much is assumed").sample(.1); } } Cf{};
  inline constexpr struct CollagenCrossLinked : Field { static constexpr auto key = "collagen_crosslinked"; static Row row(const Constants &) { return
    tissue("Cx", "cross-linked mature collagen").rests_at(.9).one_is(collagen).known(P::derived, "two-stage law of wound strength").sample(.4); } } Cx{};
  inline constexpr struct Elastin : Field { static constexpr auto key = "elastin"; static Row row(const Constants &) { return
    tissue("El", "elastin").rests_at(1.).one_is("2-4 % of dry weight").known(P::published, "half-life about 70 years").sample(1.); } } El{};
  inline constexpr struct Hyaluronan : Field { static constexpr auto key = "hyaluronan"; static Row row(const Constants &k) { return
    tissue("h", "hyaluronan").rests_at(1.).makes_room(k.grow_h).one_is(".2-.5 mg/g wet").known(P::recalled).sample(3.); } } h{};
  inline constexpr struct Fibronectin : Field { static constexpr auto key = "fibronectin"; static Row row(const Constants &) { return
    tissue("g", "provisional glycoprotein matrix").rests_at(0.).known(P::assumed).sample(.5); } } g{};
  // clang-format on

  /** All macrophages around, free ones and those that are bound to what modules bring, in free ones [500 cells/mm^3].
   */
  inline constexpr struct AllMacrophages : FieldCount
  {
    static constexpr auto key = "all_macrophages";
    static double each(const Species &row) { return row.macrophages; }
  } Pa{};
} // namespace cutis::dermis
