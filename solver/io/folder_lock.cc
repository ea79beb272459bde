// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/folder_lock.h"

#include "base/errors.h"
#include "io/files.h"

#include <deal.II/base/utilities.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <optional>
#include <sstream>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr auto heartbeat = std::chrono::minutes(1);
    constexpr double seconds_to_death = 600.; // ten heartbeats, for hosts that are busy or cut off for a while
    constexpr int most_attempts = 20;

    std::string this_host()
    {
      return dealii::Utilities::System::get_hostname();
    }

    /** When a process of this host was started, in the clock of the kernel; empty if there is none of this number. */
    std::string start_of(const long process)
    {
      std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
      std::string text((std::istreambuf_iterator<char>(stat)), {});
      std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 1))); // the name may hold blanks
      std::string word;
      constexpr int field = 20; // the 22nd, counted from the state, which follows the name
      for (int f = 0; f < field; ++f)
        if (!(rest >> word))
          return "";
      return word;
    }

    std::string now()
    {
      const std::time_t time = std::time(nullptr);
      char text[32];
      std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", std::localtime(&time));
      return text;
    }

    /** What a lock says: a line each. */
    struct Holder
    {
      std::string host, process, start, since;

      std::string text() const { return host + '\n' + process + '\n' + start + '\n' + since + '\n'; }

      explicit Holder(const std::string &text)
      {
        std::istringstream lines(text);
        std::getline(lines, host) && std::getline(lines, process) && std::getline(lines, start) &&
          std::getline(lines, since);
      }
      Holder() : host(this_host()), process(std::to_string(getpid())), start(start_of(getpid())), since(now()) {}
    };

    std::optional<std::string> read_lock(const fs::path &file)
    {
      std::ifstream in(file);
      if (!in)
        return {};
      return std::string((std::istreambuf_iterator<char>(in)), {});
    }

    /** Seconds since the lock was renewed, by the clock of the file system, which has made `fresh` just now. */
    double age(const fs::path &lock, const fs::path &fresh)
    {
      struct stat old, young;
      if (stat(lock.c_str(), &old) != 0 || stat(fresh.c_str(), &young) != 0)
        return 0.;
      return difftime(young.st_mtime, old.st_mtime);
    }

    bool is_alive(const Holder &holder, const double age)
    {
      if (holder.host == this_host())
        return !holder.start.empty() && start_of(std::atol(holder.process.c_str())) == holder.start;
      return age < seconds_to_death;
    }

    std::string sentence_on(const Holder &holder, const fs::path &folder)
    {
      return "The folder '" + folder.string() + "' is in use by another run: process " + holder.process +
             " on the host '" + holder.host + "', since " + holder.since +
             ". Wait for its end, stop it, or choose another folder with --output. Should that process be gone, the "
             "folder is free at once on its own host, and on others ten minutes after its last sign of life.";
    }

    /** Put a complete file where none is; false if one is there. */
    bool put(const fs::path &complete, const fs::path &lock)
    {
      if (link(complete.c_str(), lock.c_str()) == 0)
        return true;
      if (errno == EEXIST)
        return false;
      // A file system without links: the name is made first, and its content follows.
      const int descriptor = open(lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor < 0 && errno == EEXIST)
        return false;
      if (descriptor < 0)
        throw RunFailed("'" + lock.string() + "' cannot be written: " + system_reason());
      close(descriptor);
      fs::rename(complete, lock);
      return true;
    }
  } // namespace

  FolderLock::FolderLock(const fs::path &folder) : file_(folder / "lock"), text_(Holder().text())
  {
    const fs::path mine = folder / (".lock-" + this_host() + '-' + std::to_string(getpid()));
    struct Removal
    {
      const fs::path file;
      ~Removal()
      {
        std::error_code ignored;
        fs::remove(file, ignored);
      }
    };
    const Removal removal{mine};
    bool taken = false;
    for (int attempt = 0; attempt < most_attempts && !taken; ++attempt)
    {
      write_whole_file(mine, text_);
      taken = put(mine, file_);
      const auto text = taken ? std::nullopt : read_lock(file_);
      if (!text) // taken, or gone in the meantime
        continue;
      const Holder holder(*text);
      if (is_alive(holder, age(file_, mine)))
        throw BadInput(sentence_on(holder, folder));
      // Only one of several who see a dead lock renames it; whoever finds a new one in its place reads that again.
      std::error_code ignored;
      if (read_lock(file_) != text)
        continue;
      fs::rename(file_, mine, ignored);
      if (read_lock(mine) != text) // another run was quicker, and this is its new lock
        put(mine, file_);
    }
    if (!taken)
      throw RunFailed("The folder '" + folder.string() + "' cannot be locked: others keep taking it.");
    heart_ = std::thread([this] { keep_alive(); });
  }

  FolderLock::~FolderLock()
  {
    {
      const std::lock_guard<std::mutex> guard(mutex_);
      ends_ = true;
    }
    ending_.notify_all();
    heart_.join();
    std::error_code ignored;
    if (is_ours())
      std::filesystem::remove(file_, ignored);
  }

  bool FolderLock::is_ours() const
  {
    return read_lock(file_) == text_;
  }

  void FolderLock::keep_alive()
  {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr); // signals are for the thread that computes
    std::unique_lock<std::mutex> guard(mutex_);
    while (!ending_.wait_for(guard, heartbeat, [this] { return ends_; }))
      if (is_ours())
        utimensat(AT_FDCWD, file_.c_str(), nullptr, 0);
  }
} // namespace cutis
