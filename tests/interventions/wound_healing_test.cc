// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// How wounds, incisions and denatured zones heal: the tables of benchmarks/verification/wound_course, and what must not
// change where nothing is hurt.
#include "wound_course.h"

#include <cmath>
#include <map>
#include <random>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** Run the wound at a point to each day; every value within a thousandth of itself and what the table rounds off. */
  void expect_at_a_point(const Values &constants, const std::vector<DayOfWound> &table)
  {
    Reactions reactions = repaired_dermis(host_of_age(20., false), constants);
    std::vector<double> u = reactions.healthy();
    for (const auto &[key, value] : start_at_a_point)
      u[reactions.index(key)] = value;
    for (const DayOfWound &expected : table)
    {
      const std::vector<double> now = evolve(reactions, u, expected.day, 1e-8);
      ASSERT_EQ(columns_at_a_point.size(), expected.values.size());
      for (std::size_t k = 0; k < expected.values.size(); ++k)
        EXPECT_NEAR(now[reactions.index(columns_at_a_point[k])], expected.values[k], 1e-3 * expected.values[k] + 5e-5)
          << columns_at_a_point[k] << " on day " << expected.day;
    }
  }

  /** z^q as the network has it, with a finite slope at 0. */
  double power_of(const double z, const double q)
  {
    return z * std::pow((z + 1e-6) / (1. + 1e-6), q - 1.);
  }

  /** Rates of young skin that nothing hurts, written out: no damage, leukocytes or clot, and a closed epidermis. */
  std::map<std::string, double> rates_unhurt(const std::function<double(const char *)> &u)
  {
    const double T = u("tgf_beta"), V = u("vegf"), Z = u("mmp"), O = u("oxygen"), F = u("fibroblast"),
                 M = u("myofibroblast"), Ph = u("macrophage"), b = u("vessel"), Cn = u("collagen_new"),
                 Cm = u("collagen_mature"), C3n = u("collagen3_new"), C3m = u("collagen3_mature"),
                 Cf = u("collagen_fragmented"), El = u("elastin"), h = u("hyaluronan");
    const double ex = std::max(T - 1., 0.), high = ex / (1. + ex), gO = 1.3 * O / (.3 + O);
    const auto act = [&](const double half) { return ex * ex / (half * half + ex * ex); };
    const double km = 1.2652e-4 * .9 / .1, kC = (km + .088) * .1; // young skin rests
    const double S = kC * gO * (F + 2. * M) * (1. + 6. * high) * 1.7 / (.7 + Cn + Cm);
    const double near = std::max(Ph - 1., 0.), s3 = .2 + .3 * near / (1. + near);
    const double kept = km * (1. + 60. * high), broken = .088 * power_of(Z, .5), lost = 1.2652e-4 * power_of(Z, .12);
    const double blood = 1. + 400. / (200. * 1.2);
    return {{"damage_signal", 0.},
            {"tgf_beta", .24 * (.72 + .28 * T * (F + 2. * M + .5 * Ph) / (.5 + T) - T)},
            {"vegf", 14. * (.5 * F + .5 * Ph + M) * 1.25 / (.25 + O * O) - 12. * V - 2. * b * V},
            {"mmp", 2.16 * (F + .5 * M + Ph) / (1. + ex) - 4.32 * Z},
            {"oxygen", 200. * b * (blood - O) - 400. * (.7 * F + M + .3 * Ph) * O / (.2 + O)},
            {"fibroblast",
             .08 * F * (1. - F - M) + .82 * act(1.) * gO * (1. - (F + M) / 5.) * F - .2 * act(2.5) * F + .02 * M},
            {"myofibroblast", .2 * act(2.5) * F - .08 * M},
            {"macrophage", .4 * (.4 + 1.2 * b / (1. + b)) - .4 * Ph},
            {"vessel", .25 * b * (5. * V * V / (4. + V * V) - b)},
            {"collagen_new", S - kept * Cn - broken * Cn},
            {"collagen_mature", kept * Cn - lost * Cm},
            {"collagen3_new", s3 * S - kept * C3n - broken * C3n},
            {"collagen3_mature", kept * C3n - lost * C3m - (C3m - .2 * Cm) / 180.},
            {"collagen_fragmented", -lost * Cf},
            {"elastin", 2.7e-5 * (F - power_of(Z, .5) * El)},
            {"hyaluronan", .5 * (F + 2. * M - h)},
            // What came with wounds: nothing calls leukocytes, and a closed epidermis stays so.
            {"leukocyte", 0.},
            {"epidermis", 0.},
            {"collagen_crosslinked", (Cm - u("collagen_crosslinked")) / 22.},
            {"fibronectin", 0.},
            {"denatured_collagen", 0.},
            {"bound_macrophage", 0.}};
  }

  /** A denatured zone of .23 mm at the age of 55, its cells dead and the damage where they were, along its radius. */
  std::unique_ptr<NodesRun> denatured_zone(Reactions &reactions, const int dimension)
  {
    auto run = std::make_unique<NodesRun>(reactions, radial_nodes(dimension, 6., 300), 1e-4);
    const auto share = [](const Place &p) { return .5 * (1. - std::tanh((p.x - .23) / .05)); };
    const auto healthy = [&](const std::string &key) { return reactions.healthy()[reactions.index(key)]; };
    for (const char *key : {"collagen_new",
                            "collagen_mature",
                            "collagen3_new",
                            "collagen3_mature",
                            "collagen_fragmented",
                            "collagen_crosslinked",
                            "fibroblast",
                            "myofibroblast",
                            "vessel",
                            "epidermis"})
      run->set(key, [&](const Place &p) { return healthy(key) * (1. - share(p)); });
    const double collagen = healthy("collagen_new") + healthy("collagen_mature");
    run->set("denatured_collagen", [&](const Place &p) { return collagen * share(p); });
    run->set("damage_signal", share);
    return run;
  }
} // namespace

TEST(WoundHealing, AtAPoint)
{
  expect_at_a_point({}, wound_at_a_point);
}

TEST(WoundHealing, AtAPointWithoutALimitOfLeukocytes)
{
  expect_at_a_point(without_limit, wound_without_limit);
}

TEST(WoundHealing, WhereNothingIsHurtNothingIsNew)
{
  const Reactions reactions = repaired_dermis(host_of_age(20., false));
  const AtAPoint point(reactions);
  std::mt19937 random(20);
  std::uniform_real_distribution<double> between(0., 4.);
  for (int state = 0; state < 2000; ++state)
  {
    std::vector<double> u(reactions.species().size());
    for (double &value : u)
      value = between(random);
    for (const char *none : {"damage_signal", "leukocyte", "fibronectin", "denatured_collagen", "bound_macrophage"})
      u[reactions.index(none)] = 0.;
    u[reactions.index("epidermis")] = 1.;
    const std::vector<double> rates = point.rates(u);
    const auto expected = rates_unhurt([&](const char *key) { return u[reactions.index(key)]; });
    ASSERT_EQ(expected.size(), u.size());
    for (const auto &[key, rate] : expected)
      ASSERT_NEAR(rates[reactions.index(key)], rate, 1e-12 * std::max(1., std::abs(rate))) << key;
  }
}

TEST(WoundHealing, HealthRestsAlsoWhereBloodIsShort)
{
  for (const double perfusion : {1., .7})
    for (const double age : {20., 55.})
    {
      Host host = host_of_age(age, false);
      host.perfusion = perfusion;
      Reactions reactions = repaired_dermis(host);
      const std::vector<double> &healthy = reactions.healthy();
      for (const double rate : AtAPoint(reactions).rates(healthy))
        EXPECT_NEAR(rate, 0., 1e-7) << age << " years, perfusion " << perfusion;
      const std::vector<double> rest = evolve(reactions, healthy, 3652., 1e-9);
      for (std::size_t f = 0; f < rest.size(); ++f)
        EXPECT_NEAR(rest[f], healthy[f], 1e-6) << reactions.species()[f].key;
      for (const auto &[key, value] : Values{{"leukocyte", 0.}, {"epidermis", 1.}, {"bound_macrophage", 0.}})
        EXPECT_NEAR(rest[reactions.index(key)], value, 1e-12) << key;
      EXPECT_EQ(healthy[reactions.index("collagen_crosslinked")], healthy[reactions.index("collagen_mature")]);
      EXPECT_EQ(healthy[reactions.index("oxygen")] < .95, perfusion < 1.);
    }
}

TEST(WoundHealing, TheTraumaOfAnInjectionLeavesNoClot)
{
  Reactions reactions = repaired_dermis(host_of_age(55., true));
  std::vector<double> u = reactions.healthy();
  u[reactions.index("damage_signal")] = .02;
  for (const auto &[day, tgf, leukocytes, clot] : std::vector<std::array<double, 4>>{{1., 1.0318, .0122, .0000},
                                                                                     {3., 1.0607, .0122, .0000},
                                                                                     {10., 1.0431, .0009, .0000},
                                                                                     {30., 1.0027, .0000, .0000}})
  {
    const std::vector<double> now = evolve(reactions, u, day, 1e-9);
    EXPECT_NEAR(now[reactions.index("tgf_beta")], tgf, 6e-5) << day;
    EXPECT_NEAR(now[reactions.index("leukocyte")], leukocytes, 6e-5) << day;
    EXPECT_NEAR(now[reactions.index("fibronectin")], clot, 6e-5) << day;
  }
}

TEST(WoundHealing, IncisionsGrowStrong)
{
  const auto expect_strength = [](const std::string &half_gap, const std::string &rebuilt, const std::size_t column)
  {
    auto settings = wounded(half_gap, ".1 mm");
    settings.push_back("Network/repair/Rebuilt share=" + rebuilt);
    NodesCase run(settings, radial_nodes(1, 8., 320));
    for (const DayOfWound &expected : strength_of_incisions)
    {
      run.run(expected.day);
      EXPECT_NEAR(strength_at_origin(run), expected.values[column], .01 * expected.values[column] + 2e-4)
        << half_gap << ", rebuilt " << rebuilt << ", day " << expected.day;
    }
  };
  expect_strength(".2 mm", ".65", 0);
  expect_strength(".5 mm", ".65", 1);
  expect_strength(".2 mm", "0", 2);
  EXPECT_LT(strength_of_incisions.back().values[2], .25) << "without replacement they stay weak";
}

TEST(WoundHealing, DenaturedZonesAreReplaced)
{
  std::size_t column = 0;
  for (const auto &[dimension, of_repair] : {std::pair(3, Values{}), {2, Values{}}, {3, nothing_replaced}})
  {
    Reactions reactions = repaired_dermis(host_of_age(55., true), {}, of_repair);
    const auto run = denatured_zone(reactions, dimension);
    double most_bound = 0.;
    for (const DayOfWound &expected : zones)
    {
      run->run(expected.day);
      const auto collagen = [&](const Place &p) { return run->at(p, "collagen_new") + run->at(p, "collagen_mature"); };
      const double share = collagen({}) / collagen({6., 0., 0.});
      EXPECT_NEAR(share, expected.values[column], .01 * expected.values[column])
        << "zone " << column << ", day " << expected.day;
      most_bound = std::max(most_bound, run->at({}, "bound_macrophage"));
    }
    if (!of_repair.empty())
    {
      EXPECT_EQ(most_bound, 0.);
    }
    else
    {
      EXPECT_GT(most_bound, .01) << "macrophages stay on what is denatured";
    }
    ++column;
  }
  EXPECT_LT(zones.back().values[2], .25) << "without replacement such a zone stays empty";
}

TEST(WoundHealing, LargerWoundsCloseLaterAndThoseOfDiabetesLateOrNever)
{
  const double year = 365.;
  const Nodes nodes = radial_nodes(2, 20., 200);
  const auto closure = [&](std::vector<std::string> settings)
  {
    NodesCase run(settings, nodes);
    return day_of_closure(run, year);
  };
  for (const auto &[radius, closed] :
       std::vector<std::pair<double, double>>{{1., 4.3698}, {2., 9.8092}, {4., 17.8364}, {8., 31.7132}})
    EXPECT_NEAR(closure(wounded(std::to_string(radius) + " mm")), closed, .01 * closed) << radius;
  for (const auto &[of_diabetes, closed] :
       std::vector<std::pair<double, double>>{{1., 13.9878}, {2., 48.1357}, {4., 139.9238}})
    EXPECT_NEAR(closure(diabetic(wounded(std::to_string(of_diabetes) + " mm"))), closed, .01 * closed) << of_diabetes;
  EXPECT_EQ(closure(diabetic(wounded("8 mm"))), year) << "an ulcer stays open";
}

TEST(WoundHealing, LeukocytesNeverExceedTheirCapacityAndNothingIsNegative)
{
  for (const bool has_diabetes : {false, true})
  {
    NodesCase run(has_diabetes ? diabetic(wounded("4 mm")) : wounded("4 mm"), radial_nodes(2, 20., 150));
    double most = 0., least = 0.;
    const unsigned int leukocytes = run.layout.find("leukocyte");
    run.run(200.,
            [&]
            {
              for (unsigned int i = 0; i <= 150; ++i)
                most = std::max(most, run.value(i, leukocytes));
              least = std::min(least, run.minimum());
            });
    EXPECT_LE(most, 5.) << has_diabetes;
    EXPECT_GT(most, has_diabetes ? 3. : 1.) << has_diabetes;
    EXPECT_GE(least, 0.) << has_diabetes;
  }
}

TEST(WoundHealing, EpidermisGrowsFromTheRimOrFromAllSides)
{
  // A hole of 1 mm in a section of 3 mm of dermis. Where skin is gone nothing below the opening lets epidermis grow.
  const auto after_wounding = [](const std::string &regrowth)
  {
    auto settings = wounded("1 mm");
    for (const std::string &more : {"Wound/Depth=0 mm",
                                    "Skin/Layers=dermis",
                                    "Skin/dermis/Thickness=3 mm",
                                    "Mesh/Width=8 mm",
                                    "Mesh/Cell size=.25 mm"})
      settings.push_back(more);
    if (!regrowth.empty())
      settings.push_back("Wound/Epidermis=" + regrowth);
    auto run = std::make_unique<CaseRun<2>>(settings);
    run->run(0.);
    return run;
  };
  const auto by_default = after_wounding(""), from_rim = after_wounding("from the rim"),
             from_all_sides = after_wounding("from all sides");
  for (unsigned int i = 0; i < from_rim->mesh.graph.n_owned; ++i)
  {
    const Place &p = from_rim->place(i);
    const auto share = [](const double distance) { return .5 * (1. - std::tanh((distance - 1.) / .3)); };
    const double opening = share(std::abs(p.x)), hole = share(std::hypot(p.x, p.depth));
    for (const Species &s : from_rim->layout.fields)
    {
      const unsigned int f = from_rim->layout.find(s.key);
      EXPECT_EQ(by_default->value(i, f), from_rim->value(i, f)) << s.key;
      if (s.key != "epidermis")
      {
        EXPECT_EQ(from_all_sides->value(i, f), from_rim->value(i, f)) << s.key;
      }
    }
    const unsigned int cover = from_rim->layout.find("epidermis");
    EXPECT_NEAR(from_rim->value(i, cover), 1. - opening, 1e-12) << p.x << ' ' << p.depth;
    EXPECT_NEAR(from_all_sides->value(i, cover), 1. - hole, 1e-12) << p.x << ' ' << p.depth;
  }
}
