// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Healthy skin of a held age stays healthy for ten years, with steps of a hundred days.
#include "test_run.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** Largest change of any field over ten years, relative to its healthy value, or to its size where that is zero. */
  template <int dim>
  double change_in_ten_years(const std::vector<std::string> &assignments)
  {
    CaseRun<dim> skin(assignments);
    const auto &healthy = skin.reactions().healthy();
    skin.state.clock.next_step = 100.;
    skin.setup.time.largest_step = 100.;
    skin.run(3652.5);
    EXPECT_EQ(skin.state.clock.steps, 37u) << "rest is so exact that the error control has nothing to say";
    EXPECT_EQ(skin.state.clock.rejected, 0u);
    double largest = 0.;
    for (unsigned int f = 0; f < healthy.size(); ++f)
    {
      // Fields that are absent may hold traces of round-off from the years before.
      const double size = skin.layout.fields[f].magnitude;
      const double measure = healthy[f] > 1e-12 * size ? healthy[f] : size;
      for (unsigned int i = 0; i < skin.mesh.graph.n_owned; ++i)
        largest = std::max(largest, std::abs(skin.value(i, f) - healthy[f]) / measure);
    }
    return largest;
  }

  const std::vector<std::string> uniform = {"Host/Ageing=false",
                                            "Skin/Layers=dermis",
                                            "Mesh/Width=4 mm",
                                            "Mesh/Length=2 mm",
                                            "Mesh/Cell size=.5 mm",
                                            "Time/End=3652.5 d"};

  std::vector<std::string> with(std::vector<std::string> assignments, const std::vector<std::string> &more)
  {
    assignments.insert(assignments.end(), more.begin(), more.end());
    return assignments;
  }

  /** Epidermis, two layers of dermis and hypodermis, with 1 %, all, all and a fifth of the cells of the dermis. */
  const std::string layered = "Skin/Layers=epidermis, papillary dermis, reticular dermis, hypodermis";
} // namespace

TEST(SkinAtRest, Uniform)
{
  EXPECT_LT(change_in_ten_years<2>(with(uniform, {"Host/Age=20"})), 1e-8);
  EXPECT_LT(change_in_ten_years<2>(with(uniform, {"Host/Age=55"})), 1e-8);
  EXPECT_LT(change_in_ten_years<3>(with(uniform, {"Host/Age=55", "Mesh/Dimension=3"})), 1e-8);
  EXPECT_LT(change_in_ten_years<2>(with(uniform, {"Network=koppenol2017"})), 1e-8);
}

TEST(SkinAtRest, Layered)
{
  EXPECT_LT(change_in_ten_years<2>(with(uniform, {"Host/Age=20", layered})), 1e-6);
  EXPECT_LT(change_in_ten_years<2>(with(uniform, {"Host/Age=55", "Host/Smoker=true", "Host/UV dose=.5", layered})),
            1e-6);
  EXPECT_LT(change_in_ten_years<3>(with(uniform, {"Host/Age=55", "Mesh/Dimension=3", layered})), 1e-6);
}

TEST(Rest, TwoSitesRestEachAtItsOwnLevel)
{
  // Fields that do not diffuse keep the level of their site; the others mix across the border, within some millimetres.
  CaseRun<2> skin({"Host/Age=25",
                   "Host/Ageing=false",
                   "Other site/Along width=0 mm, 20 mm",
                   "Other site/Age=75",
                   "Other site/Ageing=false",
                   "Skin/Layers=dermis",
                   "Mesh/Width=40 mm",
                   "Mesh/Cell size=1 mm"});
  const Reactions &reactions = skin.reactions();
  ASSERT_EQ(reactions.n_sites(), 2u);
  const auto healthy = [&](const unsigned int site, const char *key)
  { return reactions.healthy(site)[reactions.index(key)]; };
  EXPECT_GT(healthy(0, "collagen_mature"), 1.2 * healthy(1, "collagen_mature"));
  skin.run(365.);
  for (const char *key : {"collagen_mature", "collagen_new", "mmp", "tgf_beta", "elastin"})
  {
    EXPECT_NEAR(skin.at({-19., 0., .5}, key), healthy(0, key), 1e-6) << key;
    EXPECT_NEAR(skin.at({19., 0., .5}, key), healthy(1, key), 1e-6) << key;
  }
}
