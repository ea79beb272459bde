// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A hole that is cut into a tense plate against the closed form of anisotropic elasticity.
#include "dead_forces.h"

#include <deal.II/grid/grid_generator.h>
#include <deal.II/grid/grid_tools.h>

#include <cmath>

using namespace cutis;
using namespace cutis::test;
using namespace dealii;

namespace
{
  constexpr double far_away = 20., thickness = .2; // of a plate, in radii of its hole

  /** A quarter of a plate with a hole of radius 1 around the origin, between two planes of symmetry. */
  void make_plate(const unsigned int cells, parallel::distributed::Triangulation<3> &mesh)
  {
    GridGenerator::subdivided_hyper_rectangle(
      mesh, {cells, cells, 1}, Point<3>(0., 0., -thickness), Point<3>(std::log(far_away), .5 * M_PI, 0.));
    for (const auto &cell : mesh.active_cell_iterators())
    {
      cell->set_material_id(static_cast<types::material_id>(Layer::reticular_dermis));
      for (const auto &face : cell->face_iterators())
      {
        const double angle = face->center()[1], depth = -face->center()[2];
        if (face->at_boundary())
          face->set_boundary_id(static_cast<types::boundary_id>(depth > .9 * thickness     ? Boundary::base
                                                                : angle < 1e-9             ? Boundary::front
                                                                : angle > .5 * M_PI - 1e-9 ? Boundary::left
                                                                                           : Boundary::surface));
      }
    }
    GridTools::transform([](const Point<3> &p)
                         { return Point<3>(std::exp(p[0]) * std::cos(p[1]), std::exp(p[0]) * std::sin(p[1]), p[2]); },
                         mesh);
  }

  /** Skin under next to no tension, along whose lines most fibres lie nonetheless: they hold next to nothing at rest.
   */
  MechanicsSettings tense_plate(const double along, const double across)
  {
    MechanicsSettings settings;
    settings.along = along;
    settings.across = across;
    settings.base = MechanicsSettings::Base::sliding;
    settings.displacement = MechanicsSettings::Elements::quadratic;
    settings.fibres.deposition_stretch = 1. + 3e-5;
    settings.fibres.resting_stress = .001;
    settings.dermis.constants.matrix_modulus = 20.;
    settings.dermis.constants.elastin_modulus = .1;
    settings.dermis.constants.bulk_modulus = 100.;
    return settings;
  }

  /** Of a thin plate whose thickness is free [kPa]. */
  struct PlateModuli
  {
    double E1, E2, G, nu; ///< nu: contraction across over strain along the first axis

    explicit PlateModuli(const MechanicsSettings &s)
    {
      const TissuePoint p = healthy_young_point(s.dermis.constants, s.fibres, tension(s.along, s.across, 0.));
      const Stiffness C = response(s.dermis.constants, p, unit_symmetric_tensor<3>()).tangent;
      const auto plane = [&](const int i, const int j)
      { return C[i][i][j][j] - C[i][i][2][2] * C[2][2][j][j] / C[2][2][2][2]; };
      nu = plane(0, 1) / plane(1, 1);
      E1 = plane(0, 0) - plane(0, 1) * nu;
      E2 = plane(1, 1) - plane(0, 1) * plane(0, 1) / plane(0, 0);
      G = C[0][1][0][1];
    }

    /** Outward displacement of the hole along both axes over its radius, when it is cut into a plate under these
     * tensions (Lekhnitskii, Anisotropic plates, 1968). The hole becomes an ellipse. */
    std::pair<double, double> opening(const double along, const double across) const
    {
      const double k = std::sqrt(E1 / E2), n = std::sqrt(2. * (k - nu) + E1 / G);
      return {(n * along - (k - nu) * across) / E1, (k * n * across - (k - nu) * along) / E1};
    }
  };

  /** Displacement under small dead forces on the boundary, by the tangent; the forces of the tissue must agree. */
  NodalVector linear_answer(const Patch<3> &patch,
                            const std::function<Tensor<1, 3>(const Point<3> &, const Tensor<1, 3> &)> &traction)
  {
    const DisplacementSpace<3> &space = *patch.skin.displacement;
    const Equilibrium<3> &eq = patch.mechanics->equilibrium();
    const NodalVector table = patch.mechanics->tissue().healthy_table();
    NodalVector forces = forces_of<3>(patch.skin, traction), u = space.make_vector(), residual = u;
    eq.constraints().set_zero(forces);
    TrilinosWrappers::SparseMatrix tangent;
    tangent.reinit(eq.pattern());
    eq.assemble(table, u, 1., residual, &tangent);
    EXPECT_LT(residual.l2_norm(), 1e-6 * forces.l2_norm()) << "it rests";
    ElasticSolver<3> solver;
    solver.prepare(tangent, space);
    solver.solve(forces, 1e-9, u);
    eq.constraints().distribute(u);
    space.complete(u);
    eq.assemble(table, u, 1., residual, nullptr);
    EXPECT_LT(difference(residual, forces), .01 * forces.linfty_norm());
    return u;
  }
} // namespace

TEST(HoleInPlate, OpensAsInTheClosedForm)
{
  constexpr double t = .01;              // kPa, of moduli of tens
  constexpr double released_share = .01; // of it, so that no fibre becomes slack
  const MechanicsSettings settings = tense_plate(t, t);
  const auto [out_along, out_across] = PlateModuli(settings).opening(released_share * t, released_share * t);
  Patch<3> patch([](auto &mesh) { make_plate(12, mesh); }, settings);
  const Symmetric released = -released_share * tension(t, t, 0.); // the rim is held by what was there
  const NodalVector u = linear_answer(
    patch,
    [&](const Point<3> &x, const Tensor<1, 3> &normal)
    { return std::hypot(x[0], x[1]) < 1.01 && std::abs(normal[2]) < .5 ? released * normal : Tensor<1, 3>(); });
  const auto &positions = patch.skin.displacement->positions;
  for (unsigned int i = 0; i < patch.skin.displacement->nodes.n_owned; ++i)
    if (const Point<3> &x = positions[i]; std::abs(std::hypot(x[0], x[1]) - 1.) < 1e-9 && x[2] == 0.)
    {
      EXPECT_NEAR(u.local_element(3 * i), out_along * x[0], .005 * out_along) << x;
      EXPECT_NEAR(u.local_element(3 * i + 1), out_across * x[1], .005 * out_across) << x;
    }
}
