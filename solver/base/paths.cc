// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/paths.h"

#include "base/errors.h"
#include "base/text.h"

#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    std::string without_quotes(const std::string &text)
    {
      const bool opens = !text.empty() && (text.front() == '"' || text.front() == '\'');
      if (!opens && text.find('"') == std::string::npos)
        return text;
      if (opens && text.size() >= 2 && text.back() == text.front() && text.find(text.front(), 1) == text.size() - 1)
        return text.substr(1, text.size() - 2);
      throw BadInput("'" + text + "' has a quote that does not go around the whole name.");
    }

    std::string variable(const std::string &name, const std::string &text)
    {
      const char *value = name.empty() ? nullptr : std::getenv(name.c_str());
      if (!value)
        throw BadInput("'" + text + "' names the variable '" + name + "', which is not set in this environment.");
      return value;
    }

    bool in_name(const char c)
    {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    }
  } // namespace

  std::string expand_path(const std::string &text)
  {
    const std::string bare = without_quotes(text);
    std::string path;
    std::size_t i = 0;
    if (!bare.empty() && bare[0] == '~')
    {
      if (bare.size() > 1 && bare[1] != '/')
        throw BadInput("'" + text + "' begins with '~' and a name; write the folder of that user in full.");
      path = variable("HOME", text);
      i = 1;
    }
    while (i < bare.size())
    {
      if (bare[i] != '$')
      {
        path += bare[i++];
        continue;
      }
      const bool braced = bare.compare(i, 2, "${") == 0;
      const std::size_t begin = i + (braced ? 2 : 1);
      std::size_t end = begin;
      while (end < bare.size() && in_name(bare[end]))
        ++end;
      if (braced && (end == bare.size() || bare[end] != '}'))
        throw BadInput("'" + text + "' has a '${' without its '}'.");
      path += variable(bare.substr(begin, end - begin), text);
      i = end + (braced ? 1 : 0);
    }
    return path;
  }

  std::string problem_with_file(const std::string &file, const std::uintmax_t most_bytes)
  {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status))
    {
      std::vector<std::string> neighbours;
      for (const auto &entry : fs::directory_iterator(fs::path(file + "/..").lexically_normal(), error))
        neighbours.push_back(entry.path().filename().string());
      return "there is no such file" + did_you_mean(fs::path(file).filename().string(), neighbours);
    }
    if (fs::is_directory(status))
      return "this is a folder, not a file.";
    if (!fs::is_regular_file(status))
      return "this is a pipe or a device, not a file.";
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error && size > most_bytes)
      return "it has " + format_rounded(size / 1e6, 3) + " MB, and more than " + format_rounded(most_bytes / 1e6, 3) +
             " MB are not read.";
    if (access(file.c_str(), R_OK) != 0)
      return std::string("the file cannot be read (") + std::strerror(errno) + ").";
    return "";
  }
} // namespace cutis
