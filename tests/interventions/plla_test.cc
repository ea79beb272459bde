// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What PLLA does: the course against an independent program, and the laws that it obeys.
#include "../numerics/test_nodes.h"
#include "plla_course.h"

using namespace cutis;
using namespace cutis::test;

namespace
{
  std::vector<std::string> with(std::vector<std::string> assignments, const std::vector<std::string> &more)
  {
    assignments.insert(assignments.end(), more.begin(), more.end());
    return assignments;
  }

  /** Collagen of the two types. */
  struct Collagen
  {
    double i, iii;

    double total() const { return i + iii; }
  };
  Collagen operator-(const Collagen &x, const Collagen &y)
  {
    return {x.i - y.i, x.iii - y.iii};
  }

  /** A cylinder of 3 mm along its radius, with a punch biopsy of 3 mm around the axis, and untreated skin beside it. */
  class PunchedCylinder
  {
  public:
    PunchedCylinder(const std::string &sessions, const double dose)
      : nodes_(radial_nodes(2, 10., 100))
      , run_(with(plla_in_a_host_of_55(sessions, std::to_string(dose) + " mg"), {"Time/Tolerance=1e-3"}), nodes_)
      , control_(plla_in_a_host_of_55(sessions, "0 mg"), single_node())
    {
    }

    /** Collagen over that of untreated skin of the same day, mean over the punch. */
    Collagen gain(const double day)
    {
      run_.run(day);
      control_.run(day);
      return mean(run_, nodes_) - mean(control_, single_node());
    }

  private:
    static Collagen mean(const NodesRun &run, const Nodes &nodes)
    {
      const auto field = [&](const char *key) { return run.layout.find(key); };
      Collagen sum{0., 0.};
      double volume = 0.;
      for (unsigned int i = 0; i < nodes.graph.n_owned && nodes.places[i].x < 1.5 + 1e-9; ++i)
      {
        const double iii = run.value(i, field("collagen3_new")) + run.value(i, field("collagen3_mature"));
        const double all = run.value(i, field("collagen_new")) + run.value(i, field("collagen_mature"));
        sum.i += nodes.graph.volume[i] * (all - iii);
        sum.iii += nodes.graph.volume[i] * iii;
        volume += nodes.graph.volume[i];
      }
      return {sum.i / volume, sum.iii / volume};
    }

    const Nodes nodes_;
    NodesCase run_, control_;
  };

  const std::vector<PllaDay> cylinder = {
    {7., {{16.2320, .1093, 1.0421, 1.1765, 1.0322, .0016, 1.2328, 1.4275, .0756, .6838, .7594, .2054, 1.0158}}},
    {28., {{31.4240, .1173, 1.1487, 1.4131, 1.5740, .0442, 1.6964, 1.5274, .1906, .7376, .9282, .2331, 1.1730}}},
    {90., {{37.6321, .1453, 1.2510, 1.7421, 2.2309, .2834, 2.4280, 1.6476, .3201, 1.2751, 1.5952, .2813, 1.7062}}},
    {180., {{24.9674, .0852, 1.1171, 1.2976, 1.3790, .0286, 1.4904, 1.5374, .1127, 1.6282, 1.7409, .2543, 2.0025}}},
    {365., {{7.9491, .0650, 1.0770, 1.2057, 1.1917, .0117, 1.2973, 1.5175, .0770, 1.8400, 1.9170, .2261, 2.2506}}},
    {760., {{.0000, .0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, 1.6180, .0328, 1.8324, 1.8653, .2029, 2.3073}}}};

  const std::vector<PllaDay> at_a_point = {
    {28., {{14.7233, .1200, 1.2144, 1.6562, 2.1626, .1625, 2.2201, 1.6525, .2678, .7620, 1.0298, .2440, 1.2397}}},
    {90., {{11.1655, .0700, 1.2407, 1.6686, 2.1030, .3788, 2.3312, 1.6805, .2953, 1.3665, 1.6618, .2617, 1.8103}}},
    {365., {{1.9217, .0324, 1.0782, 1.1759, 1.2452, .0218, 1.2887, 1.5883, .0672, 2.3218, 2.3890, .2238, 2.5969}}},
    {760., {{.0000, .0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, 1.6180, .0283, 2.2452, 2.2735, .2025, 2.6264}}}};
} // namespace

TEST(Plla, OneSessionAtAPoint)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d"), {"PLLA/Shape=everywhere", "Time/Tolerance=1e-4"}), single_node());
  expect_course(run, run.problem.network(), at_a_point, .005, {});
}

TEST(Plla, ThreeSessionsAlongTheRadiusOfACylinder)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d, 28 d, 56 d"), {"Time/Tolerance=1e-4"}), radial_nodes(2, 20., 400));
  expect_course(run, run.problem.network(), cylinder, .01, {});
}

TEST(PllaSlow, ThreeSessionsInACylinder)
{
  // A quarter of the cylinder and of the square of 40 mm around it, with cells of .1 mm.
  CaseRun<2> run(with(plla_in_a_host_of_55("0 d, 28 d, 56 d"),
                      {"PLLA/Centres along width=-10 mm",
                       "Mesh/Width=20 mm",
                       "Skin/dermis/Thickness=20 mm",
                       "Skin/dermis/Cells=1",
                       "Mesh/Cell size=.1 mm"}));
  expect_course(run, run.problem.network(), cylinder, .01, {-10., 0., 0.});
}

TEST(Plla, WithoutMacrophagesItDoesNothing)
{
  // The control holds no particles. Steps of the same size let the two be compared to the last digit.
  const std::vector<std::string> inert = {"PLLA/Macrophages=false"},
                                 empty = {"PLLA/Macrophages=false", "PLLA/Dose=0 mg"};
  const Nodes nodes = radial_nodes(2, 10., 40);
  NodesCase treated(with(plla_in_a_host_of_55("0 d, 20 d"), inert), nodes);
  NodesCase control(with(plla_in_a_host_of_55("0 d, 20 d"), empty), nodes);
  treated.run(60., {}, .5);
  control.run(60., {}, .5);
  ASSERT_EQ(treated.state.clock.steps, control.state.clock.steps);
  EXPECT_GT(treated.at({}, "plla_mass_1"), 10.);
  for (const Species &s : treated.problem.network().species())
    for (unsigned int i = 0; i < nodes.graph.n_owned; ++i)
    {
      const int f = treated.layout.find(s.key);
      EXPECT_NEAR(treated.value(i, f), control.value(i, f), 1e-12 * s.magnitude) << s.key;
    }
}

TEST(Plla, WithoutMacrophagesSkinRests)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d, 28 d, 56 d"), {"PLLA/Macrophages=false", "Host/Ageing=false"}),
                radial_nodes(2, 10., 40));
  run.run(365.);
  const Network &network = run.problem.network();
  for (const Species &s : network.species())
    EXPECT_NEAR(run.at({}, s.key), network.healthy()[network.index(s.key)], 1e-12 * s.magnitude) << s.key;
}

TEST(Plla, TheGainOfCollagenSaturatesWithTheDose)
{
  double before = 0., per_dose = 1.;
  for (const auto &[dose, expected] :
       {std::pair(2., .16), {4.2, .32}, {8.35, .63}, {16.7, 1.11}, {30., 1.54}, {60., 1.96}, {120., 2.30}})
  {
    const double gain = PunchedCylinder("0 d, 28 d, 56 d", dose).gain(365.).total();
    EXPECT_NEAR(gain, expected, .01 * expected + .005) << dose << " mg/cm^3 per session";
    EXPECT_GT(gain, before);
    EXPECT_LT(gain / dose, per_dose);
    before = gain;
    per_dose = gain / dose;
  }
}

TEST(Plla, TypeThreeLeadsAndTypeOneFollows)
{
  PunchedCylinder cylinder("0 d", 16.7);
  for (const auto &[day, expected] : {std::pair(7., .82), {28., .58}, {90., .45}, {365., .31}})
  {
    const Collagen gain = cylinder.gain(day);
    EXPECT_NEAR(gain.iii / gain.i, expected, .01 * expected + .005) << "day " << day;
  }
}
