// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/explain.h"

#include "app/case.h"
#include "app/memory_need.h"
#include "app/output_times.h"
#include "app/run_setup.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <ostream>

namespace cutis
{
  namespace
  {
    namespace fs = std::filesystem;

    std::string in_words(const Host &host)
    {
      std::string text = "a host of " + format_rounded(host.age, 4) +
                         (host.ageing ? " who grows older" : " whose age is held") + (host.smoker ? ", a smoker" : "");
      if (host.uv_dose > 0.)
        text += ", " + format_rounded(host.uv_dose, 3) + " erythema doses of sun a day";
      if (host.perfusion != 1.)
        text += ", perfusion " + format_rounded(host.perfusion, 3);
      return text;
    }

    std::string in_words(const std::vector<LayerExtent> &layers)
    {
      std::vector<std::string> names;
      for (const LayerExtent &layer : layers)
        names.push_back(layer_name(layer.layer) + " " + format_rounded(layer.thickness, 4) + " mm");
      return join(names, ", ");
    }

    MeshSize mesh_of(const Case &problem)
    {
      if (problem.skin.mesh_file.empty())
        return size_of_mesh(problem.skin.patch, problem.skin.dimension);
      return problem.skin.dimension == 2 ? check_mesh<2>(problem) : check_mesh<3>(problem);
    }

    /** How large a finished run was, and what it took. */
    struct Precedent
    {
      std::string folder;
      double unknowns = 0., steps = 0., end = 0., processor_seconds = 0., ranks = 1.;

      /** How much larger or smaller than this many unknowns. */
      double distance(const double n) const { return std::abs(std::log(unknowns / n)); }
    };

    /** Read from a folder; without unknowns if there is no finished run of these interventions in it. */
    Precedent precedent_in(const fs::path &folder, const std::vector<std::string> &interventions)
    {
      std::ifstream file(folder / "summary.json");
      const auto summary = nlohmann::json::parse(file, nullptr, false);
      Precedent run;
      if (!summary.is_object() || summary.value("exit", "") != "done" || !summary.contains("interventions") ||
          summary["interventions"].size() != interventions.size())
        return run;
      for (const std::string &name : interventions)
        if (!summary["interventions"].contains(name))
          return run;
      run.folder = folder.string();
      run.unknowns = summary.value("dofs", 0.);
      run.steps = summary.value("steps", 0.);
      run.end = summary.value("time", 0.);
      run.ranks = summary.value("ranks", 1.);
      run.processor_seconds = summary.value("wall_seconds", 0.) * run.ranks;
      return run;
    }

    /** The run that is most like this one in size, among those in the folder of the results and beside it. */
    Precedent nearest_precedent(const fs::path &results, const std::vector<std::string> &interventions, const double n)
    {
      Precedent nearest;
      std::error_code ignored;
      const fs::path around = fs::absolute(results, ignored).parent_path();
      for (const auto &entry : fs::directory_iterator(around, ignored))
      {
        const Precedent run = precedent_in(entry.path(), interventions);
        if (run.unknowns > 0. && (nearest.unknowns == 0. || run.distance(n) < nearest.distance(n)))
          nearest = run;
      }
      return nearest;
    }

    void tell_duration(std::ostream &out, const Case &problem, const double unknowns)
    {
      std::vector<std::string> names;
      for (const auto &intervention : problem.interventions())
        names.push_back(intervention->name());
      const Precedent run = nearest_precedent(problem.output.directory, names, unknowns);
      if (run.unknowns == 0.)
      {
        out << "time      no finished run of the same interventions lies beside " << problem.output.directory
            << " to tell by\n";
        return;
      }
      const double seconds = run.processor_seconds * unknowns / run.unknowns;
      out << "time      " << fs::path(run.folder).filename().string() << " beside it took " << run.steps
          << " steps to day " << format_rounded(run.end, 6) << ", with " << format_rounded(run.unknowns, 3)
          << " unknowns " << format_rounded(run.processor_seconds, 3)
          << " s of processor time; at that rate this run takes " << format_rounded(seconds, 2) << " s on one rank\n";
    }
  } // namespace

  void explain(std::ostream &out, const Case &problem)
  {
    const TimeSettings &time = problem.time;
    const CaseModel model = problem.model();
    const MeshSize mesh = mesh_of(problem);
    const double n_fields = model.reactions->layout().n_fields();
    const double unknowns = mesh.nodes * (n_fields + (problem.mechanics.enabled ? problem.skin.dimension : 0));

    out << '\n' << (problem.title.empty() ? "Without a title" : problem.title) << '\n';
    out << "skin      " << in_words(problem.host) << "; " << in_words(problem.skin.patch.layers) << '\n';
    if (problem.other_site.exists())
      out << "          from " << format_number(problem.other_site.along_width[0]) << " to "
          << format_number(problem.other_site.along_width[1]) << " mm " << in_words(problem.other_site.host) << '\n';
    out << "mesh      " << format_rounded(mesh.cells, 9) << " cells"
        << (problem.skin.adaptation.enabled ? " at first" : "") << ", " << format_rounded(mesh.nodes, 9)
        << " nodes with " << n_fields << " fields" << (problem.mechanics.enabled ? " and the displacement" : "") << ": "
        << format_rounded(unknowns, 3) << " unknowns\n";
    out << "memory    about " << format_rounded(1e-9 * memory_need(unknowns, 1), 2) << " GB on one rank\n";
    if (problem.interventions().empty())
      out << "sessions  none\n";
    for (const auto &intervention : problem.interventions())
    {
      const std::string brings = intervention->in_words();
      out << "sessions  " << intervention->name() << ' ' << intervention->plan().in_words(time.end)
          << (brings.empty() ? "" : ": " + brings) << '\n';
    }
    out << "output    to day " << format_number(time.end) << ", a row every " << format_number(problem.output.every)
        << " d" << (time.rows == Rows::on_steps ? ", on steps" : "") << ": "
        << std::floor(time.end / problem.output.every) + 1 << " rows; into " << problem.output.directory << '\n';
    tell_duration(out, problem, unknowns);
  }
} // namespace cutis
