// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "app/simulation.h"

#include "app/rf_lesion.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "io/files.h"
#include "io/first_rank.h"
#include "io/output_folder.h"
#include "io/provenance.h"
#include "processes/mechanics/mechanics_output.h"

#include <deal.II/grid/grid_tools.h>

#include <spdlog/spdlog.h>

#include <cmath>
#include <iostream>
#include <optional>

namespace cutis
{
  namespace
  {
    std::vector<Place> probes_of(const OutputSettings &output)
    {
      std::vector<Place> places;
      for (std::size_t p = 0; p < output.probe_x.size(); ++p)
        places.push_back({output.probe_x[p], output.probe_y.empty() ? 0. : output.probe_y[p], output.probe_depth[p]});
      return places;
    }

    PunchBiopsy site_of(const OutputSettings &output)
    {
      return {output.site_x, output.site_y, output.punch};
    }
  } // namespace

  template <int dim>
  Simulation<dim>::Simulation(Case &problem, const RunOptions &options, MPI_Comm communicator)
    : case_(problem)
    , options_(options)
    , communicator_(communicator)
    , layout_(problem.layout())
    , discretization_(communicator)
    , protocol_(problem.interventions())
    , process_(problem.network(), layout_, kinetics_of(problem.interventions()), problem.time.tolerance)
    , checkpoint_(options.folder / "checkpoint", layout_, problem.physics(), problem.mechanics.enabled)
    , observables_(layout_, problem.output.probe_x.size(), problem.mechanics.enabled)
    , progress_(std::cout, options.speaks, output_is_terminal())
  {
    if (problem.mechanics.enabled)
    {
      discretization_.carry_displacement(problem.mechanics.degree());
      mechanics_ = std::make_unique<Mechanics<dim>>(
        problem.mechanics, problem.network(), process_.kinetics(), discretization_, problem.skin.contents, layout_);
    }
    state_.clock.end = problem.time.end;
    state_.clock.next_step = TransportKinetics::first_step;
  }

  template <int dim>
  ExitCode Simulation<dim>::run()
  {
    make_mesh();
    prepare_output_folder(options_.folder,
                          options_.resume      ? OutputMode::resume
                          : options_.overwrite ? OutputMode::overwrite
                                               : OutputMode::fresh,
                          communicator_);
    if (options_.resume)
      checkpoint_.load(state_, discretization_, case_.skin.contents);
    else
      start_healthy();
    rebuild();
    compute_lesions();
    if (mechanics_ && options_.resume)
      mechanics_->look(state_);
    else if (mechanics_)
    {
      mechanics_->start(state_);
      mechanics_->settle(state_);
    }
    open_outputs();
    spdlog::info("{} cells, {} nodes, {} fields: {} unknowns on {} rank(s)",
                 observed_skin_.cells,
                 discretization_.graph.n_global,
                 layout_.n_fields(),
                 static_cast<unsigned long long>(discretization_.graph.n_global) * layout_.n_fields(),
                 dealii::Utilities::MPI::n_mpi_processes(communicator_));

    ProvenanceFile provenance(options_.folder / "provenance.json", options_.resume, communicator_);
    try
    {
      const ExitCode exit = advance();
      finish(exit);
      provenance.finish(exit == ExitCode::done ? "done" : "interrupted");
      return exit;
    }
    catch (const RunFailed &)
    {
      progress_.finish();
      provenance.finish("failed");
      throw;
    }
  }

  template <int dim>
  void Simulation<dim>::make_mesh()
  {
    auto &mesh = discretization_.triangulation;
    const SkinPatch &patch = case_.skin.patch;
    if (case_.skin.mesh_file.empty())
      make_skin_patch(patch, mesh);
    else
    {
      read_gmsh(case_.skin.mesh_file, patch.refinement, mesh);
      check_extent();
    }
    case_.skin.adaptation.start_from(mesh.n_global_levels() - 1, patch.refinement);
  }

  /** Only now is it known whether interventions lie within a mesh that was read. */
  template <int dim>
  void Simulation<dim>::check_extent()
  {
    const auto box = dealii::GridTools::compute_bounding_box(discretization_.triangulation);
    case_.check_interventions(
      {dim,
       2. * std::max(std::abs(box.lower_bound(0)), std::abs(box.upper_bound(0))),
       dim == 3 ? 2. * std::max(std::abs(box.lower_bound(1)), std::abs(box.upper_bound(1))) : 0.,
       -box.lower_bound(dim - 1)});
    case_.parameters.finish();
  }

  /** Healthy skin of the host everywhere. */
  template <int dim>
  void Simulation<dim>::start_healthy()
  {
    discretization_.rebuild(case_.skin.contents);
    fill(state_, discretization_.graph, layout_, case_.network().healthy());
  }

  template <int dim>
  Tissue Simulation<dim>::tissue() const
  {
    return {discretization_.graph, places_, layout_, communicator_, dim};
  }

  /** Everything that follows from the mesh. */
  template <int dim>
  void Simulation<dim>::rebuild()
  {
    places_.clear();
    for (const auto &point : discretization_.positions)
      places_.push_back(place_of(point));
    observed_skin_ = observe_skin(discretization_, site_of(case_.output), probes_of(case_.output));
    process_.rebuild(discretization_.graph);
    if (mechanics_)
      mechanics_->rebuild();
  }

  /** Needles are fired into a treatment cell of their own before the run; its lesion is what every session leaves. */
  template <int dim>
  void Simulation<dim>::compute_lesions()
  {
    RfMicroneedling *needles = firing_needles(case_.interventions());
    if (!needles)
      return;
    RfReport report;
    LesionTable lesion = compute_lesion(*needles, case_.heat, case_.skin.patch.layers, report);
    const FiringRecord each = report.record();
    needles->set_lesion(std::move(lesion), each);
    spdlog::info(
      "Needles: {:.0f} ohm, at most {:.0f} degrees Celsius; of each {:.3g} J, collagen denatured in {:.3g} mm^3, "
      "cells dead in {:.3g} mm^3",
      report.first_resistance,
      report.peak,
      each.energy,
      each.collagen_lesion,
      each.cell_lesion);
    if (each.boiled > 0.)
      spdlog::warn("Around each needle {:.3g} mm^3 of tissue reach 100 degrees Celsius: steam is beyond this model.",
                   each.boiled);
    on_first_rank(communicator_,
                  [&]
                  {
                    write_whole_file(options_.folder / "lesion.json", report.as_json());
                    write_whole_file(options_.folder / "lesion.csv", report.plane_as_csv());
                  });
  }

  /** After what has changed the state at once. */
  template <int dim>
  void Simulation<dim>::settle()
  {
    if (mechanics_)
      mechanics_->settle(state_);
  }

  template <int dim>
  void Simulation<dim>::open_outputs()
  {
    field_output_ =
      std::make_unique<FieldOutput<dim>>(options_.folder,
                                         case_.output.fields,
                                         layout_,
                                         discretization_,
                                         mechanics_ ? mechanics_array_names() : std::vector<std::string>());
    series_ = std::make_unique<TimeSeries>(options_.folder / "timeseries.csv",
                                           observables_.headers(),
                                           communicator_,
                                           options_.resume ? std::optional<double>(state_.clock.time) : std::nullopt);
    on_first_rank(communicator_,
                  [&] { write_whole_file(options_.folder / "parameters.prm", case_.parameters.as_parameter_file()); });
    first_step_ = state_.clock.steps;
    since_checkpoint_.restart();
  }

  template <int dim>
  ExitCode Simulation<dim>::advance()
  {
    TimeLoop::Hooks hooks;
    hooks.before_session = [&] { refine_for_session(); };
    hooks.after_session = [&](const std::vector<Protocol::Event> &events)
    {
      settle();
      for (const Protocol::Event &event : events)
        spdlog::debug("day {:.6g}: session {} of {}", event.time, event.session + 1, event.intervention->name());
    };
    hooks.after_step = [&]
    {
      progress_.update(state_.clock.time, state_.clock.end, state_.clock.steps, state_.clock.last_step);
      spdlog::debug("day {:.6g}: step {} of {:.3g} d, {} rejected so far",
                    state_.clock.time,
                    state_.clock.steps,
                    state_.clock.last_step,
                    state_.clock.rejected);
      adapt();
      maybe_checkpoint();
    };
    hooks.output = [&] { write(); };
    hooks.interrupted = [&] { return dealii::Utilities::MPI::max(interrupt_requested() ? 1 : 0, communicator_) == 1; };

    progress_.update(state_.clock.time, state_.clock.end, state_.clock.steps, 0.);
    CoupledStep<dim> step(process_, mechanics_.get());
    const auto advance = [&](State &state, const double h) { return step.advance(state, h); };
    TimeLoop loop(state_, protocol_, advance, case_.output.every, case_.time.largest_step, hooks);
    return loop.run([&] { return tissue(); });
  }

  template <int dim>
  void Simulation<dim>::adapt()
  {
    const AdaptationSettings &settings = case_.skin.adaptation;
    const auto periods_at = [&](const double time) { return std::floor(time / settings.every); };
    // Due whenever a step has passed a multiple of the interval; so a resumed run adapts at the same steps.
    if (!settings.enabled || periods_at(state_.clock.time) == periods_at(state_.clock.time - state_.clock.last_step))
      return;
    if (adapt_mesh(settings, layout_, case_.skin.contents, discretization_, state_))
    {
      rebuild();
      settle();
    }
  }

  /**
   * Make the mesh fine where the session that is due will act: carry it out on a copy, refine for the result, and take
   * the state back, as often as cells may be halved.
   */
  template <int dim>
  void Simulation<dim>::refine_for_session()
  {
    const AdaptationSettings &settings = case_.skin.adaptation;
    for (int pass = 0; settings.enabled && pass < settings.most; ++pass)
    {
      State trial = state_;
      protocol_.apply_due(tissue(), trial);
      discretization_.graph.complete(trial.fields, layout_.n_fields());
      if (!adapt_mesh(settings, layout_, case_.skin.contents, discretization_, trial, &state_))
        return;
      rebuild();
    }
  }

  template <int dim>
  void Simulation<dim>::write()
  {
    std::optional<MechanicsReport> measured;
    if (mechanics_)
      measured = report(*mechanics_, discretization_, site_of(case_.output), state_);
    const Observation observation(observed_skin_,
                                  layout_,
                                  state_,
                                  case_.network().healthy(),
                                  process_.kinetics_at(state_.clock.time),
                                  measured ? &*measured : nullptr);
    series_->append(observables_.evaluate(observation));
    const double interval = case_.output.fields_every;
    const bool due =
      interval == 0. || state_.clock.finished() || state_.clock.time + 1e-9 >= state_.ledger.entries.size() * interval;
    if (due)
      field_output_->write(state_,
                           mechanics_ ? nodal_arrays(*mechanics_, discretization_, state_) : std::vector<NodalArray>());
  }

  template <int dim>
  void Simulation<dim>::save_checkpoint()
  {
    checkpoint_.save(state_, discretization_);
    since_checkpoint_.restart();
  }

  template <int dim>
  void Simulation<dim>::maybe_checkpoint()
  {
    const double interval = 60. * case_.checkpoint.every_minutes;
    // The ranks must agree, and their clocks differ.
    if (interval > 0. && dealii::Utilities::MPI::max(since_checkpoint_.wall_time(), communicator_) > interval)
      save_checkpoint();
  }

  template <int dim>
  void Simulation<dim>::finish(const ExitCode exit)
  {
    progress_.finish();
    save_checkpoint();
    RunCost cost;
    cost.exit = exit;
    cost.wall_seconds = wall_time_.wall_time();
    cost.first_step = first_step_;
    cost.cells = observed_skin_.cells;
    cost.dofs = static_cast<unsigned long long>(discretization_.graph.n_global) * layout_.n_fields();
    write_summary(
      options_.folder / "summary.json", *series_, state_, cost, accounts_of(case_.interventions(), dim), communicator_);
    if (mechanics_)
      spdlog::info("Mechanics took {:.1f} s: {} tangents, {} linear solves, {} iterations",
                   mechanics_->statistics().seconds,
                   mechanics_->statistics().tangents,
                   mechanics_->statistics().solves,
                   mechanics_->statistics().iterations);
    spdlog::info("{} on day {} after {} steps ({} rejected) and {:.1f} s; results in {}",
                 exit == ExitCode::done ? "Done" : "Interrupted",
                 format_rounded(state_.clock.time, 6),
                 state_.clock.steps,
                 state_.clock.rejected,
                 cost.wall_seconds,
                 options_.folder.string());
  }

  template class Simulation<2>;
  template class Simulation<3>;
} // namespace cutis
