// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Places and thickness on skin that is not flat: known where it is a ring, and the same as on flat skin where flat skin
// has only been turned or moved.
#include "io/observables/observed_skin.h"
#include "numerics/space/skin_chart.h"
#include "small_skin.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace cutis;

namespace
{
  constexpr double degree = M_PI / 180.;

  /** A point of flat skin in a section, in skin around the y axis of this radius at its surface. */
  dealii::Point<2> bent(const dealii::Point<2> &p, const double radius)
  {
    const double angle = p[0] / radius, r = radius + p[1];
    return {r * std::sin(angle), r * std::cos(angle) - radius};
  }

  /** A block bent around the y axis, which is one of its own. */
  dealii::Point<3> bent(const dealii::Point<3> &p, const double radius)
  {
    const dealii::Point<2> section = bent(dealii::Point<2>(p[0], p[2]), radius);
    return {section[0], p[1], section[1]};
  }

  /** Turned about the origin in the plane of width and depth, and in a block also in that of length and depth. */
  template <int dim>
  dealii::Point<dim> tilted(const dealii::Point<dim> &p, const double angle)
  {
    // In 3-D about a horizontal axis between x and y, by the formula of Rodrigues.
    dealii::Tensor<1, dim> across;
    across[0] = dim == 3 ? .6 : 1.;
    if (dim == 3)
      across[1] = .8;
    const double a = p * across, h = p[dim - 1];
    dealii::Point<dim> result = p + (std::cos(angle) * a - std::sin(angle) * h - a) * across;
    result[dim - 1] = std::sin(angle) * a + std::cos(angle) * h;
    return result;
  }

  template <int dim>
  using Bend = std::function<dealii::Point<dim>(const dealii::Point<dim> &)>;

  /** The small skin with its coarse nodes moved; then refined, if wanted. */
  template <int dim>
  void make_bent_skin(Discretization<dim> &d, const Bend<dim> &bend, const int refinement = 0)
  {
    make_skin_patch(small_patch(), d.triangulation);
    std::vector<bool> moved(d.triangulation.n_vertices());
    for (const auto &cell : d.triangulation.cell_iterators_on_level(0))
      for (const unsigned int v : cell->vertex_indices())
        if (!moved[cell->vertex_index(v)])
        {
          moved[cell->vertex_index(v)] = true;
          cell->vertex(v) = bend(cell->vertex(v));
        }
    d.triangulation.refine_global(refinement);
    d.rebuild(contents_of_small_skin);
  }

  /** Largest difference of all places to those that `bend` has moved, over all nodes and ranks. */
  template <int dim>
  double farthest_from_flat(const Bend<dim> &bend, const double shift = 0.)
  {
    Discretization<dim> flat(MPI_COMM_WORLD), other(MPI_COMM_WORLD);
    make_bent_skin<dim>(
      flat, [](const auto &p) { return p; }, 1);
    make_bent_skin<dim>(other, bend, 1);
    double largest = flat.places.size() == other.places.size() ? 0. : 1e9;
    for (std::size_t i = 0; i < flat.places.size(); ++i)
    {
      const Place &a = flat.places[i], &b = other.places[i];
      largest = std::max({largest, std::abs(a.x + shift - b.x), std::abs(a.y - b.y), std::abs(a.depth - b.depth)});
    }
    return dealii::Utilities::MPI::max(largest, MPI_COMM_WORLD);
  }

  template <class Dimension>
  class CurvedSkin : public testing::Test
  {
  };
  using Dimensions = testing::Types<std::integral_constant<int, 2>, std::integral_constant<int, 3>>;
  TYPED_TEST_SUITE(CurvedSkin, Dimensions);
} // namespace

TYPED_TEST(CurvedSkin, FlatSkinHasTheCoordinatesOfTheMeshToTheLastBit)
{
  constexpr int dim = TypeParam::value;
  Discretization<dim> d(MPI_COMM_WORLD);
  make_small_skin(d);
  refine_middle(d);
  EXPECT_TRUE(d.chart->is_flat());
  for (std::size_t i = 0; i < d.places.size(); ++i)
  {
    const Place expected = place_of(d.positions[i]);
    EXPECT_EQ(d.places[i].x, expected.x);
    EXPECT_EQ(d.places[i].y, expected.y);
    EXPECT_EQ(d.places[i].depth, expected.depth);
  }
}

TYPED_TEST(CurvedSkin, TiltedAndShiftedFlatSkinIsFlatSkin)
{
  constexpr int dim = TypeParam::value;
  using Point = dealii::Point<dim>;
  for (const double angle : {10. * degree, -40. * degree})
    EXPECT_LT(farthest_from_flat<dim>([&](const Point &p) { return tilted(p, angle); }), 1e-9);
  EXPECT_LT(farthest_from_flat<dim>([&](const Point &p) { return p + 7. * Point::unit_vector(dim - 1); }), 1e-9);
  EXPECT_LT(farthest_from_flat<dim>([&](const Point &p) { return p + 30. * Point::unit_vector(0); }, 30.), 1e-9);
}

TYPED_TEST(CurvedSkin, SlantingSidesDoNotChangeTheDepth)
{
  // A sheared patch: at its sides some nodes have no surface above them, and others lie far under it.
  constexpr int dim = TypeParam::value;
  Discretization<dim> d(MPI_COMM_WORLD);
  const auto shear = [](dealii::Point<dim> p)
  {
    p[dim - 1] += .25 * p[0];
    return p;
  };
  make_bent_skin<dim>(d, shear);
  for (std::size_t i = 0; i < d.places.size(); ++i)
  {
    const double below = .25 * d.positions[i][0] - d.positions[i][dim - 1];
    EXPECT_NEAR(d.places[i].depth, below / std::hypot(1., .25), 1e-9);
  }
}

TYPED_TEST(CurvedSkin, DepthInARingIsTheDifferenceOfTheRadii)
{
  constexpr int dim = TypeParam::value;
  constexpr double radius = 12., step = .5 / radius; // cells of 1/2 mm along the surface
  Discretization<dim> d(MPI_COMM_WORLD);
  make_bent_skin<dim>(d, [&](const auto &p) { return bent(p, radius); });
  for (std::size_t i = 0; i < d.places.size(); ++i)
  {
    const auto &p = d.positions[i];
    const double r = std::hypot(p[0], p[dim - 1] + radius);
    // From a node below a vertex to the two chords beside that.
    EXPECT_NEAR(d.places[i].depth, (radius - r) * std::cos(.5 * step), 1e-9);
    EXPECT_NEAR(d.places[i].x, radius * p[0] / r, 3. * std::sin(.5 * step));
    EXPECT_NEAR(d.places[i].y, dim == 3 ? p[1] : 0., 1e-9);
  }
}

TYPED_TEST(CurvedSkin, ThicknessAlongTheNormalDoesNotDependOnTheAngle)
{
  constexpr int dim = TypeParam::value;
  constexpr double radius = 12.;
  Discretization<dim> d(MPI_COMM_WORLD);
  make_bent_skin<dim>(d, [&](const auto &p) { return bent(p, radius); });
  for (const double arc : {-1.5, -.5, 0., 1.})
  {
    const PunchBiopsy site{radius * std::sin(arc / radius), 0., 1.};
    const ObservedSkin skin = observe_skin(d, site, {});
    ASSERT_TRUE(skin.dermis_at_site);
    EXPECT_NEAR(*skin.dermis_at_site, 1., 1e-9) << "at a vertex of the surface";
  }
  const double between = .5 * radius * std::sin(.5 / radius);
  const ObservedSkin skin = observe_skin(d, {between, 0., 1.}, {});
  EXPECT_NEAR(*skin.dermis_at_site, std::cos(.25 / radius), 1e-9) << "between two";
}

TYPED_TEST(CurvedSkin, TiltedSkinIsAsThickAsFlatSkin)
{
  constexpr int dim = TypeParam::value;
  Discretization<dim> d(MPI_COMM_WORLD);
  make_bent_skin<dim>(
    d, [&](const auto &p) { return tilted(p, 25. * degree); }, 1);
  const ObservedSkin skin = observe_skin(d, {.7, 0., 3.}, {});
  ASSERT_TRUE(skin.dermis_at_site);
  EXPECT_NEAR(*skin.dermis_at_site, 1., 1e-9);
  EXPECT_NEAR(skin.depth, 3., 1e-9);
}
