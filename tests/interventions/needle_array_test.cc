// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Where the needles of an array stand, in which order they fire, and what their lesions are together.
#include "interventions/needles/needle_array.h"

#include "lesion_of_balls.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;

TEST(LesionTable, InterpolatesTheLogarithm)
{
  const LesionTable table = table_of_balls();
  for (const Place &p : {Place{.5, .1, 1.1}, Place{-.71, .03, 1.33}, Place{.1, -.2, 1.}})
  {
    // Away from the kink of these balls at their centres Omega is met to a few percent, the fraction much better.
    EXPECT_NEAR(table.at(p).collagen, two_balls(p).collagen, .04 * two_balls(p).collagen);
    EXPECT_NEAR(damaged_fraction(table.at(p).collagen), damaged_fraction(two_balls(p).collagen), .01);
    EXPECT_NEAR(damaged_fraction(table.at(p).cells), damaged_fraction(two_balls(p).cells), .01);
  }
  EXPECT_EQ(table.at({3., 0., 1.}).cells, 0.);
  EXPECT_EQ(LesionTable().at({0., 0., 1.}).collagen, 0.);
}

TEST(NeedleArray, PairsAndNeedles)
{
  NeedleArray array;
  array.columns = 4;
  array.rows = 3;
  EXPECT_EQ(array.needles(false).size(), 12u);
  EXPECT_EQ(array.sources(false).size(), 6u);
  EXPECT_NEAR(array.sources(false)[0].x, -array.needle.pitch, 1e-12);
  bool in_plane = false;
  array.rows = 4; // no row in the middle, but a section shows one
  for (const Place &n : array.needles(true))
    in_plane = in_plane || n.y == 0.;
  EXPECT_TRUE(in_plane);
}

TEST(NeedleArray, EarlierFiringsWarmLaterOnes)
{
  NeedleArray array;
  array.columns = 4;
  array.rows = 2;
  const LesionTable cold = table_of_balls();
  const auto sources = array.sources(false); // two pairs in each of two rows
  const Place beside = {sources[1].x + .9, sources[1].y, 1.2};
  EXPECT_EQ(array.turns_between(sources[0], sources[1]), 1);
  EXPECT_EQ(array.turns_between(sources[0], sources[3]), 3);
  EXPECT_EQ(array.turns_between(sources[2], sources[1]), -1);

  // Ten times the damage at 5 K more; one turn later 2 K are left everywhere, two turns later 1 K.
  LesionTable warm = cold;
  const Place reach{4., 4., 4.};
  const auto all_over = [&](const double rise) -> QuarterTable<1> {
    return {reach, .5, [rise](const Place &) { return std::array<double, 1>{{rise}}; }};
  };
  warm.set_residual_heat({all_over(2.), all_over(1.)},
                         5.,
                         [](const Place &p) -> LesionDamage
                         {
                           const LesionDamage d = two_balls(p);
                           return {10. * d.collagen, 10. * d.cells};
                         });
  const double expected[] = {0., 2., 3., 3.}; // kelvins that each of the pairs meets
  for (unsigned int i = 0; i < 4; ++i)
  {
    const Place place{sources[i].x + .9, sources[i].y, 1.2};
    EXPECT_NEAR(array.damage_by(sources[i], place, warm, sources).cells,
                std::pow(10., expected[i] / 5.) * array.damage_by(sources[i], place, cold, sources).cells,
                1e-5 * warm.at({.9, 0., 1.2}, expected[i]).cells)
      << i;
  }
  EXPECT_GT(array.damage_at(beside, warm, sources).cells, array.damage_at(beside, cold, sources).cells);
}

TEST(NeedleArray, AtOnceEveryNeedleHasItsOwnSquare)
{
  NeedleArray array;
  array.firing = NeedleArray::Firing::at_once;
  array.columns = 3;
  array.rows = 2;
  const auto sources = array.sources(false);
  ASSERT_EQ(sources.size(), 6u);
  const double half = .5 * array.needle.pitch;
  const LesionTable even({half + .03, half + .03, 3.}, .03, [](const Place &) { return LesionDamage{1., 1.}; });
  for (const double x : {-1.8, -.625, -.3, 0., .625, 1.2})
    for (const double y : {-1.2, 0., .4, 1.2})
      EXPECT_NEAR(array.damage_at({x, y, 1.}, even, sources).cells, 1., 1e-6) << x << " " << y;
  EXPECT_EQ(array.damage_at({2., 0., 1.}, even, sources).cells, 0.) << "beyond the last needle";
}

namespace
{
  /** Balls that reach into their neighbours. */
  LesionDamage large_ball(const Place &p)
  {
    const double damage =
      half_damage * std::exp(20. * (.8 - std::sqrt(p.x * p.x + p.y * p.y + std::pow(p.depth - 1.2, 2))));
    return {std::min(damage, 10.), std::min(3. * damage, 30.)};
  }

  NeedleArray four_by_two()
  {
    NeedleArray array;
    array.columns = 4;
    array.rows = 2;
    array.needle.tip_depth = 1.2;
    return array;
  }

  /** The integrals of a session against the midpoint rule over the whole array, where nothing is shared out. */
  void expect_integrals(const NeedleArray &array, const LesionTable &table)
  {
    const auto sources = array.sources(false), needles = array.needles(false);
    const double h = .025; // planes between needles lie between its points
    SessionEffect expected;
    for (double x = -4.5 + .5 * h; x < 4.5; x += h)
      for (double y = -3. + .5 * h; y < 3.; y += h)
        for (double z = .5 * h; z < 3.; z += h)
        {
          const SessionEffect e = array.effect_at({x, y, z}, table, sources, needles);
          expected.collagen += e.collagen * h * h * h;
          expected.cells += e.cells * h * h * h;
        }
    const SessionEffect found = array.integrals(table, false);
    EXPECT_NEAR(found.collagen, expected.collagen, 2e-3 * expected.collagen);
    EXPECT_NEAR(found.cells, expected.cells, 2e-3 * expected.cells);
  }
} // namespace

TEST(NeedleArray, LesionsThatMeetAreCountedOnce)
{
  expect_integrals(four_by_two(), LesionTable({2., 2., 3.}, .04, large_ball));
}

TEST(NeedleArray, WarmLesionsAreCountedAsTheyAre)
{
  // Later pairs meet 2 K and make lesions that are larger, the more the further to the right.
  LesionTable table({2., 2., 3.}, .04, large_ball);
  const auto rise = [](const Place &p) { return std::array<double, 1>{{2. - .5 * p.x}}; };
  table.set_residual_heat({{{3., 3., 3.}, .1, rise}, {{3., 3., 3.}, .1, rise}},
                          4.,
                          [](const Place &p) -> LesionDamage
                          {
                            const LesionDamage cold = large_ball(p);
                            return {8. * cold.collagen, 8. * cold.cells};
                          });
  const NeedleArray array = four_by_two();
  const LesionTable cold({2., 2., 3.}, .04, large_ball);
  EXPECT_GT(array.integrals(table, false).collagen, 1.05 * array.integrals(cold, false).collagen);
  expect_integrals(array, table);
}

TEST(NeedleArray, TilesAreCountedOnce)
{
  // The table of a needle reaches a little into the tiles of its neighbours, which have lesions of their own.
  NeedleArray array = four_by_two();
  array.firing = NeedleArray::Firing::at_once;
  const double reach = .5 * array.needle.pitch + .03;
  const auto tilted = [](const Place &p) -> LesionDamage
  {
    const LesionDamage ball = large_ball({1.5 * p.x, p.y, p.depth});
    return {ball.collagen, ball.cells};
  };
  expect_integrals(array, LesionTable({reach, reach, 3.}, .04, tilted));
}
