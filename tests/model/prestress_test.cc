// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/prestress.h"

#include "base/errors.h"
#include "model/tissue/specimen.h"
#include "processes/mechanics/mechanics_settings.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace dealii;

namespace
{
  const Deformation rest = unit_symmetric_tensor<3>();
} // namespace

TEST(Prestress, HealthyTissueCarriesItsTensionInItsShape)
{
  for (const double angle : {0., .5, -1.2})
  {
    const Symmetric t = tension(24., 17., angle);
    const TissuePoint p = healthy_young_point({}, {}, t);
    EXPECT_LT((cauchy(stress({}, p, rest), rest) - t).norm(), 1e-12) << angle;
  }
}

TEST(Prestress, WhatIsLaidIsWhatLiesThere)
{
  for (const double guided : {0., .3})
  {
    FibreConstants fibres;
    fibres.guided_share = guided;
    const Symmetric t = tension(24., 17., .4);
    const TissuePoint p = healthy_young_point({}, fibres, t);
    const double carried = trace(collagen_stress({}, p, rest));
    const Symmetric laid = laying_direction(fibres, t, carried, p.fibres_new);
    EXPECT_LT((fibre_target(fibres, laid, rest) - p.fibres_new).norm(), 1e-14);
  }
}

/** What heat does to a piece that is cut out: all collagen is denatured and pulls. */
TEST(Prestress, DenaturedTissueShrinksByAThirdToAHalf)
{
  Specimen s{{}, healthy_young_point({}, {}, tension(24., 17., 0.))};
  const auto cut = s.equilibrium({{.9, .95, 1.1}}, {{true, true, true}});
  s.point.collagen_new = 0.;
  s.point.collagen_mature = 0.;
  auto heated = cut;
  for (const double share : {.1, .3, .6, 1.})
  {
    s.point.shrinkage = share * MechanicsSettings().shrinkage_stress;
    heated = s.equilibrium(heated, {{true, true, true}});
  }
  for (const int axis : {0, 1})
  {
    EXPECT_GT(1. - heated[axis] / cut[axis], .3);
    EXPECT_LT(1. - heated[axis] / cut[axis], .5);
  }
}

// Seed values of the constants and what follows from them, to the digits given; here and below by
// benchmarks/verification/tissue_point.
TEST(Prestress, TheSeedValues)
{
  const HealthyTissue h = healthy_tissue({}, {}, 1., 1., tension(24., 17., 0.));
  EXPECT_NEAR(h.directions[0][0], .454, 6e-4);
  EXPECT_NEAR(h.directions[1][1], .351, 6e-4);
  EXPECT_NEAR(h.directions[2][2], .195, 6e-4);
  EXPECT_NEAR(h.elastin_tensor[0][0], 1.60, 6e-3);
  EXPECT_NEAR(h.elastin_tensor[1][1], 1.38, 6e-3);
  EXPECT_NEAR(h.elastin_tensor[2][2], .42, 1e-12);
}

TEST(Prestress, ExcisedSkinRetractsMoreAlongTheLines)
{
  struct Row
  {
    double tension[2], excised[2], strip[2], uniaxial[2];
  };
  for (const Row &row : {Row{{7., 5.}, {.94, .97}, {104., 95.}, {82., 75.}},
                         Row{{15., 8.}, {.87, .97}, {143., 98.}, {112., 77.}},
                         Row{{24., 17.}, {.83, .90}, {194., 129.}, {142., 94.}},
                         Row{{28.3, 16.6}, {.80, .91}, {237., 120.}, {176., 89.}},
                         Row{{53., 30.}, {.74, .81}, {484., 141.}, {363., 106.}}})
  {
    const TissueConstants k;
    const Specimen s{k, healthy_young_point(k, {}, tension(row.tension[0], row.tension[1], 0.))};
    const auto free = s.equilibrium({{.9, .95, 1.1}}, {{true, true, true}});
    for (int axis = 0; axis < 2; ++axis)
    {
      EXPECT_NEAR(free[axis], row.excised[axis], .006) << row.tension[0];
      EXPECT_NEAR(s.incremental_modulus(axis, true), row.strip[axis], .01 * row.strip[axis]) << row.tension[0];
      EXPECT_NEAR(s.incremental_modulus(axis, false), row.uniaxial[axis], .01 * row.uniaxial[axis]) << row.tension[0];
    }
  }
}

TEST(Prestress, ATensionThatNoElastinCanHoldIsRefused)
{
  EXPECT_THROW(healthy_tissue({}, {}, 1., 1., tension(24., -15., 0.)), BadInput);
  EXPECT_NO_THROW(healthy_tissue({}, {}, 1., 1., tension(24., 17., 0.)));
}

namespace
{
  /** Granulation tissue that is held in the plane of the skin and free to thicken, with cells that pull so hard [kPa];
   * by a membrane of its own beside this program. */
  Specimen granulation(const double along_fibres, const double in_the_plane)
  {
    Specimen s{{}, healthy_young_point({}, {}, tension(20., 20., 0.))};
    s.point.collagen_new = .3;
    s.point.collagen_mature = .1;
    s.point.elastin = 0.;
    s.point.fibres_new = s.point.fibres_mature = 1.08 * 1.08 / 3. * unit_symmetric_tensor<3>();
    s.point.shrinkage = along_fibres;
    s.point.contraction = in_the_plane;
    return s;
  }

  std::pair<double, double> thickness_and_tension(const Specimen &s)
  {
    const auto stretch = s.equilibrium({{1., 1., 1.}}, {{false, false, true}});
    Deformation F = rest;
    F[thickness_axis][thickness_axis] = stretch[2];
    const Symmetric sigma = cauchy(stress({}, s.point, F), F);
    EXPECT_NEAR(sigma[2][2], 0., 1e-9);
    return {stretch[2], sigma[0][0]};
  }
} // namespace

TEST(Prestress, CellsThatPullInThePlaneOfTheSkinDrawItTogether)
{
  for (const auto &[t, expected] : {std::make_pair(0., -.4617), {20., 9.3219}, {40., 19.1054}})
  {
    const auto [thickness, tension] = thickness_and_tension(granulation(0., t));
    EXPECT_NEAR(thickness, 1.022124, 1e-6) << "whatever the pull";
    EXPECT_NEAR(tension, expected, 1e-4);
    EXPECT_NEAR(tension + .4617, .5 * t / thickness, 1e-4);
  }
}

/** The pressure takes up a pull that is alike in all directions. */
TEST(Prestress, APullInAllDirectionsOnlyMakesItThinner)
{
  for (const auto &[t, thickness, tension] : {std::array<double, 3>{{20., 1.0018, -.0581}}, {{40., .9819, .7943}}})
  {
    const auto [found, carried] = thickness_and_tension(granulation(t, 0.));
    EXPECT_NEAR(found, thickness, 1e-4);
    EXPECT_NEAR(carried, tension, 1e-4);
  }
}

TEST(Prestress, ThePlaneIsThatOfTheNormal)
{
  const Symmetric P = healthy_young_point({}, {}, tension(24., 17., .4)).fibres_new;
  Direction n;
  n[0] = .6;
  n[2] = .8;
  const Symmetric planar = in_plane(P, n);
  EXPECT_NEAR(trace(planar), 1., 1e-15);
  EXPECT_LT((planar * n).norm(), 1e-15);
  // The same in axes that are turned so that n is the third.
  Deformation R = rest;
  R[0][0] = R[2][2] = .8;
  R[0][2] = -.6;
  R[2][0] = .6;
  const Symmetric turned = in_plane(symmetrize(R * Deformation(P) * transpose(R)), flat_normal());
  EXPECT_LT((symmetrize(R * Deformation(planar) * transpose(R)) - turned).norm(), 1e-14);
  Deformation F = rest;
  F[0][1] = .3;
  F[2][2] = 1.4;
  EXPECT_LT((deformed_normal(flat_normal(), F) - flat_normal()).norm(), 1e-15) << "the surface stays where it was";
  F[2][0] = .5; // the surface rises along the patch
  EXPECT_LT(deformed_normal(flat_normal(), F)[0], 0.);
}
