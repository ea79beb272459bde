// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "app/case.h"
#include "app/coupled_step.h"
#include "app/time_loop.h"
#include "base/log.h"
#include "io/checkpoint.h"
#include "io/field_output.h"
#include "io/observables/observable.h"
#include "io/summary.h"

#include <deal.II/base/timer.h>

#include <filesystem>
#include <memory>

namespace cutis
{
  /** How a case is to be run. */
  struct RunOptions
  {
    std::filesystem::path folder;
    bool resume = false;
    bool overwrite = false;
    bool speaks = true; ///< this rank prints
  };

  /** A case on its mesh, from the first state to the last output. */
  template <int dim>
  class Simulation
  {
  public:
    Simulation(Case &problem, const RunOptions &options, MPI_Comm communicator);

    /** Run to the end. Whatever happens, what has been written stays good; failures are thrown after a summary. */
    ExitCode run();

  private:
    void make_mesh();
    void check_extent();
    void start_healthy();
    void refine_for_session();
    void rebuild();
    void settle();
    void compute_lesions();
    void open_outputs();
    ExitCode advance();
    void adapt();
    void write();
    void save_checkpoint();
    void maybe_checkpoint();
    void finish(ExitCode exit);
    Tissue tissue() const;

    Case &case_;
    const RunOptions options_;
    const MPI_Comm communicator_;
    const FieldLayout layout_;
    Discretization<dim> discretization_;
    State state_;
    Protocol protocol_;
    TransportKinetics process_;
    std::unique_ptr<Mechanics<dim>> mechanics_; ///< null if switched off
    Checkpoint<dim> checkpoint_;
    ObservableTable observables_;
    Progress progress_;
    dealii::Timer wall_time_, since_checkpoint_;

    std::vector<Place> places_;
    ObservedSkin observed_skin_;
    std::unique_ptr<FieldOutput<dim>> field_output_;
    std::unique_ptr<TimeSeries> series_;
    unsigned int first_step_ = 0;
  };
} // namespace cutis
