// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../model/at_a_point.h"
#include "../processes/test_run.h"

#include <gtest/gtest.h>

/** What wounds, incisions and denatured zones become by benchmarks/verification/wound_course. */
namespace cutis::test
{
  using Values = std::vector<std::pair<std::string, double>>;

  /** The dermis and what repairs it, with some constants of either changed. */
  inline Reactions repaired_dermis(const Host &host, const Values &of_dermis = {}, const Values &of_repair = {})
  {
    std::vector<ChosenModule> modules;
    modules.push_back({make_module("dermis"), 0});
    modules.push_back({make_module("repair"), 0});
    for (const auto &[name, value] : of_dermis)
      modules.front().module->constant(name) = value;
    for (const auto &[name, value] : of_repair)
      modules.back().module->constant(name) = value;
    return Reactions(std::move(modules), {host});
  }

  /** Leukocytes without a limit that do not hold synthesis. */
  inline const Values without_limit = {{"Leukocyte capacity", 1e9},
                                       {"Synthesis half leukocytes", 1e6},
                                       {"Epidermal loss", .3},
                                       {"Epidermal loss half density", 6.}};
  inline const Values nothing_replaced = {{"Replaced share", 0.},
                                          {"Rebuilt share", 0.},
                                          {"Bound macrophage share", 0.}};

  /** A host of 20 with a wound of this radius, on nodes along it. */
  inline std::vector<std::string> wounded(const std::string &radius, const std::string &rim = ".3 mm")
  {
    return {"Intervention=wound",
            "Wound/Shape=ball",
            "Wound/Radius=" + radius,
            "Wound/Rim width=" + rim,
            "Host/Age=20",
            "Host/Ageing=false",
            "Time/Tolerance=1e-4"};
  }

  /** The same with diabetes: inflammation holds itself up, epidermis is slow, and blood is short. */
  inline std::vector<std::string> diabetic(std::vector<std::string> assignments)
  {
    for (const char *more : {"Network/dermis/Call by leukocytes=.05",
                             "Network/dermis/Leukocyte switch=.08",
                             "Network/dermis/Leukocyte loss=.15",
                             "Network/dermis/Epidermal growth=.35",
                             "Network/dermis/MMP per leukocyte=6",
                             "Host/Perfusion=.7",
                             "Host/Ageing=true"})
      assignments.push_back(more);
    return assignments;
  }

  /** Strength at the origin over that of young skin. */
  inline double strength_at_origin(const AnyRun &run)
  {
    return run.at({}, "collagen_crosslinked") / .9 + .03 * run.at({}, "fibronectin");
  }

  /** Day on which half the cover of the origin is back, or the last day. */
  inline double day_of_closure(AnyRun &run, const double last)
  {
    double closed = last, before = 0., cover_before = 0.;
    run.run(last,
            [&]
            {
              const double now = run.state.clock.time, cover = run.at({}, "epidermis");
              if (closed == last && cover >= .5)
                closed = before + (now - before) * (.5 - cover_before) / (cover - cover_before);
              before = now;
              cover_before = cover;
            });
    return closed;
  }

  struct DayOfWound
  {
    double day;
    std::vector<double> values;
  };

  // clang-format off
  inline const std::vector<const char *> columns_at_a_point = {"tgf_beta", "mmp", "oxygen", "fibroblast", "myofibroblast", "macrophage", "leukocyte", "vessel", "epidermis", "fibronectin", "collagen_new", "collagen_mature", "collagen_crosslinked", "collagen3_mature"};

  /** A fifth of cells, vessels and epidermis is left at a point. */
  inline const Values start_at_a_point = {{"damage_signal", 1.}, {"fibronectin", 1.}, {"oxygen", .3}, {"fibroblast", .2}, {"macrophage", .2}, {"vessel", .2}, {"epidermis", .2}, {"collagen_new", 0.}, {"collagen_mature", 0.}, {"collagen3_new", 0.}, {"collagen3_mature", 0.}, {"collagen_crosslinked", 0.}, {"elastin", 0.}, {"hyaluronan", 0.}};

  inline const std::vector<DayOfWound> wound_at_a_point = {
    {1., {2.5329, 1.8910, .2498, .2420, .0043, .6238, 1.6566, .3945, .2821, .9707, .0042, .0201, .0004, .0040}},
    {3., {3.8896, 2.2796, .9451, .5131, .0503, 1.9342, 2.7471, 1.7397, .2938, .8287, .0093, .1264, .0061, .0334}},
    {7., {3.8815, 2.1972, 1.0059, 1.6775, .3596, 3.1090, 2.3061, 3.1726, .2731, .4538, .0378, .4211, .0523, .1463}},
    {14., {2.7977, 1.2905, .9838, 2.1230, 1.0397, 2.1956, .5113, 3.2967, .7273, .1545, .3504, .6410, .1917, .2302}},
    {28., {1.8183, .9981, .9985, 1.8768, .8902, 1.2839, .0007, 2.5865, 1.0000, .0396, .7748, .9992, .4933, .3393}},
    {60., {1.2063, 1.0563, 1.0302, 1.3438, .1527, 1.1267, .0000, 1.4650, 1.0000, .0017, .3087, 1.3940, 1.1082, .4215}},
    {180., {1.0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, .0000, 1.0000, 1.0000, .0000, .0771, 1.4263, 1.4267, .3584}}};

  inline const std::vector<DayOfWound> wound_without_limit = {
    {1., {2.5333, 2.2297, .2006, .2386, .0041, .6744, 2.1150, .4095, .3098, .9697, .0073, .0203, .0004, .0041}},
    {3., {3.9029, 3.8034, .7778, .4315, .0392, 2.7096, 5.2802, 2.3070, .4518, .7873, .0335, .1488, .0067, .0450}},
    {7., {3.9574, 3.6925, .9862, 1.2545, .2141, 5.2779, 4.7461, 4.0565, .5480, .2858, .1250, .5225, .0653, .2028}},
    {14., {2.8219, 1.3663, .9930, 2.2328, .8677, 2.5890, .4823, 3.3342, .9553, .0651, .5273, .7089, .2213, .2788}},
    {28., {1.8108, 1.0076, .9979, 1.9124, .8572, 1.2837, .0007, 2.5769, 1.0000, .0161, .7621, 1.0945, .5523, .4026}},
    {60., {1.2022, 1.0559, 1.0301, 1.3382, .1482, 1.1249, .0000, 1.4557, 1.0000, .0007, .2967, 1.4736, 1.1866, .4748}},
    {180., {1.0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, .0000, 1.0000, 1.0000, .0000, .0747, 1.5019, 1.5027, .3923}}};

  /** In the middle of incisions of half gaps of .2 and .5 mm with rims of .1 mm. */
  inline const std::vector<DayOfWound> strength_of_incisions = {
    {7., {.0914, .0767, .0346}},
    {14., {.1935, .2007, .0334}},
    {21., {.3008, .3227, .0373}},
    {28., {.3970, .4255, .0425}},
    {35., {.4773, .5074, .0477}},
    {42., {.5415, .5706, .0523}},
    {60., {.6475, .6712, .0616}},
    {90., {.7172, .7351, .0718}},
    {365., {.7558, .7702, .1307}}};

  /** Collagen in the middle of denatured zones of .23 mm over that of healthy skin of the day: a ball, a cylinder, and
   * a ball where nothing is replaced. */
  inline const std::vector<DayOfWound> zones = {
    {2., {.1010, .1031, .0339}},
    {7., {.3013, .3111, .0884}},
    {28., {.7175, .7228, .1454}},
    {70., {.9400, .9442, .1554}},
    {84., {.9609, .9645, .1574}},
    {180., {.9863, .9872, .1709}},
    {365., {.9871, .9877, .1962}}};
  // clang-format on
} // namespace cutis::test
