// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/output_folder.h"

#include "base/errors.h"
#include "io/checkpoint_store.h"
#include "io/files.h"
#include "io/first_rank.h"

#include <spdlog/spdlog.h>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    /** The folder itself, or the nearest one above it that exists: there the first new name would be made. */
    fs::path nearest_existing(fs::path folder)
    {
      folder = fs::absolute(folder);
      while (!fs::exists(folder) && folder.has_relative_path())
      {
        if (fs::is_symlink(folder))
          throw BadInput("The results cannot go to '" + folder.string() + "', a link to '" +
                         fs::read_symlink(folder).string() + "', which is not there.");
        folder = folder.parent_path();
      }
      return folder;
    }

    /** The user's own files are never replaced. */
    void check_foreign(const RunFiles &files)
    {
      std::string sentences;
      for (const fs::path &file : files.foreign())
        sentences += std::string(sentences.empty() ? "" : "\n") + "'" + file.string() + "' " +
                     (fs::is_symlink(file)                       ? "is a symbolic link"
                      : files.any() && fs::is_regular_file(file) ? "was changed after a run had written it"
                                                                 : "was not written by a run") +
                     ", and the results would replace it. Move it, or choose another folder with --output.";
      if (!sentences.empty())
        throw BadInput(sentences);
    }

    void check_content(const fs::path &folder, const RunFiles &files, const OutputMode mode)
    {
      check_foreign(files);
      if (mode == OutputMode::fresh && files.any() && !files.only_begun())
        throw BadInput("The folder '" + folder.string() +
                       "' already holds the results of a run; continue it with --resume, replace it with --overwrite, "
                       "or choose another folder with --output.");
      if (mode == OutputMode::resume && !CheckpointStore(folder / "checkpoint").has_any())
        throw BadInput("The folder '" + folder.string() +
                       "' holds no checkpoint to resume from; start the run without --resume.");
    }
  } // namespace

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

  OutputFolder::OutputFolder(fs::path folder, const OutputMode mode, MPI_Comm communicator)
    : path_(std::move(folder))
    , files_(path_)
    , communicator_(communicator)
  {
    const auto prepare = [&]
    {
      try
      {
        take(mode);
        return std::string(resumes_ ? "resumes" : "");
      }
      catch (const fs::filesystem_error &error)
      {
        leave();
        throw BadInput("The folder '" + path_.string() + "' cannot be prepared for the results: '" +
                       error.path1().string() + "' gives '" + error.code().message() + "'.");
      }
      catch (...)
      {
        leave();
        throw;
      }
    };
    resumes_ = !text_of_first_rank(communicator, prepare).empty();
  }

  void OutputFolder::take(const OutputMode mode)
  {
    check_writable(path_);
    is_new_ = !fs::exists(path_);
    fs::create_directories(path_);
    lock_ = std::make_unique<FolderLock>(path_);
    if (files_.has_set_aside()) // by a run that was killed before its first checkpoint, or just after
      CheckpointStore(path_ / "checkpoint").has_any() ? files_.remove_set_aside() : files_.put_back();
    const OutputMode chosen = decide(mode);
    check_content(path_, files_, chosen);
    resumes_ = chosen == OutputMode::resume;
    if (!resumes_)
    {
      if (files_.any())
        files_.set_aside();
      files_.begin();
    }
    fs::create_directories(path_ / "fields");
    fs::create_directories(path_ / "checkpoint");
  }

  OutputMode OutputFolder::decide(const OutputMode mode) const
  {
    if (mode != OutputMode::go_on)
      return mode;
    if (CheckpointStore(path_ / "checkpoint").has_any())
      return OutputMode::resume;
    return files_.any() ? OutputMode::overwrite : OutputMode::fresh;
  }

  /** As if nothing had been, as far as there is no new result to keep. */
  void OutputFolder::leave()
  {
    if (!lock_) // it is not ours
      return;
    if (files_.has_set_aside())
    {
      files_.put_back();
      spdlog::warn("The earlier results are back in '{}'.", path_.string());
    }
    lock_.reset();
    if (is_new_)
      files_.remove_beginnings();
  }

  OutputFolder::~OutputFolder()
  {
    try
    {
      leave();
    }
    catch (const std::exception &error)
    {
      spdlog::warn("The earlier results are in '{}': {}", (path_ / ".earlier").string(), error.what());
    }
  }

  void OutputFolder::settle()
  {
    on_first_rank(communicator_, [&] { files_.remove_set_aside(); });
  }
} // namespace cutis
