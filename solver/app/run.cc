// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/run.h"

#include "app/transport_process.h"
#include "base/interrupt.h"
#include "processes/mechanics/mechanics.h"

#include <spdlog/spdlog.h>

#include <cmath>

namespace cutis
{
  template <int dim>
  Run<dim>::Run(RunSetup<dim> chosen, MPI_Comm communicator)
    : communicator(communicator)
    , setup(std::move(chosen))
    , layout(setup.model.reactions->layout())
    , discretization(communicator)
    , transport(*setup.model.reactions, setup.time.tolerance)
    , observer(setup.site, setup.probes, layout, setup.mechanics.enabled)
    , schedule_(setup.model.interventions)
    , adaptation_(setup.adaptation)
    , observe_([this](const std::string &name, const State &seen) { return observer.value(name, *this, seen); })
    , step_(processes)
  {
    const Reactions &reactions = *setup.model.reactions;
    discretization.site_of = setup.site_of;
    processes.push_back(
      std::make_unique<TransportProcess>(transport, reactions, discretization.graph, setup.reads_between_steps()));
    if (setup.mechanics.enabled)
    {
      discretization.carry_displacement(setup.mechanics.degree());
      processes.push_back(std::make_unique<Mechanics<dim>>(setup.mechanics, reactions, discretization, setup.contents));
    }
    if (setup.make_mesh)
      setup.make_mesh(discretization.triangulation);
    state.clock.end = setup.time.end;
    state.clock.next_step = TransportKinetics::first_step;
  }

  template <int dim>
  void Run<dim>::start()
  {
    adaptation_.start_from(discretization.triangulation.n_global_levels() - 1, setup.refinement);
    discretization.rebuild(setup.contents);
    rebuild();
    begin_interventions();
    for (const auto &process : processes)
      process->start(state);
    equilibrate();
  }

  template <int dim>
  void Run<dim>::resume(const std::function<void(State &, Discretization<dim> &)> &load)
  {
    adaptation_.start_from(discretization.triangulation.n_global_levels() - 1, setup.refinement);
    load(state, discretization);
    resumed = true;
    rebuild();
    begin_interventions();
    for (const auto &process : processes)
      process->restore(state);
  }

  /** Everything that follows from the mesh. */
  template <int dim>
  void Run<dim>::rebuild()
  {
    for (const auto &process : processes)
      process->rebuild();
    observer.look_at(discretization);
  }

  template <int dim>
  void Run<dim>::begin_interventions()
  {
    documents.clear();
    for (const auto &intervention : setup.model.interventions)
      for (Document &document : intervention->begin(setup.layers))
        documents.push_back(std::move(document));
  }

  template <int dim>
  void Run<dim>::equilibrate()
  {
    for (const auto &process : processes)
      process->equilibrate(state);
  }

  template <int dim>
  ExitCode Run<dim>::advance()
  {
    interrupted_ = false;
    try
    {
      tell(&Recorder<dim>::opened);
      tell(&Recorder<dim>::mesh_changed);
      const auto advance = [&](State &now, const double h) { return step_.advance(now, h); };
      TimeLoop loop(state, schedule_, advance, setup.outputs, {setup.time.largest_step, setup.turns}, hooks());
      const ExitCode exit = loop.run([&] { return tissue(); }, observe_);
      for (Recorder<dim> *recorder : recorders_)
        recorder->finished(*this, exit);
      return exit;
    }
    catch (const RunFailed &)
    {
      try
      {
        tell(&Recorder<dim>::failed);
      }
      catch (const RunFailed &second) // what failed first is what matters
      {
        spdlog::warn("{}", second.what());
      }
      throw;
    }
  }

  template <int dim>
  TimeLoop::Hooks Run<dim>::hooks()
  {
    TimeLoop::Hooks hooks;
    hooks.before_session = [&] { refine_for_session(); };
    hooks.after_session = [&](const std::vector<Schedule::Event> &events)
    {
      equilibrate();
      for (const Schedule::Event &event : events)
        spdlog::debug("day {:.6g}: {} {} of {}",
                      event.time,
                      event.end ? "end of session" : "session",
                      event.session + 1,
                      event.intervention->name());
    };
    hooks.after_step = [&]
    {
      adapt_if_due();
      tell(&Recorder<dim>::step_done);
    };
    hooks.row = [&] { tell(&Recorder<dim>::row_due); };
    hooks.fields = [&] { tell(&Recorder<dim>::fields_due); };
    if (state.has(earlier_fields_blocks.front()))
      hooks.between = [&](const double from)
      { return BetweenSteps(state, transport.former(), transport.counted(), from); };
    hooks.interrupted = [&]
    { return dealii::Utilities::MPI::max(interrupted_ || interrupt_requested() ? 1 : 0, communicator) == 1; };
    return hooks;
  }

  template <int dim>
  void Run<dim>::tell(void (Recorder<dim>::*event)(Run<dim> &))
  {
    for (Recorder<dim> *recorder : recorders_)
      (recorder->*event)(*this);
  }

  template <int dim>
  bool Run<dim>::adapt(const AdaptationSettings &settings)
  {
    return adapt_to(settings, state);
  }

  /** The same for what this state is like. It may be one to come, and is lost if the mesh changes. */
  template <int dim>
  bool Run<dim>::adapt_to(const AdaptationSettings &settings, State &criterion)
  {
    if (!adapt_mesh(settings, layout, setup.contents, discretization, criterion, &state))
      return false;
    rebuild();
    equilibrate();
    state.clock.settling = true;
    tell(&Recorder<dim>::mesh_changed);
    return true;
  }

  template <int dim>
  void Run<dim>::adapt_if_due()
  {
    const auto periods_at = [&](const double time) { return std::floor(time / adaptation_.every); };
    const Clock &clock = state.clock;
    // Due whenever a step has passed a multiple of the interval; so a resumed run adapts at the same steps.
    if (adaptation_.enabled && periods_at(clock.time) != periods_at(clock.time - clock.last_step))
      adapt(adaptation_);
  }

  /**
   * Make the mesh fine where the session that is due will act: carry it out on a copy, refine for the result, and take
   * the state back, as often as cells may be halved. Nothing is refined for a check-up that leads to no session; the
   * next one looks at tissue in equilibrium, also where what it sees on the finer mesh calls the session off.
   */
  template <int dim>
  void Run<dim>::refine_for_session()
  {
    for (int pass = 0; adaptation_.enabled && pass < adaptation_.most; ++pass)
    {
      State trial = state;
      if (schedule_.apply_due(tissue(), trial, observe_).empty())
        return;
      discretization.graph.complete(trial.fields(), layout.n_fields());
      if (!adapt_to(adaptation_, trial))
        return;
    }
  }

  template <int dim>
  Tissue Run<dim>::tissue() const
  {
    return {discretization.graph, discretization.places, layout, communicator, dim};
  }

  template <int dim>
  std::vector<BlockShape> Run<dim>::blocks() const
  {
    std::vector<BlockShape> all;
    for (const auto &process : processes)
      for (const BlockShape &block : process->blocks())
        all.push_back(block);
    return all;
  }

  template <int dim>
  Surroundings Run<dim>::surroundings() const
  {
    Surroundings felt;
    for (const auto &process : processes)
      process->surround(felt);
    return felt;
  }

  template <int dim>
  std::optional<MechanicsReport> Run<dim>::report(const PunchBiopsy &site, const State &seen)
  {
    for (const auto &process : processes)
      if (const auto report = process->report(site, seen))
        return report;
    return {};
  }

  template class Run<2>;
  template class Run<3>;
} // namespace cutis
