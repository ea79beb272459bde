// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/recorded_run.h"

#include "app/memory_need.h"
#include "base/text.h"

#include <iostream>

namespace cutis
{
  template <int dim>
  FolderRecorders<dim>::FolderRecorders(const Case &problem, OutputFolder &folder, const bool speaks, Run<dim> &run)
    : folder_(folder)
    , contents_(problem.skin.contents)
    , checkpoint_(folder.path() / "checkpoint", run.blocks(), problem.physics())
  {
    auto series = std::make_unique<SeriesRecorder<dim>>(folder.path() / "timeseries.csv");
    const SeriesRecorder<dim> &rows = *series;
    recorders_.push_back(std::move(series));
    recorders_.push_back(
      std::make_unique<FieldRecorder<dim>>(folder.path(), problem.output.fields, problem.output.format));
    recorders_.push_back(
      std::make_unique<CheckpointRecorder<dim>>(checkpoint_, folder_, problem.checkpoint.every_minutes));
    recorders_.push_back(std::make_unique<SummaryRecorder<dim>>(folder.path() / "summary.json", rows));
    recorders_.push_back(std::make_unique<DocumentRecorder<dim>>(folder_, problem.parameters, problem.input_files()));
    recorders_.push_back(std::make_unique<ProgressRecorder<dim>>(std::cout, speaks, folder.path().string()));
    for (const auto &recorder : recorders_)
      run.watch(*recorder);
  }

  template <int dim>
  void FolderRecorders<dim>::begin(Run<dim> &run) const
  {
    if (!folder_.resumes())
      return run.start();
    run.resume([&](State &state, Discretization<dim> &mesh) { checkpoint_.load(state, mesh, contents_); });
    const Clock &clock = run.state.clock;
    if (clock.time > clock.end + Clock::resolution)
      throw BadInput("The run in '" + folder_.path().string() + "' has already reached day " +
                     format_rounded(clock.time, 6) + ", so it cannot end on day " + format_rounded(clock.end, 6) +
                     "; give a later Time/End, or begin anew with --overwrite.");
  }

  template <int dim>
  ExitCode run_in_folder(const Case &problem, const RunOptions &options, MPI_Comm communicator)
  {
    OutputFolder folder(options.folder, options.mode, communicator); // held before a mesh is made
    Run<dim> run(problem, communicator);
    // A node for each cell, nearly.
    warn_of_memory(double(run.discretization.triangulation.n_global_active_cells()) * run.layout.n_fields(),
                   communicator);
    const FolderRecorders<dim> recorders(problem, folder, options.speaks, run);
    recorders.begin(run);
    return run.advance();
  }

  template class FolderRecorders<2>;
  template class FolderRecorders<3>;
  template ExitCode run_in_folder<2>(const Case &, const RunOptions &, MPI_Comm);
  template ExitCode run_in_folder<3>(const Case &, const RunOptions &, MPI_Comm);
} // namespace cutis
