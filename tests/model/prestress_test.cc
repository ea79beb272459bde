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
    s.point.active_stress = share * MechanicsSettings().shrinkage_stress;
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
