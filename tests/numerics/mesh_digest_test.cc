// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/mesh_digest.h"

#include "mesh/skin_patch.h"

#include <deal.II/grid/grid_tools.h>

#include <gtest/gtest.h>

#include <functional>

using namespace cutis;

namespace
{
  using Mesh = dealii::parallel::distributed::Triangulation<2>;

  /** The digest of a small patch after a change. */
  std::string digest(const std::function<void(Mesh &)> &change, const int refinement = 0)
  {
    SkinPatch patch;
    patch.width = 2.;
    patch.layers = {{Layer::dermis, 1., 2}, {Layer::hypodermis, 1., 2}};
    patch.refinement = refinement;
    Mesh mesh(MPI_COMM_WORLD);
    make_skin_patch(patch, mesh);
    change(mesh);
    return mesh_digest(mesh);
  }
} // namespace

TEST(MeshDigest, IsOfNodesLayersAndBoundaries)
{
  const std::string same = digest([](Mesh &) {});
  EXPECT_EQ(digest([](Mesh &) {}), same);
  EXPECT_NE(digest([](Mesh &mesh) { dealii::GridTools::scale(1.001, mesh); }), same);
  EXPECT_NE(digest([](Mesh &mesh) { mesh.begin(0)->set_material_id(0); }), same);
  EXPECT_NE(digest(
              [](Mesh &mesh)
              {
                for (const auto &face : mesh.begin(0)->face_iterators())
                  if (face->at_boundary())
                    face->set_boundary_id(7);
              }),
            same);
}

TEST(MeshDigest, DoesNotSeeRoundOffNorRefinement)
{
  const std::string same = digest([](Mesh &) {});
  EXPECT_EQ(digest([](Mesh &mesh) { dealii::GridTools::scale(1. + 1e-15, mesh); }), same);
  EXPECT_EQ(digest([](Mesh &mesh) { mesh.refine_global(2); }), same);
}
