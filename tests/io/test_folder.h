// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/files.h"
#include "io/first_rank.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace cutis
{
  /** An empty folder that all ranks share, removed at the end of the test. */
  class TestFolder
  {
  public:
    TestFolder()
      : path(text_of_first_rank(MPI_COMM_WORLD,
                                []
                                {
                                  std::string name = (std::filesystem::temp_directory_path() / "cutis-XXXXXX").string();
                                  if (!mkdtemp(name.data()))
                                    throw std::runtime_error("There is no room for a folder of the test.");
                                  std::filesystem::create_directory(name + "/fields");
                                  std::filesystem::create_directory(name + "/checkpoint");
                                  return name;
                                }))
    {
    }
    ~TestFolder()
    {
      MPI_Barrier(MPI_COMM_WORLD);
      std::error_code ignored;
      if (is_first_rank(MPI_COMM_WORLD))
        std::filesystem::remove_all(path, ignored);
    }
    TestFolder(const TestFolder &) = delete;
    TestFolder &operator=(const TestFolder &) = delete;

    const std::filesystem::path path;
  };

  /** Change files on the first rank; the others see the result. */
  template <typename Change>
  void on_disk(const Change &change)
  {
    MPI_Barrier(MPI_COMM_WORLD);
    if (is_first_rank(MPI_COMM_WORLD))
      change();
    MPI_Barrier(MPI_COMM_WORLD);
  }

  /** The content of a file after what all ranks did so far, and before what any of them does next. */
  inline std::string content_of(const std::filesystem::path &file)
  {
    MPI_Barrier(MPI_COMM_WORLD);
    const std::string content = read_file(file);
    MPI_Barrier(MPI_COMM_WORLD);
    return content;
  }

  /** The sentence with which something fails; empty if it does not. Any other exception ends the test. */
  template <typename Failure, typename Task>
  std::string sentence_of(const Task &task)
  {
    try
    {
      task();
    }
    catch (const Failure &failure)
    {
      return failure.what();
    }
    return "";
  }

  /** Flip a bit in the middle of a file. */
  inline void damage(const std::filesystem::path &file)
  {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(0, std::ios::end);
    const auto middle = stream.tellg() / 2;
    stream.seekg(middle);
    const char byte = stream.get();
    stream.seekp(middle);
    stream.put(byte ^ 1);
  }

  inline bool contains(const std::string &text, const std::string &part)
  {
    return text.find(part) != std::string::npos;
  }
} // namespace cutis
