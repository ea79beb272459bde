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
    return sentence_of<BadInput>([&] { OutputFolder(folder, mode, MPI_COMM_WORLD); });
  }

  const auto of_a_run = {"timeseries.csv", "solution.xdmf", "fields/solution-00001.h5", "checkpoint/latest"};

  /** What a finished run leaves, with `text` in each file. */
  void leave_a_run(const fs::path &folder, const std::string &text)
  {
    on_disk(
      [&]
      {
        const RunFiles files(folder);
        files.begin();
        files.write_document("parameters.prm", text);
        for (const char *file : of_a_run)
          write_whole_file(folder / file, text);
        fs::create_directory(folder / "checkpoint/00003");
        write_whole_file(folder / "checkpoint/00003/mesh", text);
      });
  }
} // namespace

TEST(OutputFolder, IsMadeWithItsSubfoldersAndLeavesNothingBehindIfNothingIsWritten)
{
  const TestFolder folder;
  const auto results = folder.path / "results";
  {
    const OutputFolder output(results, OutputMode::fresh, MPI_COMM_WORLD);
    EXPECT_TRUE(fs::is_directory(results / "fields"));
    EXPECT_TRUE(fs::is_directory(results / "checkpoint"));
    EXPECT_FALSE(output.resumes());
    MPI_Barrier(MPI_COMM_WORLD);
  }
  MPI_Barrier(MPI_COMM_WORLD);
  EXPECT_FALSE(fs::exists(results));
}

TEST(OutputFolder, AnEarlierRunIsNotTouched)
{
  const TestFolder folder;
  leave_a_run(folder.path, "precious");
  const std::string sentence = refusal(folder.path, OutputMode::fresh);
  EXPECT_TRUE(contains(sentence, "--overwrite")) << sentence;
  EXPECT_TRUE(contains(sentence, "--resume")) << sentence;
  for (const char *file : of_a_run)
    EXPECT_EQ(content_of(folder.path / file), "precious") << file;
}

TEST(OutputFolder, FilesOfTheUserUnderTheNamesOfARunAreRefused)
{
  for (const char *file : {"parameters.prm", "timeseries.csv", "summary.json"})
    for (const OutputMode mode : {OutputMode::fresh, OutputMode::overwrite, OutputMode::go_on})
    {
      const TestFolder folder;
      on_disk([&] { write_whole_file(folder.path / file, "# agreed on in May\n"); });
      const std::string sentence = refusal(folder.path, mode);
      EXPECT_TRUE(contains(sentence, file)) << sentence;
      EXPECT_TRUE(contains(sentence, "was not written by a run")) << sentence;
      EXPECT_EQ(content_of(folder.path / file), "# agreed on in May\n");
    }
  const TestFolder folder;
  leave_a_run(folder.path, "as written");
  on_disk([&] { write_whole_file(folder.path / "parameters.prm", "edited"); });
  const std::string sentence = refusal(folder.path, OutputMode::overwrite);
  EXPECT_TRUE(contains(sentence, "was changed after a run had written it")) << sentence;
  EXPECT_EQ(content_of(folder.path / "parameters.prm"), "edited");
}

TEST(OutputFolder, OverwritingTouchesFilesOfARunOnly)
{
  const TestFolder folder;
  const auto others = {"notes.txt", "fields/picture.png", "checkpoint/readme"};
  leave_a_run(folder.path, "old");
  on_disk(
    [&]
    {
      for (const char *file : others)
        write_whole_file(folder.path / file, "mine");
    });
  OutputFolder output(folder.path, OutputMode::overwrite, MPI_COMM_WORLD);
  output.settle();
  for (const char *file : of_a_run)
    EXPECT_FALSE(fs::exists(folder.path / file)) << file;
  EXPECT_FALSE(fs::exists(folder.path / "checkpoint/00003"));
  for (const char *file : others)
    EXPECT_EQ(content_of(folder.path / file), "mine") << file;
}

TEST(OutputFolder, WhatIsReplacedComesBackUnlessTheNewRunHasACheckpoint)
{
  for (const bool settles : {false, true})
  {
    const TestFolder folder;
    leave_a_run(folder.path, "old");
    {
      OutputFolder output(folder.path, OutputMode::overwrite, MPI_COMM_WORLD);
      on_disk([&] { write_whole_file(folder.path / "timeseries.csv", "new"); });
      if (settles)
        output.settle();
      MPI_Barrier(MPI_COMM_WORLD);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    EXPECT_EQ(content_of(folder.path / "timeseries.csv"), settles ? "new" : "old");
    EXPECT_EQ(fs::exists(folder.path / "checkpoint/00003/mesh"), !settles);
    EXPECT_FALSE(fs::exists(folder.path / ".earlier"));
  }
}

TEST(OutputFolder, WhatWasSetAsideByAKilledRunComesBack)
{
  const TestFolder folder;
  leave_a_run(folder.path, "old");
  on_disk(
    [&]
    {
      const RunFiles files(folder.path);
      files.set_aside();
      files.begin();
      write_whole_file(folder.path / "timeseries.csv", "half");
    });
  EXPECT_TRUE(contains(refusal(folder.path, OutputMode::fresh), "already holds the results"));
  EXPECT_EQ(content_of(folder.path / "timeseries.csv"), "old");
}

TEST(OutputFolder, ARunThatHasOnlyBegunIsNoObstacle)
{
  const TestFolder folder;
  on_disk(
    [&]
    {
      RunFiles(folder.path).begin();
      write_whole_file(folder.path / "timeseries.csv", "time [d]\n0\n");
    });
  EXPECT_EQ(refusal(folder.path, OutputMode::fresh), "");
}

TEST(OutputFolder, LinksInItAreNotFollowed)
{
  const TestFolder folder, elsewhere;
  on_disk(
    [&]
    {
      write_whole_file(elsewhere.path / "solution-00001.h5", "of somebody else");
      fs::remove(folder.path / "fields");
      fs::create_directory_symlink(elsewhere.path, folder.path / "fields");
      fs::create_symlink("nowhere", folder.path / "gone");
    });
  EXPECT_TRUE(contains(refusal(folder.path, OutputMode::fresh), "is a symbolic link"));
  EXPECT_TRUE(contains(refusal(folder.path / "gone", OutputMode::fresh), "a link to 'nowhere', which is not there"));
  EXPECT_EQ(content_of(elsewhere.path / "solution-00001.h5"), "of somebody else");
}

TEST(OutputFolder, GoingOnBeginsWhereThereIsNoCheckpointAndResumesWhereThereIsOne)
{
  const TestFolder folder;
  {
    const OutputFolder output(folder.path, OutputMode::go_on, MPI_COMM_WORLD);
    EXPECT_FALSE(output.resumes());
    on_disk([&] { write_whole_file(folder.path / "timeseries.csv", "time [d]\n0\n7\n14\n"); });
  }
  {
    OutputFolder output(folder.path, OutputMode::go_on, MPI_COMM_WORLD);
    EXPECT_FALSE(output.resumes()) << "killed before its first checkpoint";
    on_disk([&] { write_whole_file(folder.path / "checkpoint/latest", "00001\n"); });
    output.settle();
  }
  const OutputFolder output(folder.path, OutputMode::go_on, MPI_COMM_WORLD);
  EXPECT_TRUE(output.resumes());
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
