// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

namespace cutis
{
  /** One `set NAME = VALUE`, in the order in which they take effect. */
  struct FileEntry
  {
    std::string path;  ///< subsections and name, separated by `/`
    std::string value; ///< trimmed, without comment
    std::string file;
    unsigned int line; ///< of the first line of the statement, from 1
  };

  /** What is wrong with a file, for the user. */
  struct FileProblem
  {
    std::string file;
    unsigned int line; ///< 0 if the whole file is meant
    std::string path;  ///< of the parameter concerned; empty if there is none
    std::string sentence;
  };

  /** The content of a parameter file and of the files it includes. */
  struct ParameterFile
  {
    std::vector<FileEntry> entries;
    std::vector<FileProblem> problems;
    std::vector<std::string> files; ///< in the order in which they were opened
  };

  /**
   * Read a file in the syntax of deal.II's ParameterHandler: `subsection NAME` ... `end`, `set NAME = VALUE`, comments
   * from `#` to the end of the line, a backslash at the end of a line that goes on in the next one, and `include FILE`.
   *
   * The name of an included file is relative to the folder of the file that includes it, and its content belongs to the
   * subsection in which the `include` stands. A parameter may be set once in a file. A file may set anew what a file
   * included above has set, and the later of two included files wins; but a file that sets a parameter and then
   * includes another that sets it again is refused, because the value that one reads there would not be in force.
   *
   * Never throws because of the content: all problems are collected. That is why it is not ParameterHandler that reads:
   * of deal.II 9.4.1 it stops at the first fault, knows no units, and takes a parameter that is set twice without a
   * word.
   */
  ParameterFile read_parameter_file(const std::string &file_name);
} // namespace cutis
