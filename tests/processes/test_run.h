// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../base/input_files.h"
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

  inline std::vector<Kinetics *> kinetics_of(const std::vector<std::unique_ptr<Intervention>> &interventions)
  {
    std::vector<Kinetics *> all;
    for (const auto &intervention : interventions)
      if (Kinetics *kinetics = intervention->kinetics())
        all.push_back(kinetics);
    return all;
  }

  /** A network and interventions on a mesh. Fill `mesh.triangulation`, then call `start`, `set` if need be, and `run`.
   */
  template <int dim>
  class TissueRun
  {
  public:
    TissueRun(Network                                          &network,
              const FieldLayout                                &layout,
              const double                                      tolerance,
              const MPI_Comm                                    communicator  = MPI_COMM_SELF,
              const std::vector<std::unique_ptr<Intervention>> &interventions = {})
      : layout(layout)
      , mesh(communicator)
      , network_(network)
      , protocol_(interventions)
      , process(network, this->layout, kinetics_of(interventions), tolerance)
    {
    }
    TissueRun(const TissueRun &)            = delete; // its parts refer to each other
    TissueRun &operator=(const TissueRun &) = delete;

    /** Healthy skin everywhere. */
    void start(const LayerContents &contents)
    {
      contents_ = contents;
      mesh.rebuild(contents);
      state.fields = mesh.graph.make_vector(layout.n_fields());
      state.doses  = mesh.graph.make_vector(layout.n_doses());
      for (unsigned int f = 0; f < network_.healthy().size(); ++f)
        for (unsigned int i = 0; i < mesh.graph.n_owned; ++i)
          state.fields.local_element(i * layout.n_fields() + f) = network_.healthy()[f];
      complete();
      state.clock.next_step = TransportKinetics::first_step;
      rebuild();
    }

    /** Give a field the values f(place). */
    void set(const std::string &key, const std::function<double(const Place &)> &f)
    {
      for (unsigned int i = 0; i < mesh.graph.n_owned; ++i)
        state.fields.local_element(i * layout.n_fields() + layout.find(key)) = f(place(i));
      complete();
    }

    /** On to `time`, with rows of output at every multiple of `interval` [d], at which and after each step hooks act.
     */
    void run(const double                 time,
             const double                 interval     = 1e5,
             const std::function<void()> &output       = {},
             const std::function<void()> &after_step   = {},
             const double                 largest_step = 1000.)
    {
      state.clock.end = time;
      state.ledger    = {};
      TimeLoop loop(state, protocol_, process, interval, largest_step, {{}, {}, after_step, output, {}});
      loop.run([this] { return Tissue{mesh.graph, places_, layout, mesh.communicator}; });
    }

    /** Refine and coarsen. */
    bool adapt(const AdaptationSettings &settings)
    {
      const bool changed = adapt_mesh(settings, layout, contents_, mesh, state);
      if (changed)
        rebuild();
      return changed;
    }

    Place  place(const unsigned int node) const { return place_of(mesh.positions[node]); }
    double value(const unsigned int node, const unsigned int field) const
    {
      return state.fields.local_element(node * layout.n_fields() + field);
    }
    /** Value at the node nearest to a place, the same on all ranks. */
    double at(const Place &where, const std::string &key) const
    {
      double nearest = std::numeric_limits<double>::infinity(), here = 0.;
      for (unsigned int i = 0; i < mesh.graph.n_owned; ++i)
      {
        const Place  p        = place(i);
        const double distance = std::hypot(p.x - where.x, p.y - where.y, p.depth - where.depth);
        if (distance < nearest)
        {
          nearest = distance;
          here    = value(i, layout.find(key));
        }
      }
      const auto all = dealii::Utilities::MPI::all_gather(mesh.communicator, std::array<double, 2>{{nearest, here}});
      return (*std::min_element(all.begin(), all.end()))[1];
    }
    /** Integral over the volumes in which the field is counted. */
    double total(const std::string &key) const
    {
      const unsigned int f      = layout.find(key);
      const bool         tissue = f < layout.n_moving() && layout.fields[f].matter == Matter::tissue;
      return mesh.graph.integrals(
        state.fields, layout.n_fields(), tissue ? mesh.graph.tissue_volume : mesh.graph.volume)[f];
    }
    /** Smallest value of any field at any node, hanging ones included, over the size of the field. */
    double minimum() const
    {
      double lowest = std::numeric_limits<double>::infinity();
      for (unsigned int k = 0; k < state.fields.locally_owned_size(); ++k)
        lowest = std::min(lowest, state.fields.local_element(k) / layout.fields[k % layout.n_fields()].magnitude);
      return dealii::Utilities::MPI::min(lowest, mesh.communicator);
    }

    const FieldLayout   layout;
    Discretization<dim> mesh;
    State               state;

  private:
    void complete()
    {
      mesh.graph.complete(state.fields, layout.n_fields());
      mesh.graph.complete(state.doses, layout.n_doses());
    }
    void rebuild()
    {
      places_.clear();
      for (const auto &position : mesh.positions)
        places_.push_back(place_of(position));
      process.rebuild(mesh.graph);
    }

    Network           &network_;
    const Protocol     protocol_;
    LayerContents      contents_;
    std::vector<Place> places_;

  public:
    TransportKinetics process;
  };

  /** A case that has been read from a file below parameters/, or from a text, with further assignments. */
  class ReadCase
  {
  public:
    static std::string file(const std::string &name) { return std::string(CUTIS_SOURCE_DIR) + "/parameters/" + name; }

    explicit ReadCase(const std::vector<std::string> &assignments, const std::string &file = "")
    {
      const Folder folder;
      folder.write("case.prm", "set Title = Test\n");
      problem.read(file.empty() ? "case.prm" : file, assignments);
    }

    Case problem;
  };

  /** A case on its mesh, in its first state. */
  template <int dim>
  class CaseRun : public ReadCase, public TissueRun<dim>
  {
  public:
    explicit CaseRun(const std::vector<std::string> &assignments,
                     const std::string              &file         = "",
                     const MPI_Comm                  communicator = MPI_COMM_SELF)
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
