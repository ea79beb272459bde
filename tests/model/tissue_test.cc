// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/tissue.h"

#include <Sacado.hpp>
#include <gtest/gtest.h>

using namespace cutis;
using namespace dealii;

namespace
{
  using Once = Sacado::Fad::DFad<double>;
  using Twice = Sacado::Fad::DFad<Once>;

  Symmetric symmetric(const double xx, const double yy, const double zz, const double xy, double xz, double yz)
  {
    Symmetric t;
    t[0][0] = xx;
    t[1][1] = yy;
    t[2][2] = zz;
    t[0][1] = xy;
    t[0][2] = xz;
    t[1][2] = yz;
    return t;
  }

  /** The point of the published example of a Gasser-Ogden-Holzapfel material. */
  TissueConstants example_constants()
  {
    TissueConstants k;
    k.matrix_modulus = .1;
    k.bulk_modulus = 10.;
    k.elastin_modulus = 0.;
    k.fibre_modulus = 1.;
    k.fibre_exponent = 2.;
    return k;
  }

  TissuePoint example_point()
  {
    TissuePoint p;
    p.collagen_new = .3;
    p.collagen_mature = .7;
    p.fibres_new = p.fibres_mature = symmetric(.6, .3, .1, .1, 0., 0.);
    return p;
  }

  Deformation example_deformation()
  {
    Deformation F;
    const double f[3][3] = {{1.1, .05, 0.}, {.02, .95, .03}, {0., .01, 1.02}};
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        F[i][j] = f[i][j];
    return F;
  }

  /** Everything at work at once. */
  TissuePoint busy_point()
  {
    TissuePoint p = example_point();
    p.collagen_new = .4;
    p.elastin = .9;
    p.fibres_new = symmetric(.5, .45, .2, -.1, .05, .02);
    p.elastin_tensor = symmetric(1.6, 1.38, .42, .1, .03, -.02);
    p.inelastic = grown_along_thickness(1.3, flat_normal(), symmetric(.9, 1.1, .95, .05, .02, -.04));
    p.swelling = 1.1;
    p.rest_volume = 1.05;
    p.contraction = 0.;
    return p;
  }

  /** The energy again, as the formulas are printed, for numbers that differentiate themselves. */
  template <class N>
  N printed_energy(const TissueConstants &k, const TissuePoint &p, const Tensor<2, 3, N> &C)
  {
    using std::exp;
    using std::log;
    using std::pow;
    using std::sqrt;
    Tensor<2, 3, N> Ce;
    const Symmetric back = invert(p.inelastic);
    const double growth = determinant(p.inelastic);
    N trace = 0., elastin = 0.;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        for (int m = 0; m < 3; ++m)
          for (int n = 0; n < 3; ++n)
            Ce[i][j] += back[i][m] * C[m][n] * back[n][j];
    const N J = sqrt(determinant(C)), Je = J / growth;
    const auto contract = [&](const Symmetric &P)
    {
      N sum = 0.;
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
          sum += P[i][j] * Ce[i][j];
      return sum;
    };
    trace = contract(unit_symmetric_tensor<3>());
    elastin = contract(p.elastin_tensor);
    N W = growth * k.matrix_modulus / 2. * (pow(Je, -2. / 3.) * trace - 3.) +
          growth * k.elastin_modulus * p.elastin / 2. * elastin;
    const double Jv = growth * p.swelling * p.rest_volume;
    const N x = J / Jv;
    W += Jv * k.bulk_modulus / 4. * (x * x - 1. - 2. * log(x));
    const auto add_pool = [&](const double content, const Symmetric &P)
    {
      const N E = contract(P) - 1.;
      if (E > 0.)
        W += content * k.fibre_modulus / (2. * k.fibre_exponent) * (exp(k.fibre_exponent * E * E) - 1.);
    };
    add_pool(p.collagen_new, p.fibres_new);
    add_pool(p.collagen_mature, p.fibres_mature);
    return W;
  }

  /** Stress and tangent of the printed energy by automatic differentiation. */
  TissueResponse differentiated(const TissueConstants &k, const TissuePoint &p, const Symmetric &C)
  {
    Tensor<2, 3, Twice> x;
    for (int n = 0; n < 6; ++n)
    {
      const auto a = Symmetric::unrolled_to_component_indices(n);
      const Twice value(6, n, Once(6, n, C[a]));
      x[a[0]][a[1]] = x[a[1]][a[0]] = value;
    }
    const Twice W = printed_energy(k, p, x);
    TissueResponse r;
    for (int n = 0; n < 6; ++n)
    {
      const auto a = Symmetric::unrolled_to_component_indices(n);
      const double half = a[0] == a[1] ? 1. : .5; // each off-diagonal entry stands for two
      r.stress[a] = 2. * half * W.dx(n).val();
      for (int m = 0; m < 6; ++m)
      {
        const auto b = Symmetric::unrolled_to_component_indices(m);
        r.tangent[a[0]][a[1]][b[0]][b[1]] = 4. * half * (b[0] == b[1] ? 1. : .5) * W.dx(n).dx(m);
      }
    }
    return r;
  }
} // namespace

// The values of both are those of benchmarks/verification/tissue_point.
TEST(Tissue, ReproducesThePublishedMaterialPoint)
{
  const TissueConstants k = example_constants();
  const TissuePoint p = example_point();
  const Deformation F = example_deformation();
  const Symmetric s = cauchy(stress(k, p, F), F);
  EXPECT_NEAR(determinant(F), 1.06455, 1e-12);
  EXPECT_NEAR(energy(k, p, F), .028702110690, 1e-11);
  EXPECT_NEAR(s[0][0], .8065828703, 1e-9);
  EXPECT_NEAR(s[1][1], .6744838140, 1e-9);
  EXPECT_NEAR(s[2][2], .6483166973, 1e-9);
  EXPECT_NEAR(s[0][1], .0360129852, 1e-9);
  EXPECT_NEAR(s[0][2], .0003266767, 1e-9);
  EXPECT_NEAR(s[1][2], .0049490346, 1e-9);
}

TEST(Tissue, FibresFeelAChangeOfVolume)
{
  const Deformation F = 1.05 * Deformation(unit_symmetric_tensor<3>());
  const Symmetric s = cauchy(stress(example_constants(), example_point(), F), F);
  EXPECT_NEAR(s[0][0], 1.58856737, 1e-8);
  EXPECT_NEAR(s[1][1], 1.52875219, 1e-8);
  EXPECT_NEAR(s[2][2], 1.48887540, 1e-8);
  EXPECT_NEAR(s[0][1], .01993839, 1e-8);
}

TEST(Tissue, StressAndTangentAreThoseOfTheEnergy)
{
  const TissueConstants seeds;
  const Deformation F = example_deformation();
  for (const TissuePoint &p : {example_point(), busy_point()})
  {
    const TissueResponse exact = differentiated(seeds, p, symmetrize(transpose(F) * F)), ours = response(seeds, p, F);
    EXPECT_LT((exact.stress - ours.stress).norm(), 1e-12 * exact.stress.norm());
    EXPECT_LT((exact.tangent - ours.tangent).norm(), 1e-12 * exact.tangent.norm());
    EXPECT_LT((ours.stress - stress(seeds, p, F)).norm(), 1e-14 * exact.stress.norm());
  }
}

TEST(Tissue, BeyondTheLimitFibresStiffenNoFurther)
{
  TissueConstants k;
  k.fibre_limit = .05; // far below the strain of the pools
  const TissuePoint p = busy_point();
  const Deformation F = example_deformation();
  const double small = 1e-6;
  Deformation more = F, less = F;
  more[0][0] += small;
  less[0][0] -= small;
  const TissueResponse r = response(k, p, F);
  const Symmetric strains = (symmetrize(transpose(more) * more) - symmetrize(transpose(less) * less)) / 2.;
  EXPECT_LT((stress(k, p, more) - stress(k, p, less) - r.tangent * strains).norm(),
            1e-6 * (r.tangent * strains).norm());
  EXPECT_NEAR(energy(k, p, more) - energy(k, p, less), r.stress * strains, 1e-6 * std::abs(r.stress * strains));
  EXPECT_LT(energy(k, p, F), energy(TissueConstants(), p, F));
}

TEST(Tissue, ARotationTurnsTheStress)
{
  const double angle = .7;
  Deformation R;
  R[0][0] = R[2][2] = std::cos(angle);
  R[0][2] = std::sin(angle);
  R[2][0] = -R[0][2];
  R[1][1] = 1.;
  TissuePoint p = busy_point();
  p.contraction = 5.;
  p.shrinkage = 3.;
  const Deformation F = example_deformation(), turned = R * F;
  const Symmetric before = cauchy(stress(TissueConstants(), p, F), F);
  const Symmetric after = cauchy(stress(TissueConstants(), p, turned), turned);
  EXPECT_LT((after - symmetrize(R * Deformation(before) * transpose(R))).norm(), 1e-12 * before.norm());
}

/** Along the thickness, and with a lasting shape whose axes are not those of the skin. */
TEST(Tissue, WhatFollowsTheInelasticDeformationKeepsItsStress)
{
  TissuePoint p = busy_point();
  p.contraction = 5.;
  p.shrinkage = 3.;
  p.inelastic = unit_symmetric_tensor<3>();
  const Deformation elastic = example_deformation();
  const Symmetric s = cauchy(stress(TissueConstants(), p, elastic), elastic);
  for (const Symmetric &before : {Symmetric(unit_symmetric_tensor<3>()), symmetric(.8, 1.1, .95, .1, .03, -.05)})
    for (const double ratio : {1., 1.8})
    {
      TissuePoint grown = p; // more of everything in a larger volume
      grown.inelastic = grown_along_thickness(ratio, flat_normal(), before);
      const double volume = determinant(grown.inelastic);
      grown.collagen_new *= volume;
      grown.collagen_mature *= volume;
      grown.contraction *= volume;
      grown.shrinkage *= volume;
      const Deformation F = elastic * Deformation(grown.inelastic);
      EXPECT_LT((cauchy(stress(TissueConstants(), grown, F), F) - s).norm(), 1e-12 * s.norm()) << ratio;
      EXPECT_LT((elastic_part(F, grown.inelastic) - elastic).norm(), 1e-14) << ratio;
      EXPECT_NEAR(volume, ratio * determinant(before), 1e-14);
    }
}
