// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What cells make of a tension that is held above that at rest, as filler or a stretch of the skin would hold it.
#include "../model/at_a_point.h"
#include "test_run.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  struct Day
  {
    double day;
    std::vector<double> values; ///< in the order of the keys
  };
  const std::vector<const char *> keys = {"tgf_beta", "mmp", "fibroblast", "collagen_new", "collagen_mature"};

  /** A host of 55 who grows older, s = .5 everywhere, synthesis and MMP with gains of .2. */
  void expect_course(const double tgf_gain, const std::vector<Day> &table)
  {
    Host host = host_of_age(55., true);
    host.tension_gains = {.2, .2, tgf_gain};
    Reactions dermis = network_for("dermis", host);
    TissueRun<2> run(dermis, 1e-4);
    make_box(run.mesh, 1);
    run.start(dermis_everywhere);
    const std::vector<double> tension(run.mesh.graph.n_owned, .5);
    run.surroundings.relative_tension = &tension;
    for (const Day &expected : table)
    {
      run.run(expected.day);
      for (std::size_t k = 0; k < keys.size(); ++k)
        EXPECT_NEAR(run.at({}, keys[k]), expected.values[k], 1.5e-4) << keys[k] << " on day " << expected.day;
    }
  }
} // namespace

TEST(FeltTension, WithoutRetentionLittleOfTheSynthesisStays)
{
  expect_course(0., {{28., {1., 1.5846, 1., .0659, .6813}}, {365., {1., 1.6000, 1., .0652, .6759}}});
}

TEST(FeltTension, TgfBetaThatItReleasesIsWhatLasts)
{
  expect_course(.2, {{28., {1.0300, 1.5436, 1.0053, .0758, .6848}}, {365., {1.0307, 1.5593, 1.0071, .0738, .7336}}});
}
