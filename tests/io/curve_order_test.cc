// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/curve_order.h"

#include "small_skin.h"

#include <gtest/gtest.h>

using namespace cutis;

namespace
{
  /** Places of the nodes of the fields, then of a quadratic displacement, along the curve. Hanging nodes are among
   * them. */
  template <int dim>
  std::array<std::vector<dealii::Point<dim>>, 2> places_along_curve(MPI_Comm communicator)
  {
    SkinPatch patch = small_patch(); // of three coarse cells along the depth, which ranks share
    patch.layers = {{Layer::dermis, 12., 3}};
    patch.cell_size = 4.;
    patch.refinement = 2;
    Discretization<dim> skin(communicator);
    skin.carry_displacement(2);
    make_skin_patch(patch, skin.triangulation);
    refine_middle(skin);
    std::array<std::vector<dealii::Point<dim>>, 2> places;
    for (const unsigned int node : along_curve(skin.nodes, skin.graph))
      places[0].push_back(skin.positions[node]);
    const DisplacementSpace<dim> &space = *skin.displacement;
    for (const unsigned int node : along_curve(space.handler, space.nodes))
      places[1].push_back(space.positions[node]);
    return places;
  }

  /** The numbers of this rank follow those of the ranks below, and all together are those of one rank. */
  template <int dim>
  void expect_as_on_one_rank()
  {
    const auto all = places_along_curve<dim>(MPI_COMM_SELF), here = places_along_curve<dim>(MPI_COMM_WORLD);
    for (int set = 0; set < 2; ++set)
    {
      unsigned long n = here[set].size(), first = 0;
      MPI_Exscan(&n, &first, 1, MPI_UNSIGNED_LONG, MPI_SUM, MPI_COMM_WORLD);
      ASSERT_LE(first + n, all[set].size());
      for (std::size_t i = 0; i < n; ++i)
        EXPECT_LT(all[set][first + i].distance(here[set][i]), 1e-12) << dim << "-D, node " << first + i;
      EXPECT_EQ(dealii::Utilities::MPI::sum(n, MPI_COMM_WORLD), all[set].size());
    }
  }
} // namespace

TEST(CurveOrder, NumbersNodesAsOneRankDoes)
{
  expect_as_on_one_rank<2>();
  expect_as_on_one_rank<3>();
}
