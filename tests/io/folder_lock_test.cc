// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/folder_lock.h"

#include "base/errors.h"
#include "test_folder.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

using namespace cutis;
namespace fs = std::filesystem;

namespace
{
  std::string refusal(const fs::path &folder)
  {
    return sentence_of<BadInput>([&] { FolderLock lock(folder); });
  }

  /** Make the lock look as if it had been renewed so many seconds ago. */
  void let_it_age(const fs::path &lock, const int seconds)
  {
    fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::seconds(seconds));
  }
} // namespace

TEST(FolderLock, NamesItsHolderAndIsFreeAfterIt)
{
  const TestFolder folder;
  if (!is_first_rank(MPI_COMM_WORLD))
    return;
  {
    const FolderLock lock(folder.path);
    const std::string sentence = refusal(folder.path);
    EXPECT_TRUE(contains(sentence, "process " + std::to_string(getpid()))) << sentence;
    EXPECT_TRUE(contains(sentence, "--output")) << sentence;
  }
  EXPECT_EQ(refusal(folder.path), "");
  for (const auto &entry : fs::directory_iterator(folder.path))
    EXPECT_TRUE(entry.is_directory()) << entry.path() << " is left";
}

TEST(FolderLock, OfAProcessThatWasKilledIsTakenOver)
{
  const TestFolder folder;
  if (!is_first_rank(MPI_COMM_WORLD))
    return;
  const pid_t child = fork();
  if (child == 0)
  {
    new FolderLock(folder.path); // never given back
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(fs::exists(folder.path / "lock"));
  EXPECT_EQ(refusal(folder.path), "");
}

TEST(FolderLock, OfANumberThatAnotherProcessHasNowIsTakenOver)
{
  const TestFolder folder;
  if (!is_first_rank(MPI_COMM_WORLD))
    return;
  const std::string text = [&]
  {
    const FolderLock lock(folder.path);
    return read_file(folder.path / "lock"); // content_of waits for the other ranks
  }();
  const auto start = text.find('\n', text.find('\n') + 1) + 1; // host, process, start
  std::string of_another = text;
  of_another.insert(start, "1");
  write_whole_file(folder.path / "lock", of_another);
  EXPECT_EQ(refusal(folder.path), "");
  write_whole_file(folder.path / "lock", text);
  EXPECT_NE(refusal(folder.path), "") << "this process does run";
}

TEST(FolderLock, OfAnotherHostHoldsAsLongAsItIsRenewed)
{
  const TestFolder folder;
  if (!is_first_rank(MPI_COMM_WORLD))
    return;
  write_whole_file(folder.path / "lock", "another-host\n17\n4711\n2026-05-01 12:00:00\n");
  let_it_age(folder.path / "lock", 300);
  EXPECT_TRUE(contains(refusal(folder.path), "process 17 on the host 'another-host', since 2026-05-01 12:00:00"));
  let_it_age(folder.path / "lock", 700);
  EXPECT_EQ(refusal(folder.path), "");
}
