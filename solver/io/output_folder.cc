// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/output_folder.h"

#include "base/errors.h"
#include "io/checkpoint_store.h"
#include "io/files.h"
#include "io/first_rank.h"

#include <regex>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr const char *files_of_a_run[] = {"parameters.prm",
                                              "timeseries.csv",
                                              "solution.xdmf",
                                              "summary.json",
                                              "provenance.json"};

    bool holds_a_run(const fs::path &folder)
    {
      return fs::exists(folder / "parameters.prm") || fs::exists(folder / "timeseries.csv");
    }

    /** The folder itself, or the nearest one above it that exists: there the first new name would be made. */
    fs::path nearest_existing(fs::path folder)
    {
      folder = fs::absolute(folder);
      while (!fs::exists(folder) && folder.has_relative_path())
        folder = folder.parent_path();
      return folder;
    }

    void check_writable(const fs::path &folder)
    {
      const fs::path existing = nearest_existing(folder);
      if (!fs::is_directory(existing))
        throw BadInput("The results cannot go to '" + folder.string() + "', because '" + existing.string() +
                       "' is not a folder.");
      try
      {
        // Permissions alone do not tell: the file system may be read-only or the user privileged.
        require_space(existing, 1);
      }
      catch (const RunFailed &failure)
      {
        throw BadInput("The results cannot go to '" + folder.string() + "'. " + failure.what());
      }
    }

    void check_content(const fs::path &folder, const OutputMode mode)
    {
      if (mode == OutputMode::fresh && holds_a_run(folder))
        throw BadInput("The folder '" + folder.string() +
                       "' already holds the results of a run; continue it with --resume, replace it with --overwrite, "
                       "or choose another folder with --output.");
      if (mode == OutputMode::resume && !CheckpointStore(folder / "checkpoint").has_any())
        throw BadInput("The folder '" + folder.string() +
                       "' holds no checkpoint to resume from; start the run without --resume.");
    }

    void remove_matching(const fs::path &folder, const std::regex &name)
    {
      if (!fs::is_directory(folder))
        return;
      for (const auto &entry : fs::directory_iterator(folder))
        if (std::regex_match(entry.path().filename().string(), name))
          fs::remove(entry.path());
    }

    void remove_run(const fs::path &folder)
    {
      for (const char *file : files_of_a_run)
        fs::remove(folder / file);
      remove_matching(folder / "fields", std::regex("(solution|mesh)-[0-9]+\\.h5"));
      CheckpointStore(folder / "checkpoint").remove_all();
    }
  } // namespace

  void prepare_output_folder(const fs::path &folder, const OutputMode mode, MPI_Comm communicator)
  {
    const auto prepare = [&]
    {
      check_writable(folder);
      check_content(folder, mode);
      if (mode == OutputMode::overwrite)
        remove_run(folder);
      fs::create_directories(folder / "fields");
      fs::create_directories(folder / "checkpoint");
    };
    on_first_rank(communicator,
                  [&]
                  {
                    try
                    {
                      prepare();
                    }
                    catch (const fs::filesystem_error &error)
                    {
                      throw BadInput("The folder '" + folder.string() + "' cannot be prepared for the results: '" +
                                     error.path1().string() + "' gives '" + error.code().message() + "'.");
                    }
                  });
  }
} // namespace cutis
