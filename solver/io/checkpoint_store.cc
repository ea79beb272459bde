// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/checkpoint_store.h"

#include "base/errors.h"
#include "base/text.h"
#include "io/files.h"

#include <algorithm>
#include <cstdio>
#include <regex>
#include <sstream>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr const char *seal_name = "contents.txt";

    bool is_number(const std::string &name)
    {
      return std::regex_match(name, std::regex("[0-9]{5,9}"));
    }

    std::string hexadecimal(const std::uint64_t value)
    {
      char digits[17];
      std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
      return digits;
    }

    /** Size, checksum and name of every file; the last line is the checksum of the lines above. */
    std::string seal_of(const fs::path &checkpoint)
    {
      std::vector<fs::path> files;
      for (const auto &entry : fs::directory_iterator(checkpoint))
        files.push_back(entry.path());
      std::sort(files.begin(), files.end());
      std::string lines;
      for (const fs::path &file : files)
        lines += std::to_string(fs::file_size(file)) + ' ' + hexadecimal(checksum(file)) + ' ' +
                 file.filename().string() + '\n';
      return lines + hexadecimal(checksum_of_text(lines)) + '\n';
    }

    /** What is wrong with a file that the seal lists; empty if nothing is. */
    std::string problem_with(const fs::path &file, const std::uintmax_t size, const std::string &sum)
    {
      const std::string name = "'" + file.string() + "'";
      if (!fs::is_regular_file(file))
        return name + " is missing.";
      if (fs::file_size(file) != size)
        return name + " has " + std::to_string(fs::file_size(file)) + " instead of " + std::to_string(size) + " bytes.";
      return hexadecimal(checksum(file)) == sum ? "" : name + " is damaged: its checksum is wrong.";
    }

    /** The first thing that is wrong with a checkpoint; empty if it is as it was sealed. */
    std::string damage(const fs::path &checkpoint)
    {
      const fs::path seal = checkpoint / seal_name;
      if (!fs::is_regular_file(seal))
        return "'" + seal.string() + "' is missing.";
      const std::string text = read_file(seal);
      const auto end = text.size() < 17 ? std::string::npos : text.size() - 17;
      if (end == std::string::npos || text.substr(end) != hexadecimal(checksum_of_text(text.substr(0, end))) + '\n')
        return "'" + seal.string() + "' is damaged: its checksum is wrong.";

      std::istringstream lines(text.substr(0, end));
      std::uintmax_t size;
      std::string sum, name;
      while (lines >> size >> sum && std::getline(lines >> std::ws, name))
      {
        const std::string problem = problem_with(checkpoint / name, size, sum);
        if (!problem.empty())
          return problem;
      }
      return "";
    }
  } // namespace

  CheckpointStore::CheckpointStore(fs::path folder) : folder_(std::move(folder)) {}

  bool CheckpointStore::has_any() const
  {
    return fs::is_regular_file(folder_ / "latest") || !sealed().empty();
  }

  /** Those that were written to their end, the newest first. */
  std::vector<fs::path> CheckpointStore::sealed() const
  {
    std::vector<fs::path> folders;
    for (const fs::path &folder : all())
      if (fs::is_regular_file(folder / seal_name))
        folders.push_back(folder);
    std::sort(folders.begin(),
              folders.end(),
              [](const fs::path &a, const fs::path &b)
              { return std::stoi(a.filename().string()) > std::stoi(b.filename().string()); });
    return folders;
  }

  std::vector<fs::path> CheckpointStore::all() const
  {
    std::vector<fs::path> folders;
    if (fs::is_directory(folder_))
      for (const auto &entry : fs::directory_iterator(folder_))
        if (entry.is_directory() && is_number(entry.path().filename().string()))
          folders.push_back(entry.path());
    return folders;
  }

  fs::path CheckpointStore::begin() const
  {
    int highest = 0;
    for (const fs::path &folder : all())
      highest = std::max(highest, std::stoi(folder.filename().string()));
    char name[16];
    std::snprintf(name, sizeof name, "%05d", highest + 1);
    std::error_code error;
    fs::create_directories(folder_ / name, error);
    if (error)
      throw RunFailed("The checkpoint folder '" + (folder_ / name).string() + "' cannot be made: " + error.message() +
                      ".");
    return folder_ / name;
  }

  void CheckpointStore::commit(const fs::path &checkpoint) const
  {
    for (const auto &entry : fs::directory_iterator(checkpoint))
      bring_to_disk(entry.path());
    const auto previous = newest_undamaged().checkpoint; // without a seal the new one is not among them
    write_whole_file(checkpoint / seal_name, seal_of(checkpoint));

    std::vector<std::string> kept = {checkpoint.filename().string()};
    // A run that was resumed from the previous checkpoint must not let the damaged one push that out.
    if (previous)
      kept.push_back(previous->filename().string());
    write_whole_file(folder_ / "latest", join(kept, "\n") + '\n');

    std::error_code ignored; // what cannot be deleted only takes space
    for (const fs::path &folder : all())
      if (std::find(kept.begin(), kept.end(), folder.filename().string()) == kept.end())
        fs::remove_all(folder, ignored);
  }

  void CheckpointStore::abandon(const fs::path &checkpoint) const noexcept
  {
    std::error_code ignored;
    fs::remove_all(checkpoint, ignored);
  }

  CheckpointStore::Choice CheckpointStore::newest_undamaged() const
  {
    Choice choice;
    for (const fs::path &checkpoint : sealed())
    {
      const std::string problem = damage(checkpoint);
      if (problem.empty())
      {
        choice.checkpoint = checkpoint;
        break;
      }
      choice.problems.push_back(problem);
    }
    if (!choice.checkpoint && choice.problems.empty())
      choice.problems.push_back("none was written to its end.");
    return choice;
  }
} // namespace cutis
