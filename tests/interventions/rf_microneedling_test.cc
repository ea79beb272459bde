// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Lesions of needles on the skin patch: their volume is kept on coarse cells, what is destroyed is accounted for, and
// the tissue clears and rebuilds it.
#include "interventions/needles/rf_microneedling.h"

#include "../processes/test_run.h"
#include "interventions/needles/node_box.h"
#include "lesion_of_balls.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;

namespace
{
  const FiringRecord firing{.25, 1e-12, 97., 0., .1, .3};

  /** A case of this intervention on a patch in three dimensions, healthy and before its first session. */
  struct Treated
  {
    Case problem;
    RfMicroneedling *rf;
    Discretization<3> skin;
    FieldLayout layout;
    State state;
    std::vector<Place> places;

    explicit Treated(const std::string &cell_size, const std::vector<std::string> &more = {}) : skin(MPI_COMM_WORLD)
    {
      std::vector<std::string> settings = {"Intervention=rf_microneedling",
                                           "RF microneedling/Sessions=0 d",
                                           "RF microneedling/Columns=2",
                                           "RF microneedling/Rows=2",
                                           "RF microneedling/Tip depth=1.2 mm",
                                           "Skin/Layers=dermis",
                                           "Skin/dermis/Thickness=3 mm",
                                           "Mesh/Dimension=3",
                                           "Mesh/Width=5 mm",
                                           "Mesh/Length=5 mm",
                                           "Host/Ageing=false",
                                           "Mesh/Cell size=" + cell_size,
                                           "Time/End=100 d"};
      settings.insert(settings.end(), more.begin(), more.end());
      const Folder folder;
      folder.write("case.prm", "set Title = Test\n");
      problem.read("case.prm", settings);
      layout = problem.layout();
      rf = dynamic_cast<RfMicroneedling *>(problem.interventions()[0].get());
      make_skin_patch(problem.skin.patch, skin.triangulation);
      skin.rebuild(problem.skin.contents);
      for (const auto &p : skin.positions)
        places.push_back(place_of(p));
      fill(state, skin.graph, layout, problem.network().healthy());
    }

    std::vector<SessionEntry> treat()
    {
      return {{0., "rf_microneedling", 0, rf->apply(0, {skin.graph, places, layout, MPI_COMM_WORLD, 3}, state)}};
    }

    double total(const std::string &key) const
    {
      return skin.graph.integrals(state.fields, layout.n_fields(), skin.graph.volume)[layout.find(key)];
    }
    double healthy(const std::string &key) { return problem.network().healthy()[problem.network().index(key)]; }
  };

  /** Integral of the denatured fraction around one pair, by the midpoint rule. */
  double exact_volume(const LesionTable &table)
  {
    const double h = .0125;
    double sum = 0.;
    for (double x = .5 * h; x < 1.6; x += h)
      for (double y = .5 * h; y < 1.; y += h)
        for (double z = .3 + .5 * h; z < 2.1; z += h)
          sum += damaged_fraction(table.at({x, y, z}).collagen);
    return 4. * sum * h * h * h;
  }
} // namespace

TEST(RfMicroneedlingMpi, TheVolumeOfLesionsIsKeptOnCoarseCells)
{
  const double expected = 2. * exact_volume(table_of_balls());
  for (const std::string size : {"0.5 mm", "0.25 mm"})
  {
    Treated skin(size);
    skin.rf->set_lesion(table_of_balls(), firing);
    const double before = skin.total("collagen_mature") + skin.total("collagen_new");
    const std::vector<SessionEntry> session = skin.treat();
    const double destroyed = skin.total("denatured_collagen");
    EXPECT_NEAR(destroyed, expected * before / 75., .02 * expected * before / 75.) << size;
    EXPECT_NEAR(skin.total("collagen_mature") + skin.total("collagen_new") + destroyed, before, 1e-12 * before);
    EXPECT_GT(skin.total("heat_shock"), 0.);
    EXPECT_LT(skin.total("fibroblast"), 75. * skin.healthy("fibroblast") - expected);
    // The account of the session says the same.
    EXPECT_NEAR(total_of(session, "denatured_expected_mm3"), expected, 3e-3 * expected);
    EXPECT_NEAR(total_of(session, "denatured_mm3"), destroyed * 75. / before, 1e-12);
    EXPECT_LT(std::abs(total_of(session, "denatured_difference")), .02);
    EXPECT_NEAR(75. - skin.total("fibroblast") / skin.healthy("fibroblast"), total_of(session, "dead_mm3"), 1e-9);
    EXPECT_LT(std::abs(total_of(session, "dead_difference")), .02);
    EXPECT_EQ(total_of(session, "firings"), 2.);
    EXPECT_EQ(total_of(session, "energy_J"), 4. * firing.energy);
  }
}

TEST(RfMicroneedlingMpi, PoresAreAsWideAsTheNeedles)
{
  Treated skin("0.25 mm");
  skin.treat();
  const double tracks = 4. * std::acos(-1.) * std::pow(.5 * .235, 2) * 1.2;
  EXPECT_NEAR(skin.total("pore"), tracks, .04 * tracks);
  const double once = skin.total("pore");
  skin.treat();
  EXPECT_GT(skin.total("pore"), once);
  EXPECT_LT(skin.total("pore"), 2. * once) << "tissue that is open does not open again";
}

TEST(RfMicroneedling, SaysWhatItDidAndWhereItLeavesTheModel)
{
  Treated skin("0.5 mm");
  skin.rf->set_lesion(table_of_balls(), firing);
  EXPECT_TRUE(skin.rf->account(3).limits.empty());
  EXPECT_GT(skin.rf->account(2).notes.size(), skin.rf->account(3).notes.size());
  FiringRecord boiling = firing;
  boiling.boiled = .02;
  skin.rf->set_lesion(table_of_balls(), boiling);
  EXPECT_EQ(skin.rf->account(3).limits.size(), 1u);
  EXPECT_EQ(total_of({{0., "", 0, skin.rf->account(3).amounts}}, "energy_per_needle_J"), .25);
}

TEST(RfMicroneedling, WithoutEnergyOnlyTheTracksAreHurt)
{
  Treated skin("0.25 mm", {"RF microneedling/Energy=false"});
  skin.treat();
  EXPECT_EQ(skin.total("denatured_collagen"), 0.);
  EXPECT_EQ(skin.total("heat_shock"), 0.);
  const double tracks = 4. * std::acos(-1.) * std::pow(.5 * .235, 2) * 1.2;
  EXPECT_NEAR(75. - skin.total("fibroblast"), tracks, .04 * tracks);
}

TEST(RfMicroneedling, WhatIsDenaturedIsClearedAndShockCallsForSynthesis)
{
  Treated skin("0.5 mm");
  Kinetics &kinetics = *skin.rf->kinetics();
  const unsigned int n = skin.layout.n_fields();
  std::vector<double> u(skin.problem.network().healthy()), rates(n, 0.);
  u.resize(n, 0.);
  u[skin.layout.find("denatured_collagen")] = .5;
  u[skin.layout.find("heat_shock")] = 2.;
  u[skin.layout.find("pore")] = .4;
  const double content = 1.;
  kinetics.add_rates({1, n, u.data(), 0, nullptr, &content}, rates.data());
  EXPECT_NEAR(std::log(2.) * .5 / -rates[skin.layout.find("denatured_collagen")], 17., .05); // half-life
  const int El = skin.layout.find("elastin");
  const Network &network = skin.problem.network();
  const double share = .5 / (.5 + u[skin.layout.find("collagen_new")] + u[skin.layout.find("collagen_mature")]);
  for (const std::string pool : {"collagen", "collagen3"})
  {
    // Shock doubles and trebles synthesis; where all is denatured it is seven times that at rest, and is retained.
    const int fresh = skin.layout.find(pool + "_new"), mature = skin.layout.find(pool + "_mature");
    const double made = (2. + 6. * share) * network.gain(fresh, u.data()),
                 retained = 60. * share * network.gain(mature, u.data());
    EXPECT_NEAR(rates[fresh], made - retained, 1e-15) << pool;
    EXPECT_NEAR(rates[mature], retained, 1e-15) << pool;
    EXPECT_NEAR(kinetics.gain(fresh, u.data()), made, 1e-15) << pool;
    EXPECT_NEAR(kinetics.gain(mature, u.data()), retained, 1e-15) << pool;
  }
  EXPECT_NEAR(rates[El], 10. * .5 * skin.problem.network().gain(El, u.data()), 1e-18);
  EXPECT_NEAR(kinetics.gain(El, u.data()), rates[El], 1e-20);
  EXPECT_NEAR(std::log(2.) * .4 / -rates[skin.layout.find("pore")], .97, 1e-12); // half-life
}

TEST(RfMicroneedling, DenaturedTissueIsRebuiltAsUnderTheHighestTgf)
{
  // However high TGF-beta is there: the two do not add up.
  Treated skin("0.5 mm");
  const Network &network = skin.problem.network();
  const Kinetics &kinetics = *skin.rf->kinetics();
  std::vector<double> u(network.healthy());
  u.resize(skin.layout.n_fields(), 0.);
  double &tgf = u[skin.layout.find("tgf_beta")], &denatured = u[skin.layout.find("denatured_collagen")];
  const double collagen = u[skin.layout.find("collagen_new")] + u[skin.layout.find("collagen_mature")];
  for (const std::string key : {"collagen_new", "collagen_mature", "collagen3_new", "collagen3_mature"})
  {
    const int field = skin.layout.find(key);
    tgf = 1e9;
    const double least = network.gain(field, network.healthy().data()), most = network.gain(field, u.data());
    EXPECT_GT(most, 5. * least);
    for (const double level : {.5, 1., 1.5, 4.})
    {
      tgf = level;
      denatured = 1e9;
      EXPECT_NEAR(network.gain(field, u.data()) + kinetics.gain(field, u.data()), most, 1e-6 * most)
        << key << ' ' << level;
      denatured = .01;
      const double share = .01 / (.01 + collagen), more = share * (most / least - 1.) * least;
      EXPECT_NEAR(kinetics.gain(field, u.data()), level > 1. ? 0. : more, 1e-6 * more) << key << ' ' << level;
    }
  }
}

TEST(RfMicroneedling, DerivativesByDenaturedCollagen)
{
  Treated skin("0.5 mm");
  const unsigned int n = skin.layout.n_fields();
  KineticsSum kinetics(n, {skin.rf->kinetics()});
  const auto &pattern = kinetics.pattern();
  const int Cd = skin.layout.find("denatured_collagen");
  const double content = 1., step = 1e-6;

  std::vector<double> u(skin.problem.network().healthy()), values(pattern.size()), above(n, 0.), below(n, 0.);
  u.resize(n, 0.);
  u[Cd] = .3;
  kinetics.jacobian({1, n, u.data(), 0, nullptr, &content}, values.data());
  u[Cd] = .3 + step;
  kinetics.add_rates({1, n, u.data(), 0, nullptr, &content}, above.data());
  u[Cd] = .3 - step;
  kinetics.add_rates({1, n, u.data(), 0, nullptr, &content}, below.data());
  for (unsigned int i = 0; i < n; ++i)
  {
    const int slot = pattern.slot(i, Cd);
    EXPECT_NEAR(slot < 0 ? 0. : values[slot], .5 * (above[i] - below[i]) / step, 1e-9) << skin.layout.fields[i].key;
  }
  u[Cd] = .3;
  for (const std::string pool : {"collagen", "collagen3"})
  {
    const int fresh = skin.layout.find(pool + "_new"), mature = skin.layout.find(pool + "_mature");
    const double kept = skin.rf->kinetics()->gain(mature, u.data()) / u[fresh];
    EXPECT_GT(kept, 0.);
    EXPECT_NEAR(values[pattern.slot(mature, fresh)], kept, 1e-12) << pool;
    EXPECT_NEAR(values[pattern.slot(fresh, fresh)], -kept, 1e-12) << pool;
  }
}

TEST(RfMicroneedling, NothingIsSingularWhereAllIsDestroyed)
{
  Treated skin("0.5 mm");
  skin.rf->set_lesion(LesionTable({3., 3., 2.}, .1, [](const Place &) { return LesionDamage{1e3, 1e3}; }), firing);
  skin.treat();
  const unsigned int n = skin.layout.n_fields();
  KineticsSum kinetics(n, {&skin.problem.network(), skin.rf->kinetics()});
  std::vector<double> values(kinetics.pattern().size());
  double least = 1.;
  kinetics.set_time(0.);
  for (unsigned int i = 0; i < skin.skin.graph.n_owned; ++i)
  {
    const double *u = skin.state.fields.begin() + std::size_t(i) * n;
    const double content = 1.;
    for (unsigned int f = 0; f < n; ++f)
      EXPECT_GE(u[f], 0.) << skin.layout.fields[f].key;
    least = std::min(least, u[skin.layout.find("fibroblast")]);
    kinetics.jacobian({1, n, u, 0, nullptr, &content}, values.data());
    for (std::size_t s = 0; s < values.size(); ++s)
      ASSERT_TRUE(std::isfinite(values[s])) << skin.layout.fields[kinetics.pattern().entries()[s].first].key << " by "
                                            << skin.layout.fields[kinetics.pattern().entries()[s].second].key;
  }
  EXPECT_LT(least, 1e-12);
}

TEST(RfMicroneedling, RefusesWhatCannotBeDone)
{
  const Folder folder;
  folder.write("case.prm", "set Title = Test\n");
  const auto sentences = [](const std::string &assignment)
  {
    return refusal(
      [&]
      {
        Case problem;
        problem.read("case.prm",
                     {"Intervention=rf_microneedling", "Mesh/Width=8 mm", "RF microneedling/Sessions=0 d", assignment});
      });
  };
  EXPECT_NE(sentences("RF microneedling/Columns=7").find("without a partner"), std::string::npos);
  EXPECT_NE(sentences("RF microneedling/Columns=10").find("beyond the patch"), std::string::npos);
  EXPECT_NE(sentences("RF microneedling/Tip depth=3.8 mm").find("bottom of the treated box"), std::string::npos);
  EXPECT_NE(sentences("RF microneedling/Pitch=.2 mm").find("overlap"), std::string::npos);
  EXPECT_NE(sentences("RF microneedling/Pulse=0 s").find("out of range"), std::string::npos);
  EXPECT_NE(sentences("Network=tepole2017").find("use dermis"), std::string::npos);
  EXPECT_NE(sentences("RF microneedling/Damage/Cells log frequency=900").find("overflows"), std::string::npos);
  EXPECT_EQ(sentences("RF microneedling/Columns=4"), "");

  const auto of_all = [&](std::vector<std::string> assignments)
  {
    return refusal(
      [&]
      {
        Case problem;
        assignments.insert(assignments.begin(), {"Intervention=rf_microneedling", "Mesh/Width=8 mm"});
        assignments.push_back("RF microneedling/Sessions=0 d");
        problem.read("case.prm", assignments);
      });
  };
  const std::string at_once = "RF microneedling/Firing=at once";
  EXPECT_EQ(of_all({at_once, "RF microneedling/Pattern=rows"}), "");
  EXPECT_NE(of_all({at_once, "RF microneedling/Polarity=monopolar"}).find("fire in turn"), std::string::npos);
  EXPECT_NE(of_all({at_once, "RF microneedling/Residual heat=true"}).find("no earlier ones"), std::string::npos);
  EXPECT_NE(of_all({at_once, "RF microneedling/Model=single needle"}).find("no neighbours"), std::string::npos);
  EXPECT_NE(of_all({"RF microneedling/Residual heat=true", "RF microneedling/Interval=.2 s"}).find("before the pulse"),
            std::string::npos);
  EXPECT_NE(of_all({"RF microneedling/Firing=sometimes"}).find("in turn"), std::string::npos);
}
