// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Lesions of needles on the skin patch: their volume is kept on coarse cells, what is destroyed is accounted for, and
// the tissue clears and rebuilds it.
#include "interventions/needles/rf_microneedling.h"

#include "../model/at_a_point.h"
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

  /** A case of this intervention on a patch in three dimensions, healthy and before its first session; its needles
   * leave no lesion unless they are given one. */
  struct Treated
  {
    std::unique_ptr<const Case> problem;
    Run<3> run;
    const Discretization<3> &skin = run.discretization;
    const FieldLayout &layout = run.layout;
    Reactions &reactions = *run.setup.model.reactions;
    State &state = run.state;
    RfMicroneedling *rf = dynamic_cast<RfMicroneedling *>(run.setup.model.interventions[0].get());

    explicit Treated(const std::string &cell_size, const std::vector<std::string> &more = {})
      : problem(test::read_case(settings(cell_size, more)))
      , run(*problem, MPI_COMM_WORLD)
    {
      rf->set_lesion(LesionTable(), FiringRecord());
      run.start();
    }

    static std::vector<std::string> settings(const std::string &cell_size, const std::vector<std::string> &more)
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
      return settings;
    }

    std::vector<SessionEntry> treat() { return {{0., "rf_microneedling", 0, rf->apply(0, run.tissue(), state)}}; }

    double total(const std::string &key) const
    {
      return skin.graph.integrals(state.fields(), layout.n_fields(), skin.graph.volume)[layout.find(key)];
    }
    double healthy(const std::string &key) const { return reactions.healthy()[reactions.index(key)]; }
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
    EXPECT_NEAR(total_of(session, "rf_microneedling", "denatured_expected_mm3"), expected, 3e-3 * expected);
    EXPECT_NEAR(total_of(session, "rf_microneedling", "denatured_mm3"), destroyed * 75. / before, 1e-12);
    EXPECT_LT(std::abs(total_of(session, "rf_microneedling", "denatured_difference")), .02);
    EXPECT_NEAR(75. - skin.total("fibroblast") / skin.healthy("fibroblast"),
                total_of(session, "rf_microneedling", "dead_mm3"),
                1e-9);
    EXPECT_LT(std::abs(total_of(session, "rf_microneedling", "dead_difference")), .02);
    EXPECT_EQ(total_of(session, "rf_microneedling", "firings"), 2.);
    EXPECT_EQ(total_of(session, "rf_microneedling", "energy_J"), 4. * firing.energy);
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
  EXPECT_EQ(total_of({{0., "", 0, skin.rf->account(3).amounts}}, "", "energy_per_needle_J"), .25);
}

TEST(RfMicroneedling, HeatThatKillsCellsCannotStimulateThemAndNoneAreStimulatedTwice)
{
  Treated skin("0.5 mm");
  skin.rf->set_lesion(table_of_balls(), firing);
  const auto values = [&](const char *key)
  {
    std::vector<double> all;
    for (unsigned int i = 0; i < skin.skin.graph.n_owned; ++i)
      all.push_back(skin.state.fields().local_element(i * skin.layout.n_fields() + skin.layout.find(key)));
    return all;
  };
  skin.treat();
  const std::vector<double> stimulus = values("heat_shock"), alive = values("fibroblast"); // of whole skin
  skin.treat();
  const std::vector<double> twice = values("heat_shock");
  for (std::size_t i = 0; i < twice.size(); ++i)
    EXPECT_NEAR(twice[i], alive[i] * stimulus[i] + (1. - stimulus[i]) * stimulus[i], 1e-14);
  for (int session = 0; session < 5; ++session)
    skin.treat();
  const std::vector<double> often = values("heat_shock");
  EXPECT_LT(*std::max_element(often.begin(), often.end()), 1.);
  EXPECT_GT(*std::max_element(often.begin(), often.end()), *std::max_element(twice.begin(), twice.end()));
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

namespace
{
  /** The dermis by itself, and with what needles leave, at a point. */
  struct Healing
  {
    const Reactions dermis = network_for("dermis", host_of_age(55., false));
    const Reactions treated = reactions_for("dermis", {host_of_age(55., false)}, {}, {"repair", "needles"});
    const AtAPoint before = AtAPoint(dermis), after = AtAPoint(treated);
    std::vector<double> u = treated.healthy();

    double &operator[](const std::string &key) { return u[treated.index(key)]; }
    /** What the dermis would make in this state, and what it makes at rest. */
    double made_by_dermis(const std::string &key) const { return before.production(key, of_dermis()); }
    double at_rest(const std::string &key) const { return before.production(key, dermis.healthy()); }
    double made(const std::string &key) const { return after.production(key, u); }
    double added(const std::string &key) const { return made(key) - made_by_dermis(key); }
    /** Rate of change beyond that of the dermis. */
    double change(const std::string &key) const
    {
      return after.rates(u)[treated.index(key)] - before.rates(of_dermis())[dermis.index(key)];
    }
    double change_of_own(const std::string &key) const { return after.rates(u)[treated.index(key)]; }

  private:
    std::vector<double> of_dermis() const
    {
      std::vector<double> values;
      for (const Species &s : dermis.species())
        values.push_back(u[treated.index(s.key)]);
      return values;
    }
  };
} // namespace

TEST(RfMicroneedling, ShockCallsForSynthesisAndTracksClose)
{
  Healing skin;
  skin["denatured_collagen"] = .5;
  skin["heat_shock"] = 2.;
  skin["pore"] = .4;
  EXPECT_NEAR(std::log(2.) * .4 / -skin.change_of_own("pore"), .97, 1e-12);
  // Shock doubles and trebles synthesis; denatured collagen does not add to that.
  for (const std::string key : {"collagen_new", "collagen3_new"})
  {
    EXPECT_NEAR(skin.added(key), 2. * skin.made_by_dermis(key), 1e-12 * skin.made_by_dermis(key)) << key;
    EXPECT_NEAR(skin.change(key), skin.added(key), 1e-12 * skin.made_by_dermis(key)) << key;
  }
  EXPECT_NEAR(skin.change("elastin"), 10. * .5 * skin.made_by_dermis("elastin"), 1e-16);
  EXPECT_NEAR(skin.added("elastin"), skin.change("elastin"), 1e-16);
}

TEST(RfMicroneedling, CellsClearDenaturedCollagen)
{
  Healing skin;
  skin["denatured_collagen"] = .5;
  EXPECT_NEAR(std::log(2.) * .5 / -skin.change_of_own("denatured_collagen"), 17., .05) << "half-life in health";
  for (const double oxygen : {0., .3, 1.})
    for (const double fibroblasts : {0., .2, 1., 4.})
    {
      skin["oxygen"] = oxygen;
      skin["fibroblast"] = fibroblasts;
      const double cells = 1.3 * oxygen / (.3 + oxygen) * fibroblasts * 1.5 / (.5 + fibroblasts);
      EXPECT_NEAR(skin.change_of_own("denatured_collagen"), -.0408 * .5 * cells, 1e-16) << oxygen << ' ' << fibroblasts;
      EXPECT_NEAR(skin.change("collagen_mature"), .9 * .0408 * .5 * cells, 1e-16) << oxygen << ' ' << fibroblasts;
    }
}

TEST(RfMicroneedling, WhatIsClearedIsReplacedAsFarAsTgfDoesNotSeeToIt)
{
  Healing skin;
  int seen_to_by_tgf = 0;
  for (const double denatured : {.01, .05, .5})
    for (const double tgf : {.5, 1., 1.5, 4.})
      for (const double macrophages : {.5, 3.})
      {
        skin["macrophage"] = macrophages;
        skin["denatured_collagen"] = denatured;
        skin["tgf_beta"] = 1.;
        const double calm = skin.made_by_dermis("collagen_mature");
        skin["tgf_beta"] = tgf;
        const double beyond_rest = skin.made_by_dermis("collagen_mature") - calm;
        const double replaced = std::max(0., .9 * -skin.change_of_own("denatured_collagen") - beyond_rest);
        const double near = std::max(0., macrophages - 1.), type_iii = .2 + .3 * near / (1. + near);
        EXPECT_NEAR(skin.change("collagen_mature"), replaced, 1e-15) << denatured << ' ' << tgf;
        EXPECT_NEAR(skin.added("collagen_mature"), replaced, 1e-15) << denatured << ' ' << tgf;
        EXPECT_NEAR(skin.change("collagen3_mature"), type_iii * replaced, 1e-15) << denatured << ' ' << tgf;
        EXPECT_NEAR(skin.change("collagen_new"), 0., 1e-15) << "it is laid mature";
        seen_to_by_tgf += replaced == 0.;
      }
  EXPECT_GT(seen_to_by_tgf, 0);
}

TEST(RfMicroneedling, MacrophagesBindToDenaturedCollagenAndCountAsFive)
{
  Healing skin;
  skin["macrophage"] = 2.;
  EXPECT_EQ(skin.change_of_own("bound_macrophage"), 0.);
  skin["denatured_collagen"] = .03;
  EXPECT_NEAR(skin.change_of_own("bound_macrophage"), .09 * .1 * 2. * .03 / .05, 1e-16);
  skin["bound_macrophage"] = .3;
  EXPECT_NEAR(skin.change_of_own("bound_macrophage"), .09 * (.1 * 2. * .03 / .05 - .3), 1e-16);
  EXPECT_NEAR(skin.change("tgf_beta"), .24 * .28 / 1.5 * (.07 * 2500. / (.004 * 3000.)) * .3, 1e-14);

  Healing five;
  five["macrophage"] = 2. + 5. * .3;
  for (const char *key : {"vegf", "collagen3_new"})
    EXPECT_NEAR(skin.made(key), five.made_by_dermis(key), 1e-12) << key;
  EXPECT_NEAR(skin.after.rates(skin.u)[skin.treated.index("oxygen")],
              five.after.rates(five.u)[five.treated.index("oxygen")],
              1e-11);
}

TEST(RfMicroneedling, WhereDenaturedCollagenIsLeftThereIsNoVoidForAClot)
{
  Healing skin;
  const double healthy = skin["collagen_new"] + skin["collagen_mature"];
  skin["damage_signal"] = .7;
  for (const double left : {1., .4, 0.})
    for (const double denatured : {0., .3, .6, 1.})
      for (const double clot : {0., .2})
      {
        skin["collagen_new"] = .1 * left * healthy;
        skin["collagen_mature"] = .9 * left * healthy;
        skin["denatured_collagen"] = denatured * healthy;
        skin["fibronectin"] = 0.;
        const double cleared_before = skin.change_of_own("fibronectin");
        skin["fibronectin"] = clot;
        const double cells =
          -skin.change_of_own("denatured_collagen") / (.0408 * std::max(denatured * healthy, 1e-300));
        const double cleared = denatured > 0. ? .08 * skin["mmp"] * clot * cells : .08 * skin["mmp"] * clot;
        EXPECT_NEAR(skin.change_of_own("fibronectin"),
                    .7 * std::max(0., 1. - clot - left - denatured) - cleared,
                    1e-6 * cleared + 1e-14)
          << left << ' ' << denatured << ' ' << clot;
        EXPECT_NEAR(cleared_before, .7 * std::max(0., 1. - left - denatured), 1e-14);
      }
}

TEST(RfMicroneedling, NothingIsSingularWhereAllIsDestroyed)
{
  Treated skin("0.5 mm");
  skin.rf->set_lesion(LesionTable({3., 3., 2.}, .1, [](const Place &) { return LesionDamage{1e3, 1e3}; }), firing);
  skin.treat();
  const unsigned int n = skin.layout.n_fields();
  const Reactions &reactions = skin.reactions;
  const AtAPoint point(reactions);
  double least = 1.;
  for (unsigned int i = 0; i < skin.skin.graph.n_owned; ++i)
  {
    const double *u = skin.state.fields().begin() + std::size_t(i) * n;
    for (unsigned int f = 0; f < n; ++f)
      EXPECT_GE(u[f], 0.) << skin.layout.fields[f].key;
    least = std::min(least, u[skin.layout.find("fibroblast")]);
    const std::vector<double> jacobian = point.jacobian({u, u + n});
    for (std::size_t e = 0; e < jacobian.size(); ++e)
      ASSERT_TRUE(std::isfinite(jacobian[e]))
        << skin.layout.fields[e / n].key << " by " << skin.layout.fields[e % n].key;
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
  EXPECT_NE(sentences("Network=tepole2017").find("use the network 'dermis'"), std::string::npos);
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
