// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/recorders.h"

#include "base/text.h"
#include "io/files.h"
#include "io/first_rank.h"
#include "io/summary.h"

#include <deal.II/base/timer.h>

#include <spdlog/spdlog.h>

namespace cutis
{
  namespace
  {
    template <int dim>
    unsigned long long unknowns_of(const Run<dim> &run)
    {
      return static_cast<unsigned long long>(run.discretization.graph.n_global) * run.layout.n_fields();
    }
  } // namespace

  template <int dim>
  void SeriesRecorder<dim>::opened(Run<dim> &run)
  {
    series_ = std::make_unique<TimeSeries>(
      file_, run.observer.headers(), run.communicator, run.resumed ? &run.state.ledger : nullptr);
  }

  template <int dim>
  void SeriesRecorder<dim>::row_due(Run<dim> &run)
  {
    series_->append(run.observer.row(run));
  }

  template <int dim>
  FieldRecorder<dim>::FieldRecorder(std::filesystem::path folder,
                                    std::vector<std::string> selected,
                                    const FieldFormat format)
    : folder_(std::move(folder))
    , selected_(std::move(selected))
    , format_(format)
  {
  }

  template <int dim>
  void FieldRecorder<dim>::opened(Run<dim> &run)
  {
    std::vector<std::string> arrays;
    for (const auto &process : run.processes)
      for (const std::string &name : process->array_names())
        arrays.push_back(name);
    output_ = std::make_unique<FieldOutput<dim>>(folder_, selected_, run.layout, run.discretization, arrays, format_);
    if (!run.resumed)
      return;
    name_missing(run);
    output_->write_contents(run.state.ledger); // a kill may have come between a field file and the index
  }

  template <int dim>
  void FieldRecorder<dim>::name_missing(const Run<dim> &run) const
  {
    const std::vector<std::string> files = output_->missing(run.state.ledger);
    if (!files.empty())
      spdlog::warn("Of the fields in '{}' these are missing: {}. They were moved or deleted; the table of contents "
                   "leaves out the times that need them.",
                   folder_.string(),
                   join(files, ", "));
  }

  template <int dim>
  void FieldRecorder<dim>::finished(Run<dim> &run, ExitCode)
  {
    name_missing(run);
  }

  template <int dim>
  void FieldRecorder<dim>::fields_due(Run<dim> &run)
  {
    std::vector<NodalArray> arrays;
    for (const auto &process : run.processes)
      for (NodalArray &array : process->arrays(run.state))
        arrays.push_back(std::move(array));
    output_->write(run.state, arrays);
  }

  template <int dim>
  CheckpointRecorder<dim>::CheckpointRecorder(const Checkpoint<dim> &checkpoint,
                                              OutputFolder &folder,
                                              const double every_minutes)
    : checkpoint_(checkpoint)
    , folder_(folder)
    , every_minutes_(every_minutes)
  {
  }

  template <int dim>
  void CheckpointRecorder<dim>::opened(Run<dim> &)
  {
    since_last_.restart();
  }

  template <int dim>
  void CheckpointRecorder<dim>::step_done(Run<dim> &run)
  {
    const double interval = 60. * every_minutes_;
    // The ranks must agree, and their clocks differ.
    if (interval == 0. || dealii::Utilities::MPI::max(since_last_.wall_time(), run.communicator) <= interval)
      return;
    save(run);
    since_last_.restart();
  }

  template <int dim>
  void CheckpointRecorder<dim>::save(const Run<dim> &run)
  {
    const dealii::Timer watch;
    checkpoint_.save(run.state, run.discretization);
    folder_.settle();
    spdlog::debug("checkpoint of day {:.6g} in {:.2f} s", run.state.clock.time, watch.wall_time());
  }

  template <int dim>
  void CheckpointRecorder<dim>::finished(Run<dim> &run, ExitCode)
  {
    save(run);
  }

  template <int dim>
  DocumentRecorder<dim>::DocumentRecorder(const OutputFolder &folder,
                                          const Parameters &parameters,
                                          std::vector<std::string> inputs)
    : folder_(folder)
    , parameters_(parameters)
    , inputs_(std::move(inputs))
  {
  }

  template <int dim>
  void DocumentRecorder<dim>::opened(Run<dim> &run)
  {
    on_first_rank(run.communicator,
                  [&]
                  {
                    folder_.files().write_document("parameters.prm", parameters_.as_parameter_file());
                    for (const Document &document : run.documents)
                      folder_.files().write_document(document.file, document.text);
                  });
    provenance_.emplace(folder_.path() / "provenance.json", inputs_, run.resumed, run.communicator);
  }

  template <int dim>
  void DocumentRecorder<dim>::finished(Run<dim> &, const ExitCode exit)
  {
    provenance_->finish(exit == ExitCode::done ? "done" : "interrupted");
  }

  template <int dim>
  void DocumentRecorder<dim>::failed(Run<dim> &)
  {
    if (provenance_)
      provenance_->finish("failed");
  }

  template <int dim>
  SummaryRecorder<dim>::SummaryRecorder(std::filesystem::path file, const SeriesRecorder<dim> &rows)
    : file_(std::move(file))
    , rows_(rows)
  {
  }

  template <int dim>
  void SummaryRecorder<dim>::opened(Run<dim> &run)
  {
    first_step_ = run.state.clock.steps;
  }

  template <int dim>
  void SummaryRecorder<dim>::finished(Run<dim> &run, const ExitCode exit)
  {
    RunCost cost;
    cost.exit = exit;
    cost.wall_seconds = wall_time_.wall_time();
    cost.first_step = first_step_;
    cost.cells = run.observer.skin().cells;
    cost.dofs = unknowns_of(run);
    write_summary(
      file_, rows_.series(), run.state, cost, accounts_of(run.setup.model.interventions, dim), run.communicator);
  }

  template <int dim>
  ProgressRecorder<dim>::ProgressRecorder(std::ostream &out, const bool speaks, std::string results)
    : results_(std::move(results))
    , progress_(out, speaks, output_is_terminal())
  {
  }

  template <int dim>
  void ProgressRecorder<dim>::opened(Run<dim> &run)
  {
    spdlog::info("{} cells, {} nodes, {} fields: {} unknowns on {} rank(s)",
                 run.discretization.triangulation.n_global_active_cells(),
                 run.discretization.graph.n_global,
                 run.layout.n_fields(),
                 unknowns_of(run),
                 dealii::Utilities::MPI::n_mpi_processes(run.communicator));
    progress_.update(run.state.clock.time, run.state.clock.end, run.state.clock.steps, 0.);
  }

  template <int dim>
  void ProgressRecorder<dim>::step_done(Run<dim> &run)
  {
    const Clock &clock = run.state.clock;
    progress_.update(clock.time, clock.end, clock.steps, clock.last_step);
    spdlog::debug(
      "day {:.6g}: step {} of {:.3g} d, {} rejected so far", clock.time, clock.steps, clock.last_step, clock.rejected);
  }

  template <int dim>
  void ProgressRecorder<dim>::finished(Run<dim> &run, const ExitCode exit)
  {
    progress_.finish();
    for (const auto &process : run.processes)
      if (const std::string cost = process->cost(); !cost.empty())
        spdlog::info("{}", cost);
    spdlog::info("{} on day {} after {} steps ({} rejected) and {:.1f} s; results in {}",
                 exit == ExitCode::done ? "Done" : "Interrupted",
                 format_rounded(run.state.clock.time, 6),
                 run.state.clock.steps,
                 run.state.clock.rejected,
                 wall_time_.wall_time(),
                 results_);
  }

  template <int dim>
  void ProgressRecorder<dim>::failed(Run<dim> &)
  {
    progress_.finish();
  }

  template class SeriesRecorder<2>;
  template class SeriesRecorder<3>;
  template class FieldRecorder<2>;
  template class FieldRecorder<3>;
  template class CheckpointRecorder<2>;
  template class CheckpointRecorder<3>;
  template class DocumentRecorder<2>;
  template class DocumentRecorder<3>;
  template class SummaryRecorder<2>;
  template class SummaryRecorder<3>;
  template class ProgressRecorder<2>;
  template class ProgressRecorder<3>;
} // namespace cutis
