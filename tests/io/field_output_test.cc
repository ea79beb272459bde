// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/field_output.h"

#include "base/errors.h"
#include "small_skin.h"
#include "test_folder.h"

#include <deal.II/base/mpi.h>

#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/mount.h>

#include <cmath>
#include <type_traits>

using namespace cutis;
namespace fs = std::filesystem;

namespace
{
  /** A data set of a file as rows of numbers. */
  std::vector<std::vector<double>> data_set(const fs::path &file, const std::string &name)
  {
    const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), set = H5Dopen2(id, name.c_str(), H5P_DEFAULT);
    const hid_t space = H5Dget_space(set);
    hsize_t size[2] = {0, 1};
    H5Sget_simple_extent_dims(space, size, nullptr);
    std::vector<double> values(size[0] * size[1]);
    EXPECT_GE(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << file << name;
    H5Sclose(space);
    H5Dclose(set);
    H5Fclose(id);
    std::vector<std::vector<double>> rows;
    for (hsize_t i = 0; i < size[0]; ++i)
      rows.emplace_back(values.begin() + i * size[1], values.begin() + (i + 1) * size[1]);
    return rows;
  }

  double written_profile(const Place &p, const unsigned int f)
  {
    return (f + 1.) * (1. + p.x - .5 * p.y + 2. * p.depth);
  }

  /** The largest difference between the written values and a function of the written places. */
  double error_of(const fs::path &folder,
                  const OutputEntry &entry,
                  const std::string &name,
                  const std::function<double(const Place &)> &expected)
  {
    const auto nodes = data_set(folder / entry.mesh_file, "nodes"), values = data_set(folder / entry.fields_file, name);
    EXPECT_EQ(nodes.size(), entry.nodes);
    EXPECT_EQ(values.size(), entry.nodes);
    double error = 0.;
    for (std::size_t i = 0; i < std::min(nodes.size(), values.size()); ++i)
    {
      const Place place{nodes[i][0], nodes[i].size() == 3 ? nodes[i][1] : 0., -nodes[i].back()};
      error = std::max(error, std::abs(values[i][0] - expected(place)));
    }
    return error;
  }

  template <typename Dimension>
  class FieldOutputInAnyDimension : public testing::Test
  {
  };
  using Dimensions = testing::Types<std::integral_constant<int, 2>, std::integral_constant<int, 3>>;
  TYPED_TEST_SUITE(FieldOutputInAnyDimension, Dimensions);
} // namespace

TYPED_TEST(FieldOutputInAnyDimension, ReadsBackAtTheNodes)
{
  constexpr int dim = TypeParam::value;
  const TestFolder folder;
  Discretization<dim> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  refine_middle(skin);
  const FieldLayout layout = layout_of({"vegf", "collagen_new", "collagen_mature", "plla_mass_1", "plla_mass_2"});
  State state;
  state.clock.time = 28.;
  set(state, skin, layout, written_profile);
  FieldOutput<dim>(folder.path, {}, layout, skin).write(state);

  ASSERT_EQ(state.ledger.entries.size(), 1u);
  const OutputEntry &entry = state.ledger.entries.front();
  EXPECT_EQ(entry.cells, skin.triangulation.n_global_active_cells());
  EXPECT_FALSE(state.mesh_changed);
  MPI_Barrier(MPI_COMM_WORLD);
  if (!is_first_rank(MPI_COMM_WORLD))
    return;
  // Single precision of values up to 60.
  for (unsigned int f = 0; f < layout.n_fields(); ++f)
    EXPECT_LT(error_of(folder.path, entry, layout.fields[f].key, [f](const Place &p) { return written_profile(p, f); }),
              1e-5);
  EXPECT_LT(error_of(folder.path,
                     entry,
                     "collagen_total",
                     [](const Place &p) { return written_profile(p, 1) + written_profile(p, 2); }),
            1e-5);
  EXPECT_LT(error_of(folder.path,
                     entry,
                     "plla_mass_concentration",
                     [](const Place &p) { return written_profile(p, 3) + written_profile(p, 4); }),
            1e-5);
  EXPECT_EQ(
    error_of(
      folder.path, entry, "layer", [](const Place &p) { return static_cast<double>(small_patch().layer_at(p.depth)); }),
    0.);
}

TEST(FieldOutput, TheMeshIsWrittenOnceUntilItChanges)
{
  const TestFolder folder;
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const FieldLayout layout = layout_of({"vegf"});
  FieldOutput<2> output(folder.path, {}, layout, skin);
  State state;
  const auto write = [&](const double time)
  {
    state.clock.time = time;
    set(state, skin, layout, written_profile);
    output.write(state);
  };
  write(0.);
  write(28.);
  refine_middle(skin);
  state.mesh_changed = true;
  write(56.);
  const auto &entries = state.ledger.entries;
  EXPECT_EQ(entries[0].mesh_file, "fields/mesh-000.h5");
  EXPECT_EQ(entries[1].mesh_file, "fields/mesh-000.h5");
  EXPECT_EQ(entries[2].mesh_file, "fields/mesh-001.h5");
  EXPECT_EQ(entries[2].fields_file, "fields/solution-00002.h5");
  EXPECT_GT(entries[2].nodes, entries[1].nodes);
  const std::string contents = content_of(folder.path / "solution.xdmf");
  for (const char *part : {"<Time Value=\"56\"/>",
                           "fields/mesh-001.h5:/cells",
                           "fields/solution-00001.h5:/vegf",
                           "Attribute Name=\"layer\"",
                           "TopologyType=\"Quadrilateral\""})
    EXPECT_TRUE(contains(contents, part)) << part;
  if (is_first_rank(MPI_COMM_WORLD))
    EXPECT_LT(error_of(folder.path, entries[2], "vegf", [](const Place &p) { return written_profile(p, 0); }), 1e-5);
}

TEST(FieldOutput, RanksWithoutCellsTakePart)
{
  const TestFolder folder;
  Discretization<2> skin(MPI_COMM_WORLD);
  SkinPatch patch;
  patch.width = 1.;
  patch.cell_size = 1.;
  patch.layers = {{Layer::dermis, 1., 1}};
  make_skin_patch(patch, skin.triangulation);
  skin.rebuild(contents_of_small_skin);
  ASSERT_EQ(skin.triangulation.n_global_active_cells(), 1u);
  const FieldLayout layout = layout_of({"vegf"});
  State state;
  set(state, skin, layout, written_profile);
  FieldOutput<2>(folder.path, {}, layout, skin).write(state);
  EXPECT_EQ(state.ledger.entries.front().nodes, 4u);
  EXPECT_EQ(state.ledger.entries.front().cells, 1u);
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_LT(
    error_of(folder.path, state.ledger.entries.front(), "vegf", [](const Place &p) { return written_profile(p, 0); }),
    1e-6);
}

TEST(FieldOutput, OnlySelectedFieldsAreWrittenAlsoAfterResumingWithOthers)
{
  const TestFolder folder;
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const FieldLayout layout = layout_of({"vegf", "mmp"}, {"plla_dose_1"});
  State state;
  set(state, skin, layout, written_profile);
  FieldOutput<2>(folder.path, {"mmp"}, layout, skin).write(state);
  FieldOutput<2>(folder.path, {"vegf", "plla_dose_1"}, layout, skin).write(state);
  const std::string contents = content_of(folder.path / "solution.xdmf");
  EXPECT_TRUE(contains(contents, "solution-00000.h5:/mmp"));
  EXPECT_FALSE(contains(contents, "solution-00000.h5:/vegf"));
  EXPECT_TRUE(contains(contents, "solution-00001.h5:/vegf"));
  EXPECT_TRUE(contains(contents, "solution-00001.h5:/plla_dose_1"));
  EXPECT_FALSE(contains(contents, "solution-00001.h5:/mmp"));
  EXPECT_FALSE(contains(contents, "layer"));
  const std::string sentence = sentence_of<BadInput>([&] { FieldOutput<2>(folder.path, {"vegg"}, layout, skin); });
  EXPECT_TRUE(contains(sentence, "did you mean 'vegf'")) << sentence;
}

TEST(FieldOutput, AMissingFolderFailsAndKeepsWhatWasWritten)
{
  const TestFolder folder;
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const FieldLayout layout = layout_of({"vegf"});
  FieldOutput<2> output(folder.path, {}, layout, skin);
  State state;
  set(state, skin, layout, written_profile);
  output.write(state);
  const std::string contents = content_of(folder.path / "solution.xdmf");
  on_disk([&] { fs::rename(folder.path / "fields", folder.path / "moved"); });
  const std::string sentence = sentence_of<RunFailed>([&] { output.write(state); });
  EXPECT_TRUE(contains(sentence, (folder.path / "fields").string())) << sentence;
  EXPECT_EQ(state.ledger.entries.size(), 1u);
  EXPECT_EQ(content_of(folder.path / "solution.xdmf"), contents);
}

TEST(FieldOutput, FilesOfVtkBringTheirMeshAlong)
{
  const TestFolder folder;
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const FieldLayout layout = layout_of({"vegf"});
  State state;
  set(state, skin, layout, written_profile);
  const auto write = [&](const FieldFormat format)
  { FieldOutput<2>(folder.path, {}, layout, skin, {}, format).write(state); };
  write(FieldFormat::vtu);
  EXPECT_EQ(state.ledger.entries[0].fields_file, "fields/solution-00000.vtu");
  EXPECT_EQ(state.ledger.entries[0].mesh_file, "");
  EXPECT_EQ(state.ledger.meshes, 0u);
  EXPECT_TRUE(contains(content_of(folder.path / "solution.pvd"), "file=\"fields/solution-00000.vtu\""));
  const std::string first = content_of(folder.path / "fields/solution-00000.vtu");
  EXPECT_TRUE(contains(first, "Name=\"vegf\"") && contains(first, "</VTKFile>"));
  // Where a run goes on with tables, they need a mesh, though it has not changed.
  write(FieldFormat::xdmf);
  EXPECT_EQ(state.ledger.entries[1].mesh_file, "fields/mesh-000.h5");
  EXPECT_TRUE(contains(content_of(folder.path / "solution.xdmf"), "fields/solution-00001.h5:/vegf"));
  EXPECT_FALSE(contains(content_of(folder.path / "solution.xdmf"), ".vtu"));
  // What a ledger does not name any more, because it was resumed from before, goes from both tables of contents.
  state.ledger.entries.clear();
  write(FieldFormat::xdmf);
  EXPECT_FALSE(contains(content_of(folder.path / "solution.pvd"), "solution-00000"));
  EXPECT_FALSE(contains(content_of(folder.path / "solution.xdmf"), "solution-00001"));
}

TEST(FieldOutput, AFileOfVtkThatCannotBeWrittenLeavesTheCollectionAsItWas)
{
  const TestFolder folder;
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const FieldLayout layout = layout_of({"vegf"});
  FieldOutput<2> output(folder.path, {}, layout, skin, {}, FieldFormat::vtu);
  State state;
  set(state, skin, layout, written_profile);
  output.write(state);
  const std::string contents = content_of(folder.path / "solution.pvd");
  on_disk([&] { fs::create_directory(folder.path / "fields/solution-00001.vtu"); }); // in the way
  std::string sentence = sentence_of<RunFailed>([&] { output.write(state); });
  EXPECT_TRUE(contains(sentence, (folder.path / "fields").string())) << sentence;
  on_disk([&] { fs::rename(folder.path / "fields", folder.path / "moved"); });
  sentence = sentence_of<RunFailed>([&] { output.write(state); });
  EXPECT_TRUE(contains(sentence, (folder.path / "fields").string())) << sentence;
  EXPECT_EQ(state.ledger.entries.size(), 1u);
  EXPECT_EQ(content_of(folder.path / "solution.pvd"), contents);
}

class FieldOutputOnASmallDisk : public testing::TestWithParam<FieldFormat>
{
};
INSTANTIATE_TEST_SUITE_P(Formats, FieldOutputOnASmallDisk, testing::Values(FieldFormat::xdmf, FieldFormat::vtu));

TEST_P(FieldOutputOnASmallDisk, FailsAndKeepsWhatWasWritten)
{
  const TestFolder folder;
  const fs::path disk = folder.path / "disk";
  const bool mounted = text_of_first_rank(MPI_COMM_WORLD,
                                          [&]
                                          {
                                            fs::create_directory(disk);
                                            const bool done =
                                              mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=128k") == 0;
                                            if (done)
                                              fs::create_directory(disk / "fields");
                                            return std::string(done ? "yes" : "no");
                                          }) == "yes";
  if (!mounted)
    GTEST_SKIP() << "Only a privileged user can make a small disk.";
  Discretization<2> skin(MPI_COMM_WORLD);
  make_small_skin(skin);
  const FieldLayout layout = layout_of({"vegf"});
  FieldOutput<2> output(disk, {}, layout, skin, {}, GetParam());
  State state;
  set(state, skin, layout, written_profile);
  std::string sentence;
  for (unsigned int n = 0; n < 100 && sentence.empty(); ++n)
    sentence = sentence_of<RunFailed>([&] { output.write(state); });
  EXPECT_TRUE(contains(sentence, disk.string())) << sentence;
  EXPECT_TRUE(contains(sentence, "No space left")) << sentence;
  ASSERT_GE(state.ledger.entries.size(), 1u);
  MPI_Barrier(MPI_COMM_WORLD);
  const std::string last = state.ledger.entries.back().fields_file;
  if (GetParam() == FieldFormat::vtu)
    EXPECT_TRUE(contains(content_of(disk / last), "</VTKFile>"));
  else
    EXPECT_LT(error_of(disk, state.ledger.entries.back(), "vegf", [](const Place &p) { return written_profile(p, 0); }),
              1e-5);
  EXPECT_TRUE(contains(content_of(disk / (GetParam() == FieldFormat::vtu ? "solution.pvd" : "solution.xdmf")), last));
  on_disk([&] { umount2(disk.c_str(), MNT_DETACH); });
}
