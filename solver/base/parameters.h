// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <functional>
#include <iosfwd>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cutis
{
  /** Closed interval of admissible values, in the unit of the parameter. */
  struct Range
  {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();

    static Range non_negative() { return {0., std::numeric_limits<double>::infinity()}; }
    static Range positive() { return {std::numeric_limits<double>::min(), std::numeric_limits<double>::infinity()}; }
    static Range fraction() { return {0., 1.}; }
  };

  /** How well the default of a parameter is known. */
  enum class Provenance
  {
    setting,   ///< a choice of the user (numerics, geometry, schedule): there is nothing to know
    published, ///< taken from the named publication
    recalled,  ///< published, but quoted from memory and still to be checked against the source
    derived,   ///< follows from a stated condition
    assumed    ///< a reasonable guess or a fit to few data
  };

  /** `published`, as descriptions print it. */
  std::string name_of(Provenance provenance);

  /** What a user is told about a parameter: meaning, and for a constant its provenance and source. */
  struct About
  {
    std::string text;
    Provenance provenance = Provenance::setting;
    std::string source = "";
  };

  /** Times [d]: listed, or every so many days from the start on. */
  struct Dates
  {
    std::vector<double> listed;
    double every = 0.; ///< 0: those that are listed

    /** Before it by more than rounding: 3 times 1.2 d is the same as 3.6 d. */
    static bool is_before(double time, double end) { return time < end - 1e-9; }
    /** Whether the k-th multiple of `every` comes before `end`. */
    bool has_multiple(unsigned int k, double end) const { return every > 0. && is_before(k * every, end); }
    /** All of them before `end`. */
    std::vector<double> before(double end) const;
  };

  /** The values of an enumeration and what a user calls them. */
  template <class Enum>
  using Names = std::vector<std::pair<Enum, std::string>>;

  template <class Enum>
  std::string name_of(const Enum value, const Names<Enum> &names)
  {
    for (const auto &[any, name] : names)
      if (any == value)
        return name;
    return "";
  }

  struct ParameterEntry;

  /** A variable that has one of these names. */
  struct ChoiceAccess
  {
    std::vector<std::string> names;
    std::function<std::string()> get;
    std::function<void(const std::string &)> set;
  };

  /**
   * The one table of all parameters of a run.
   *
   * Every part of the program declares its parameters once, with a reference to the variable that holds the default and
   * receives the value: `parameters.add("PLLA/Dose", dose, "mg", Range::positive(), {"Mass injected per session."})`.
   * The path is the chain of subsections and the name, separated by `/`. A number may be written with any unit that
   * UDUNITS-2 can convert to the documented one; a bare number is in the documented unit. `read` and `set` collect
   * every problem with its place instead of stopping at the first; `finish` reports them all.
   */
  class Parameters
  {
  public:
    Parameters();
    ~Parameters();
    Parameters(const Parameters &) = delete;
    Parameters &operator=(const Parameters &) = delete;

    void add(const std::string &path, double &value, const std::string &unit, Range range, About about);
    void add(const std::string &path, int &value, Range range, About about);
    void add(const std::string &path, bool &value, About about);
    void add(const std::string &path, std::string &value, About about);
    /** The name of a file or folder. */
    void add_path(const std::string &path, std::string &value, About about);
    /** A name out of a set that is known only when the program runs. */
    void add_choice(const std::string &path, std::string &value, const std::vector<std::string> &choices, About about);
    /** A value of an enumeration, by its name. */
    template <class Enum, class = std::enable_if_t<std::is_enum_v<Enum>>>
    void add_choice(const std::string &path, Enum &value, const Names<Enum> &names, About about);
    /** Several names out of a fixed set (any name if `choices` is empty), separated by commas. */
    void add_list(const std::string &path,
                  std::vector<std::string> &value,
                  const std::vector<std::string> &choices,
                  About about);
    /** Several numbers, separated by commas, each with or without a unit. */
    void
    add_list(const std::string &path, std::vector<double> &value, const std::string &unit, Range range, About about);

    /** Times as a list, `0 d, 4 weeks`, or as `every 180 d`. */
    void add_dates(const std::string &path, Dates &value, About about);

    /** Read a parameter file with its includes and give the variables their values. Problems are collected. */
    void read(const std::string &file_name);
    /** Apply `Section/Sub/Name=VALUE` as given on the command line. Problems are collected. */
    void set(const std::string &assignment);

    /** Record a problem that only the meaning shows (a session after the end ...), at the place where `path` was set.
     * No value changes by it. */
    void problem(const std::string &path, const std::string &sentence) const;
    /** Throw BadInput with all problems found so far, one per line, if there are any. */
    void finish() const;

    /** Names of the parameter files that were read, includes as well, in the order of reading. */
    const std::vector<std::string> &files() const;
    /** All that is known of every parameter, in the order of declaration; see parameter_table.h. */
    const std::vector<ParameterEntry> &table() const;
    /** True if a file or the command line gave this parameter. */
    bool was_set(const std::string &path) const;
    /** All values in force, in documented units, as a parameter file that can be run again. */
    std::string as_parameter_file() const;
    /** `path = value` of every parameter in force whose path starts with `prefix`: what a resumed run must share. */
    std::vector<std::string> values_below(const std::string &prefix) const;

    enum class Format
    {
      text,
      markdown,
      json
    };
    /** Meaning, unit, range, default, provenance and source of every parameter. */
    void describe(std::ostream &out, Format format) const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;

    void add_choice(const std::string &path, ChoiceAccess access, About about);
  };

  template <class Enum, class>
  void Parameters::add_choice(const std::string &path, Enum &value, const Names<Enum> &names, About about)
  {
    ChoiceAccess access;
    for (const auto &[any, name] : names)
      access.names.push_back(name);
    access.get = [&value, names] { return name_of(value, names); };
    access.set = [&value, names](const std::string &chosen)
    {
      for (const auto &[any, name] : names)
        if (name == chosen)
          value = any;
    };
    add_choice(path, std::move(access), std::move(about));
  }
} // namespace cutis
