// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/time_series.h"

#include "base/errors.h"
#include "test_folder.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace cutis;

namespace
{
  const std::vector<std::string> headers = {"time [d]", "plla_mass [mg]"};
}

TEST(TimeSeries, NumbersReadBackExactly)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  {
    TimeSeries series(file, headers, MPI_COMM_WORLD);
    series.append({0., 1. / 3.});
    EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,0.3333333333333333\n")
      << "a row must be in the file at once";
    series.append({.1 + .2, 150.});
  }
  EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,0.3333333333333333\n0.30000000000000004,150\n");
}

TEST(TimeSeries, ResumingCutsLaterAndBrokenRows)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  on_disk([&] { write_whole_file(file, "time [d],plla_mass [mg]\n0,150\n28,120\n56,90\n84,7"); });
  {
    TimeSeries series(file, headers, MPI_COMM_WORLD, 56.);
    series.append({60., 80.});
  }
  EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,150\n28,120\n56,90\n60,80\n");
  {
    TimeSeries series(file, headers, MPI_COMM_WORLD, 30.);
  }
  EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,150\n28,120\n");
}

TEST(TimeSeries, ARowCutOffInItsLastNumberIsNotKept)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  on_disk([&] { write_whole_file(file, "time [d],plla_mass [mg]\n0,150\n28,12"); });
  TimeSeries series(file, headers, MPI_COMM_WORLD, 28.);
  EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,150\n");
}

TEST(TimeSeries, ResumingWithOtherColumnsIsRefused)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  const std::string before = "time [d],strength [1]\n0,1\n";
  on_disk([&] { write_whole_file(file, before); });
  const std::string sentence = sentence_of<BadInput>([&] { TimeSeries series(file, headers, MPI_COMM_WORLD, 28.); });
  EXPECT_TRUE(contains(sentence, "other columns")) << sentence;
  EXPECT_EQ(content_of(file), before);
}

TEST(TimeSeries, ExtremesCoverTheRowsBeforeResuming)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  on_disk([&] { write_whole_file(file, "time [d],plla_mass [mg]\n0,150\n28,120\n"); });
  TimeSeries series(file, headers, MPI_COMM_WORLD, 28.);
  series.append({56., 130.});
  if (!is_first_rank(MPI_COMM_WORLD))
    return;
  const ColumnExtremes &mass = series.extremes()[1];
  EXPECT_EQ(mass.last, 130.);
  EXPECT_EQ(mass.largest, 150.);
  EXPECT_EQ(mass.time_of_largest, 0.);
  EXPECT_EQ(mass.smallest, 120.);
  EXPECT_EQ(mass.time_of_smallest, 28.);
}

TEST(TimeSeries, AFullDiskFailsWithTheNameOfTheFile)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  on_disk([&] { std::filesystem::create_symlink("/dev/full", file); });
  const std::string sentence = sentence_of<RunFailed>([&] { TimeSeries series(file, headers, MPI_COMM_WORLD); });
  EXPECT_TRUE(contains(sentence, "timeseries.csv")) << sentence;
  EXPECT_TRUE(contains(sentence, "No space left")) << sentence;
}
