// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Gel in the matrix of a column of skin whose sides are held and whose thickness is free: what it does to the thickness
// and to the tension that cells feel.
#include "model/tissue/prestress.h"
#include "model/tissue/specimen.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;

namespace
{
  struct Column
  {
    double thickness; ///< over that at rest
    double tension;   ///< relative, s
  };

  /** Load of the collagen, whose fibres the cells feel. */
  double felt(const Specimen &s, const std::array<double, 3> &stretches)
  {
    Deformation F;
    for (int i = 0; i < 3; ++i)
      F[i][i] = stretches[i];
    return determinant(F) * trace(collagen_stress(s.constants, s.point, F));
  }

  Column column_with(const double gel, const double modulus, const double in_plane = 1.)
  {
    Specimen s{{}, healthy_young_point({}, {}, tension(24., 17., 0.))};
    const double before = felt(s, {{1., 1., 1.}});
    s.point.swelling = 1. + gel;
    s.point.gel_modulus = gel * modulus;
    const auto now = s.equilibrium({{in_plane, in_plane, 1. + .5 * gel}}, {{false, false, true}});
    return {now[2], felt(s, now) / before - 1.};
  }
} // namespace

TEST(Gel, RaisesThicknessAndTension)
{
  struct Row
  {
    double gel;
    Column column;
  };
  // By benchmarks/verification/tissue_point.
  for (const Row &row : {Row{.02, {1.01590, .0899}},
                         {.05, {1.03897, .2376}},
                         {.10, {1.07516, .5194}},
                         {.15, {1.10830, .8471}},
                         {.20, {1.13827, 1.2196}},
                         {.25, {1.16512, 1.6335}},
                         {.30, {1.18900, 2.0832}},
                         {.50, {1.26044, 4.1186}}})
  {
    const Column now = column_with(row.gel, 0.);
    EXPECT_NEAR(now.thickness, row.column.thickness, 1e-3 * (row.column.thickness - 1.) + 5e-6) << row.gel;
    EXPECT_NEAR(now.tension, row.column.tension, 1e-3 * row.column.tension + 5e-5) << row.gel;
  }
}

TEST(Gel, ItsStiffnessIsNoLeverHere)
{
  for (const double gel : {.1, .25, .5})
  {
    const Column soft = column_with(gel, 0.), stiff = column_with(gel, .4);
    EXPECT_NE(soft.tension, stiff.tension);
    EXPECT_NEAR(soft.tension, stiff.tension, 2e-3 * soft.tension) << gel;
  }
}

TEST(Gel, StretchOfTheSkinIsAnotherMatter)
{
  for (const auto &[stretch, expected] : {std::pair(1.01, .119), {1.02, .259}, {1.05, .856}})
    EXPECT_NEAR(column_with(0., 0., stretch).tension, expected, 1e-3 * expected + 5e-4) << stretch;
}

TEST(Gel, StressAndTangentAreThoseOfTheEnergy)
{
  TissuePoint p = healthy_young_point({}, {}, tension(24., 17., .3));
  p.swelling = 1.2;
  p.gel_modulus = .6;
  Deformation F = dealii::unit_symmetric_tensor<3>();
  F[0][1] = .1;
  F[2][2] = 1.15;
  const TissueResponse r = response({}, p, F);
  EXPECT_LT((stress({}, p, F) - r.stress).norm(), 1e-13);
  Deformation direction;
  direction[0][0] = .3;
  direction[1][2] = -.2;
  direction[2][2] = .5;
  constexpr double h = 1e-6;
  const Deformation more = F + h * direction, less = F - h * direction;
  const Symmetric strain = dealii::symmetrize(transpose(F) * direction);
  EXPECT_NEAR((energy({}, p, more) - energy({}, p, less)) / (2. * h), r.stress * strain, 1e-6);
}
