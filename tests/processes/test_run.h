// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../base/input_files.h"
#include "../numerics/test_nodes.h"
#include "app/case.h"
#include "app/time_loop.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

/** Runs without output: networks on meshes, and whole cases as a user would describe them. */
namespace cutis::test
{
  inline FieldLayout layout_of(const Network &network)
  {
    FieldLayout layout;
    layout.fields = network.species();
    return layout;
  }

  /** A network and interventions on nodes, be they those of a mesh or not. Call `start`, `set` if need be, and `run`.
   */
  class NodesRun
  {
  public:
    NodesRun(Network &network,
             const FieldLayout &layout,
             const double tolerance,
             const std::vector<std::unique_ptr<Intervention>> &interventions = {})
      : layout(layout)
      , network_(network)
      , protocol_(interventions)
      , process(network, this->layout, kinetics_of(interventions), tolerance)
    {
    }
    NodesRun(const NodesRun &) = delete; // its parts refer to each other
    NodesRun &operator=(const NodesRun &) = delete;

    /** Healthy skin everywhere. */
    void start(const NodeGraph &graph, const std::vector<Place> &places)
    {
      rebuild(graph, places);
      fill(state, graph, layout, network_.healthy());
      state.clock.next_step = TransportKinetics::first_step;
    }

    /** Give a field the values f(place). */
    void set(const std::string &key, const std::function<double(const Place &)> &f)
    {
      for (unsigned int i = 0; i < graph_->n_owned; ++i)
        state.fields.local_element(i * layout.n_fields() + layout.find(key)) = f(places_[i]);
      graph_->complete(state.fields, layout.n_fields());
    }

    /** On to `time` [d]; `after_step` is called after every step. */
    void run(const double time, const std::function<void()> &after_step = {}, const double largest_step = 1000.)
    {
      state.clock.end = time;
      state.ledger = {};
      const auto advance = [&](State &now, const double h) { return process.advance(now, h, surroundings); };
      TimeLoop loop(state, protocol_, advance, 1e5, largest_step, {{}, {}, after_step, {}, {}});
      loop.run([this] { return Tissue{*graph_, places_, layout, graph_->communicator}; });
    }

    const Place &place(const unsigned int node) const { return places_[node]; }
    double value(const unsigned int node, const unsigned int field) const
    {
      return state.fields.local_element(node * layout.n_fields() + field);
    }
    /** Value at the node nearest to a place, the same on all ranks. */
    double at(const Place &where, const std::string &key) const
    {
      std::array<double, 2> nearest = {{std::numeric_limits<double>::infinity(), 0.}}; // distance and value
      for (unsigned int i = 0; i < graph_->n_owned; ++i)
      {
        const Place &p = places_[i];
        const double distance = std::hypot(p.x - where.x, p.y - where.y, p.depth - where.depth);
        if (distance < nearest[0])
          nearest = {{distance, value(i, layout.find(key))}};
      }
      const auto all = dealii::Utilities::MPI::all_gather(graph_->communicator, nearest);
      return (*std::min_element(all.begin(), all.end()))[1];
    }
    /** Integral over the volumes in which the field is counted. */
    double total(const std::string &key) const
    {
      const unsigned int f = layout.find(key);
      const bool tissue = f < layout.n_moving() && layout.fields[f].matter == Matter::tissue;
      return graph_->integrals(state.fields, layout.n_fields(), tissue ? graph_->tissue_volume : graph_->volume)[f];
    }
    /** Smallest value of any field at any node, hanging ones included, over the size of the field. */
    double minimum() const
    {
      double lowest = std::numeric_limits<double>::infinity();
      for (unsigned int k = 0; k < state.fields.locally_owned_size(); ++k)
        lowest = std::min(lowest, state.fields.local_element(k) / layout.fields[k % layout.n_fields()].magnitude);
      return dealii::Utilities::MPI::min(lowest, graph_->communicator);
    }

    const FieldLayout layout;
    State state;
    Surroundings surroundings; ///< what mechanics would tell the cells

  protected:
    void rebuild(const NodeGraph &graph, const std::vector<Place> &places)
    {
      graph_ = &graph;
      places_ = places;
      process.rebuild(graph);
    }

  private:
    Network &network_;
    const Protocol protocol_;
    const NodeGraph *graph_ = nullptr;
    std::vector<Place> places_;

  public:
    TransportKinetics process;
  };

  /** The same on a mesh: fill `mesh.triangulation` before the start. */
  template <int dim>
  class TissueRun : public NodesRun
  {
  public:
    TissueRun(Network &network,
              const FieldLayout &layout,
              const double tolerance,
              const MPI_Comm communicator = MPI_COMM_SELF,
              const std::vector<std::unique_ptr<Intervention>> &interventions = {})
      : NodesRun(network, layout, tolerance, interventions)
      , mesh(communicator)
    {
    }

    void start(const LayerContents &contents)
    {
      contents_ = contents;
      mesh.rebuild(contents);
      NodesRun::start(mesh.graph, places_of(mesh));
    }

    /** Refine and coarsen. */
    bool adapt(const AdaptationSettings &settings)
    {
      const bool changed = adapt_mesh(settings, layout, contents_, mesh, state);
      if (changed)
        rebuild(mesh.graph, places_of(mesh));
      return changed;
    }

    Discretization<dim> mesh;

  private:
    LayerContents contents_;
  };

  /** The file of a study. */
  inline std::string study(const std::string &name)
  {
    return std::string(CUTIS_SOURCE_DIR) + "/parameters/studies/" + name + ".prm";
  }

  /** A case that has been read: assignments, and a file to which they are added. */
  class ReadCase
  {
  public:
    explicit ReadCase(const std::vector<std::string> &assignments, const std::string &file = "")
    {
      const Folder folder;
      folder.write("case.prm", "set Title = Test\n");
      problem.read(file.empty() ? "case.prm" : file, assignments);
    }

    Case problem;
  };

  /** A case on nodes without a mesh, in its first state. */
  class NodesCase : public ReadCase, public NodesRun
  {
  public:
    NodesCase(const std::vector<std::string> &assignments, const Nodes &nodes)
      : ReadCase(assignments)
      , NodesRun(problem.network(), problem.layout(), problem.time.tolerance, problem.interventions())
      , nodes_(nodes)
    {
      start(nodes_.graph, nodes_.places);
    }

  private:
    const Nodes nodes_;
  };

  /** A case on its mesh, in its first state. */
  template <int dim>
  class CaseRun : public ReadCase, public TissueRun<dim>
  {
  public:
    explicit CaseRun(const std::vector<std::string> &assignments,
                     const std::string &file = "",
                     const MPI_Comm communicator = MPI_COMM_SELF)
      : ReadCase(assignments, file)
      , TissueRun<dim>(problem.network(),
                       problem.layout(),
                       problem.time.tolerance,
                       communicator,
                       problem.interventions())
    {
      make_skin_patch(problem.skin.patch, this->mesh.triangulation);
      this->start(problem.skin.contents);
    }
  };
} // namespace cutis::test
