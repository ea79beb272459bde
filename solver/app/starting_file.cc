// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/starting_file.h"

#include "app/case.h"
#include "base/errors.h"
#include "base/parameter_table.h"
#include "base/text.h"

#include <algorithm>
#include <ostream>

namespace cutis
{
  namespace
  {
    /** The names of the subsections, and of the parameter in the innermost. */
    std::vector<std::string> parts_of(const std::string &path)
    {
      return split(path, '/');
    }

    std::vector<std::string> choices()
    {
      std::vector<std::string> names = intervention_names();
      names.insert(names.begin(), "none");
      return names;
    }

    std::string title_of(const std::string &intervention)
    {
      return intervention == "none" ? "Skin without treatment" : make_intervention(intervention)->title();
    }
  } // namespace

  void write_starting_file(std::ostream &out, const std::string &intervention)
  {
    const std::vector<std::string> names = choices();
    if (std::find(names.begin(), names.end(), intervention) == names.end())
      throw BadInput("There is no intervention '" + intervention + "' to start from" +
                     did_you_mean(intervention, names) + " There are " + join(names, ", ") + ".");
    Case problem;
    problem.parameters.set("Title = " + title_of(intervention));
    problem.parameters.set("Intervention = " + intervention);
    problem.parameters.set("Output/Directory = results/" + intervention);

    // What most people set. The constants of the model, and what is off by default, would hide it.
    std::vector<std::string> sections = {"Time", "Output", "Mesh", "Skin", "Host"};
    if (intervention != "none")
      sections.push_back(make_intervention(intervention)->section());
    const auto wanted = [&](const ParameterEntry &entry)
    {
      const std::vector<std::string> parts = parts_of(entry.path);
      if (parts.size() == 1)
        return entry.path != "Network";
      return entry.path == "Mechanics/Enabled" ||
             (parts[1] != "Constants" && std::find(sections.begin(), sections.end(), parts[0]) != sections.end());
    };
    out << "# Everything here is as it is by default; delete what you leave alone. What is not named, such as the "
           "constants of the\n# model, keeps its default as well: `cutis describe parameters` explains all, `cutis "
           "describe WORDS` finds one.\n# A bare number is in the unit that stands behind it. Look with `cutis check "
           "--explain FILE`, run with `cutis run FILE`.\n\n";
    write_annotated_file(out, chosen(problem.parameters.table(), wanted));
  }
} // namespace cutis
