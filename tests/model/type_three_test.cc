// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// How much of the collagen that cells lay is of type III follows from all macrophages around together, whichever
// modules bring them.
#include "at_a_point.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** s3 of docs/model.md for so many macrophages. */
  double law(const double macrophages)
  {
    const double e = std::max(macrophages - 1., 0.);
    return .2 + .3 * e / (1. + e);
  }

  /** Skin in which cells of these numbers lay collagen; fields that are not linked are left out. */
  std::vector<double> inflamed(const Reactions &reactions, const std::map<std::string, double> &macrophages)
  {
    std::vector<double> u = reactions.healthy();
    std::map<std::string, double> values = {
      {"collagen_new", 0.}, {"collagen3_new", 0.}, {"fibronectin", .3}, {"denatured_collagen", .2}};
    values.insert(macrophages.begin(), macrophages.end());
    for (const auto &[key, value] : values)
      if (const int field = reactions.layout().find(key); field >= 0)
        u[field] = value;
    return u;
  }

  double sum_of(const Reactions &reactions, const std::map<std::string, double> &macrophages)
  {
    double sum = 0.;
    for (const auto &[key, value] : macrophages)
      if (reactions.layout().find(key) >= 0)
        sum += value * (key == "macrophage" ? 1. : 5.);
    return sum;
  }
} // namespace

TEST(TypeThree, ItsShareIsTheLawOfAllMacrophages)
{
  for (const std::map<std::string, double> &macrophages :
       {std::map<std::string, double>{{"macrophage", 1.}, {"plla_macrophage", 0.}, {"bound_macrophage", 0.}},
        {{"macrophage", .6}, {"plla_macrophage", .1}, {"bound_macrophage", .05}},
        {{"macrophage", 8.}, {"plla_macrophage", 1.}, {"bound_macrophage", 1.}}})
    for (std::vector<std::string> modules : modules_of_interventions())
    {
      const Reactions reactions = reactions_for("dermis", {host_of_age(20., false)}, {}, modules);
      const AtAPoint point(reactions);
      const std::vector<double> u = inflamed(reactions, macrophages);
      const double expected = law(sum_of(reactions, macrophages));
      const auto share = [&](const char *three, const char *all)
      { return point.production(three, u) / point.production(all, u); };
      EXPECT_NEAR(share("collagen3_new", "collagen_new"), expected, 1e-14) << modules.back();
      EXPECT_LT(share("collagen3_new", "collagen_new"), .5) << modules.back();
      if (reactions.layout().find("denatured_collagen") >= 0) // what is laid for it is mature at once
        EXPECT_NEAR(share("collagen3_mature", "collagen_mature"), expected, 1e-14) << modules.back();
    }
}
