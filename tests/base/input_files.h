// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace cutis::test
{
  /** An empty folder of its own for a test, removed afterwards; the working directory is inside while it exists. */
  class Folder
  {
  public:
    Folder()
      : before_(std::filesystem::current_path())
      , path_(std::filesystem::temp_directory_path() / ("cutis_test_" + std::to_string(std::random_device()())))
    {
      std::filesystem::create_directories(path_);
      std::filesystem::current_path(path_);
    }

    ~Folder()
    {
      std::filesystem::current_path(before_);
      std::filesystem::remove_all(path_);
    }

    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    void write(const std::string &name, const std::string &content) const
    {
      const auto file = path_ / name;
      std::filesystem::create_directories(file.parent_path());
      std::ofstream(file, std::ios::binary) << content;
    }

  private:
    std::filesystem::path before_, path_;
  };

  /** The sentence of the BadInput that the call throws; empty if it throws none. */
  template <typename Call>
  std::string refusal(const Call &call)
  {
    try
    {
      call();
    }
    catch (const BadInput &problem)
    {
      return problem.what();
    }
    return "";
  }
} // namespace cutis::test
