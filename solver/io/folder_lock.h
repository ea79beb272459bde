// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace cutis
{
  /**
   * Holds a folder for one process: the file `lock` in it names host, process and the moment it was taken, and a thread
   * renews its date every minute. It is made by link(2), which is atomic on network file systems too. A lock whose
   * process is gone from this host is taken over at once; one of another host when its date is ten minutes old. Used by
   * one rank only.
   *
   * Not flock(2) or fcntl(2): cluster file systems often have neither between hosts, and then both succeed everywhere
   * or nowhere.
   */
  class FolderLock
  {
  public:
    /** BadInput with a sentence that names the holder if it is held; RunFailed if the file cannot be written. */
    explicit FolderLock(const std::filesystem::path &folder);
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

  private:
    bool is_ours() const;
    void keep_alive();

    const std::filesystem::path file_;
    const std::string text_;
    std::mutex mutex_;
    std::condition_variable ending_;
    bool ends_ = false;
    std::thread heart_;
  };
} // namespace cutis
