// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/parameters.h"

#include "base/errors.h"
#include "base/parameter_file.h"
#include "base/parameter_table.h"
#include "base/text.h"
#include "base/units.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

namespace cutis
{
  namespace
  {
    /** Spaces around the `/` of a path do not matter. */
    std::string tidy_path(const std::string &path)
    {
      return join(split(path, '/'), "/");
    }

    std::string section_of_path(const std::string &path)
    {
      return path.substr(0, path.rfind('/') + 1);
    }
  } // namespace


  class Parameters::Implementation
  {
  public:
    void add(const std::string &path, ParameterValuePtr value, About about);
    void read(const std::string &file_name);
    void set(const std::string &assignment);
    void problem(const std::string &path, const std::string &sentence);
    void finish() const;

    bool was_set(const std::string &path) const;
    const std::vector<std::string> &files_read() const { return files_read_; }
    const ParameterTable &table() const { return table_; }

  private:
    /** The place in the table. Throws a logic_error for a path that no part of the program has declared. */
    std::size_t declared(const std::string &path) const;

    /** Sorted by `group` (the files in the order of reading, then the command line), and by line. */
    struct Problem
    {
      std::size_t group;
      unsigned int line;
      std::string message;
    };

    /** Where a value comes from. */
    struct Origin
    {
      std::size_t group;
      unsigned int line;
      std::string place; ///< as the user reads it
      bool place_names_path;
    };

    /** Beyond these, names are not searched for what may have been meant: a file that is none may have as many lines.
     */
    static constexpr std::size_t most_problems = 200;
    static constexpr std::size_t command_line = static_cast<std::size_t>(-1);

    void assign(const std::string &path, const std::string &text, const Origin &origin);
    void report(const Origin &origin, const std::string &path, const std::string &sentence);
    Origin in_file(const std::string &file, unsigned int line) const;
    std::string unknown(const std::string &path) const;
    /** What was read, for the last line of the report. */
    std::string subject() const;

    ParameterTable table_;
    std::map<std::string, std::size_t> index_;
    std::map<std::size_t, Origin> origins_; ///< of the parameters that were set
    std::vector<Problem> problems_;
    std::vector<std::string> main_files_, files_;
    std::vector<std::string> files_read_; ///< those that could be
  };


  /** The default has to pass the checks of a value, or the declaration is wrong. */
  void Parameters::Implementation::add(const std::string &path, ParameterValuePtr value, About about)
  {
    const auto refuse = [&](const std::string &sentence)
    { throw std::logic_error("Declaration of the parameter '" + path + "': " + sentence); };
    if (path != tidy_path(path) || path.empty() || path.find_first_of("#=\\\n") != std::string::npos)
      refuse("this is not a path.");
    if (!is_unit(value->unit()))
      refuse("the unit '" + value->unit() + "' is not known.");
    if (!index_.emplace(path, table_.size()).second)
      refuse("it is declared twice.");
    const std::string default_text = value->text();
    try
    {
      value->assign(default_text);
    }
    catch (const BadInput &problem)
    {
      refuse(std::string("the default does not pass: ") + problem.what());
    }
    table_.push_back({path, std::move(about), std::move(value), default_text});
  }


  std::size_t Parameters::Implementation::declared(const std::string &path) const
  {
    const auto found = index_.find(path);
    if (found == index_.end())
      throw std::logic_error("The parameter '" + path + "' was never declared.");
    return found->second;
  }


  bool Parameters::Implementation::was_set(const std::string &path) const
  {
    return origins_.count(declared(path)) > 0;
  }


  Parameters::Implementation::Origin Parameters::Implementation::in_file(const std::string &file,
                                                                         const unsigned int line) const
  {
    const std::size_t group = std::find(files_.begin(), files_.end(), file) - files_.begin();
    return {group, line, line == 0 ? file : file + ':' + std::to_string(line), false};
  }


  void Parameters::Implementation::report(const Origin &origin, const std::string &path, const std::string &sentence)
  {
    const bool name_path = !path.empty() && !origin.place_names_path;
    const std::string place = origin.place.empty() ? "" : origin.place + ": ";
    problems_.push_back({origin.group, origin.line, place + (name_path ? path + ": " : "") + sentence});
  }


  /** The sentence for a path that does not exist: the nearest one that does, looking close by first. */
  std::string Parameters::Implementation::unknown(const std::string &path) const
  {
    if (problems_.size() >= most_problems)
      return "there is no such parameter.";
    std::vector<std::string> all, siblings, namesakes, sections;
    const std::string name = path.substr(section_of_path(path).size());
    for (const auto &entry : table_)
    {
      all.push_back(entry.path);
      const std::string section = section_of_path(entry.path);
      if (section == section_of_path(path))
        siblings.push_back(entry.path.substr(section.size()));
      if (lower_case(entry.path.substr(section.size())) == lower_case(name))
        namesakes.push_back(entry.path);
      if (section.compare(0, path.size() + 1, path + '/') == 0)
        return "this is a subsection, not a parameter.";
    }
    std::string near = nearest_name(name, siblings);
    if (!near.empty())
      near.insert(0, section_of_path(path));
    else
      near = nearest_name(path, all);
    if (near.empty() && namesakes.size() == 1)
      near = namesakes.front();
    if (near.empty() && siblings.empty())
      return "there is no such parameter, nor a section '" + section_of_path(path).substr(0, path.rfind('/')) + "'.";
    return "there is no such parameter" + (near.empty() ? "." : "; did you mean '" + near + "'?");
  }


  void Parameters::Implementation::assign(const std::string &path, const std::string &text, const Origin &origin)
  {
    const auto found = index_.find(path);
    if (found == index_.end())
      return report(origin, path, unknown(path));
    origins_[found->second] = origin;
    try
    {
      table_[found->second].value->assign(text);
    }
    catch (const BadInput &problem)
    {
      report(origin, path, problem.what());
    }
  }


  void Parameters::Implementation::read(const std::string &file_name)
  {
    const ParameterFile file = read_parameter_file(file_name);
    main_files_.push_back(file_name);
    files_.push_back(file_name);
    files_.insert(files_.end(), file.files.begin(), file.files.end());
    for (const std::string &name : file.files)
      if (std::find(files_read_.begin(), files_read_.end(), name) == files_read_.end()) // it may be included twice
        files_read_.push_back(name);
    for (const auto &problem : file.problems)
      report(in_file(problem.file, problem.line), problem.path, problem.sentence);
    for (const auto &entry : file.entries)
      assign(tidy_path(entry.path), entry.value, in_file(entry.file, entry.line));
  }


  void Parameters::Implementation::set(const std::string &assignment)
  {
    const auto equals = assignment.find('=');
    const std::string path = tidy_path(assignment.substr(0, equals));
    const Origin origin = {command_line, 0, "--set " + assignment, true};
    if (equals == std::string::npos || path.empty())
      return report(origin, "", "this must read '--set Section/Name=VALUE'.");
    assign(path, trim(assignment.substr(equals + 1)), origin);
  }


  void Parameters::Implementation::problem(const std::string &path, const std::string &sentence)
  {
    const ParameterEntry &entry = table_[declared(path)];
    const auto found = origins_.find(declared(path));
    if (found != origins_.end())
      return report(found->second, path, sentence);
    const std::string unit = entry.value->unit().empty() || entry.value->unit() == "1" ? "" : " " + entry.value->unit();
    const std::string value = entry.default_text.empty() ? "empty" : entry.default_text + unit;
    const Origin whole = {0, 0, main_files_.empty() ? "" : main_files_.front(), false};
    report(whole, path, sentence + " (It is not set; the default is " + value + ".)");
  }


  std::string Parameters::Implementation::subject() const
  {
    const auto from_shell = [](const Problem &problem) { return problem.group == command_line; };
    std::string subject;
    if (!main_files_.empty() && !std::all_of(problems_.begin(), problems_.end(), from_shell))
      subject = " in " + join(main_files_, " and ");
    if (std::any_of(problems_.begin(), problems_.end(), from_shell))
      subject += (subject.empty() ? " on" : " and on") + std::string(" the command line");
    return subject;
  }


  void Parameters::Implementation::finish() const
  {
    if (problems_.empty())
      return;
    auto sorted = problems_;
    std::stable_sort(sorted.begin(),
                     sorted.end(),
                     [](const Problem &one, const Problem &other)
                     { return std::tie(one.group, one.line) < std::tie(other.group, other.line); });
    std::vector<std::string> lines;
    std::set<std::string> said;
    for (const auto &problem : sorted)
      if (said.insert(problem.message).second && said.size() <= most_problems) // a file may be included twice
        lines.push_back(problem.message);
    const std::string count = std::to_string(said.size()) + (said.size() == 1 ? " problem" : " problems");
    const std::string shown = said.size() > lines.size() ? ", of which the first are shown" : "";
    lines.push_back(count + subject() + shown + "; nothing was run.");
    throw BadInput(join(lines, "\n"));
  }


  Parameters::Parameters() : implementation_(std::make_unique<Implementation>()) {}

  Parameters::~Parameters() = default;

  void Parameters::add(const std::string &path, double &value, const std::string &unit, const Range range, About about)
  {
    implementation_->add(path, number_value(value, unit, range), std::move(about));
  }

  void Parameters::add(const std::string &path, int &value, const Range range, About about)
  {
    implementation_->add(path, whole_number_value(value, range), std::move(about));
  }

  void Parameters::add(const std::string &path, bool &value, About about)
  {
    implementation_->add(path, switch_value(value), std::move(about));
  }

  void Parameters::add(const std::string &path, std::string &value, About about)
  {
    implementation_->add(path, text_value(value), std::move(about));
  }

  void Parameters::add_path(const std::string &path, std::string &value, About about)
  {
    implementation_->add(path, path_value(value), std::move(about));
  }

  void Parameters::add_choice(const std::string &path,
                              std::string &value,
                              const std::vector<std::string> &choices,
                              About about)
  {
    add_choice(path, {choices, [&value] { return value; }, [&value](const std::string &name) { value = name; }}, about);
  }

  void Parameters::add_choice(const std::string &path, ChoiceAccess access, About about)
  {
    implementation_->add(path, choice_value(std::move(access)), std::move(about));
  }

  void Parameters::add_list(const std::string &path,
                            std::vector<std::string> &value,
                            const std::vector<std::string> &choices,
                            About about)
  {
    implementation_->add(path, choices_value(value, choices), std::move(about));
  }

  void Parameters::add_list(const std::string &path,
                            std::vector<double> &value,
                            const std::string &unit,
                            const Range range,
                            About about)
  {
    implementation_->add(path, numbers_value(value, unit, range), std::move(about));
  }

  void Parameters::add_dates(const std::string &path, Dates &value, About about)
  {
    implementation_->add(path, dates_value(value), std::move(about));
  }

  void Parameters::read(const std::string &file_name)
  {
    implementation_->read(file_name);
  }

  void Parameters::set(const std::string &assignment)
  {
    implementation_->set(assignment);
  }

  void Parameters::problem(const std::string &path, const std::string &sentence) const
  {
    implementation_->problem(path, sentence);
  }

  void Parameters::finish() const
  {
    implementation_->finish();
  }

  const std::vector<std::string> &Parameters::files() const
  {
    return implementation_->files_read();
  }

  bool Parameters::was_set(const std::string &path) const
  {
    return implementation_->was_set(path);
  }

  std::string Parameters::as_parameter_file() const
  {
    std::ostringstream out;
    write_parameter_file(out, implementation_->table());
    return out.str();
  }

  const std::vector<ParameterEntry> &Parameters::table() const
  {
    return implementation_->table();
  }

  std::vector<std::string> Parameters::values_below(const std::string &prefix) const
  {
    std::vector<std::string> values;
    for (const auto &entry : implementation_->table())
      if (entry.path.compare(0, prefix.size(), prefix) == 0)
        values.push_back(entry.path + " = " + entry.value->text());
    return values;
  }

  void Parameters::describe(std::ostream &out, const Format format) const
  {
    describe_parameters(out, chosen(implementation_->table(), [](const ParameterEntry &) { return true; }), format);
  }
} // namespace cutis
