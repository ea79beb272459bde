// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "app/coupled_step.h"
#include "app/observer.h"
#include "app/recorder.h"
#include "app/run_setup.h"
#include "app/time_loop.h"

#include <functional>
#include <memory>

namespace cutis
{
  /**
   * Skin on its mesh and what happens to it, from the first state to the end of the time. It needs no folder and writes
   * nothing; recorders that watch it do. Call `start` or `resume`, then `advance`. All functions are collective.
   */
  template <int dim>
  class Run
  {
  public:
    Run(RunSetup<dim> setup, MPI_Comm communicator);
    Run(const Case &problem, MPI_Comm communicator) : Run(setup_of<dim>(problem), communicator) {}
    Run(const Run &) = delete; // its parts refer to each other
    Run &operator=(const Run &) = delete;

    /** Let a recorder watch, after those that watch already. It must live as long as the run. */
    void watch(Recorder<dim> &recorder) { recorders_.push_back(&recorder); }

    /** Healthy skin of the host everywhere, at rest. */
    void start();
    /** A state that `load` restores together with its mesh. */
    void resume(const std::function<void(State &, Discretization<dim> &)> &load);

    /**
     * On to `state.clock.end`, or until interrupted. RunFailed, which the recorders are told of, if that is impossible.
     */
    ExitCode advance();
    /** Stop after the present step, as a signal would; one rank is enough. */
    void interrupt() { interrupted_ = true; }

    /** Refine and coarsen for the present state, if these settings ask for it, and bring it into equilibrium again. */
    bool adapt(const AdaptationSettings &settings);
    /** After what has changed the state at once. */
    void equilibrate();

    Tissue tissue() const;
    /** What the processes keep in the state. */
    std::vector<BlockShape> blocks() const;
    /** What cells feel of the tissue now. */
    Surroundings surroundings() const;
    std::optional<MechanicsReport> report(const PunchBiopsy &site, const State &state);

    const MPI_Comm communicator;
    RunSetup<dim> setup; ///< may be changed until the state is there
    const FieldLayout &layout;
    Discretization<dim> discretization;
    State state;
    TransportKinetics transport;
    std::vector<std::unique_ptr<Process>> processes; ///< in the order of their turns
    std::vector<Document> documents;                 ///< that the interventions have made
    Observer<dim> observer;
    bool resumed = false;

  private:
    void rebuild();
    void begin_interventions();
    bool adapt_to(const AdaptationSettings &settings, State &criterion);
    void refine_for_session();
    void adapt_if_due();
    TimeLoop::Hooks hooks();
    void tell(void (Recorder<dim>::*event)(Run<dim> &));

    Schedule schedule_;
    AdaptationSettings adaptation_;
    const Schedule::Observe observe_;
    CoupledStep step_;
    std::vector<Recorder<dim> *> recorders_;
    bool interrupted_ = false;
  };
} // namespace cutis
