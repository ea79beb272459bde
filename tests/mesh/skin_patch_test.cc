// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "mesh/skin_patch.h"

#include "expect_bad_input.h"
#include "mesh_measures.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>

#include <limits>

namespace
{
  using namespace cutis;
  using dealii::parallel::distributed::Triangulation;

  SkinPatch small_patch()
  {
    SkinPatch patch;
    patch.width = 3.;
    patch.length = 2.;
    patch.cell_size = 0.5;
    patch.layers = {{Layer::epidermis, 0.1}, {Layer::dermis, 1.4, 3}, {Layer::hypodermis, 1.5}};
    return patch;
  }

  template <typename Dim>
  class SkinPatchIn : public testing::Test
  {
  };
  using Dimensions = testing::Types<std::integral_constant<int, 2>, std::integral_constant<int, 3>>;
  TYPED_TEST_SUITE(SkinPatchIn, Dimensions, );

  TYPED_TEST(SkinPatchIn, LayersHaveTheirVolumeAndBoundariesTheirArea)
  {
    constexpr int dim = TypeParam::value;
    for (int refinement = 0; refinement < 2; ++refinement)
    {
      SkinPatch patch = small_patch();
      patch.refinement = refinement;
      Triangulation<dim> mesh(MPI_COMM_WORLD);
      make_skin_patch<dim>(patch, mesh);

      const double length = dim == 3 ? patch.length : 1.;
      for (const LayerExtent &extent : patch.layers)
        EXPECT_NEAR(layer_volume(mesh, extent.layer), extent.thickness * patch.width * length, 1e-10);
      EXPECT_NEAR(boundary_area(mesh, Boundary::surface), patch.width * length, 1e-10);
      EXPECT_NEAR(boundary_area(mesh, Boundary::base), patch.width * length, 1e-10);
      EXPECT_NEAR(boundary_area(mesh, Boundary::left), patch.depth() * length, 1e-10);
      EXPECT_NEAR(boundary_area(mesh, Boundary::right), patch.depth() * length, 1e-10);
      EXPECT_NEAR(boundary_area(mesh, Boundary::front), dim == 3 ? patch.depth() * patch.width : 0., 1e-10);
      EXPECT_NEAR(boundary_area(mesh, Boundary::back), dim == 3 ? patch.depth() * patch.width : 0., 1e-10);
    }
  }

  /** Each side is where the header says, and exactly there: processes compare coordinates with the depth. */
  TYPED_TEST(SkinPatchIn, BoundariesLieWhereTheirNamesSay)
  {
    constexpr int dim = TypeParam::value;
    SkinPatch patch = small_patch();
    patch.refinement = 1;
    Triangulation<dim> mesh(MPI_COMM_WORLD);
    make_skin_patch<dim>(patch, mesh);
    for (const auto &cell : mesh.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
            for (const unsigned int v : face->vertex_indices())
              switch (static_cast<Boundary>(face->boundary_id()))
              {
                case Boundary::surface:
                  EXPECT_EQ(face->vertex(v)[dim - 1], 0.);
                  break;
                case Boundary::base:
                  EXPECT_EQ(face->vertex(v)[dim - 1], -patch.depth());
                  break;
                case Boundary::left:
                  EXPECT_EQ(face->vertex(v)[0], -1.5);
                  break;
                case Boundary::right:
                  EXPECT_EQ(face->vertex(v)[0], 1.5);
                  break;
                case Boundary::front:
                  EXPECT_EQ(face->vertex(v)[1], -1.);
                  break;
                case Boundary::back:
                  EXPECT_EQ(face->vertex(v)[1], 1.);
                  break;
                default:
                  ADD_FAILURE() << "boundary id " << face->boundary_id();
              }
  }

  /** No cell reaches across an interface: all its corners lie in the layer of its material. */
  TYPED_TEST(SkinPatchIn, InterfacesFallOnFaces)
  {
    constexpr int dim = TypeParam::value;
    SkinPatch patch = small_patch();
    patch.refinement = 1;
    Triangulation<dim> mesh(MPI_COMM_WORLD);
    make_skin_patch<dim>(patch, mesh);
    for (const auto &cell : mesh.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const unsigned int v : cell->vertex_indices())
        {
          const auto inside = 0.999 * cell->vertex(v) + 0.001 * cell->center();
          EXPECT_EQ(static_cast<Layer>(cell->material_id()), patch.layer_at(-inside[dim - 1]));
        }
  }

  /** The number follows from the specification, so it is the same on any number of ranks, with or without cells. */
  TYPED_TEST(SkinPatchIn, HasTheSameCellsOnEveryNumberOfRanks)
  {
    constexpr int dim = TypeParam::value;
    SkinPatch patch = small_patch();
    for (int refinement = 0; refinement < 3; ++refinement)
    {
      patch.refinement = refinement;
      Triangulation<dim> mesh(MPI_COMM_WORLD);
      make_skin_patch<dim>(patch, mesh);
      const auto coarse = (graded_depths(patch).size() - 1) * 6 * (dim == 3 ? 4 : 1);
      EXPECT_EQ(mesh.n_global_active_cells(), coarse << (dim * refinement));
    }
  }

  TYPED_TEST(SkinPatchIn, ManyCellsAreBegunWithFew)
  {
    constexpr int dim = TypeParam::value;
    SkinPatch patch = small_patch();
    patch.cell_size = dim == 2 ? .01 : .08;
    Triangulation<dim> mesh(MPI_COMM_WORLD);
    make_skin_patch<dim>(patch, mesh);
    EXPECT_LE(mesh.n_cells(0), 30000u);
    EXPECT_GT(mesh.n_global_active_cells(), 30000u);
    double largest = 0., bottom = 0.;
    for (const auto &cell : mesh.active_cell_iterators())
      if (cell->is_locally_owned())
        for (int d = 0; d < dim; ++d)
          largest = std::max(largest, cell->extent_in_direction(d));
    EXPECT_LE(dealii::Utilities::MPI::max(largest, MPI_COMM_WORLD), patch.cell_size * (1. + 1e-9));
    for (const LayerExtent &extent : patch.layers)
    {
      bottom += extent.thickness;
      EXPECT_NEAR(
        layer_volume(mesh, extent.layer), extent.thickness * patch.width * (dim == 3 ? patch.length : 1.), 1e-9)
        << "the interface at " << bottom << " mm lies on faces";
    }
  }

  TYPED_TEST(SkinPatchIn, OneCellLeavesRanksEmpty)
  {
    constexpr int dim = TypeParam::value;
    SkinPatch patch;
    patch.width = patch.length = patch.cell_size = 1.;
    patch.layers = {{Layer::dermis, 1.}};
    Triangulation<dim> mesh(MPI_COMM_WORLD);
    make_skin_patch<dim>(patch, mesh);
    EXPECT_EQ(mesh.n_global_active_cells(), 1u);
    EXPECT_NEAR(layer_volume(mesh, Layer::dermis), 1., 1e-12);
  }

  TEST(SkinPatch, LayerAtDepth)
  {
    const SkinPatch patch = small_patch();
    EXPECT_DOUBLE_EQ(patch.depth(), 3.);
    EXPECT_EQ(patch.layer_at(-1.), Layer::epidermis);
    EXPECT_EQ(patch.layer_at(0.), Layer::epidermis);
    EXPECT_EQ(patch.layer_at(0.1), Layer::epidermis);
    EXPECT_EQ(patch.layer_at(0.11), Layer::dermis);
    EXPECT_EQ(patch.layer_at(1.51), Layer::hypodermis);
    EXPECT_EQ(patch.layer_at(99.), Layer::hypodermis);
  }

  TEST(SkinPatch, NamesOfLayers)
  {
    EXPECT_EQ(layer_names().size(), n_layer_kinds);
    for (const std::string &name : layer_names())
      EXPECT_EQ(layer_name(layer_of_name(name)), name);
    EXPECT_EQ(layer_of_name("papillary dermis"), Layer::papillary_dermis);
    expect_bad_input([] { layer_of_name("epidermes"); }, {"no skin layer 'epidermes'", "did you mean 'epidermis'?"});
  }

  TEST(SkinPatch, EveryProblemIsNamedAtOnce)
  {
    SkinPatch patch;
    patch.width = 0.;
    patch.length = std::numeric_limits<double>::quiet_NaN();
    patch.cell_size = -1.;
    patch.growth = 1.;
    patch.refinement = -2;
    patch.layers = {{Layer::dermis, -1., 0}, {Layer::epidermis, 1.}, {Layer::papillary_dermis, 1.}};
    expect_bad_input([&] { graded_depths(patch); },
                     {"The width of the skin patch must be positive, but it is 0 mm",
                      "The length of the skin patch must be positive",
                      "The cell size of the skin patch must be positive, but it is -1 mm",
                      "The growth of the cells with depth must be at least 1.01, but it is 1.",
                      "The mesh cannot be refined -2 times",
                      "The thickness of layer 'dermis' must be positive, but it is -1 mm",
                      "The layer 'dermis' needs between 1 and",
                      "The layer 'epidermis' cannot lie below layer 'dermis'",
                      "cannot be combined with 'papillary dermis'"});
  }

  TEST(SkinPatch, NoLayers)
  {
    Triangulation<2> mesh(MPI_COMM_WORLD);
    expect_bad_input([&] { make_skin_patch<2>(SkinPatch(), mesh); }, {"has no layers"});
  }

  TEST(SkinPatch, TooManyCellsAreRefusedBeforeTheMemoryIsExhausted)
  {
    SkinPatch patch = small_patch();
    Triangulation<3> mesh(MPI_COMM_WORLD);
    patch.cell_size = 1e-9;
    expect_bad_input([&] { make_skin_patch<3>(patch, mesh); }, {"The cell size of 1e-09 mm is too small"});
    patch.cell_size = 1e-3;
    expect_bad_input([&] { make_skin_patch<3>(patch, mesh); }, {"cells before refinement, but at most 2000000 are"});
    patch.cell_size = 0.5;
    patch.refinement = 9;
    expect_bad_input([&] { make_skin_patch<3>(patch, mesh); }, {"Refined 9 times", "choose a larger cell size"});
  }
} // namespace
