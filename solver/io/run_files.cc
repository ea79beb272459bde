// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/run_files.h"

#include "base/text.h"
#include "io/checkpoint_store.h"
#include "io/files.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr const char *manifest = "manifest.txt";
    constexpr const char *aside = ".earlier";
    constexpr const char *parameters = "parameters.prm";
    constexpr const char *made_by_runs[] = {"timeseries.csv",
                                            "solution.xdmf",
                                            "solution.pvd",
                                            "summary.json",
                                            "provenance.json"};
    constexpr const char *head_of_manifest =
      "# Checksums of the texts that a run of Cutis has written here. It never replaces or removes what was changed.\n";

    /** Also a link that leads nowhere. */
    bool is_there(const fs::path &file)
    {
      return fs::exists(fs::symlink_status(file));
    }

    /** Checksums by name. */
    std::map<std::string, std::string> documents_in(const fs::path &folder)
    {
      std::map<std::string, std::string> documents;
      std::ifstream lines(folder / manifest);
      std::string line;
      while (std::getline(lines, line))
        if (const auto blank = line.find(' '); line.front() != '#' && blank != std::string::npos)
          documents[line.substr(blank + 1)] = line.substr(0, blank);
      return documents;
    }

    /** Revisions that kept no manifest. */
    bool is_run_without_manifest(const fs::path &folder)
    {
      return !is_there(folder / manifest) && is_there(folder / "provenance.json") &&
             is_there(folder / "timeseries.csv");
    }

    void add_matching(const fs::path &folder, const char *below, const char *name, std::vector<fs::path> &files)
    {
      if (fs::is_symlink(folder / below) || !fs::is_directory(folder / below))
        return;
      for (const auto &entry : fs::directory_iterator(folder / below))
        if (std::regex_match(entry.path().filename().string(), std::regex(name)))
          files.push_back(fs::path(below) / entry.path().filename());
    }

    /** All that a run has written, relative to its folder. */
    std::vector<fs::path> written_in(const fs::path &folder)
    {
      std::vector<fs::path> files = {parameters, manifest};
      files.insert(files.end(), std::begin(made_by_runs), std::end(made_by_runs));
      for (const auto &[name, sum] : documents_in(folder))
        if (name != parameters)
          files.push_back(name);
      files.erase(
        std::remove_if(files.begin(), files.end(), [&](const fs::path &file) { return !is_there(folder / file); }),
        files.end());
      add_matching(folder, "fields", "(solution|mesh)-[0-9]+\\.h5|solution-[0-9]+\\.vtu", files);
      add_matching(folder, "checkpoint", "latest|[0-9]{5,9}", files);
      return files;
    }

    void move_run(const fs::path &from, const fs::path &to)
    {
      for (const fs::path &file : written_in(from))
      {
        fs::create_directories((to / file).parent_path());
        fs::rename(from / file, to / file);
      }
    }

    std::string sum_of(const std::string &text)
    {
      std::ostringstream out;
      out << std::hex << checksum_of_text(text);
      return out.str();
    }

    bool is_as_written(const fs::path &file, const std::string &sum)
    {
      return fs::is_regular_file(fs::symlink_status(file)) && sum_of(read_file(file)) == sum;
    }

    std::size_t n_lines(const fs::path &file)
    {
      std::ifstream in(file);
      return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
    }
  } // namespace

  bool RunFiles::any() const
  {
    return is_there(folder_ / manifest) || is_run_without_manifest(folder_);
  }

  bool RunFiles::only_begun() const
  {
    constexpr std::size_t header_and_row = 2;
    return any() && !CheckpointStore(folder_ / "checkpoint").has_any() &&
           n_lines(folder_ / "timeseries.csv") <= header_and_row;
  }

  std::vector<fs::path> RunFiles::foreign() const
  {
    std::vector<fs::path> files;
    for (const char *below : {"fields", "checkpoint"})
      if (is_there(folder_ / below) && !fs::is_directory(fs::symlink_status(folder_ / below)))
        files.push_back(folder_ / below);
    if (is_run_without_manifest(folder_))
      return files;
    const auto documents = documents_in(folder_);
    for (const char *name : made_by_runs)
      if (!any() && is_there(folder_ / name))
        files.push_back(folder_ / name);
    if (is_there(folder_ / parameters) && documents.count(parameters) == 0)
      files.push_back(folder_ / parameters);
    for (const auto &[name, sum] : documents)
      if (is_there(folder_ / name) && !is_as_written(folder_ / name, sum))
        files.push_back(folder_ / name);
    return files;
  }

  void RunFiles::begin() const
  {
    write_whole_file(folder_ / manifest, head_of_manifest);
  }

  void RunFiles::write_document(const std::string &name, const std::string &text) const
  {
    auto documents = documents_in(folder_);
    documents[name] = sum_of(text);
    std::string lines = head_of_manifest;
    for (const auto &[document, sum] : documents)
      lines += sum + ' ' + document + '\n';
    write_whole_file(folder_ / name, text);
    write_whole_file(folder_ / manifest, lines);
  }

  void RunFiles::set_aside() const
  {
    move_run(folder_, folder_ / aside);
  }

  bool RunFiles::has_set_aside() const
  {
    return fs::is_directory(fs::symlink_status(folder_ / aside));
  }

  void RunFiles::put_back() const
  {
    for (const fs::path &file : written_in(folder_))
      fs::remove_all(folder_ / file);
    move_run(folder_ / aside, folder_);
    remove_set_aside();
  }

  void RunFiles::remove_set_aside() const
  {
    if (has_set_aside())
      fs::remove_all(folder_ / aside);
  }

  void RunFiles::remove_beginnings() const
  {
    std::error_code not_empty;
    if (!is_there(folder_ / "timeseries.csv") && documents_in(folder_).empty())
      fs::remove(folder_ / manifest, not_empty);
    for (const char *below : {"fields", "checkpoint"})
      fs::remove(folder_ / below, not_empty);
    fs::remove(folder_, not_empty);
  }
} // namespace cutis
