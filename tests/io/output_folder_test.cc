// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/output_folder.h"

#include "base/errors.h"
#include "test_folder.h"

#include <gtest/gtest.h>

using namespace cutis;
namespace fs = std::filesystem;

namespace
{
  std::string refusal(const fs::path &folder, const OutputMode mode)
  {
    return sentence_of<BadInput>([&] { prepare_output_folder(folder, mode, MPI_COMM_WORLD); });
  }
} // namespace

TEST(OutputFolder, IsMadeWithItsSubfolders)
{
  const TestFolder folder;
  const auto results = folder.path / "deep" / "results";
  prepare_output_folder(results, OutputMode::fresh, MPI_COMM_WORLD);
  EXPECT_TRUE(fs::is_directory(results / "fields"));
  EXPECT_TRUE(fs::is_directory(results / "checkpoint"));
}

TEST(OutputFolder, AnEarlierRunIsNotTouched)
{
  for (const char *file : {"parameters.prm", "timeseries.csv"})
  {
    const TestFolder folder;
    on_disk([&] { write_whole_file(folder.path / file, "precious"); });
    const std::string sentence = refusal(folder.path, OutputMode::fresh);
    EXPECT_TRUE(contains(sentence, "--overwrite")) << sentence;
    EXPECT_TRUE(contains(sentence, "--resume")) << sentence;
    EXPECT_EQ(content_of(folder.path / file), "precious");
  }
}

TEST(OutputFolder, OverwritingRemovesFilesOfARunOnly)
{
  const TestFolder folder;
  const auto of_run = {"parameters.prm", "solution.xdmf", "fields/solution-00001.h5", "checkpoint/latest"};
  const auto others = {"notes.txt", "fields/picture.png", "checkpoint/readme"};
  on_disk(
    [&]
    {
      for (const char *file : of_run)
        write_whole_file(folder.path / file, "old");
      for (const char *file : others)
        write_whole_file(folder.path / file, "mine");
      fs::create_directory(folder.path / "checkpoint/00003");
      write_whole_file(folder.path / "checkpoint/00003/mesh", "old");
    });
  prepare_output_folder(folder.path, OutputMode::overwrite, MPI_COMM_WORLD);
  for (const char *file : of_run)
    EXPECT_FALSE(fs::exists(folder.path / file)) << file;
  EXPECT_FALSE(fs::exists(folder.path / "checkpoint/00003"));
  for (const char *file : others)
    EXPECT_EQ(content_of(folder.path / file), "mine") << file;
}

TEST(OutputFolder, AFileInItsPlaceIsRefused)
{
  const TestFolder folder;
  on_disk([&] { write_whole_file(folder.path / "results", "a file"); });
  EXPECT_TRUE(contains(refusal(folder.path / "results", OutputMode::fresh), "is not a folder"));
  EXPECT_TRUE(contains(refusal(folder.path / "results" / "below", OutputMode::overwrite), "is not a folder"));
  EXPECT_EQ(content_of(folder.path / "results"), "a file");
}

TEST(OutputFolder, AFolderThatTakesNoFilesIsRefused)
{
  // Not even a privileged user can make files here.
  const std::string sentence = refusal("/proc", OutputMode::fresh);
  EXPECT_TRUE(contains(sentence, "'/proc'")) << sentence;
  EXPECT_FALSE(refusal("/proc/results", OutputMode::fresh).empty());
}

TEST(OutputFolder, ResumingNeedsACheckpoint)
{
  const TestFolder folder;
  EXPECT_TRUE(contains(refusal(folder.path, OutputMode::resume), "no checkpoint"));
  on_disk([&] { write_whole_file(folder.path / "checkpoint/latest", "00001\n"); });
  EXPECT_EQ(refusal(folder.path, OutputMode::resume), "");
}
