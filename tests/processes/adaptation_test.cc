// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// Refining and coarsening: where it happens, and that it carries the fields over.
#include "../model/at_a_point.h"
#include "../numerics/test_networks.h"
#include "../numerics/test_nodes.h"
#include "test_run.h"

#include <gtest/gtest.h>

using namespace cutis;
using namespace cutis::test;

namespace
{
  double linear(const Place &p)
  {
    return .5 + .01 * p.x - .02 * p.y + .015 * p.depth;
  }

  /** A wall in the field x, which the mesh must resolve; the other fields are too flat for that. */
  double wall(const Place &p)
  {
    return .5 * (1. + std::tanh(8. * (p.x - .3)));
  }

  AdaptationSettings settings()
  {
    AdaptationSettings settings;
    settings.refine_above = .3;
    settings.coarsen_below = .05;
    settings.most = 2;
    return settings;
  }

  /** Skin of 4 x 4 x 2 mm with a linear field, a linear dose and a wall. */
  template <int dim>
  class Skin : public TissueRun<dim>
  {
  public:
    explicit Skin(const MPI_Comm communicator) : TissueRun<dim>(network_, 3e-3, communicator)
    {
      SkinPatch patch;
      patch.width = patch.length = 4.;
      patch.cell_size = .5;
      patch.layers = {{Layer::dermis, 2., 1}};
      make_skin_patch(patch, this->mesh.triangulation);
      this->start(dermis_everywhere);
      this->set("u", linear);
      this->set("x", wall);
      for (unsigned int i = 0; i < this->mesh.graph.n_owned; ++i)
        this->state.doses().local_element(i) = 3. * linear(this->place(i));
      this->mesh.graph.complete(this->state.doses(), 1);
    }

    double error_of_linear_fields() const
    {
      double largest = 0.;
      for (unsigned int i = 0; i < this->mesh.graph.n_owned; ++i)
      {
        const double expected = linear(this->place(i));
        largest = std::max(largest, std::abs(this->value(i, 0) - expected));
        largest = std::max(largest, std::abs(this->state.doses().local_element(i) - 3. * expected));
      }
      return dealii::Utilities::MPI::max(largest, this->mesh.communicator);
    }

    unsigned int cells() const { return this->mesh.triangulation.n_global_active_cells(); }

  private:
    static inline Reactions network_ = edited_network<Inert>([](FieldLayout &layout) { layout.doses = {"dose"}; });
  };

  template <int dim>
  void expect_exact_transfer(const MPI_Comm communicator)
  {
    Skin<dim> skin(communicator);
    const unsigned int start = skin.cells();
    ASSERT_TRUE(skin.adapt(settings()));
    ASSERT_TRUE(skin.mesh.graph.any_hanging);
    EXPECT_LT(skin.error_of_linear_fields(), 1e-14);

    skin.set("x", wall);
    ASSERT_TRUE(skin.adapt(settings()));
    EXPECT_GT(skin.cells(), start);
    EXPECT_LT(skin.error_of_linear_fields(), 1e-14);

    skin.set("x", [](const Place &) { return 0.; });
    while (skin.adapt(settings()))
      EXPECT_LT(skin.error_of_linear_fields(), 1e-14);
    EXPECT_EQ(skin.cells(), start) << "without the wall, the mesh goes back to that of the start, and no further";
  }

  /** Numbers of cells as the wall is resolved. */
  std::vector<unsigned int> cells_at_a_wall(const MPI_Comm communicator)
  {
    Skin<2> skin(communicator);
    std::vector<unsigned int> cells;
    for (int k = 0; k < 3; ++k)
    {
      skin.adapt(settings());
      skin.set("x", wall);
      cells.push_back(skin.cells());
    }
    return cells;
  }

  /** Between 0 and 1, as if by chance, but the same for a place on all ranks. */
  double scattered(const Place &p, const int round)
  {
    const double wild = 4096. * std::sin(12.9898 * p.x + 78.233 * p.y + 37.719 * p.depth + round);
    return wild - std::floor(wild);
  }

  /** Numbers of cells as scattered ones are halved and merged. */
  template <int dim>
  std::vector<unsigned int> cells_in_disorder(const MPI_Comm communicator)
  {
    Skin<dim> skin(communicator);
    AdaptationSettings chance = settings();
    std::vector<unsigned int> cells;
    chance.refine_above = dim == 2 ? .75 : .9;
    chance.coarsen_below = dim == 2 ? .55 : .75;
    for (int round = 0; round < 12; ++round)
    {
      skin.set("x", [round](const Place &p) { return scattered(p, round); });
      skin.adapt(chance);
      cells.push_back(skin.cells());
    }
    return cells;
  }
} // namespace

TEST(AdaptationMpi, RanksAgreeOnWhichCellsToHalveAndToMerge)
{
  EXPECT_EQ(cells_in_disorder<2>(MPI_COMM_WORLD), cells_in_disorder<2>(MPI_COMM_SELF));
  EXPECT_EQ(cells_in_disorder<3>(MPI_COMM_WORLD), cells_in_disorder<3>(MPI_COMM_SELF));
}

TEST(Adaptation, LinearFieldsAreCarriedOverExactly)
{
  expect_exact_transfer<2>(MPI_COMM_SELF);
  expect_exact_transfer<3>(MPI_COMM_SELF);
}

TEST(AdaptationMpi, LinearFieldsAreCarriedOverExactly)
{
  expect_exact_transfer<2>(MPI_COMM_WORLD);
  expect_exact_transfer<3>(MPI_COMM_WORLD);
}

TEST(Adaptation, LevelsCountFromTheStartingMesh)
{
  const auto levels = [](const int start, const int refinement)
  {
    Skin<2> skin(MPI_COMM_SELF);
    AdaptationSettings counted = settings();
    skin.mesh.triangulation.refine_global(start);
    skin.start(dermis_everywhere);
    counted.start_from(start, refinement);
    for (int k = 0; k < 8; ++k)
    {
      skin.set("x", wall);
      skin.adapt(counted);
    }
    unsigned int lowest = 100, highest = 0;
    for (const auto &cell : skin.mesh.triangulation.active_cell_iterators())
    {
      lowest = std::min<unsigned int>(lowest, cell->level());
      highest = std::max<unsigned int>(highest, cell->level());
    }
    return std::pair(lowest, highest);
  };
  EXPECT_EQ(levels(1, 1), std::pair(0u, 1u + settings().most));
  EXPECT_EQ(levels(1, 0), std::pair(1u, 1u + settings().most))
    << "a mesh that was begun coarser stays as fine as it was asked for";
}

TEST(AdaptationMpi, TheMeshDoesNotDependOnTheRanks)
{
  EXPECT_EQ(cells_at_a_wall(MPI_COMM_WORLD), cells_at_a_wall(MPI_COMM_SELF));
}

TEST(Adaptation, CellsAreFineWhereAFieldIsSteepAndOnlyThere)
{
  Skin<2> skin(MPI_COMM_SELF);
  for (int k = 0; k < 3; ++k)
  {
    skin.adapt(settings());
    skin.set("x", wall);
  }
  for (const auto &cell : skin.mesh.triangulation.active_cell_iterators())
  {
    const double distance = std::abs(cell->center()[0] - .3);
    EXPECT_TRUE(distance > .1 || cell->level() == 2) << "at " << cell->center();
    EXPECT_TRUE(distance < 1. || cell->level() == 0) << "at " << cell->center();
  }
}

TEST(Adaptation, AtRestNothingIsDone)
{
  Skin<2> skin(MPI_COMM_SELF);
  skin.set("x", [](const Place &) { return 1.; });
  const std::vector<double> before(skin.state.fields().begin(), skin.state.fields().end());
  EXPECT_FALSE(skin.adapt(settings()));
  EXPECT_EQ(std::vector<double>(skin.state.fields().begin(), skin.state.fields().end()), before);
}

namespace
{
  using SectionRun = Run<2>; // tests have a Run of their own

  /** Meshes of a run after its start, and how far the tissue is from equilibrium on each of them. */
  class MeshWatcher : public Recorder<2>
  {
  public:
    void mesh_changed(Run<2> &run) override
    {
      days.push_back(run.state.clock.time);
      if (!run.state.has("displacement"))
        return;
      const NodalVector before = copy_of(run.state["displacement"]);
      run.equilibrate();
      NodalVector moved = copy_of(run.state["displacement"]);
      moved -= before;
      furthest = std::max(furthest, moved.linfty_norm() / std::max(before.linfty_norm(), 1e-12));
    }

    std::vector<double> days;
    double furthest = 0.; ///< over the largest displacement
  };

  /** A section of dermis with a depot of particles, on a mesh that is made fine for sessions. */
  std::vector<std::string> adaptive_section(const std::vector<std::string> &more)
  {
    std::vector<std::string> all = {"Intervention=plla",
                                    "Skin/Layers=dermis",
                                    "Skin/dermis/Thickness=2 mm",
                                    "Skin/dermis/Cells=4",
                                    "Mesh/Width=4 mm",
                                    "Mesh/Cell size=.5 mm",
                                    "Mesh/Adaptive=true",
                                    "Mesh/Most refinements=1",
                                    "Mesh/Adapt every=1000 d",
                                    "PLLA/Sessions=0 d",
                                    "PLLA/Depth=1 mm",
                                    "PLLA/Depot radius=.6 mm"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
} // namespace

TEST(Adaptation, ACheckUpThatLeadsToNoSessionLeavesTheMeshAsItIs)
{
  const auto problem = read_case(adaptive_section({"Time/End=8 d",
                                                   "Output/Every=8 d",
                                                   "Intervention=wound",
                                                   "Wound/Sessions=0 d",
                                                   "Wound/Shape=disc",
                                                   "Wound/Radius=.5 mm",
                                                   "Wound/Repeat when=collagen_total < .01",
                                                   "Wound/Check-ups every=3 d"}));
  SectionRun run(*problem, MPI_COMM_SELF);
  MeshWatcher watcher;
  run.watch(watcher);
  run.start();
  run.advance();
  EXPECT_EQ(run.state.courses.at("wound").check_ups, 2u);
  EXPECT_EQ(watcher.days, (std::vector<double>{0., 0.})) << "as it was made, and for the session";
}

TEST(Adaptation, TissueIsInEquilibriumOnEveryMesh)
{
  const auto problem = read_case(adaptive_section({"Time/End=1.1 d",
                                                   "Intervention=wound, plla",
                                                   "Wound/Sessions=0 d",
                                                   "Wound/Shape=disc",
                                                   "Wound/Radius=.5 mm",
                                                   "Wound/Centres along width=-1 mm",
                                                   "PLLA/Sessions=1 d",
                                                   "PLLA/Centres along width=1.2 mm",
                                                   "PLLA/Depot radius=.4 mm",
                                                   "Mechanics/Enabled=true",
                                                   "Mechanics/Tolerance=1e-8"}));
  SectionRun run(*problem, MPI_COMM_SELF);
  MeshWatcher watcher;
  run.watch(watcher);
  run.start();
  run.advance();
  EXPECT_EQ(watcher.days, (std::vector<double>{0., 0., 1.})) << "as it was made, for the wound, for the particles";
  EXPECT_LT(watcher.furthest, 1e-5);
}
