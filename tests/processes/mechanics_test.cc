// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Equilibrium of tissue on meshes: healthy skin rests, and loads deform it as they should.
#include "base/errors.h"
#include "mechanics_patch.h"
#include "numerics/space/adaptation.h"
#include "processes/mechanics/skin_surface.h"

#include <deal.II/grid/grid_tools.h>

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;
using namespace dealii;

namespace
{
  /** Ten years of healthy skin in steps of 100 days. */
  template <int dim>
  void expect_rest(const SkinPatch &shape, const double age)
  {
    Patch<dim> patch(shape, {}, age);
    const NodalVector fibres = patch.state[fibres_block];
    patch.mechanics->equilibrate(patch.state);
    patch.advance(100., 37);
    EXPECT_LT(patch.state[displacement_block].linfty_norm(), 1e-12) << age;
    EXPECT_LT(difference(patch.state[fibres_block], fibres), 1e-13) << age;
    EXPECT_EQ(patch.mechanics->statistics().solves, 0u);
    double stretch = 0.;
    for (const double s : patch.mechanics->relative_tension())
      stretch = std::max(stretch, std::abs(s));
    EXPECT_LT(stretch, 1e-12);
  }
} // namespace

TEST(MechanicsMpi, HealthySkinRests)
{
  for (const double age : {20., 55.})
  {
    expect_rest<2>(layered_patch(), age);
    expect_rest<3>(layered_patch(), age);
  }
}

TEST(MechanicsMpi, TheReportOfHealthySkin)
{
  MechanicsSettings settings;
  settings.angle = 30.;
  Patch<3> patch(slab(Layer::reticular_dermis, 1., 1., 3), settings);
  patch.mechanics->equilibrate(patch.state);
  const MechanicsReport report = patch.report();
  const HealthyTissue h = healthy_tissue({}, {}, 1., 1., tension(24., 17., 0.));
  const double h1 = h.directions[0][0], h2 = h.directions[1][1];
  EXPECT_NEAR(report.fibre_angle, 30., 1e-8);
  EXPECT_NEAR(report.fibre_anisotropy, (h1 - h2) / (h1 + h2), 1e-10);
  EXPECT_NEAR(report.tension_along, 24., 1e-9);
  EXPECT_NEAR(report.tension_across, 17., 1e-9);
  EXPECT_NEAR(report.dermal_thickness, 1., 1e-12);
}

/** A slab on a sliding base between fixed sides is uniform: its stiffness is that of a strip with free thickness. */
TEST(Mechanics, StiffnessOfAUniformSlab)
{
  MechanicsSettings settings;
  settings.base = MechanicsSettings::Base::sliding;
  Patch<3> patch(slab(Layer::reticular_dermis, 1., 1., 2), settings);
  patch.mechanics->equilibrate(patch.state);
  const MechanicsReport report = patch.report();
  EXPECT_NEAR(report.stiffness_along, 194., 1.5);
  EXPECT_NEAR(report.stiffness_across, 129., 1.);
}

/** Small loads are measured once in the same tissue, and anew in another: as if nothing had been measured before. */
TEST(MechanicsMpi, SmallLoadsAreMeasuredWhereTheTissueIsAnother)
{
  Patch<2> patch(slab(Layer::reticular_dermis, 1., 1., 2), MechanicsSettings());
  Patch<2> other(slab(Layer::reticular_dermis, 1., 1., 2), MechanicsSettings());
  for (Patch<2> *one : {&patch, &other})
    one->mechanics->equilibrate(one->state);
  const MechanicsReport healthy = patch.report();
  const unsigned long tangents = patch.mechanics->statistics().tangents;
  EXPECT_EQ(patch.report().stiffness_along, healthy.stiffness_along);
  EXPECT_EQ(patch.mechanics->statistics().tangents, tangents);
  patch.mechanics->equilibrate(patch.state); // a splint may have come
  patch.report();
  EXPECT_EQ(patch.mechanics->statistics().tangents, tangents + 1);

  for (Patch<2> *one : {&patch, &other})
    one->set("collagen_mature", 1.2);
  const MechanicsReport richer = patch.report(), fresh = other.report();
  EXPECT_GT(richer.stiffness_along, healthy.stiffness_along);
  EXPECT_EQ(richer.stiffness_along, fresh.stiffness_along);
  EXPECT_EQ(richer.stiffness_across, fresh.stiffness_across);
  EXPECT_EQ(richer.suction_lift, fresh.suction_lift);
}

// rho g h^2 / 2 G of a slab that clings to bone.
TEST(Mechanics, ASlabOnBoneUnderGravity)
{
  for (const double G : {.5, 1., 2.})
  {
    MechanicsSettings settings;
    settings.along = settings.across = 1e-6; // nothing but the matrix
    settings.gravity = {9.81, 0., 0.};
    settings.density = 1000.;
    settings.sides = MechanicsSettings::Sides::springs;
    settings.side_stiffness = 1e-12;
    settings.tolerance = 1e-9;
    TissueConstants &k = settings.dermis.constants;
    k.matrix_modulus = G;
    k.bulk_modulus = 20. * G;
    k.elastin_modulus = 1e-6;
    k.fibre_modulus = 1e-9;
    SkinPatch shape = slab(Layer::reticular_dermis, 400., 10., 1);
    shape.layers[0].cells = 16;
    shape.cell_size = 2.;
    Patch<2> patch(shape, settings);
    patch.mechanics->equilibrate(patch.state);
    double middle = 0.; // of the surface, far from the ends
    for (unsigned int i = 0; i < patch.skin.graph.n_owned; ++i)
      if (std::abs(patch.skin.positions[i][0]) < .5 && patch.skin.positions[i][1] > -1e-9)
        middle = patch.state[displacement_block].local_element(2 * i);
    EXPECT_NEAR(middle, 9.81 * 1e-3 * 100. / (2. * G), .01 * middle) << G;
  }
}

TEST(Mechanics, NewtonIsQuadratic)
{
  MechanicsSettings settings;
  settings.tolerance = 1e-12;
  settings.reuse_of_tangent = 0.;
  Patch<3> patch(layered_patch(), settings);
  patch.mechanics->equilibrate(patch.state);
  patch.set("collagen_mature", 1.2);
  patch.mechanics->equilibrate(patch.state);
  const std::vector<double> &r = patch.mechanics->convergence();
  ASSERT_GE(r.size(), 4u);
  const std::size_t n = r.size() - (r.back() < 1e-13 ? 2 : 1); // before round-off
  const double order = std::log(r[n] / r[n - 1]) / std::log(r[n - 1] / r[n - 2]);
  std::string sizes;
  for (const double size : r)
    sizes += ' ' + std::to_string(std::log10(size));
  EXPECT_GT(order, 1.7) << "log10 of the residuals:" << sizes;
}

TEST(MechanicsMpi, SwellingThickensTheDermis)
{
  MechanicsSettings settings;
  settings.base = MechanicsSettings::Base::sliding;
  settings.tolerance = 1e-10;
  Patch<3> patch(slab(Layer::reticular_dermis, 1., 1., 2), settings);
  patch.mechanics->equilibrate(patch.state);
  const MechanicsReport before = patch.report();
  patch.set("hyaluronan", 3.);
  patch.mechanics->equilibrate(patch.state);
  EXPECT_GT(patch.report().dermal_thickness, before.dermal_thickness + .03);
}

/** Myofibroblasts in the middle of a slab draw the surface over them together; affine stretch is seen as it is. */
TEST(MechanicsMpi, TheSiteShrinksAsItIsDrawnTogether)
{
  MechanicsSettings settings;
  settings.base = MechanicsSettings::Base::sliding;
  Patch<3> patch(slab(Layer::reticular_dermis, 2., 1., 4), settings);
  patch.mechanics->equilibrate(patch.state);
  EXPECT_NEAR(patch.report().site_area, 1., 1e-12);
  patch.set("myofibroblast", [](const Point<3> &x) { return std::exp(-4. * (x[0] * x[0] + x[1] * x[1])); });
  patch.mechanics->equilibrate(patch.state);
  EXPECT_LT(patch.report().site_area, .998);

  const DisplacementSpace<3> &space = *patch.skin.displacement;
  for (unsigned int i = 0; i < space.nodes.n_owned; ++i)
    for (int c = 0; c < 3; ++c)
      patch.state[displacement_block].local_element(3 * i + c) =
        std::array<double, 3>{{.1, -.05, .3}}[c] * space.positions[i][c];
  space.complete(patch.state[displacement_block]);
  EXPECT_NEAR(site_area(patch.skin, {0., 0., 1.}, patch.state[displacement_block]), 1.1 * .95, 1e-12);
}

/** The rate is that of the last step, and the equilibrium does not depend on what is guessed from it. */
TEST(MechanicsMpi, TheNextStepIsGuessedFromTheLast)
{
  const auto drawn_together = [](const bool forgets)
  {
    auto patch = std::make_unique<Patch<2>>(layered_patch());
    patch->set("myofibroblast", [](const Point<2> &x) { return std::exp(-4. * x[0] * x[0]); });
    patch->mechanics->equilibrate(patch->state);
    for (int step = 0; step < 6; ++step)
    {
      if (forgets)
        patch->state[rate_block] = 0.;
      patch->advance(10., 1);
    }
    return patch;
  };
  const auto guessing = drawn_together(false), forgetting = drawn_together(true);
  const NodalVector before = copy_of(guessing->state[displacement_block]);
  EXPECT_LT(difference(before, forgetting->state[displacement_block]), 1e-5 * before.linfty_norm());

  guessing->advance(10., 1);
  const NodalVector moved = sum(.1, guessing->state[displacement_block], -.1, before);
  EXPECT_GT(moved.linfty_norm(), 0.);
  EXPECT_LT(difference(guessing->state[rate_block], moved), 1e-14);
}

/** A quadratic displacement keeps its shape on a refined mesh, and its nodes are found from those of the fields. */
TEST(MechanicsMpi, AQuadraticDisplacementIsCarriedToARefinedMesh)
{
  MechanicsSettings settings;
  settings.displacement = MechanicsSettings::Elements::quadratic;
  Patch<3> patch(slab(Layer::reticular_dermis, 2., 1., 4), settings);
  const auto shape = [](const Point<3> &x, const int c)
  { return .01 * (1. + c) * x[0] * x[1] + .02 * x[2] * x[2] - .03 * c * x[c]; };
  const auto largest_error = [&]
  {
    const DisplacementSpace<3> &space = *patch.skin.displacement;
    double error = 0.;
    for (unsigned int i = 0; i < patch.skin.graph.n_owned; ++i)
      for (int c = 0; c < 3; ++c)
        error = std::max(error,
                         std::abs(patch.state[displacement_block].local_element(3 * space.at_field[i] + c) -
                                  shape(patch.skin.positions[i], c)));
    for (unsigned int i = 0; i < space.nodes.n_owned; ++i)
      for (int c = 0; c < 3; ++c)
        error = std::max(
          error, std::abs(patch.state[displacement_block].local_element(3 * i + c) - shape(space.positions[i], c)));
    return Utilities::MPI::max(error, MPI_COMM_WORLD);
  };
  const DisplacementSpace<3> &space = *patch.skin.displacement;
  for (unsigned int i = 0; i < space.nodes.n_owned; ++i)
    for (int c = 0; c < 3; ++c)
      patch.state[displacement_block].local_element(3 * i + c) = shape(space.positions[i], c);
  space.complete(patch.state[displacement_block]);
  ASSERT_LT(largest_error(), 1e-15);

  patch.set("collagen_new", [](const Point<3> &x) { return x.norm() < .6 ? 1. : .1; });
  AdaptationSettings adaptation;
  adaptation.most = 1;
  ASSERT_TRUE(adapt_mesh(adaptation, patch.layout, contents, patch.skin, patch.state));
  ASSERT_TRUE(patch.skin.graph.any_hanging);
  EXPECT_LT(largest_error(), 1e-14);
}

/** Without its fibres and elastin the middle of the dermis gives way to the tension around it, in parts of the load. */
TEST(Mechanics, AWoundGapes)
{
  Patch<2> patch(slab(Layer::reticular_dermis, 8., 1.5, 16));
  patch.mechanics->equilibrate(patch.state);
  for (const char *key : {"collagen_new", "collagen_mature", "elastin", "hyaluronan"})
  {
    const double healthy = patch.reactions->healthy()[patch.layout.find(key)];
    patch.set(key,
              [&](const Point<2> &x)
              { return healthy * .5 * (1. + std::tanh((std::hypot(x[0], 1.5 * x[1]) - 2.) / .3)); });
  }
  patch.mechanics->equilibrate(patch.state);
  const double area = site_area(patch.skin, {0., 0., 4.}, patch.state[displacement_block]);
  EXPECT_GT(area, 1.05);
  EXPECT_LT(area, 1.4);
}

/** Displacement of the middle of the surface over a smooth hill of collagen and myofibroblasts. */
TEST(Mechanics, SecondOrderInSpace)
{
  std::vector<double> height, slide;
  for (const int cells : {16, 32, 64, 128})
  {
    MechanicsSettings settings;
    settings.tolerance = 1e-11;
    Patch<2> patch(slab(Layer::reticular_dermis, 4., 2., cells), settings);
    const auto hill = [](const Point<2> &x)
    { return .25 * (1. + std::cos(M_PI * x[0] / 2.)) * (1. + std::cos(M_PI * x[1] / 2.)); };
    patch.set("collagen_mature", [&](const Point<2> &x) { return .9 + .5 * hill(x); });
    patch.set("myofibroblast", hill);
    patch.mechanics->equilibrate(patch.state);
    for (unsigned int i = 0; i < patch.skin.graph.n_owned; ++i)
    {
      const Point<2> &x = patch.skin.positions[i];
      if (x.distance(Point<2>(0., 0.)) < 1e-9)
        height.push_back(patch.state[displacement_block].local_element(2 * i + 1));
      if (x.distance(Point<2>(-1., 0.)) < 1e-9)
        slide.push_back(patch.state[displacement_block].local_element(2 * i));
    }
  }
  for (const auto &u : {height, slide})
  {
    ASSERT_EQ(u.size(), 4u);
    const double order = std::log2((u[1] - u[2]) / (u[2] - u[3]));
    EXPECT_NEAR(order, 2., .25) << u[0] << ' ' << u[1] << ' ' << u[2] << ' ' << u[3];
  }
}

TEST(Mechanics, WhatFindsNoEquilibriumSaysSo)
{
  Patch<2> patch(slab(Layer::reticular_dermis, 2., 1., 4));
  patch.mechanics->equilibrate(patch.state);
  patch.set("collagen_mature", 1e9); // fibres that crush the matrix
  try
  {
    patch.mechanics->equilibrate(patch.state);
    FAIL() << "no failure";
  }
  catch (const RunFailed &failure)
  {
    EXPECT_NE(std::string(failure.what()).find("no equilibrium"), std::string::npos) << failure.what();
  }
}

TEST(Mechanics, AnElementTurnedInsideOutIsFound)
{
  Patch<2> patch(slab(Layer::reticular_dermis, 2., 1., 4));
  const unsigned int node = patch.skin.graph.n_owned / 2;
  const Point<2> x = patch.skin.positions[node];
  patch.state[displacement_block].local_element(2 * node + 1) = .9; // more than the height of a cell
  patch.skin.graph.complete(patch.state[displacement_block], 2);
  NodalVector residual = patch.skin.graph.make_vector(2);
  const auto inversion = patch.mechanics->equilibrium().assemble(
    patch.mechanics->tissue().healthy_table(), patch.state[displacement_block], 1., residual, nullptr);
  EXPECT_TRUE(inversion.found);
  EXPECT_LT(inversion.place.distance(x), .5) << "a cell beside the node";
}

/** Affine deformations of uniform tissue leave the inner nodes of distorted cells in balance. */
TEST(Mechanics, PatchTestOnDistortedCells)
{
  Patch<3> patch(slab(Layer::reticular_dermis, 1., 1., 3));
  GridTools::distort_random(.25, patch.skin.triangulation, true, 7);
  patch.start();
  for (unsigned int i = 0; i < patch.skin.graph.n_owned; ++i)
  {
    const Point<3> &x = patch.skin.positions[i];
    const double u[] = {.08 * x[0] + .05 * x[1], .02 * x[0] - .04 * x[1] + .03 * x[2], .01 * x[1] + .06 * x[2]};
    for (int c = 0; c < 3; ++c)
      patch.state[displacement_block].local_element(3 * i + c) = u[c];
  }
  patch.skin.graph.complete(patch.state[displacement_block], 3);
  NodalVector residual = patch.skin.graph.make_vector(3);
  patch.mechanics->equilibrium().assemble(
    patch.mechanics->tissue().healthy_table(), patch.state[displacement_block], 1., residual, nullptr);
  unsigned int inner = 0;
  for (unsigned int i = 0; i < patch.skin.graph.n_owned; ++i)
  {
    const Point<3> &x = patch.skin.positions[i];
    if (std::abs(x[0]) < .49 && std::abs(x[1]) < .49 && x[2] > -.99 && x[2] < -.01)
    {
      ++inner;
      for (int c = 0; c < 3; ++c)
        EXPECT_LT(std::abs(residual.local_element(3 * i + c)), 1e-12) << x;
    }
  }
  EXPECT_EQ(inner, 8u);
}

/** Under suction over the whole surface a slab on a sliding base between fixed sides is stretched along its thickness.
 */
TEST(Mechanics, SuctionLiftsByTheStiffnessOfTheThickness)
{
  MechanicsSettings settings;
  settings.base = MechanicsSettings::Base::sliding;
  settings.suction = 2.;
  settings.aperture = 100.;
  Patch<3> patch(slab(Layer::reticular_dermis, 1., 1., 2), settings);
  patch.mechanics->equilibrate(patch.state);

  const TissuePoint point = healthy_young_point({}, {}, tension(24., 17., 0.));
  const Deformation still = unit_symmetric_tensor<3>();
  const TissueResponse r = response({}, point, still);
  EXPECT_NEAR(patch.report().suction_lift, 2. / (r.tangent[2][2][2][2] + r.stress[2][2]), 1e-8);
}
