// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "app/run.h"
#include "base/log.h"
#include "io/checkpoint.h"
#include "io/field_output.h"
#include "io/output_folder.h"
#include "io/provenance.h"
#include "io/time_series.h"

#include <deal.II/base/timer.h>

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>

namespace cutis
{
  /** Keeps the observables: a row of the time series whenever one is due. */
  template <int dim>
  class SeriesRecorder : public Recorder<dim>
  {
  public:
    explicit SeriesRecorder(std::filesystem::path file) : file_(std::move(file)) {}

    void opened(Run<dim> &run) override;
    void row_due(Run<dim> &run) override;

    const TimeSeries &series() const { return *series_; } ///< once the run is open

  private:
    const std::filesystem::path file_;
    std::unique_ptr<TimeSeries> series_;
  };

  /** Keeps fields for ParaView. */
  template <int dim>
  class FieldRecorder : public Recorder<dim>
  {
  public:
    /** `selected` are the names of what is written; empty: all. */
    FieldRecorder(std::filesystem::path folder, std::vector<std::string> selected, FieldFormat format);

    void opened(Run<dim> &run) override;
    void fields_due(Run<dim> &run) override;
    void finished(Run<dim> &run, ExitCode exit) override;

  private:
    const std::filesystem::path folder_;
    void name_missing(const Run<dim> &run) const;

    const std::vector<std::string> selected_;
    const FieldFormat format_;
    std::unique_ptr<FieldOutput<dim>> output_;
  };

  /** Keeps the state every so many minutes of wall time, and at the end or when the run is interrupted. */
  template <int dim>
  class CheckpointRecorder : public Recorder<dim>
  {
  public:
    /** 0 minutes: only at the end. Keeps references to the checkpoint and to the folder. */
    CheckpointRecorder(const Checkpoint<dim> &checkpoint, OutputFolder &folder, double every_minutes);

    void opened(Run<dim> &run) override;
    void step_done(Run<dim> &run) override;
    void finished(Run<dim> &run, ExitCode exit) override;

  private:
    void save(const Run<dim> &run);

    const Checkpoint<dim> &checkpoint_;
    OutputFolder &folder_;
    const double every_minutes_;
    dealii::Timer since_last_;
  };

  /** Keeps what can be known of a run before its first step: parameters, provenance, what interventions found out. */
  template <int dim>
  class DocumentRecorder : public Recorder<dim>
  {
  public:
    /** `inputs` are the files that the run has read. Keeps references to folder and parameters. */
    DocumentRecorder(const OutputFolder &folder, const Parameters &parameters, std::vector<std::string> inputs);

    void opened(Run<dim> &run) override;
    void finished(Run<dim> &run, ExitCode exit) override;
    void failed(Run<dim> &run) override;

  private:
    const OutputFolder &folder_;
    const Parameters &parameters_;
    const std::vector<std::string> inputs_;
    std::optional<ProvenanceFile> provenance_;
  };

  /** Writes the summary of a run at its end. */
  template <int dim>
  class SummaryRecorder : public Recorder<dim>
  {
  public:
    /** Keeps a reference to the rows, which are recorded before it is told of the end. */
    SummaryRecorder(std::filesystem::path file, const SeriesRecorder<dim> &rows);

    void opened(Run<dim> &run) override;
    void finished(Run<dim> &run, ExitCode exit) override;

  private:
    const std::filesystem::path file_;
    const SeriesRecorder<dim> &rows_;
    dealii::Timer wall_time_;
    unsigned int first_step_ = 0;
  };

  /** Tells people how far the run is and how it ends. */
  template <int dim>
  class ProgressRecorder : public Recorder<dim>
  {
  public:
    /** `results` says where they are. */
    ProgressRecorder(std::ostream &out, bool speaks, std::string results);

    void opened(Run<dim> &run) override;
    void step_done(Run<dim> &run) override;
    void finished(Run<dim> &run, ExitCode exit) override;
    void failed(Run<dim> &run) override;

  private:
    const std::string results_;
    Progress progress_;
    dealii::Timer wall_time_;
  };
} // namespace cutis
