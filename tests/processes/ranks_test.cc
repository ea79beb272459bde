// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// A run does not depend on the number of ranks, and repeats itself bit by bit.
#include "test_run.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

using namespace cutis;
using namespace cutis::test;

namespace
{
  /** Particles in layered skin, with two sessions, taxis, and depots that fill the patch to its sides. */
  std::vector<std::string> treated_skin(const std::string &width, const std::string &cell_size)
  {
    return {"Intervention=plla",
            "PLLA/Sessions=0 d, 20 d",
            "PLLA/Trauma=.5",
            "PLLA/Depot radius=.8 mm",
            "PLLA/Depth=1 mm",
            "Skin/Layers=dermis, hypodermis",
            "Skin/dermis/Cells=1",
            "Skin/hypodermis/Cells=1",
            "Mesh/Width=" + width,
            "Mesh/Length=" + width,
            "Mesh/Cell size=" + cell_size,
            "Mesh/Growth=4",
            "Time/End=40 d"};
  }

  /** Values of all fields by the place of the node, in steps far below the size of a cell. */
  template <int dim>
  std::map<std::array<long, 3>, std::vector<double>> values_by_place(const TissueRun<dim> &run)
  {
    std::map<std::array<long, 3>, std::vector<double>> values;
    for (unsigned int i = 0; i < run.mesh.graph.n_owned; ++i)
    {
      const Place p = run.place(i);
      std::vector<double> &all = values[{{std::lround(1e6 * p.x), std::lround(1e6 * p.y), std::lround(1e6 * p.depth)}}];
      for (unsigned int f = 0; f < run.layout.n_fields(); ++f)
        all.push_back(run.value(i, f));
    }
    return values;
  }

  /** The case on all ranks together against the same case on this rank alone. */
  template <int dim>
  void expect_the_same_alone(const std::vector<std::string> &assignments, const bool expect_idle_rank)
  {
    CaseRun<dim> together(assignments, "", MPI_COMM_WORLD), alone(assignments);
    const auto fewest =
      dealii::Utilities::MPI::min(together.mesh.triangulation.n_locally_owned_active_cells(), MPI_COMM_WORLD);
    EXPECT_EQ(fewest == 0, expect_idle_rank);
    together.run(40.);
    alone.run(40.);
    EXPECT_EQ(together.state.clock.steps, alone.state.clock.steps);
    EXPECT_NEAR(total_of(together.state.sessions, "plla", injected_mass),
                total_of(alone.state.sessions, "plla", injected_mass),
                1e-12 * total_of(alone.state.sessions, "plla", injected_mass));

    const auto expected = values_by_place(alone);
    for (const auto &[place, values] : values_by_place(together))
      for (unsigned int f = 0; f < values.size(); ++f)
      {
        const double size = alone.layout.fields[f].magnitude;
        EXPECT_NEAR(values[f], expected.at(place)[f], 1e-8 * size) << alone.layout.fields[f].key;
      }
    for (const Species &s : alone.layout.fields)
    {
      EXPECT_NEAR(together.total(s.key), alone.total(s.key), 1e-8 * std::max(alone.total(s.key), s.magnitude)) << s.key;
      EXPECT_NEAR(together.at({0., 0., 1.}, s.key), alone.at({0., 0., 1.}, s.key), 1e-8 * s.magnitude) << s.key;
    }
  }
} // namespace

TEST(RanksMpi, APatchGivesTheSameOnAnyNumber)
{
  expect_the_same_alone<2>(treated_skin("6 mm", ".3 mm"), false);
  expect_the_same_alone<3>(treated_skin("2.4 mm", ".6 mm"), false);
}

TEST(RanksMpi, ARankMayBeIdle)
{
  // One column of two cells: with three ranks, one has none. The depot lies off the middle: with a mirror symmetry the
  // solves would carry the antisymmetric round-off, which differs, up to their own tolerance.
  std::vector<std::string> assignments = treated_skin("2 mm", "2 mm");
  assignments.insert(assignments.end(), {"Skin/hypodermis/Thickness=1.5 mm", "PLLA/Centres along width=.4 mm"});
  expect_the_same_alone<2>(assignments, dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD) > 2);
}

TEST(Ranks, TheSameRunGivesTheSameBits)
{
  CaseRun<2> first(treated_skin("4 mm", ".4 mm")), second(treated_skin("4 mm", ".4 mm"));
  first.run(40.);
  second.run(40.);
  EXPECT_EQ(first.state.clock.steps, second.state.clock.steps);
  EXPECT_EQ(first.state.clock.next_step, second.state.clock.next_step);
  for (unsigned int k = 0; k < first.state.fields().locally_owned_size(); ++k)
    ASSERT_EQ(first.state.fields().local_element(k), second.state.fields().local_element(k)) << "entry " << k;
}
