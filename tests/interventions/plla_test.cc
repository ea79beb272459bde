// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What PLLA does: the course against benchmarks/verification/plla_course, and the laws that it obeys.
#include "../numerics/test_nodes.h"
#include "plla_course.h"

using namespace cutis;
using namespace cutis::test;

namespace
{
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
    static Collagen mean(const AnyRun &run, const Nodes &nodes)
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

  // Both by benchmarks/verification/plla_course, on 200 cells of fourth order along the radius; half of them give the
  // same digits.
  const std::vector<PllaDay> cylinder = {
    {7., {{16.2320, .1093, 1.0421, 1.1766, 1.0323, .0016, 1.2328, 1.4274, .0756, .6838, .7594, .2054, 1.0155}}},
    {28., {{31.4240, .1173, 1.1488, 1.4135, 1.5750, .0443, 1.6971, 1.5275, .1908, .7377, .9284, .2331, 1.1719}}},
    {90., {{37.6320, .1453, 1.2511, 1.7429, 2.2317, .2841, 2.4292, 1.6475, .3203, 1.2760, 1.5963, .2813, 1.7022}}},
    {180., {{24.9672, .0852, 1.1173, 1.2981, 1.3799, .0287, 1.4911, 1.5375, .1128, 1.6297, 1.7425, .2543, 1.9896}}},
    {365., {{7.9490, .0650, 1.0771, 1.2059, 1.1920, .0117, 1.2977, 1.5175, .0770, 1.8417, 1.9187, .2261, 2.2167}}},
    {760., {{.0000, .0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, 1.6180, .0328, 1.8341, 1.8669, .2029, 2.2216}}}};

  const std::vector<PllaDay> at_a_point = {
    {28., {{14.7233, .1200, 1.2145, 1.6569, 2.1638, .1630, 2.2213, 1.6525, .2680, .7621, 1.0301, .2440, 1.2387}}},
    {90., {{11.1655, .0700, 1.2408, 1.6692, 2.1034, .3796, 2.3322, 1.6802, .2955, 1.3674, 1.6629, .2617, 1.8057}}},
    {365., {{1.9216, .0325, 1.0785, 1.1764, 1.2463, .0219, 1.2897, 1.5886, .0672, 2.3246, 2.3919, .2238, 2.5568}}},
    {760., {{.0000, .0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, 1.6180, .0283, 2.2479, 2.2762, .2025, 2.5256}}}};
} // namespace

TEST(Plla, OneSessionAtAPoint)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d"), {"PLLA/Shape=everywhere", "Time/Tolerance=1e-4"}), single_node());
  expect_course(run, run.reactions(), at_a_point, .005, {});
}

TEST(Plla, ThreeSessionsAlongTheRadiusOfACylinder)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d, 28 d, 56 d"), {"Time/Tolerance=1e-4"}), radial_nodes(2, 20., 400));
  expect_course(run, run.reactions(), cylinder, .01, {});
}

TEST(PllaSlow, ThreeSessionsInACylinder)
{
  // A quarter of the cylinder and of the square of 40 mm around it, with cells of .1 mm.
  CaseRun<2> run(with(plla_in_a_host_of_55("0 d, 28 d, 56 d"),
                      {"PLLA/Centres along width=-10 mm",
                       "Mesh/Width=20 mm",
                       "Skin/dermis/Thickness=20 mm",
                       "Skin/dermis/Cells=1",
                       "Mesh/Cell size=.1 mm",
                       "Time/Tolerance=1e-3"}));
  expect_course(run, run.reactions(), cylinder, .01, {-10., 0., 0.});
}

TEST(Plla, WithoutMacrophagesItDoesNothing)
{
  // The control holds no particles. Steps of the same size let the two be compared to the last digit.
  const std::vector<std::string> inert = {"PLLA/Macrophages=false", "Time/Largest step=.5 d"},
                                 empty = with(inert, {"PLLA/Dose=0 mg"});
  const Nodes nodes = radial_nodes(2, 10., 40);
  NodesCase treated(with(plla_in_a_host_of_55("0 d, 20 d"), inert), nodes);
  NodesCase control(with(plla_in_a_host_of_55("0 d, 20 d"), empty), nodes);
  treated.run(60.);
  control.run(60.);
  ASSERT_EQ(treated.state.clock.steps, control.state.clock.steps);
  EXPECT_GT(treated.at({}, "plla_mass_1"), 10.);
  for (const Species &s : treated.reactions().tissue().fields(0))
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
  const Reactions &network = run.reactions();
  for (const Species &s : network.tissue().fields(0))
    EXPECT_NEAR(run.at({}, s.key), network.healthy()[network.index(s.key)], 1e-12 * s.magnitude) << s.key;
}

TEST(Plla, TheGainOfCollagenSaturatesWithTheDose)
{
  // The numbers are those of benchmarks/verification/plla_course.
  double before = 0., per_dose = 1.;
  for (const auto &[dose, expected] : {std::pair(2., .1655),
                                       {4.2, .3290},
                                       {8.35, .6293},
                                       {16.7, 1.1110},
                                       {30., 1.5354},
                                       {60., 1.9622},
                                       {120., 2.2960}})
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
  // The numbers are those of benchmarks/verification/plla_course.
  PunchedCylinder cylinder("0 d", 16.7);
  for (const auto &[day, expected] : {std::pair(7., .8100), {28., .5793}, {90., .4423}, {365., .3053}})
  {
    const Collagen gain = cylinder.gain(day);
    EXPECT_NEAR(gain.iii / gain.i, expected, .01 * expected + .005) << "day " << day;
  }
}

TEST(Plla, DensityAndDiameterOfParticlesCountWhereverTheyMatter)
{
  const NodesCase run(
    with(plla_in_a_host_of_55("0 d"), {"PLLA/Polymer density=2.5 mg/mm^3", "PLLA/Particle diameter=.1 mm"}),
    single_node());
  const Species &particles = run.layout.fields[run.layout.family("plla_mass").front()];
  EXPECT_DOUBLE_EQ(particles.volume, 1e-3 / 2.5) << "growth, with and without mechanics";
  EXPECT_NEAR(particles.particle, 2.5 * std::acos(-1.) / 6. * 1e-3, 1e-15) << "number of particles";
}
