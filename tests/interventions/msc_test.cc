// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Stromal cells and their factors: the courses of benchmarks/verification/msc_course, and the laws that they obey.
#include "msc_course.h"

#include "../model/at_a_point.h"
#include "base/text.h"

using namespace cutis;
using namespace cutis::test;

namespace
{
  using Settings = std::vector<std::string>;

  const Settings once = {"MSC/Shape=everywhere"}, thrice = {"MSC/Shape=everywhere", "MSC/Sessions=0 d, 28 d, 56 d"};

  /** The same skin without cells. */
  std::unique_ptr<NodesCase> untreated(const Nodes &nodes, const Settings &more = {})
  {
    return std::make_unique<NodesCase>(msc_in_a_host_of_55(with({"Intervention=none"}, more)), nodes);
  }

  // clang-format off
  // By benchmarks/verification/msc_course.
  const std::vector<MscDay> cells_at_a_point = {
    {3., {{1.8394, 1.7410, 1.1190, 1.2298, 1.0596, 1.0024, .0001, 1.0827, 1.5262, 1.0008, .0682, .6822, .7504, .2004, 1.0112}}},
    {14., {{.2631, .2458, 1.1180, 1.0509, 1.3636, 1.0347, .0018, 1.0476, 1.1256, 1.0326, .0894, .6869, .7763, .2020, 1.0461}}},
    {60., {{.0656, .0591, 1.0365, 1.0182, 1.5078, 1.0113, .0006, 1.0092, 1.0303, 1.0131, .0737, .6988, .7725, .2006, 1.0439}}},
    {365., {{.0194, .0174, 1.0122, 1.0043, 1.5703, 1.0012, .0001, 1.0021, 1.0071, 1.0013, .0625, .7217, .7842, .2001, 1.0605}}},
    {760., {{.0040, .0036, 1.0027, 1.0008, 1.6112, 1.0001, .0000, 1.0004, 1.0013, 1.0001, .0580, .7204, .7784, .2000, 1.0484}}}};

  const std::vector<MscDay> many_cells_at_a_point = {
    {3., {{18.3942, 17.4096, 1.7631, 3.6442, .7351, 1.0674, .0034, 1.2013, 3.8388, 1.0245, .0824, .6839, .7662, .2014, 1.0324}}},
    {60., {{16.5690, 15.6123, 2.0770, 3.5972, .8280, 1.4463, .0387, 1.3100, 3.9970, 1.4374, .1909, .8292, 1.0202, .2176, 1.3325}}},
    {180., {{1.3668, 1.2313, 1.2056, 1.2731, 1.1472, 1.0841, .0048, 1.1102, 1.4461, 1.0944, .0976, .9931, 1.0907, .2112, 1.4551}}},
    {365., {{.6521, .5875, 1.1392, 1.1443, 1.2750, 1.0541, .0030, 1.0637, 1.2356, 1.0604, .0795, 1.0805, 1.1600, .2054, 1.5494}}}};

  const std::vector<MscDay> cells_in_cylinder = {
    {7., {{.7616, .5100, 1.1183, 1.0941, 1.3268, 1.0121, .0005, 1.0869, 1.2916, 1.0084, .0762, .6833, .7595, .2013, 1.0232}}},
    {28., {{3.3903, .0394, 1.0299, 1.0145, 1.5373, 1.0106, .0005, 1.0102, 1.0302, 1.0135, .0765, .6893, .7658, .2009, 1.0332}}},
    {60., {{1.4964, .9955, 1.1319, 1.1902, 1.2282, 1.0160, .0007, 1.0977, 1.4860, 1.0159, .0833, .6994, .7827, .2016, 1.0572}}},
    {90., {{.1013, .0730, 1.0412, 1.0247, 1.5107, 1.0121, .0006, 1.0136, 1.0445, 1.0147, .0770, .7091, .7862, .2012, 1.0633}}},
    {365., {{.0095, .0080, 1.0057, 1.0020, 1.5867, 1.0003, .0000, 1.0010, 1.0033, 1.0003, .0602, .7221, .7823, .2002, 1.0576}}}};
  // clang-format on

  const std::vector<const char *> in_wound = {"hgf",
                                              "tgf_beta",
                                              "vegf",
                                              "mmp",
                                              "fibroblast",
                                              "myofibroblast",
                                              "macrophage",
                                              "vessel",
                                              "collagen_new",
                                              "collagen_mature"};
  struct WoundDay
  {
    double day;
    std::array<double, 12> values; ///< cells, the columns of in_wound, all collagen
  };
  /** Centre of the reference wound with printed cells; 400 cells along the radius. */
  const std::vector<WoundDay> printed_wound = {
    {7., {{.8629, .7639, 3.2831, 3.2448, .9939, .4794, .0363, 1.0004, .0144, .0194, .0311, .0504}}},
    {14., {{.2673, .2301, 2.1058, 2.0017, 1.2186, 2.3241, .2758, 1.6185, 2.5117, .3678, .3444, .7122}}},
    {28., {{.0859, .0693, 1.3717, 1.4170, 1.0882, 1.7208, .1779, 1.1901, 1.7891, .5166, .5821, 1.0987}}},
    {60., {{.0594, .0462, 1.0490, 1.0340, .9749, 1.0467, .0097, 1.0251, 1.0732, .1904, .6857, .8761}}},
    {365., {{.0060, .0050, 1.0037, 1.0012, .9946, 1.0001, .0000, 1.0006, 1.0020, .1128, .7313, .8441}}}};

  /** Gain of collagen at the origin over untreated skin on a day. */
  double gain_of(NodesCase &treated, const double day)
  {
    const auto control = untreated(single_node());
    treated.run(day);
    control->run(day);
    const auto collagen = [](const AnyRun &run) { return run.at({}, "collagen_new") + run.at({}, "collagen_mature"); };
    return collagen(treated) - collagen(*control);
  }

  /** That of one session at a point. */
  double gain(const Settings &settings, const double day)
  {
    NodesCase treated(msc_in_a_host_of_55(with(once, settings)), single_node());
    return gain_of(treated, day);
  }

  /** Share of the cells of one session that are alive after some days: Wu 2007 as a sum of two exponentials. */
  double survival(const double days)
  {
    return .975 * std::exp(-.205 * days) + .025 * std::exp(-.004 * days);
  }
} // namespace

TEST(Msc, OneSessionAtAPoint)
{
  NodesCase run(msc_in_a_host_of_55(once), single_node());
  expect_msc_course(run, *untreated(single_node()), cells_at_a_point, .005);
}

TEST(Msc, ThreeDenseSessionsAtAPoint)
{
  NodesCase run(msc_in_a_host_of_55(with(thrice, {"MSC/Concentration=1e8 cells/mL"})), single_node());
  expect_msc_course(run, *untreated(single_node()), many_cells_at_a_point, .005);
}

TEST(Msc, ThreeBolusesInACylinder)
{
  const Nodes nodes = radial_nodes(2, 20., 200);
  NodesCase run(msc_in_a_host_of_55({"MSC/Depth=0", "MSC/Sessions=0 d, 28 d, 56 d"}), nodes);
  expect_msc_course(run, *untreated(single_node()), cells_in_cylinder, .01);
}

TEST(Msc, ItsPathsGiveWhatTheyGave)
{
  // Gain of collagen after a year with one path removed at a time: benchmarks/verification/msc_course.
  for (const auto &[settings, day, expected] : std::vector<std::tuple<Settings, double, double>>{
         {{}, 28., .0364},
         {{}, 365., .0503},
         {{"MSC/Repair macrophages=0"}, 365., .0090},
         {{"MSC/TGF-beta per cell=0"}, 365., .0410},
         {{"MSC/VEGF per cell=0"}, 365., .0481},
         {{"MSC/HGF against MMP=0"}, 365., .0488},
         {{"MSC/HGF per cell=0"}, 365., .0624},
         {{"MSC/Differentiation into fibroblasts=.0357142857 1/d"}, 365., .0230},
         {{"MSC/Differentiation into fibroblasts=.0357142857 1/d"}, 28., .0575},
         {{"MSC/Repair macrophages=0", "MSC/TGF-beta per cell=0"}, 365., .0018}})
    EXPECT_NEAR(gain(settings, day), expected, .005 * expected + 1e-4) << join(settings, ", ") << " on day " << day;
}

TEST(Msc, OnTheSameDaysTheyBluntParticles)
{
  // By benchmarks/verification/msc_course/with_particles.py: at a point, and on the axis of a cylinder, where cells of
  // the first day alone help. Within what tells the two last ones apart.
  const Settings particles = {}, same_days = {"Intervention=plla, msc", "MSC/Sessions=0 d, 28 d, 56 d"},
                 first_day = {"Intervention=plla, msc", "MSC/Sessions=0 d"};
  const auto expect_gain = [](const Nodes &nodes, const Settings &shape, const Settings &cells, const double expected)
  {
    const Settings base = with(plla_in_a_host_of_55("0 d, 28 d, 56 d"), {"Time/Tolerance=1e-4"});
    NodesCase treated(with(with(base, shape), cells), nodes);
    EXPECT_NEAR(gain_of(treated, 365.), expected, .002 * expected) << join(cells, ", ");
  };
  const Settings everywhere = {"PLLA/Shape=everywhere", "MSC/Shape=everywhere"}, bolus = {"MSC/Depth=0"};
  expect_gain(single_node(), everywhere, particles, 3.2530);
  expect_gain(single_node(), everywhere, same_days, 2.4023);
  expect_gain(single_node(), everywhere, first_day, 3.0164);
  const Nodes cylinder = radial_nodes(2, 10., 100);
  expect_gain(cylinder, bolus, particles, 1.1851);
  expect_gain(cylinder, bolus, same_days, 1.0832);
  expect_gain(cylinder, bolus, first_day, 1.1937);
}

TEST(Msc, TheGainGrowsLessThanTheDose)
{
  for (const auto &[dose, expected] :
       {std::pair("1e6", .0075), {"3e6", .0190}, {"1e7", .0503}, {"3e7", .1099}, {"1e8", .2187}})
    EXPECT_NEAR(gain({std::string("MSC/Concentration=") + dose + " /mL"}, 365.), expected, .005 * expected + 1e-4);
}

TEST(Msc, SurvivalIsThePublishedCurveWhateverSessionsAndMotility)
{
  const std::vector<double> sessions = {0., 5., 28.};
  for (const char *motility : {".01", ".1"})
  {
    const std::string D = std::string("=") + motility + " mm^2/d";
    NodesCase run(msc_in_a_host_of_55({"MSC/Depth=0",
                                       "MSC/Sessions=0 d, 5 d, 28 d",
                                       "MSC/Diffusivity of msc_early" + D,
                                       "MSC/Diffusivity of msc_lasting" + D,
                                       "Time/Tolerance=1e-6"}),
                  radial_nodes(2, 20., 100));
    run.run(0.);
    const double brought = run.total("msc_early") + run.total("msc_lasting");
    for (const double day : {4., 14., 35., 118.})
    {
      run.run(day);
      double expected = 0.;
      for (const double session : sessions)
        expected += session <= day ? survival(day - session) : 0.;
      const double alive = run.total("msc_early") + run.total("msc_lasting");
      EXPECT_NEAR(alive / brought, expected, 2e-5) << "day " << day << ", motility " << motility;
      EXPECT_NEAR(total_of(run.state.sessions, "msc", "living_cells"),
                  3000. * (alive + run.total("msc_lost")),
                  1e-7 * 3000. * brought);
      EXPECT_NEAR(
        run.total("hgf_brought"), run.total("hgf") + run.total("hgf_cleared"), 1e-9 * run.total("hgf_brought"));
    }
  }
}

TEST(Msc, ABolusSpreadsAsAGaussian)
{
  // c(0, t) = S(t) C s^2/(s^2 + 2 D t) in a cylinder; no damage, so no taxis.
  NodesCase run(msc_in_a_host_of_55({"MSC/Depth=0"}), radial_nodes(2, 20., 400));
  for (const auto &[day, expected] : {std::pair(7., .761618), {14., .211302}, {28., .057016}, {90., .022580}})
  {
    run.run(day);
    EXPECT_NEAR(run.at({}, "msc_early") + run.at({}, "msc_lasting"), expected, 5e-4 * expected) << "day " << day;
  }
}

TEST(Msc, WithoutCellsThatLiveNothingChanges)
{
  for (const char *none : {"MSC/Viability=0", "MSC/Concentration=0 cells/mL"})
  {
    NodesCase run(msc_in_a_host_of_55(with(once, {none})), single_node());
    const auto control = untreated(single_node());
    run.run(100.);
    control->run(100.);
    ASSERT_EQ(run.layout.n_fields(), control->layout.n_fields());
    for (unsigned int f = 0; f < run.layout.n_fields(); ++f)
      EXPECT_EQ(run.value(0, f), control->value(0, f)) << run.layout.fields[f].key;
  }
}

TEST(Msc, CellsThatSecreteNothingChangeNothing)
{
  // Steps of the same size let the two be compared to the last digits.
  const Settings same = {"Time/Tolerance=1e-3", "Time/Largest step=.5 d"};
  const Settings silent = with(once,
                               {"MSC/TGF-beta per cell=0",
                                "MSC/VEGF per cell=0",
                                "MSC/HGF per cell=0",
                                "MSC/Repair macrophages=0",
                                "MSC/Immune modulation=0",
                                "MSC/Oxygen per cell=0"});
  NodesCase run(msc_in_a_host_of_55(with(silent, same)), single_node());
  const auto control = untreated(single_node(), same);
  run.run(100.);
  control->run(100.);
  ASSERT_EQ(run.state.clock.steps, control->state.clock.steps);
  EXPECT_GT(run.at({}, "msc_lasting"), .05);
  for (const Species &s : run.reactions().tissue().fields(0))
    EXPECT_NEAR(run.at({}, s.key), control->at({}, s.key), 1e-9 * s.magnitude) << s.key;
}

TEST(Msc, HealthyYoungSkinRestsWithTheFieldsOfCells)
{
  Reactions reactions = reactions_for("dermis", {host_of_age(20., false)}, {}, {"msc", "topical"});
  const std::vector<double> rest = evolve(reactions, reactions.healthy(), 3652., 1e-4);
  for (unsigned int f = 0; f < rest.size(); ++f)
    EXPECT_NEAR(rest[f], reactions.healthy()[f], 1e-8) << reactions.species()[f].key;
}

TEST(Msc, ImmuneModulationActsOnDamageAlone)
{
  EXPECT_NEAR(gain({"MSC/Immune modulation=0"}, 365.), gain({}, 365.), 1e-6);
}

TEST(Msc, CellsBecomeFibroblastsOfEveryLayer)
{
  // F is counted per content of the layer, the cells per volume: what one loses the other gains.
  std::vector<ChosenModule> modules;
  modules.push_back({make_module("dermis"), 0});
  modules.push_back({make_module("msc"), 0});
  const double rate = modules.back().module->constant("Differentiation into fibroblasts") = 1. / 28.;
  const Reactions reactions(std::move(modules), {host_of_age(20., false)});
  std::vector<double> u = reactions.healthy();
  u[reactions.index("msc_early")] = 2.;
  u[reactions.index("msc_lasting")] = 1.;
  for (const double content : {.2, 1., 5.})
  {
    AtAPoint point(reactions);
    point.content = content;
    EXPECT_NEAR(content * point.rates(u)[reactions.index("fibroblast")], rate * 3., 1e-13) << content;
  }
  NodesCase run(msc_in_a_host_of_55(with(once, {"MSC/Differentiation into fibroblasts=.0357142857 1/d"})),
                single_node());
  run.run(28.);
  EXPECT_NEAR(run.at({}, "fibroblast"), 1.127, 1e-3); // benchmarks/verification/msc_course
}

TEST(Msc, PrintedOntoAWoundItScarsLess)
{
  const Settings wound = {
    "Wound/Shape=ball", "Wound/Radius=4 mm", "Wound/Rim width=.3 mm", "Host/Age=20", "Host/Ageing=false"};
  NodesCase run(msc_in_a_host_of_55(with(wound,
                                         {"Intervention=wound, msc",
                                          "MSC/Route=bioprint",
                                          "MSC/Pattern=uniform",
                                          "MSC/Print viability=1",
                                          "MSC/Radius=4 mm",
                                          "MSC/Rim width=.3 mm"})),
                radial_nodes(2, 20., 800));
  for (const WoundDay &expected : printed_wound)
  {
    run.run(expected.day);
    std::vector<double> now = {run.at({}, "msc_early") + run.at({}, "msc_lasting")};
    for (const char *key : in_wound)
      now.push_back(run.at({}, key));
    now.push_back(run.at({}, "collagen_new") + run.at({}, "collagen_mature"));
    const double tolerance = expected.day < 14. ? .05 : .01; // cells that close in arrive earlier on a coarser mesh
    for (std::size_t k = 0; k < now.size(); ++k)
      EXPECT_NEAR(now[k], expected.values[k], tolerance * expected.values[k] + 2e-4) << k << " on day " << expected.day;
  }
}
