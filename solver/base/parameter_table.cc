// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/parameter_table.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace cutis
{
  namespace
  {
    constexpr std::size_t line_width = 100;

    std::string section_of(const std::string &path)
    {
      const auto slash = path.rfind('/');
      return slash == std::string::npos ? "" : path.substr(0, slash);
    }

    std::string last_name(const std::string &path)
    {
      return path.substr(path.rfind('/') + 1);
    }

    /** The different elements in the order of their first appearance. */
    std::vector<std::string> unique(const std::vector<std::string> &names)
    {
      std::vector<std::string> result;
      for (const auto &name : names)
        if (std::find(result.begin(), result.end(), name) == result.end())
          result.push_back(name);
      return result;
    }

    /** The unit, as far as there is anything to say about it. */
    std::string unit_in_words(const ParameterEntry &entry)
    {
      return entry.value->unit() == "1" ? "" : entry.value->unit();
    }

    /** `assumed (Smith 2001)`; empty for a setting. */
    std::string origin_in_words(const About &about)
    {
      if (about.provenance == Provenance::setting)
        return about.source;
      return name_of(about.provenance) + (about.source.empty() ? "" : " (" + about.source + ")");
    }

    /** What stands behind a value: its unit, and what else it could be or is by default. */
    std::string remark(const ParameterEntry &entry, const bool with_range)
    {
      std::vector<std::string> parts;
      if (const std::string unit = unit_in_words(entry); !unit.empty())
        parts.push_back(unit);
      if (with_range)
      {
        const std::string range = range_in_words(entry.value->range(), entry.value->unit());
        if (!range.empty())
          parts.push_back(range);
        if (!entry.value->choices().empty())
          parts.push_back("of " + join(entry.value->choices(), ", "));
      }
      if (entry.value->text() != entry.default_text)
        parts.push_back("default: " + (entry.default_text.empty() ? "empty" : entry.default_text));
      return join(parts, ", ");
    }

    /** Writes the subsection with this path (empty: the whole file) and everything below it. */
    void
    write_section(std::ostream &out, const ParameterChoice &entries, const std::string &section, const bool with_range)
    {
      const auto depth = section.empty() ? 0 : std::count(section.begin(), section.end(), '/') + 1;
      const std::string indent = std::string(2 * depth, ' ');
      const std::string prefix = section.empty() ? "" : section + '/';

      bool needs_space = false;
      std::vector<std::string> subsections;
      for (const ParameterEntry *entry : entries)
        if (section_of(entry->path) == section)
        {
          needs_space = true;
          for (const auto &line : wrap(entry->about.text, line_width))
            out << indent << "# " << line << '\n';
          const std::string text = entry->value->text(), note = remark(*entry, with_range);
          out << indent << "set " << last_name(entry->path) << " =" << (text.empty() ? "" : " ") << text
              << (note.empty() ? "" : " # ") << note << '\n';
        }
        else if (entry->path.compare(0, prefix.size(), prefix) == 0)
          subsections.push_back(
            entry->path.substr(prefix.size(), entry->path.find('/', prefix.size()) - prefix.size()));

      for (const auto &name : unique(subsections))
      {
        out << (needs_space ? "\n" : "") << indent << "subsection " << name << '\n';
        write_section(out, entries, prefix + name, with_range);
        out << indent << "end\n";
        needs_space = true;
      }
    }

    void describe_as_text(std::ostream &out, const ParameterChoice &entries)
    {
      for (const ParameterEntry *shown : entries)
      {
        const ParameterEntry &entry = *shown;
        const std::string unit = unit_in_words(entry),
                          range = range_in_words(entry.value->range(), entry.value->unit());
        out << entry.path << ": " << entry.value->type() << (unit.empty() ? "" : " in ") << unit
            << (range.empty() ? "" : ", ") << range << "; default "
            << (entry.default_text.empty() ? "empty" : entry.default_text) << '\n';
        if (!entry.value->choices().empty())
          out << "    One of: " << join(entry.value->choices(), ", ") << '\n';
        for (const auto &line : wrap(entry.about.text, line_width))
          out << "    " << line << '\n';
        const std::string origin = origin_in_words(entry.about);
        if (!origin.empty())
          out << "    Source: " << origin << '\n';
      }
    }

    /** A cell of a table may hold neither a bar nor a line break. */
    std::string cell(const std::string &text)
    {
      std::string result;
      for (const char letter : text)
        result += letter == '|' ? std::string("\\|") : std::string(1, letter == '\n' ? ' ' : letter);
      return " " + result + " |";
    }

    void describe_as_markdown(std::ostream &out, const ParameterChoice &entries)
    {
      std::vector<std::string> sections;
      for (const ParameterEntry *entry : entries)
        sections.push_back(section_of(entry->path));
      for (const auto &section : unique(sections))
      {
        out << "## " << (section.empty() ? "Top level" : section) << "\n\n"
            << "| Name | Type | Unit | Range or choices | Default | Meaning | Source |\n"
            << "|---|---|---|---|---|---|---|\n";
        for (const ParameterEntry *entry : entries)
          if (section_of(entry->path) == section)
            out << '|' << cell(last_name(entry->path)) << cell(entry->value->type()) << cell(unit_in_words(*entry))
                << cell(range_in_words(entry->value->range(), entry->value->unit()) +
                        join(entry->value->choices(), ", "))
                << cell(entry->default_text) << cell(entry->about.text) << cell(origin_in_words(entry->about)) << '\n';
        out << '\n';
      }
    }

    nlohmann::json bound(const double value)
    {
      return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
    }

    /** Every key is there for every parameter; what does not apply is null, or empty. */
    nlohmann::ordered_json as_json(const ParameterEntry &entry)
    {
      const Range range = entry.value->range();
      const bool above_zero = range.low == Range::positive().low;
      return {{"path", entry.path},
              {"type", entry.value->type()},
              {"unit", entry.value->unit()},
              {"range",
               {{"low", above_zero ? nlohmann::json(0.) : bound(range.low)},
                {"low_included", !above_zero},
                {"high", bound(range.high)},
                {"text", range_in_words(range, entry.value->unit())}}},
              {"choices", entry.value->choices()},
              {"default", entry.default_text},
              {"provenance", name_of(entry.about.provenance)},
              {"source", entry.about.source},
              {"text", entry.about.text}};
    }
  } // namespace

  std::string name_of(const Provenance provenance)
  {
    switch (provenance)
    {
      case Provenance::setting:
        return "setting";
      case Provenance::published:
        return "published";
      case Provenance::recalled:
        return "recalled";
      case Provenance::derived:
        return "derived";
      case Provenance::assumed:
        return "assumed";
    }
    return "";
  }


  ParameterChoice chosen(const ParameterTable &table, const std::function<bool(const ParameterEntry &)> &wanted)
  {
    ParameterChoice entries;
    for (const ParameterEntry &entry : table)
      if (wanted(entry))
        entries.push_back(&entry);
    return entries;
  }


  // Not ParameterHandler's own writer: it cannot hold a parameter and a subsection of the same name ("Network").
  void write_parameter_file(std::ostream &out, const ParameterTable &table)
  {
    out << "# The parameters of a Cutis run. A bare number is in the unit that stands behind it.\n\n";
    write_section(out, chosen(table, [](const ParameterEntry &) { return true; }), "", false);
  }


  void write_annotated_file(std::ostream &out, const ParameterChoice &entries)
  {
    write_section(out, entries, "", true);
  }


  void describe_parameters(std::ostream &out, const ParameterChoice &entries, const Parameters::Format format)
  {
    switch (format)
    {
      case Parameters::Format::text:
        return describe_as_text(out, entries);
      case Parameters::Format::markdown:
        return describe_as_markdown(out, entries);
      case Parameters::Format::json:
      {
        auto list = nlohmann::ordered_json::array();
        for (const ParameterEntry *entry : entries)
          list.push_back(as_json(*entry));
        out << list.dump(2) << '\n';
        return;
      }
    }
  }
} // namespace cutis
