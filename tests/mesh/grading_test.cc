// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/skin_patch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace
{
  using namespace cutis;

  /** The promises of the skin patch about its cells with depth. */
  void check_promises(const SkinPatch &patch)
  {
    const std::vector<double> depths = graded_depths(patch);
    ASSERT_EQ(depths.front(), 0.);
    ASSERT_EQ(depths.back(), patch.depth());
    for (std::size_t i = 1; i < depths.size(); ++i)
    {
      const double size = depths[i] - depths[i - 1];
      ASSERT_GT(size, 0.);
      EXPECT_LE(size, patch.cell_size * (1. + 1e-9));
      if (i > 1)
      {
        const double ratio = size / (depths[i - 1] - depths[i - 2]);
        EXPECT_LE(std::max(ratio, 1. / ratio), patch.growth * (1. + 1e-6)) << "at depth " << depths[i - 1];
      }
    }
    double top = 0.;
    auto first = depths.begin();
    for (const LayerExtent &extent : patch.layers)
    {
      const auto last = std::find(first, depths.end(), top + extent.thickness);
      ASSERT_NE(last, depths.end()) << "no face at the lower side of " << layer_name(extent.layer);
      EXPECT_GE(last - first, extent.cells);
      first = last;
      top += extent.thickness;
    }
  }

  TEST(Grading, ThinEpidermisOnThickSkin)
  {
    SkinPatch patch;
    patch.layers = {{Layer::epidermis, 0.1, 2},
                    {Layer::papillary_dermis, 0.2, 2},
                    {Layer::reticular_dermis, 1.3, 4},
                    {Layer::hypodermis, 2.4, 3}};
    check_promises(patch);
    EXPECT_LE(graded_depths(patch).size(), 18u) << "grading must not waste cells";
  }

  TEST(Grading, UniformWhereEveryLayerIsAMultipleOfTheCellSize)
  {
    SkinPatch patch;
    patch.layers = {{Layer::dermis, 1.5}, {Layer::hypodermis, 2.5}};
    patch.cell_size = 0.1;
    const auto depths = graded_depths(patch);
    ASSERT_EQ(depths.size(), 41u);
    for (std::size_t i = 0; i < depths.size(); ++i)
      EXPECT_NEAR(depths[i], 0.1 * i, 1e-12);
  }

  TEST(Grading, ThinLayerBetweenThickOnesMakesBothSidesFine)
  {
    SkinPatch patch;
    patch.layers = {{Layer::epidermis, 1.}, {Layer::dermis, 0.01}, {Layer::hypodermis, 1.}};
    patch.growth = 1.5;
    check_promises(patch);
    const auto depths = graded_depths(patch);
    const auto dermis = std::find(depths.begin(), depths.end(), 1.);
    ASSERT_NE(dermis, depths.end());
    EXPECT_LE(*dermis - *(dermis - 1), 0.015 * (1. + 1e-9));
  }

  TEST(Grading, OneLayerOneCell)
  {
    SkinPatch patch;
    patch.layers = {{Layer::dermis, 2.}};
    patch.cell_size = 3.;
    EXPECT_EQ(graded_depths(patch), (std::vector<double>{0., 2.}));
  }

  /** Random stacks of layers: the promises hold for any thicknesses, numbers of cells and growths. */
  TEST(Grading, PromisesHoldForRandomStacks)
  {
    std::mt19937 random(20260101);
    std::uniform_real_distribution<double> exponent(-2.5, 1.), growth(1.05, 3.), cell_exponent(-1.5, 0.5);
    std::uniform_int_distribution<int> cells(1, 6), kind(0, 1);
    for (int repetition = 0; repetition < 500; ++repetition)
    {
      SkinPatch patch;
      for (const Layer layer : {Layer::epidermis, Layer::papillary_dermis, Layer::reticular_dermis, Layer::hypodermis})
        if (kind(random) == 1 || layer == Layer::hypodermis)
          patch.layers.push_back({layer, std::pow(10., exponent(random)), cells(random)});
      patch.growth = growth(random);
      patch.cell_size = std::pow(10., cell_exponent(random));
      SCOPED_TRACE("repetition " + std::to_string(repetition));
      check_promises(patch);
      if (testing::Test::HasFailure())
        return;
    }
  }
} // namespace
