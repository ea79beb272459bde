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

namespace
{
  /** What a state knows of the table. */
  OutputLedger ledger_of(const double last_row, const unsigned int rows)
  {
    OutputLedger ledger;
    ledger.last_row = last_row;
    ledger.rows = rows;
    return ledger;
  }

  std::string refusal_to_continue(const std::filesystem::path &file, const OutputLedger &ledger)
  {
    return sentence_of<BadInput>([&] { TimeSeries series(file, headers, MPI_COMM_WORLD, &ledger); });
  }
} // namespace

TEST(TimeSeries, ResumingCutsWhatTheStateDoesNotKnowOf)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  on_disk([&] { write_whole_file(file, "time [d],plla_mass [mg]\n0,150\n28,120\n56,90\n84,7"); });
  {
    const OutputLedger ledger = ledger_of(56., 3);
    TimeSeries series(file, headers, MPI_COMM_WORLD, &ledger);
    series.append({60., 80.});
  }
  EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,150\n28,120\n56,90\n60,80\n");
  {
    const OutputLedger ledger = ledger_of(28., 2);
    TimeSeries series(file, headers, MPI_COMM_WORLD, &ledger);
  }
  EXPECT_EQ(content_of(file), "time [d],plla_mass [mg]\n0,150\n28,120\n");
}

TEST(TimeSeries, ATableThatIsNotAsTheRunLeftItIsRefused)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  EXPECT_TRUE(contains(refusal_to_continue(file, ledger_of(28., 2)), "is missing"));
  const auto refused = [&](const std::string &content, const std::string &with)
  {
    on_disk([&] { write_whole_file(file, content); });
    const std::string sentence = refusal_to_continue(file, ledger_of(28., 2));
    EXPECT_TRUE(contains(sentence, with)) << sentence;
    EXPECT_TRUE(contains(sentence, "--overwrite")) << sentence;
    EXPECT_EQ(content_of(file), content);
  };
  refused("time [d],plla_mass [mg]\n0,150\n28,12", "of 2 rows up to day 28 1 are there"); // cut off
  refused("time [d],plla_mass [mg]\n0,150\n14,130\n28,12\n", "not as the run left it");   // a row more
  refused("time [d],plla_mass [mg]\r\n0,150\r\n28,120\r\n", "another program");
  refused("time [d];plla_mass [mg]\n0;150\n28;120\n", "another program");
}

TEST(TimeSeries, ATableThatIsRemovedOrChangedDuringTheRunEndsIt)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  TimeSeries series(file, headers, MPI_COMM_WORLD);
  series.append({0., 150.});
  on_disk([&] { std::filesystem::remove(file); });
  EXPECT_TRUE(contains(sentence_of<RunFailed>([&] { series.append({28., 120.}); }), "removed or changed"));
}

TEST(TimeSeries, ResumingWithOtherColumnsIsRefused)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  const std::string before = "time [d],strength [1]\n0,1\n";
  on_disk([&] { write_whole_file(file, before); });
  const std::string sentence = refusal_to_continue(file, ledger_of(0., 1));
  EXPECT_TRUE(contains(sentence, "other columns")) << sentence;
  EXPECT_EQ(content_of(file), before);
}

TEST(TimeSeries, ExtremesCoverTheRowsBeforeResuming)
{
  const TestFolder folder;
  const auto file = folder.path / "timeseries.csv";
  on_disk([&] { write_whole_file(file, "time [d],plla_mass [mg]\n0,150\n28,120\n"); });
  const OutputLedger ledger = ledger_of(28., 2);
  TimeSeries series(file, headers, MPI_COMM_WORLD, &ledger);
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
