// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/log.h"
#include "base/parameters.h"
#include "io/output_folder.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What the user asked for. */
  struct CommandLine
  {
    enum class Command
    {
      run,
      check,
      init,
      describe,
      list,
      version,
      help
    };

    Command command = Command::help;
    std::string file;                                     ///< of `run` and `check`; to be written by `init`, or empty
    std::vector<std::string> overrides;                   ///< `Section/Name=VALUE`, --set in the order given, --output
    OutputMode mode = OutputMode::fresh;                  ///< what may happen to results that are there
    std::string topic;                                    ///< of `describe` and `list`, intervention of `init`
    std::vector<std::string> words;                       ///< that `describe` looks for, instead of a topic
    bool explain = false;                                 ///< `check` says what a run will do
    Parameters::Format format = Parameters::Format::text; ///< of `describe`
    Verbosity verbosity = Verbosity::normal;
  };

  /** Understand the arguments of `main`. Throws BadInput with a sentence for the user if they make no sense. */
  CommandLine parse_command_line(int argc, const char *const *argv);

  /** How the program is called, for `cutis help`. */
  std::string help_text();
} // namespace cutis
