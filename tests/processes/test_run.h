// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../base/input_files.h"
#include "../numerics/test_nodes.h"
#include "app/run.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

/** Runs without a folder: networks on nodes and on meshes, and whole cases as a user would describe them. */
namespace cutis::test
{
  /** A run on nodes, be they those of a mesh or not, and the values there. Keeps references. */
  class AnyRun
  {
  public:
    virtual ~AnyRun() = default;

    /** On to `time` [d]; `after_step` is called after every step. */
    virtual void run(double time, const std::function<void()> &after_step = {}) = 0;

    /** Give a field the values f(place). */
    void set(const std::string &key, const std::function<double(const Place &)> &f)
    {
      NodalVector &fields = state.fields();
      for (unsigned int i = 0; i < graph_.n_owned; ++i)
        fields.local_element(i * layout.n_fields() + layout.find(key)) = f(places_[i]);
      graph_.complete(fields, layout.n_fields());
    }

    const Place &place(const unsigned int node) const { return places_[node]; }
    double value(const unsigned int node, const unsigned int field) const
    {
      return state.fields().local_element(node * layout.n_fields() + field);
    }
    /** Value at the node nearest to a place, the same on all ranks. */
    double at(const Place &where, const std::string &key) const
    {
      std::array<double, 2> nearest = {{std::numeric_limits<double>::infinity(), 0.}}; // distance and value
      for (unsigned int i = 0; i < graph_.n_owned; ++i)
      {
        const Place &p = places_[i];
        const double distance = std::hypot(p.x - where.x, p.y - where.y, p.depth - where.depth);
        if (distance < nearest[0])
          nearest = {{distance, value(i, layout.find(key))}};
      }
      const auto all = dealii::Utilities::MPI::all_gather(graph_.communicator, nearest);
      return (*std::min_element(all.begin(), all.end()))[1];
    }
    /** Integral over the volumes in which the field is counted. */
    double total(const std::string &key) const
    {
      const unsigned int f = layout.find(key);
      const bool tissue = f < layout.n_moving() && layout.fields[f].matter == Matter::tissue;
      return graph_.integrals(state.fields(), layout.n_fields(), tissue ? graph_.tissue_volume : graph_.volume)[f];
    }
    /** Smallest value of any field at any node, hanging ones included, over the size of the field. */
    double minimum() const
    {
      double lowest = std::numeric_limits<double>::infinity();
      const NodalVector &fields = state.fields();
      for (unsigned int k = 0; k < fields.locally_owned_size(); ++k)
        lowest = std::min(lowest, fields.local_element(k) / layout.fields[k % layout.n_fields()].magnitude);
      return dealii::Utilities::MPI::min(lowest, graph_.communicator);
    }

    const FieldLayout &layout;
    State &state;

  protected:
    AnyRun(const FieldLayout &layout, State &state, const NodeGraph &graph, const std::vector<Place> &places)
      : layout(layout)
      , state(state)
      , graph_(graph)
      , places_(places)
    {
    }

  private:
    const NodeGraph &graph_;
    const std::vector<Place> &places_;
  };

  /** Reactions that outlive the run. */
  inline CaseModel model_of(Reactions &reactions)
  {
    return {std::shared_ptr<Reactions>(&reactions, [](Reactions *) {}), {}};
  }

  /** Tells cells what mechanics would. */
  class ToldSurroundings : public Process
  {
  public:
    explicit ToldSurroundings(const Surroundings &told) : told_(told) {}
    std::vector<BlockShape> blocks() const override { return {}; }
    void rebuild() override {}
    void start(State &) const override {}
    void surround(Surroundings &surroundings) const override
    {
      if (told_.relative_tension)
        surroundings.relative_tension = told_.relative_tension;
      if (told_.guided)
        surroundings.guided = told_.guided;
    }
    double advance(const NodalVector &, double, const Surroundings &, State &) override { return 0.; }

  private:
    const Surroundings &told_;
  };

  /** Calls a function after every step. */
  template <int dim>
  class EachStep : public Recorder<dim>
  {
  public:
    void step_done(Run<dim> &) override
    {
      if (call)
        call();
    }

    std::function<void()> call;
  };

  /** A run whose mesh a test makes: fill `mesh.triangulation`, call `start`, `set` if need be, and `run`. */
  template <int dim>
  class TissueRun : public Run<dim>, public AnyRun
  {
  public:
    using Run<dim>::layout;
    using Run<dim>::state;

    TissueRun(RunSetup<dim> setup, const MPI_Comm communicator)
      : Run<dim>(std::move(setup), communicator)
      , AnyRun(Run<dim>::layout, Run<dim>::state, this->discretization.graph, this->discretization.places)
      , mesh(this->discretization)
      , process(this->transport)
    {
      this->processes.push_back(std::make_unique<ToldSurroundings>(surroundings));
      this->watch(each_step_);
    }

    TissueRun(Reactions &reactions, const double tolerance, const MPI_Comm communicator = MPI_COMM_SELF)
      : TissueRun(setup_of_reactions(reactions, tolerance), communicator)
    {
    }

    /** Healthy skin everywhere. */
    void start(const LayerContents &contents)
    {
      this->setup.contents = contents;
      Run<dim>::start();
    }

    void run(const double time, const std::function<void()> &after_step = {}) override
    {
      each_step_.call = after_step;
      state.clock.end = time;
      this->advance();
    }

    const Reactions &reactions() const { return *this->setup.model.reactions; }

    Discretization<dim> &mesh;
    TransportKinetics &process;
    Surroundings surroundings; ///< what mechanics would tell the cells

  private:
    static RunSetup<dim> setup_of_reactions(Reactions &reactions, const double tolerance)
    {
      RunSetup<dim> setup;
      setup.model = model_of(reactions);
      setup.time.tolerance = tolerance;
      setup.outputs = {1e5};
      return setup;
    }

    EachStep<dim> each_step_;
  };

  /** The file of a study. */
  inline std::string study(const std::string &name)
  {
    return std::string(CUTIS_SOURCE_DIR) + "/parameters/studies/" + name + ".prm";
  }

  /** A case of these assignments, and of a file to which they are added. */
  inline std::unique_ptr<const Case> read_case(const std::vector<std::string> &assignments,
                                               const std::string &file = "")
  {
    const Folder folder;
    folder.write("case.prm", "set Title = Test\n");
    auto problem = std::make_unique<Case>();
    problem->read(file.empty() ? "case.prm" : file, assignments);
    return problem;
  }

  /** What nodes without a mesh are for a run, and what is run there. */
  struct OnNodes
  {
    CaseModel model;
    NodeGraph graph;
    std::vector<Place> places;
    State state;
  };

  /** A run on nodes without a mesh, in its first state. */
  class NodesRun : private OnNodes, public AnyRun
  {
  public:
    using AnyRun::layout;
    using AnyRun::state;

    NodesRun(CaseModel model, const Nodes &nodes, const double tolerance, const double largest_step = 1000.)
      : OnNodes{std::move(model), nodes.graph, nodes.places, {}}
      , AnyRun(OnNodes::model.reactions->layout(), OnNodes::state, OnNodes::graph, OnNodes::places)
      , largest_step_(largest_step)
      , schedule_(OnNodes::model.interventions)
      , process_(*OnNodes::model.reactions, tolerance)
    {
      process_.rebuild(graph);
      fill_healthy(state, graph, reactions());
      state.clock.next_step = TransportKinetics::first_step;
    }
    NodesRun(Reactions &reactions, const Nodes &nodes, const double tolerance)
      : NodesRun(model_of(reactions), nodes, tolerance)
    {
    }
    NodesRun(const NodesRun &) = delete; // its parts refer to each other
    NodesRun &operator=(const NodesRun &) = delete;

    void run(const double time, const std::function<void()> &after_step = {}) override
    {
      state.clock.end = time;
      const auto advance = [&](State &now, const double h) { return process_.advance(now, h); };
      TimeLoop loop(state, schedule_, advance, {1e5}, {largest_step_, {}}, {{}, {}, after_step, {}, {}, {}, {}});
      loop.run([this] { return Tissue{graph, places, layout, graph.communicator}; });
    }

    const Reactions &reactions() const { return *model.reactions; }

  private:
    const double largest_step_;
    const Schedule schedule_;
    TransportKinetics process_;
  };

  /** A case on nodes without a mesh, in its first state. */
  class NodesCase : public NodesRun
  {
  public:
    NodesCase(const std::vector<std::string> &assignments, const Nodes &nodes)
      : NodesCase(read_case(assignments), nodes)
    {
    }

  private:
    NodesCase(const std::unique_ptr<const Case> &problem, const Nodes &nodes)
      : NodesRun(problem->model(), nodes, problem->time.tolerance, problem->time.largest_step)
    {
    }
  };

  /** A case on its mesh, in its first state. */
  template <int dim>
  class CaseRun : public TissueRun<dim>
  {
  public:
    explicit CaseRun(const std::vector<std::string> &assignments,
                     const std::string &file = "",
                     const MPI_Comm communicator = MPI_COMM_SELF)
      : CaseRun(read_case(assignments, file), communicator)
    {
    }

  private:
    CaseRun(const std::unique_ptr<const Case> &problem, const MPI_Comm communicator)
      : TissueRun<dim>(setup_of_case(*problem), communicator)
    {
      Run<dim>::start();
    }

    static RunSetup<dim> setup_of_case(const Case &problem)
    {
      RunSetup<dim> setup = setup_of<dim>(problem);
      setup.outputs = {1e5};
      return setup;
    }
  };
} // namespace cutis::test
