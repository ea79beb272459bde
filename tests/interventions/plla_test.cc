// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// What PLLA does: the course against an independent program, and the laws that it obeys.
#include "../numerics/test_nodes.h"
#include "plla_course.h"

using namespace cutis;
using namespace cutis::test;

namespace
{
  std::vector<std::string> with(std::vector<std::string> assignments, const std::vector<std::string> &more)
  {
    assignments.insert(assignments.end(), more.begin(), more.end());
    return assignments;
  }

  const std::vector<PllaDay> cylinder = {
    {7., {{16.2320, .1093, 1.0421, 1.1765, 1.0322, .0016, 1.2328, 1.4275, .0756, .6838, .7594, .2054, 1.0158}}},
    {28., {{31.4240, .1173, 1.1487, 1.4131, 1.5740, .0442, 1.6964, 1.5274, .1906, .7376, .9282, .2331, 1.1730}}},
    {90., {{37.6321, .1453, 1.2510, 1.7421, 2.2309, .2834, 2.4280, 1.6476, .3201, 1.2751, 1.5952, .2813, 1.7062}}},
    {180., {{24.9674, .0852, 1.1171, 1.2976, 1.3790, .0286, 1.4904, 1.5374, .1127, 1.6282, 1.7409, .2543, 2.0025}}},
    {365., {{7.9491, .0650, 1.0770, 1.2057, 1.1917, .0117, 1.2973, 1.5175, .0770, 1.8400, 1.9170, .2261, 2.2506}}},
    {760., {{.0000, .0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, 1.6180, .0328, 1.8324, 1.8653, .2029, 2.3073}}}};

  const std::vector<PllaDay> at_a_point = {
    {28., {{14.7233, .1200, 1.2144, 1.6562, 2.1626, .1625, 2.2201, 1.6525, .2678, .7620, 1.0298, .2440, 1.2397}}},
    {90., {{11.1655, .0700, 1.2407, 1.6686, 2.1030, .3788, 2.3312, 1.6805, .2953, 1.3665, 1.6618, .2617, 1.8103}}},
    {365., {{1.9217, .0324, 1.0782, 1.1759, 1.2452, .0218, 1.2887, 1.5883, .0672, 2.3218, 2.3890, .2238, 2.5969}}},
    {760., {{.0000, .0000, 1.0000, 1.0000, 1.0000, .0000, 1.0000, 1.6180, .0283, 2.2452, 2.2735, .2025, 2.6264}}}};
} // namespace

TEST(Plla, OneSessionAtAPoint)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d"), {"PLLA/Shape=everywhere", "Time/Tolerance=1e-4"}), single_node());
  expect_course(run, run.problem.network(), at_a_point, .005, {});
}

TEST(Plla, ThreeSessionsAlongTheRadiusOfACylinder)
{
  NodesCase run(with(plla_in_a_host_of_55("0 d, 28 d, 56 d"), {"Time/Tolerance=1e-4"}), radial_nodes(2, 20., 400));
  expect_course(run, run.problem.network(), cylinder, .01, {});
}
