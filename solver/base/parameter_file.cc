// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/parameter_file.h"

#include "base/errors.h"
#include "base/paths.h"
#include "base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace cutis
{
  namespace
  {
    namespace fs = std::filesystem;

    // Far beyond what people write; files that include each other may otherwise take hours.
    constexpr std::uintmax_t most_bytes = 2000000; // of one file
    constexpr std::size_t deepest_include = 30;
    constexpr std::size_t most_files = 300;
    constexpr std::size_t deepest_section = 30;

    const std::vector<std::string> keywords = {"set", "subsection", "end", "include"};

    struct Place
    {
      std::string file;
      unsigned int line = 0;
    };

    /** A statement put together from its lines, without comments. */
    struct Statement
    {
      std::string text;
      unsigned int line;
    };

    /** Why the file cannot be read as text, or an empty string and its content. */
    std::string read_text(const std::string &file, std::string &content)
    {
      const std::string problem = problem_with_file(file, most_bytes);
      if (!problem.empty())
        return problem;
      errno = 0;
      std::ifstream stream(file, std::ios::binary);
      std::ostringstream bytes;
      if (stream.peek() != std::ifstream::traits_type::eof())
        bytes << stream.rdbuf();
      if (!stream.is_open() || stream.bad() || bytes.bad())
        return std::string("the file cannot be read (") + std::strerror(errno ? errno : EIO) + ").";
      content = bytes.str();
      if (content.compare(0, 3, "\xEF\xBB\xBF") == 0) // the mark some editors put before UTF-8
        content.erase(0, 3);
      return "";
    }

    /** Reads one file after the other, depth first. */
    class Reader
    {
    public:
      explicit Reader(ParameterFile &result) : result_(result) {}

      /** `includer` is empty for the file that the user named. */
      void read(const std::string &file, const std::vector<std::string> &sections, const Place &includer);

    private:
      /** What is known about a file while it is being read. */
      struct Frame
      {
        std::string file;
        std::vector<std::string> sections;
        std::vector<Statement> open;               ///< the `subsection` statements still to be closed
        std::map<std::string, unsigned int> lines; ///< where this file itself set what
      };

      std::vector<Statement> statements_of(const std::string &content, const std::string &file);
      void execute(Frame &frame, const Statement &statement);
      void subsection(Frame &frame, const Statement &statement, const std::string &name);
      void end(Frame &frame, const Statement &statement);
      void set(Frame &frame, const Statement &statement, const std::string &assignment);
      void include(Frame &frame, const Statement &statement, const std::string &name);
      void too_many(const Frame &frame, const Statement &statement);
      void unknown(const Frame &frame, const Statement &statement, const std::string &word);
      /** The problem of setting a parameter first and including a file that sets it again afterwards. */
      void check_overwritten(const Frame &frame, unsigned int include_line, std::size_t first_entry);

      void report(const std::string &file, const unsigned int line, const std::string &sentence)
      {
        result_.problems.push_back({file, line, "", sentence});
      }

      ParameterFile &result_;
      bool too_many_ = false;
      std::vector<std::string> stack_; ///< the files being read, the one the user named first
    };


    /** Cuts comments off and joins continued lines. */
    std::vector<Statement> Reader::statements_of(const std::string &content, const std::string &file)
    {
      std::vector<Statement> statements;
      std::istringstream lines(content);
      std::string line;
      bool continues = false;
      for (unsigned int number = 1; std::getline(lines, line); ++number)
      {
        if (!is_plain_text(line))
        {
          report(file, number, "this line holds bytes that are not text (UTF-8); is this a parameter file?");
          return {}; // the rest of a binary file would only repeat it
        }
        line = trim(line.substr(0, line.find('#')));
        const bool continued = continues;
        continues = !line.empty() && line.back() == '\\';
        if (continues)
          line = trim(line.substr(0, line.size() - 1));
        if (continued)
          statements.back().text += (line.empty() ? "" : " ") + line;
        else if (!line.empty() || continues)
          statements.push_back({line, number});
      }
      if (continues)
        report(file, statements.back().line, "the last line ends with a backslash, but no line follows.");
      return statements;
    }


    void Reader::read(const std::string &file, const std::vector<std::string> &sections, const Place &includer)
    {
      std::error_code ignored;
      std::string content;
      const std::string problem = read_text(file, content);
      if (!problem.empty() && includer.file.empty())
        return report(file, 0, problem);
      if (!problem.empty())
        return report(includer.file, includer.line, "the included file '" + file + "' cannot be read: " + problem);

      result_.files.push_back(file);
      stack_.push_back(file);
      Frame frame{file, sections, {}, {}};
      for (const auto &statement : statements_of(content, file))
        execute(frame, statement);
      for (const auto &opened : frame.open)
        report(file, opened.line, "'" + opened.text + "' is never closed with 'end'.");
      stack_.pop_back();
    }


    void Reader::execute(Frame &frame, const Statement &statement)
    {
      const auto blank = std::min(statement.text.find_first_of(" \t"), statement.text.size());
      const std::string word = statement.text.substr(0, blank);
      const std::string key = lower_case(word);
      const std::string rest = trim(statement.text.substr(blank));
      if (key == "subsection")
        subsection(frame, statement, rest);
      else if (key == "end" && rest.empty())
        end(frame, statement);
      else if (key == "set")
        set(frame, statement, rest);
      else if (key == "include")
        include(frame, statement, rest);
      else
        unknown(frame, statement, word);
    }


    void Reader::unknown(const Frame &frame, const Statement &statement, const std::string &word)
    {
      const std::string said = "'" + statement.text + "' is not a statement";
      const std::string near = nearest_name(word, keywords);
      if (near.empty() && statement.text.find('=') != std::string::npos)
        report(frame.file, statement.line, said + "; did you mean 'set " + statement.text + "'?");
      else if (!near.empty() && near != lower_case(word))
        report(frame.file, statement.line, said + "; did you mean '" + near + "'?");
      else
        report(frame.file,
               statement.line,
               said + "; expected 'set NAME = VALUE', 'subsection NAME', 'end' or 'include FILE'.");
    }


    void Reader::subsection(Frame &frame, const Statement &statement, const std::string &name)
    {
      if (name.empty())
        report(frame.file, statement.line, "'subsection' needs a name, as in 'subsection Time'.");
      frame.sections.push_back(name); // also without a name, for its 'end'
      frame.open.push_back(statement);
    }


    void Reader::end(Frame &frame, const Statement &statement)
    {
      if (frame.open.empty())
        return report(frame.file, statement.line, "there is no subsection open that this 'end' could close.");
      frame.sections.pop_back();
      frame.open.pop_back();
    }


    void Reader::set(Frame &frame, const Statement &statement, const std::string &assignment)
    {
      const auto equals = assignment.find('=');
      const std::string name = trim(assignment.substr(0, equals));
      if (equals == std::string::npos || name.empty())
        return report(frame.file, statement.line, "'" + statement.text + "' must read 'set NAME = VALUE'.");

      if (frame.sections.size() > deepest_section)
        return report(frame.file,
                      statement.line,
                      "no parameter is in more than " + std::to_string(deepest_section) + " subsections.");

      std::vector<std::string> steps = frame.sections;
      steps.push_back(name);
      const std::string path = join(steps, "/");
      const auto [first, is_new] = frame.lines.try_emplace(path, statement.line);
      if (!is_new)
        return result_.problems.push_back(
          {frame.file,
           statement.line,
           path,
           "this is already set in line " + std::to_string(first->second) + "; one of the two lines has to go."});
      result_.entries.push_back({path, trim(assignment.substr(equals + 1)), frame.file, statement.line});
    }


    void Reader::include(Frame &frame, const Statement &statement, const std::string &name)
    {
      std::string path;
      try
      {
        path = expand_path(name);
      }
      catch (const BadInput &problem)
      {
        return report(frame.file, statement.line, problem.what());
      }
      if (path.empty())
        return report(frame.file, statement.line, "'include' needs the name of a file.");
      if (stack_.size() > deepest_include || result_.files.size() >= most_files)
        return too_many(frame, statement);

      const std::string file = (fs::path(frame.file).parent_path() / path).lexically_normal().string();
      std::error_code ignored;
      const auto same = [&](const std::string &other) { return fs::equivalent(file, other, ignored); };
      const auto open = std::find_if(stack_.begin(), stack_.end(), same);
      if (open != stack_.end())
      {
        std::vector<std::string> circle(open, stack_.end());
        circle.push_back(*open);
        return report(
          frame.file, statement.line, "these files include each other in a circle: " + join(circle, " -> ") + ".");
      }
      const std::size_t first_entry = result_.entries.size();
      read(file, frame.sections, {frame.file, statement.line});
      check_overwritten(frame, statement.line, first_entry);
    }


    /** Said once: everything that follows would repeat it. */
    void Reader::too_many(const Frame &frame, const Statement &statement)
    {
      if (too_many_)
        return;
      too_many_ = true;
      report(frame.file,
             statement.line,
             "more than " + std::to_string(most_files) + " files, or more than " + std::to_string(deepest_include) +
               " in each other, are included; the rest is not read.");
    }


    void Reader::check_overwritten(const Frame &frame, const unsigned int include_line, const std::size_t first_entry)
    {
      for (std::size_t i = first_entry; i < result_.entries.size(); ++i)
      {
        const FileEntry &again = result_.entries[i];
        const auto here = frame.lines.find(again.path);
        if (here != frame.lines.end())
          result_.problems.push_back({frame.file,
                                      here->second,
                                      again.path,
                                      "the file included below, in line " + std::to_string(include_line) +
                                        ", sets it again (" + again.file + ":" + std::to_string(again.line) +
                                        "); include first, then set what differs."});
      }
    }
  } // namespace


  ParameterFile read_parameter_file(const std::string &file_name)
  {
    ParameterFile result;
    Reader(result).read(file_name, {}, {});
    if (result.entries.empty() && result.problems.empty())
      result.problems.push_back(
        {file_name, 0, "", "the file sets no parameter; at least one 'set NAME = VALUE' is needed."});
    return result;
  }
} // namespace cutis
