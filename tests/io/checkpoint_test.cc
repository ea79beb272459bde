// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/checkpoint.h"

#include "base/errors.h"
#include "small_skin.h"
#include "test_folder.h"

#include <deal.II/base/mpi.h>
#include <deal.II/base/utilities.h>

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>

using namespace cutis;
namespace fs = std::filesystem;

namespace
{
  const FieldLayout layout = layout_of({"vegf", "mmp", "collagen_new"}, {"plla_dose_1", "plla_dose_2"});
  const std::vector<std::string> physics = {"PLLA/Dose = 150", "Host/Age = 55"};

  /** Irregular in all bits. */
  double profile(const Place &p, const unsigned int f)
  {
    return std::exp(std::sin(3. * p.x + 5. * p.y + f) + std::cos(7. * p.depth));
  }

  template <int dim>
  State irregular_state(const Discretization<dim> &skin, const double time)
  {
    State state;
    state.clock = {time, 730., 1. / 3., .1 + .2, {{1. / 13., -1. / 13.}}, 1. / 11., true, 17, 4};
    state.sessions = {{0., "plla", 0, {{injected_mass, 150. / 7.}}}, {1. / 3., "wound", 0, {}}};
    state.ledger.last_row = 2. / 7.;
    state.ledger.rows = 3;
    state.ledger.meshes = 1;
    state.ledger.entries.push_back(
      {1. / 7., "fields/solution-00000.h5", "fields/mesh-000.h5", 12, 6, dim, {{"vegf", 1}}});
    set(state, skin, layout, profile);
    return state;
  }

  template <int dim>
  struct Loaded
  {
    explicit Loaded(const fs::path &folder, const std::vector<std::string> &physics = ::physics) : skin(MPI_COMM_WORLD)
    {
      make_small_skin(skin);
      state.clock.end = 1000.;
      Checkpoint<dim>(folder / "checkpoint", blocks_of(layout), physics).load(state, skin, contents_of_small_skin);
    }

    Discretization<dim> skin;
    State state;
  };

  /** Every free node has the bits of the profile at its place, hanging nodes are completed. */
  template <int dim>
  void expect_profile(const Discretization<dim> &skin, const NodalVector &vector, const unsigned int n)
  {
    NodalVector expected = nodal(skin, n, profile);
    ASSERT_EQ(vector.size(), expected.size());
    const unsigned int local = skin.positions.size() * n;
    for (unsigned int i = 0; i < local; ++i)
      ASSERT_EQ(vector.local_element(i), expected.local_element(i)) << "entry " << i << " on this rank";
  }

  template <int dim>
  void save(const fs::path &folder, const double time, MPI_Comm communicator = MPI_COMM_WORLD)
  {
    Discretization<dim> skin(communicator);
    make_small_skin(skin);
    refine_middle(skin);
    Checkpoint<dim>(folder / "checkpoint", blocks_of(layout), physics).save(irregular_state(skin, time), skin);
  }

  template <int dim>
  void round_trip()
  {
    const TestFolder folder;
    save<dim>(folder.path, 90. / 7.);
    const Loaded<dim> loaded(folder.path);
    ASSERT_TRUE(loaded.skin.graph.any_hanging);
    expect_profile(loaded.skin, loaded.state.fields(), layout.n_fields());
    expect_profile(loaded.skin, loaded.state.doses(), layout.n_doses());

    const State &s = loaded.state;
    EXPECT_EQ(s.clock.time, 90. / 7.);
    EXPECT_EQ(s.clock.end, 1000.) << "a resumed run may go further";
    EXPECT_EQ(s.clock.last_step, 1. / 3.);
    EXPECT_EQ(s.clock.next_step, .1 + .2);
    EXPECT_EQ(s.clock.earlier, (std::array<double, 2>{{1. / 13., -1. / 13.}}));
    EXPECT_EQ(s.clock.last_error, 1. / 11.);
    EXPECT_TRUE(s.clock.settling);
    EXPECT_EQ(std::make_pair(s.clock.steps, s.clock.rejected), std::make_pair(17u, 4u));
    ASSERT_EQ(s.sessions.size(), 2u);
    EXPECT_EQ(total_of(s.sessions, "plla", injected_mass), 150. / 7.);
    EXPECT_EQ(s.sessions[1].intervention, "wound");
    EXPECT_EQ(s.sessions[1].time, 1. / 3.);
    EXPECT_TRUE(s.mesh_changed);
    EXPECT_EQ(s.ledger.last_row, 2. / 7.);
    EXPECT_EQ(s.ledger.rows, 3u);
    EXPECT_EQ(s.ledger.meshes, 1u);
    ASSERT_EQ(s.ledger.entries.size(), 1u);
    EXPECT_EQ(s.ledger.entries[0].time, 1. / 7.);
    EXPECT_EQ(s.ledger.entries[0].fields_file, "fields/solution-00000.h5");
    EXPECT_EQ(s.ledger.entries[0].nodes, 12u);
    EXPECT_EQ(s.ledger.entries[0].tables.at(0).name, "vegf");
  }
} // namespace

TEST(Checkpoint, RoundTripIn2D)
{
  round_trip<2>();
}

TEST(Checkpoint, RoundTripIn3D)
{
  round_trip<3>();
}

/** The displacement of quadratic elements has nodes of its own, some of them in the middle of edges. */
TEST(Checkpoint, KeepsAQuadraticDisplacementAndFibres)
{
  const auto save_and_load = [](const fs::path &folder, Discretization<3> &skin, State &state, const bool save)
  {
    skin.carry_displacement(2);
    make_small_skin(skin);
    std::vector<BlockShape> blocks = blocks_of(layout);
    blocks.push_back({"displacement", {"x", "y", "z"}, NodesOf::displacement, Rule::any_sign});
    blocks.push_back(tensor_block("fibres", {"new", "mature"}));
    const Checkpoint<3> checkpoint(folder / "checkpoint", blocks, physics);
    if (!save)
      return checkpoint.load(state, skin, contents_of_small_skin);
    refine_middle(skin);
    state = irregular_state(skin, 1.);
    state.put({blocks[2], skin.displacement->make_vector()});
    state.put({blocks[3], nodal(skin, blocks[3].n_components(), profile)});
    NodalVector &displacement = state["displacement"];
    for (unsigned int i = 0; i < skin.displacement->nodes.n_owned; ++i)
      for (unsigned int c = 0; c < 3; ++c)
        displacement.local_element(3 * i + c) = profile(place_of(skin.displacement->positions[i]), c);
    skin.displacement->complete(displacement);
    checkpoint.save(state, skin);
  };
  const TestFolder folder;
  Discretization<3> skin(MPI_COMM_WORLD), again(MPI_COMM_WORLD);
  State state, loaded;
  save_and_load(folder.path, skin, state, true);
  save_and_load(folder.path, again, loaded, false);
  expect_profile(again, loaded["fibres"], 12);
  expect_profile(again, loaded.fields(), layout.n_fields());
  const DisplacementSpace<3> &space = *again.displacement;
  ASSERT_TRUE(space.nodes.any_hanging);
  ASSERT_GT(space.nodes.n_global, 6 * again.graph.n_global);
  std::vector<bool> hangs(space.nodes.n_owned);
  for (const auto &node : space.nodes.hanging)
    hangs[node.node] = true;
  for (unsigned int i = 0; i < space.nodes.n_owned; ++i)
    for (unsigned int c = 0; c < 3 && !hangs[i]; ++c)
      ASSERT_EQ(loaded["displacement"].local_element(3 * i + c), profile(place_of(space.positions[i]), c)) << i;
}

TEST(Checkpoint, LoadsOnMoreAndOnFewerRanks)
{
  using dealii::Utilities::MPI::n_mpi_processes;
  using dealii::Utilities::MPI::this_mpi_process;
  const TestFolder folder;
  // The first rank alone writes, then all load; then all write and each rank loads alone.
  if (this_mpi_process(MPI_COMM_WORLD) == 0)
    save<2>(folder.path, 1., MPI_COMM_SELF);
  MPI_Barrier(MPI_COMM_WORLD);
  {
    const Loaded<2> loaded(folder.path);
    expect_profile(loaded.skin, loaded.state.fields(), layout.n_fields());
  }
  save<2>(folder.path, 2.);
  MPI_Barrier(MPI_COMM_WORLD);
  Discretization<2> alone(MPI_COMM_SELF);
  make_small_skin(alone);
  State state;
  Checkpoint<2>(folder.path / "checkpoint", blocks_of(layout), physics).load(state, alone, contents_of_small_skin);
  EXPECT_EQ(state.clock.time, 2.);
  expect_profile(alone, state.fields(), layout.n_fields());
  expect_profile(alone, state.doses(), layout.n_doses());
}

TEST(Checkpoint, LoadsIntoARefinedMesh)
{
  const TestFolder folder;
  save<2>(folder.path, 1.);
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  skin.triangulation.refine_global(1);
  skin.rebuild(contents_of_small_skin);
  State state;
  Checkpoint<2>(folder.path / "checkpoint", blocks_of(layout), physics).load(state, skin, contents_of_small_skin);
  expect_profile(skin, state.fields(), layout.n_fields());
}

TEST(Checkpoint, KeepsTheLastAndThePrevious)
{
  const TestFolder folder;
  for (const double time : {1., 2., 3.})
    save<2>(folder.path, time);
  EXPECT_EQ(Loaded<2>(folder.path).state.clock.time, 3.);
  EXPECT_FALSE(fs::exists(folder.path / "checkpoint/00001"));
  EXPECT_TRUE(fs::exists(folder.path / "checkpoint/00002"));
  EXPECT_TRUE(fs::exists(folder.path / "checkpoint/00003"));
}

TEST(Checkpoint, ADamagedOneIsPassedOver)
{
  for (const char *file : {"state.json", "mesh", "values.h5", "contents.txt"})
  {
    const TestFolder folder;
    save<2>(folder.path, 1.);
    save<2>(folder.path, 2.);
    const fs::path damaged = folder.path / "checkpoint/00002" / file;
    ASSERT_TRUE(fs::exists(damaged)) << damaged;
    on_disk([&] { damage(damaged); });
    const Loaded<2> loaded(folder.path);
    EXPECT_EQ(loaded.state.clock.time, 1.) << file;
    expect_profile(loaded.skin, loaded.state.fields(), layout.n_fields());

    save<2>(folder.path, 3.);
    EXPECT_TRUE(fs::exists(folder.path / "checkpoint/00001")) << "the damaged one must not push the good one out";
  }
}

TEST(Checkpoint, WithoutAGoodOneTheStateIsLeftAlone)
{
  const TestFolder folder;
  save<2>(folder.path, 1.);
  save<2>(folder.path, 2.);
  on_disk(
    [&]
    {
      fs::resize_file(folder.path / "checkpoint/00002/values.h5", 100);
      fs::remove(folder.path / "checkpoint/00001/mesh");
    });
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const auto cells = skin.triangulation.n_global_active_cells();
  State state;
  const std::string sentence = sentence_of<BadInput>(
    [&] {
      Checkpoint<2>(folder.path / "checkpoint", blocks_of(layout), physics).load(state, skin, contents_of_small_skin);
    });
  EXPECT_TRUE(contains(sentence, "00002/values.h5' has 100 instead of")) << sentence;
  EXPECT_TRUE(contains(sentence, "00001/mesh' is missing")) << sentence;
  EXPECT_EQ(skin.triangulation.n_global_active_cells(), cells);
  EXPECT_EQ(state.clock.time, 0.);
}

TEST(Checkpoint, OtherPhysicsAreRefusedByName)
{
  const TestFolder folder;
  save<2>(folder.path, 1.);
  const std::string sentence = sentence_of<BadInput>(
    [&] {
      Loaded<2>(folder.path, {"PLLA/Dose = 300", "Host/Age = 55", "Host/Smoker = true"});
    });
  EXPECT_TRUE(contains(sentence, "PLLA/Dose: 150 -> 300")) << sentence;
  EXPECT_TRUE(contains(sentence, "Host/Smoker: (absent) -> true")) << sentence;
  EXPECT_FALSE(contains(sentence, "Host/Age")) << sentence;
}

namespace
{
  BlockShape block_of(const std::string &name, const std::vector<std::string> &components)
  {
    return {name, components, NodesOf::fields, Rule::positive};
  }

  const std::map<std::string, double> value_of = {{"vegf", 1.}, {"mmp", 2.}, {"collagen_new", 3.}, {"scar", 4.}};

  void save_blocks(const fs::path &folder, const std::vector<BlockShape> &blocks)
  {
    Discretization<2> skin(MPI_COMM_WORLD);
    make_small_skin(skin);
    refine_middle(skin);
    State state;
    for (const BlockShape &shape : blocks)
      state.put({shape,
                 nodal(skin,
                       shape.n_components(),
                       [&](const Place &p, const unsigned int c)
                       { return value_of.at(shape.components[c]) + profile(p, 0); })});
    Checkpoint<2>(folder / "checkpoint", blocks, physics).save(state, skin);
  }

  State load_blocks(const fs::path &folder, Discretization<2> &skin, const std::vector<BlockShape> &blocks)
  {
    make_small_skin(skin);
    State state;
    Checkpoint<2>(folder / "checkpoint", blocks, physics).load(state, skin, contents_of_small_skin);
    return state;
  }
} // namespace

TEST(Checkpoint, BlocksAndComponentsAreFoundByName)
{
  const TestFolder folder;
  save_blocks(folder.path, {block_of("fields", {"mmp", "collagen_new", "vegf"}), block_of("history", {"scar"})});
  const std::vector<BlockShape> wanted = {block_of("history", {"scar"}),
                                          block_of("fields", {"vegf", "mmp", "collagen_new"})};
  Discretization<2> skin(MPI_COMM_WORLD);
  const State state = load_blocks(folder.path, skin, wanted);
  ASSERT_TRUE(skin.graph.any_hanging);
  for (unsigned int b = 0; b < 2; ++b)
  {
    EXPECT_EQ(state.blocks[b].name, wanted[b].name);
    EXPECT_EQ(state.blocks[b].components, wanted[b].components);
    const NodalVector expected =
      nodal(skin,
            wanted[b].n_components(),
            [&](const Place &p, const unsigned int c) { return value_of.at(wanted[b].components[c]) + profile(p, 0); });
    for (unsigned int i = 0; i < skin.positions.size() * wanted[b].n_components(); ++i)
      ASSERT_EQ(state.blocks[b].values.local_element(i), expected.local_element(i)) << wanted[b].name << " " << i;
  }
}

TEST(Checkpoint, OtherBlocksAndComponentsAreRefusedByName)
{
  const TestFolder folder;
  save_blocks(folder.path, {block_of("fields", {"vegf", "mmp"}), block_of("history", {"scar"})});
  Discretization<2> skin(MPI_COMM_WORLD);
  const std::string sentence = sentence_of<BadInput>(
    [&] {
      load_blocks(folder.path, skin, {block_of("fields", {"vegf", "collagen_new"})});
    });
  EXPECT_TRUE(contains(sentence, "It lacks fields: collagen_new.")) << sentence;
  EXPECT_TRUE(contains(sentence, "This run has no fields: mmp, history: scar.")) << sentence;
}

TEST(Checkpoint, AnOlderFormatIsRefusedWithWhatToDo)
{
  const TestFolder folder;
  save<2>(folder.path, 1.);
  on_disk(
    [&]
    {
      const CheckpointStore store(folder.path / "checkpoint");
      const fs::path old = store.begin();
      for (const auto &entry : fs::directory_iterator(folder.path / "checkpoint/00001"))
        if (entry.path().filename() != "contents.txt")
          fs::copy_file(entry.path(), old / entry.path().filename());
      write_whole_file(old / "state.json", "{\"format\": 2, \"fields\": [\"vegf\"]}\n");
      store.commit(old);
    });
  const std::string sentence = sentence_of<BadInput>([&] { Loaded<2>(folder.path); });
  EXPECT_TRUE(contains(sentence, "has the format 2")) << sentence;
  EXPECT_TRUE(contains(sentence, "provenance.json")) << sentence;
  EXPECT_TRUE(contains(sentence, "--overwrite")) << sentence;
}

TEST(Checkpoint, AnotherMeshIsRefused)
{
  const TestFolder folder;
  save<2>(folder.path, 1.);
  Discretization<2> skin(MPI_COMM_WORLD);
  SkinPatch patch = small_patch();
  patch.width = 6.;
  make_skin_patch(patch, skin.triangulation);
  skin.rebuild(contents_of_small_skin);
  State state;
  const std::string sentence = sentence_of<BadInput>(
    [&] {
      Checkpoint<2>(folder.path / "checkpoint", blocks_of(layout), physics).load(state, skin, contents_of_small_skin);
    });
  EXPECT_TRUE(contains(sentence, "another mesh")) << sentence;
}

TEST(Checkpoint, OneThatWasInterruptedIsIgnored)
{
  const TestFolder folder;
  save<2>(folder.path, 1.);
  on_disk(
    [&]
    {
      fs::create_directory(folder.path / "checkpoint/00002");
      write_whole_file(folder.path / "checkpoint/00002/mesh", "half of it");
    });
  EXPECT_EQ(Loaded<2>(folder.path).state.clock.time, 1.);
  save<2>(folder.path, 2.);
  EXPECT_EQ(Loaded<2>(folder.path).state.clock.time, 2.);
  EXPECT_FALSE(fs::exists(folder.path / "checkpoint/00002")) << "its remains take space";
}

TEST(Checkpoint, AFolderThatIsGoneFailsWithItsName)
{
  const TestFolder folder;
  const std::string sentence = sentence_of<RunFailed>([&] { save<2>(folder.path / "gone", 1.); });
  EXPECT_TRUE(contains(sentence, "gone/checkpoint")) << sentence;
}
