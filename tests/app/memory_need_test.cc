// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/memory_need.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

using namespace cutis;

namespace
{
  std::string said_of(const double n_unknowns)
  {
    std::ostringstream said;
    const auto before = spdlog::default_logger();
    spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ostream_sink_st>(said)));
    warn_of_memory(n_unknowns, MPI_COMM_WORLD);
    spdlog::set_default_logger(before);
    return said.str();
  }
} // namespace

TEST(MemoryNeed, IsSaidBeforeAMachineIsFilled)
{
  EXPECT_EQ(said_of(1e3), "");
  const std::string sentence = said_of(5e9);
  EXPECT_NE(sentence.find("5e+03 million unknowns need about 1.1e+03 GB on this machine"), std::string::npos)
    << sentence;
  EXPECT_NE(sentence.find("of which"), std::string::npos) << sentence;
}
