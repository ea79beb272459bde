// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Forces of equilibrium on meshes that are no patches of skin: a membrane under shear, a turned ball under traction.
#include "dead_forces.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;
using namespace dealii;
using Elements = MechanicsSettings::Elements;

namespace
{
  /** Nothing but the matrix, which rests without stress. */
  MechanicsSettings matrix_alone(const double shear_modulus, const double bulk_modulus)
  {
    MechanicsSettings settings;
    settings.along = settings.across = 1e-9;
    settings.base = MechanicsSettings::Base::clamped;
    settings.sides = MechanicsSettings::Sides::fixed;
    TissueConstants &k = settings.dermis.constants;
    k.matrix_modulus = shear_modulus;
    k.bulk_modulus = bulk_modulus;
    k.elastin_modulus = 1e-9;
    k.fibre_modulus = 1e-12;
    return settings;
  }

  /** A bump that vanishes at the base and the sides of a square of 1 mm. */
  Point<2> bump(const Point<2> &x)
  {
    const double shape = std::pow(std::cos(M_PI * x[0]), 2) * std::pow(std::sin(.5 * M_PI * (x[1] + 1.)), 2);
    return {.02 * shape, -.03 * shape};
  }

  Tensor<2, 2> bump_gradient(const Point<2> &x)
  {
    const double c = std::cos(M_PI * x[0]), s = std::sin(.5 * M_PI * (x[1] + 1.));
    const double by_x = -2. * M_PI * c * std::sin(M_PI * x[0]) * s * s,
                 by_z = c * c * M_PI * s * std::cos(.5 * M_PI * (x[1] + 1.));
    return outer_product(Tensor<1, 2>({.02, -.03}), Tensor<1, 2>({by_x, by_z}));
  }

  /** Of uniform healthy tissue under the forces that bend it to the bump: their work is known for every test function.
   */
  double error_of_the_bump(const MechanicsSettings::Elements displacement, const int cells)
  {
    MechanicsSettings settings;
    settings.displacement = displacement;
    settings.sides = MechanicsSettings::Sides::held;
    Patch<2> patch(slab(Layer::reticular_dermis, 1., 1., cells), settings);
    const DisplacementSpace<2> &space = *patch.skin.displacement;
    const TissuePoint point = healthy_young_point({}, {}, tension(24., 17., 0.));
    const Deformation still = unit_symmetric_tensor<3>(), rest(stress({}, point, still));
    const QGauss<2> gauss(6);
    FEValues<2> shape(patch.skin.mapping,
                      space.element,
                      gauss,
                      update_values | update_gradients | update_quadrature_points | update_JxW_values);
    std::vector<types::global_dof_index> nodes(space.element.n_dofs_per_cell());
    const auto for_points = [&](const auto &visit)
    {
      for (const auto &cell : space.handler.active_cell_iterators())
      {
        shape.reinit(cell);
        cell->get_dof_indices(nodes);
        for (const unsigned int q : shape.quadrature_point_indices())
          visit(q);
      }
    };
    NodalVector forces = space.make_vector();
    for_points(
      [&](const unsigned int q)
      {
        const Tensor<2, 2> gradient = bump_gradient(shape.quadrature_point(q));
        Deformation F = still;
        for (int i = 0; i < 2; ++i)
          for (int j = 0; j < 2; ++j)
            F[skin_axis<2>(i)][skin_axis<2>(j)] += gradient[i][j];
        const Deformation P = F * Deformation(stress({}, point, F)) - rest;
        for (unsigned int v = 0; v < nodes.size(); ++v)
          for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j)
              forces(nodes[v] * 2 + i) +=
                shape.JxW(q) * P[skin_axis<2>(i)][skin_axis<2>(j)] * shape.shape_grad(v, q)[j];
      });
    patch.mechanics->equilibrium().constraints().set_zero(forces);
    const NodalVector u = balance(patch, forces, 3);
    double sum = 0.;
    for_points(
      [&](const unsigned int q)
      {
        Tensor<1, 2> error = -bump(shape.quadrature_point(q));
        for (unsigned int v = 0; v < nodes.size(); ++v)
          for (int c = 0; c < 2; ++c)
            error[c] += shape.shape_value(v, q) * u(nodes[v] * 2 + c);
        sum += shape.JxW(q) * error.norm_square();
      });
    return std::sqrt(sum);
  }

  template <int dim>
  void make_cooks_membrane(const unsigned int cells_per_edge, parallel::distributed::Triangulation<dim> &mesh)
  {
    std::vector<unsigned int> cells(dim, cells_per_edge);
    Point<dim> far;
    for (int c = 0; c < dim; ++c)
      far[c] = 1.;
    if (dim == 3)
      cells[1] = 1;
    GridGenerator::subdivided_hyper_rectangle(mesh, cells, Point<dim>(), far);
    GridTools::transform(
      [](const Point<dim> &p)
      {
        Point<dim> x = p;
        x[0] = 48. * p[0];
        x[dim - 1] = 44. * p[0] + (44. - 28. * p[0]) * p[dim - 1];
        return x;
      },
      mesh);
    for (const auto &cell : mesh.active_cell_iterators())
    {
      cell->set_material_id(static_cast<types::material_id>(Layer::reticular_dermis));
      for (const auto &face : cell->face_iterators())
        if (face->at_boundary())
        {
          const Point<dim> middle = face->center();
          Boundary side = Boundary::surface;
          if (middle[0] < 1e-9)
            side = Boundary::base;
          else if (dim == 3 && std::abs(middle[1] - .5) > .49)
            side = Boundary::front;
          face->set_boundary_id(static_cast<types::boundary_id>(side));
        }
    }
  }

  /**
   * Cook's membrane: 48 mm long, 44 mm high where it is held and 16 mm where 1 N pulls it up, 1 mm thick. As a section
   * it is in plane strain, and so it is as a slab of one element between planes. Returns the lift of the middle of the
   * pulled edge.
   */
  template <int dim>
  double lift_of_cooks_membrane(const MechanicsSettings::Elements displacement, const unsigned int cells_per_edge)
  {
    constexpr double mu = 422.5, nu = .3, force = 1000.; // kPa, mN
    MechanicsSettings settings = matrix_alone(mu, 2. * mu * (1. + nu) / (3. * (1. - 2. * nu)));
    settings.displacement = displacement;
    Patch<dim> patch([&](auto &mesh) { make_cooks_membrane<dim>(cells_per_edge, mesh); }, settings);
    const DisplacementSpace<dim> &space = *patch.skin.displacement;
    Tensor<1, dim> up;
    up[dim - 1] = force / 16.;
    const NodalVector pull = forces_of<dim>(patch.skin,
                                            [&](const Point<dim> &x, const Tensor<1, dim> &)
                                            { return x[0] > 48. - 1e-9 ? up : Tensor<1, dim>(); });
    const NodalVector u = balance(patch, pull, 5);
    double lift = 0.;
    for (unsigned int i = 0; i < space.nodes.n_owned; ++i)
    {
      const Point<dim> &x = space.positions[i];
      if (std::abs(x[0] - 48.) < 1e-9 && std::abs(x[dim - 1] - 52.) < 1e-9)
        lift = u.local_element(dim * i + dim - 1);
    }
    return lift;
  }
} // namespace

TEST(Equilibrium, OrderOneMoreThanTheDegree)
{
  for (const auto &[displacement, order] : {std::pair(Elements::linear, 2.), {Elements::quadratic, 3.}})
  {
    const double coarse = error_of_the_bump(displacement, 16), fine = error_of_the_bump(displacement, 32);
    EXPECT_NEAR(std::log2(coarse / fine), order, .15) << order << " " << coarse << ' ' << fine;
  }
}

// The row of the deal.II code gallery, Pelteret and McBride 2016: neo-Hookean tissue of 422.5 kPa and a Poisson ratio
// of .3, mu/2 (I1bar - 3) + kappa/4 (J^2 - 1 - 2 ln J), elements of first and second degree.
TEST(Equilibrium, CooksMembrane)
{
  const double linear[] = {8.638, 12.07, 13.86, 14.49, 14.67}, quadratic[] = {14.30, 14.65, 14.71, 14.73};
  for (unsigned int n = 0; n < 5; ++n)
    EXPECT_NEAR(lift_of_cooks_membrane<2>(Elements::linear, 2u << n), linear[n], .006) << (2u << n);
  for (unsigned int n = 0; n < 4; ++n)
    EXPECT_NEAR(lift_of_cooks_membrane<2>(Elements::quadratic, 2u << n), quadratic[n], .006) << (2u << n);
}

TEST(Equilibrium, ASlabBetweenPlanesIsASection)
{
  EXPECT_NEAR(lift_of_cooks_membrane<3>(Elements::linear, 4), lift_of_cooks_membrane<2>(Elements::linear, 4), 1e-6);
  EXPECT_NEAR(
    lift_of_cooks_membrane<3>(Elements::quadratic, 2), lift_of_cooks_membrane<2>(Elements::quadratic, 2), 1e-6);
}

/**
 * A ball of healthy tissue, its mesh turned against the axes of the skin, is an ellipsoid in balance with the uniform
 * tractions of its stress.
 */
TEST(Equilibrium, ABallUnderTractionIsAnEllipsoid)
{
  for (const auto displacement : {Elements::linear, Elements::quadratic})
  {
    MechanicsSettings settings;
    settings.displacement = displacement;
    settings.sides = MechanicsSettings::Sides::springs;
    settings.base = MechanicsSettings::Base::elastic;
    Patch<3> patch(
      [](auto &mesh)
      {
        GridGenerator::hyper_ball(mesh);
        mesh.reset_all_manifolds(); // flat faces
        mesh.refine_global(1);
        GridTools::rotate(Tensor<1, 3>({1., 2., 2.}) / 3., .7, mesh);
        for (const auto &cell : mesh.active_cell_iterators())
        {
          cell->set_material_id(static_cast<types::material_id>(Layer::reticular_dermis));
          for (const auto &face : cell->face_iterators())
            if (face->at_boundary())
              face->set_boundary_id(static_cast<types::boundary_id>(Boundary::surface));
        }
      },
      settings);
    const Tensor<2, 3> gradient{{{.08, .03, 0.}, {-.02, -.05, .01}, {.01, 0., -.04}}};
    const DisplacementSpace<3> &space = *patch.skin.displacement;
    for (unsigned int i = 0; i < space.nodes.n_owned; ++i)
      for (int c = 0; c < 3; ++c)
        patch.state[displacement_block].local_element(3 * i + c) = gradient[c] * space.positions[i];

    const TissuePoint point = healthy_young_point({}, {}, tension(24., 17., 0.));
    const Deformation still = unit_symmetric_tensor<3>(), F = still + gradient;
    const Deformation excess = F * Deformation(stress({}, point, F)) - Deformation(stress({}, point, still));
    const NodalVector pull =
      forces_of<3>(patch.skin, [&](const Point<3> &, const Tensor<1, 3> &normal) { return excess * normal; });
    NodalVector residual = space.make_vector();
    patch.mechanics->equilibrium().assemble(
      patch.mechanics->tissue().healthy_table(), patch.state[displacement_block], 1., residual, nullptr);
    EXPECT_LT(difference(residual, pull), 1e-12 * pull.linfty_norm()) << "degree " << settings.degree();
    EXPECT_GT(pull.linfty_norm(), 1e-3);
  }
}
