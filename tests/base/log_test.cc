// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/log.h"

#include "base/interrupt.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <sstream>

using namespace cutis;

namespace
{
  /** A progress display with a clock that the test turns. */
  struct Display
  {
    explicit Display(const bool terminal, const bool speaks = true)
      : progress(
          out,
          speaks,
          terminal,
          Progress::Seconds(10),
          [this] { return Progress::Seconds(now); },
          [this] { return columns; })
    {
    }

    double now = 1000.;
    unsigned int columns = 200;
    std::ostringstream out;
    Progress progress;
  };
} // namespace

TEST(Progress, APlainLineEveryInterval)
{
  Display display(false);
  display.progress.update(100., 200., 10, 1.); // as after a restart
  display.now += 9.;
  display.progress.update(110., 200., 20, 1.);
  EXPECT_EQ(display.out.str(), "");
  display.now += 1.;
  display.progress.update(125., 200., 35, .5);
  EXPECT_EQ(display.out.str(), " 62 %  day 125 of 200  step 35  dt 0.5 d  10 s, about 30 s left\n");
  display.out.str("");
  display.now += 3.;
  display.progress.update(200., 200., 99, 4.);
  EXPECT_EQ(display.out.str(), "");
  display.progress.finish();
  EXPECT_EQ(display.out.str(), "100 %  day 200 of 200  step 99  dt 4 d  13 s\n");
  display.progress.finish();
  EXPECT_EQ(display.out.str(), "100 %  day 200 of 200  step 99  dt 4 d  13 s\n") << "said once only";
}

TEST(Progress, OneLineWrittenAnewOnATerminal)
{
  Display display(true);
  display.progress.update(0., 100., 0, 1.);
  display.now += 3700.;
  display.progress.update(50., 100., 7, 1.);
  display.progress.finish();
  EXPECT_EQ(
    display.out.str(),
    "\r\033[K[------------------------]   0 %  day 0 of 100  step 0  dt 1 d  0 s"
    "\r\033[K[############------------]  50 %  day 50 of 100  step 7  dt 1 d  1:01:40 h, about 1:01:40 h left\n");
}

/** A line as long as the terminal is wide would wrap, and could not be written anew. */
TEST(Progress, ItIsShorterThanTheTerminalIsWide)
{
  const auto line = [](const unsigned int columns)
  {
    Display display(true);
    display.columns = columns;
    display.progress.update(0., 3652.5, 0, 1.);
    display.out.str("");
    display.now += 3700.;
    display.progress.update(1826.25, 3652.5, 12345, .00123);
    return display.out.str().substr(4);
  };
  const std::string days = " 50 %  day 1826 of 3652", wall = "  1:01:40 h, about 1:01:40 h left";
  EXPECT_EQ(line(110), "[############------------] " + days + "  step 12345  dt 0.00123 d" + wall);
  EXPECT_EQ(line(109), days + "  step 12345  dt 0.00123 d" + wall);
  EXPECT_EQ(line(80), days + "  step 12345" + wall);
  EXPECT_EQ(line(60), days + wall);
  EXPECT_EQ(line(40), days);
  EXPECT_EQ(line(10), " 50 %  da");
  EXPECT_EQ(line(1), "");
  for (unsigned int columns = 1; columns < 200; ++columns)
    EXPECT_LT(line(columns).size(), columns);
}

TEST(Progress, OtherRanksAreSilent)
{
  Display display(false, false);
  display.progress.update(0., 100., 0, 1.);
  display.now += 60.;
  display.progress.update(50., 100., 7, 1.);
  display.progress.finish();
  EXPECT_EQ(display.out.str(), "");
}

TEST(Log, OnlyTheSpeakerPrintsAndOnlyWhatIsAskedFor)
{
  const auto said = [](const bool speaks, const Verbosity verbosity)
  {
    testing::internal::CaptureStdout();
    start_log(speaks, verbosity);
    spdlog::debug("step");
    spdlog::info("cells");
    spdlog::warn("careful");
    const std::string text = testing::internal::GetCapturedStdout();
    std::string words;
    for (const char *word : {"debug: step\n", "info: cells\n", "warning: careful\n"})
      if (text.find(word) != std::string::npos)
        words += word[0];
    return words + (text.find('\033') == std::string::npos ? "" : " in colours");
  };
  EXPECT_EQ(said(true, Verbosity::quiet), "w");
  EXPECT_EQ(said(true, Verbosity::normal), "iw");
  EXPECT_EQ(said(true, Verbosity::detailed), "diw");
  EXPECT_EQ(said(false, Verbosity::detailed), "");
}

TEST(InterruptDeathTest, SignalsAreNoted)
{
  for (const int signal : {SIGTERM, SIGINT})
    EXPECT_EXIT(
      {
        catch_interrupts();
        if (interrupt_requested())
          std::_Exit(1);
        std::raise(signal);
        std::_Exit(interrupt_requested() ? 0 : 2);
      },
      testing::ExitedWithCode(0),
      "");
}

TEST(InterruptDeathTest, ASecondInterruptEndsTheProcess)
{
  EXPECT_EXIT(
    {
      catch_interrupts();
      std::raise(SIGINT);
      std::raise(SIGINT);
      std::_Exit(0);
    },
    testing::KilledBySignal(SIGINT),
    "");
}
