// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Fibrosis holds itself up only if cells answer for enough of their TGF-beta.
#include "at_a_point.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** TGF-beta ten years after a fibrotic start, with the share `cells` of TGF-beta from cells. */
  double fibrosis_after_ten_years(const std::string &cells)
  {
    auto network = network_for("dermis", host_of_age(20., false), {"TGF-beta share from cells=" + cells});
    // A young scar: TGF-beta 3, twice the fibroblasts and as many myofibroblasts as skin has fibroblasts, twice the
    // vessels, dense new collagen.
    std::vector<double> u = network.healthy();
    for (const auto &[key, value] : {std::pair("tgf_beta", 3.),
                                     {"fibroblast", 2.},
                                     {"myofibroblast", 1.},
                                     {"vessel", 2.},
                                     {"collagen_new", .8},
                                     {"collagen3_new", .2}})
      u[network.index(key)] = value;
    return evolve(network, u, 3652.5, 1e-6)[network.index("tgf_beta")];
  }
} // namespace

TEST(Bistability, AFibroticStateReturnsToHealthUpToFortyPercent)
{
  for (const char *cells : {"0", ".28", ".34", ".40"})
    EXPECT_NEAR(fibrosis_after_ten_years(cells), 1., 1e-3) << cells;
}

TEST(Bistability, AFibroticStatePersistsFromFortyTwoPercent)
{
  for (const char *cells : {".42", ".46"})
    EXPECT_GT(fibrosis_after_ten_years(cells), 1.5) << cells;
}
