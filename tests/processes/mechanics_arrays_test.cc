// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// The order in which tensors are written for others to read: xx, xy, xz, yy, yz, zz along the axes of the mesh.
#include "mechanics_patch.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** The stress of healthy dermis under 24 kPa along the width and 17 kPa across it, in the middle of a slab. */
  template <int dim>
  std::vector<float> written_stress()
  {
    MechanicsSettings settings;
    settings.along = 24.;
    settings.across = 17.;
    Patch<dim> patch(slab(Layer::reticular_dermis, 1., 1., 2), settings);
    for (const NodalArray &array : patch.mechanics->arrays(patch.state))
      if (array.name == "stress")
        return {array.rows.begin(), array.rows.begin() + 6};
    ADD_FAILURE() << "no array 'stress'";
    return std::vector<float>(6);
  }
} // namespace

TEST(MechanicsArrays, ABlockWritesTensorsAlongItsAxes)
{
  const std::vector<float> expected = {24., 0., 0., 17., 0., 0.}, stress = written_stress<3>();
  for (int n = 0; n < 6; ++n)
    EXPECT_NEAR(stress[n], expected[n], 1e-4) << n;
}

TEST(MechanicsArrays, InASectionTheThirdAxisPointsOutOfIt)
{
  // Along, then the normal of the skin, and across the section last.
  const std::vector<float> expected = {24., 0., 0., 0., 0., 17.}, stress = written_stress<2>();
  for (int n = 0; n < 6; ++n)
    EXPECT_NEAR(stress[n], expected[n], 1e-4) << n;
}
