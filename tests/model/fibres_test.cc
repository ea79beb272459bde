// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/fibres.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace dealii;

namespace
{
  const Symmetric isotropic = unit_symmetric_tensor<3>() / 3.;

  Symmetric diagonal(const double x, const double y, const double z)
  {
    Symmetric t;
    t[0][0] = x;
    t[1][1] = y;
    t[2][2] = z;
    return t;
  }

  Deformation shear(const double gamma)
  {
    Deformation F = unit_symmetric_tensor<3>();
    F[0][1] = gamma;
    return F;
  }

  /** P after 2 d of simple shear at .3 per day, with targets at the ends (`at` = 1) or in the middle (.5) of steps. */
  Symmetric sheared(const int steps, const double at)
  {
    FibreConstants unstretched;
    unstretched.deposition_stretch = 1.;
    const double dt = 2. / steps;
    const Symmetric h = diagonal(.5, .5, 0.);
    Symmetric P = h;
    for (int n = 0; n < steps; ++n)
      P = turned_over(P, fibre_target(unstretched, h, shear(.3 * (n + at) * dt)), 1., dt);
    return P;
  }
} // namespace

TEST(Fibres, TheExponentialOfATensor)
{
  const Symmetric e = exponential(diagonal(1., -2., 7.));
  EXPECT_NEAR(e[0][0], std::exp(1.), 1e-13 * std::exp(1.));
  EXPECT_NEAR(e[1][1], std::exp(-2.), 1e-13);
  EXPECT_NEAR(e[2][2], std::exp(7.), 1e-12 * std::exp(7.));

  Symmetric plane; // exp of [[a, b], [b, a]] is e^a [[cosh b, sinh b], [sinh b, cosh b]]
  plane[0][0] = plane[1][1] = .3;
  plane[0][1] = 2.;
  EXPECT_NEAR(exponential(plane)[0][1], std::exp(.3) * std::sinh(2.), 1e-12);
  EXPECT_NEAR(exponential(plane)[2][2], 1., 1e-14);
  EXPECT_EQ((exponential(Symmetric()) - unit_symmetric_tensor<3>()).norm(), 0.);
}

TEST(Fibres, IsotropicStressGivesNoDirection)
{
  EXPECT_LT((laying_direction({}, 20. * unit_symmetric_tensor<3>(), 40., isotropic) - isotropic).norm(), 1e-15);
}

TEST(Fibres, TheRuleHasTraceOneAndIsMirrored)
{
  FibreConstants k;
  k.guided_share = .2;
  Symmetric stress = diagonal(24., 17., 0.);
  stress[0][1] = 5.;
  Symmetric there = isotropic;
  there[0][1] = .1;
  Symmetric mirror_stress = stress, mirror_there = there;
  mirror_stress[0][1] *= -1.;
  mirror_there[0][1] *= -1.;
  const Symmetric h = laying_direction(k, stress, 47., there),
                  m = laying_direction(k, mirror_stress, 47., mirror_there);
  EXPECT_NEAR(trace(h), 1., 1e-15);
  EXPECT_NEAR(h[0][1], -m[0][1], 1e-15);
  EXPECT_NEAR(h[0][0], m[0][0], 1e-15);
  EXPECT_GT(h[0][1], .05);
}

// d h / d (the same perturbation of the stress over what the fibres carry) = beta (1 - wi)/3 at isotropy.
TEST(Fibres, TheSlopeDoesNotDependOnContentOrActivity)
{
  FibreConstants k;
  k.resting_stress = 1e-9;
  for (const double carried : {1., 10., 1000.})
  {
    const double small = 1e-6;
    const Symmetric lean = diagonal(small, -small, 0.);
    const Symmetric h = laying_direction(k, carried * (isotropic + lean), carried, isotropic);
    EXPECT_NEAR((h[0][0] - 1. / 3.) / small, k.self_alignment() / 3., 1e-5) << carried;
  }
  EXPECT_NEAR(k.self_alignment(), 1.8, 1e-15);
}

TEST(Fibres, AStepStretchRelaxes)
{
  FibreConstants k;
  k.deposition_stretch = 1.1;
  Deformation F = unit_symmetric_tensor<3>();
  F[0][0] = 1.15;
  const Symmetric along = diagonal(1., 0., 0.);
  // benchmarks/verification/tissue_point
  const double expected[][2] = {{0., 1.265}, {.5, 1.20278154}, {1., 1.16342415}, {2., 1.12374873}, {5., 1.10119449}};
  for (const auto &[turns, stretch] : expected)
    EXPECT_NEAR(
      F[0][0] * std::sqrt(turned_over(1.21 * along, fibre_target(k, along, F), turns, 1.)[0][0]), stretch, 1e-8);
}

TEST(Fibres, SecondOrderWithTargetsInTheMiddleOfSteps)
{
  // P' = F^-1 h F^-T - P, by benchmarks/verification/tissue_point.
  const double P11 = .57781982, P12 = -.17030029;
  EXPECT_NEAR(sheared(4000, .5)[0][0], P11, 1e-8);
  EXPECT_NEAR(sheared(4000, .5)[0][1], P12, 1e-8);
  const double coarse = std::abs(sheared(10, .5)[0][0] - P11), fine = std::abs(sheared(20, .5)[0][0] - P11);
  EXPECT_NEAR(std::log2(coarse / fine), 2., .1);
  EXPECT_LT(coarse, 5e-4);
  EXPECT_GT(std::abs(sheared(10, 1.)[0][0] - P11), 5. * coarse); // targets at the ends: first order
}

TEST(Fibres, MixesWhatIsMadeWithWhatWasThere)
{
  // phi' = kp - kd phi, (phi H)' = kp h - kd phi H; by benchmarks/verification/tissue_point.
  const double kp = .02, kd = .01, h = .9;
  double phi = .5, H = .5;
  const int steps = 400;
  const double dt = 100. / steps;
  for (int n = 0; n < steps; ++n)
  {
    const double middle = kp / kd + (phi - kp / kd) * std::exp(-kd * dt / 2.);
    H = turned_over(diagonal(H, 0., 0.), diagonal(h, 0., 0.), kp / middle, dt)[0][0];
    phi = kp / kd + (phi - kp / kd) * std::exp(-kd * dt);
  }
  EXPECT_NEAR(phi, 1.44818084, 1e-8);
  EXPECT_NEAR(H, .84919427, 1e-6);
}

TEST(Fibres, TheMeanOverATurnover)
{
  const Symmetric start = diagonal(.7, .2, .1), target = diagonal(.2, .3, .5);
  const double rate = .3, dt = 5.;
  Symmetric sum;
  const int parts = 2000;
  for (int n = 0; n < parts; ++n)
    sum += turned_over(start, target, rate, (n + .5) * dt / parts) / parts;
  EXPECT_LT((mean_of_turnover(start, target, rate, dt) - sum).norm(), 1e-7);
  EXPECT_LT((mean_of_turnover(start, target, 0., dt) - start).norm(), 1e-15);
}
