// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../model/at_a_point.h"
#include "mesh/skin_patch.h"
#include "model/tissue/prestress.h"
#include "processes/mechanics/mechanics.h"
#include "test_run.h"

/** Runs of patches of skin with mechanics, without a case around them. */
namespace cutis::test
{
  inline const LayerContents contents = {{.01, 1., 1., 1., .2}};

  inline SkinPatch layered_patch()
  {
    SkinPatch patch;
    patch.width = patch.length = 2.;
    patch.cell_size = .5;
    patch.layers = {{Layer::epidermis, .1, 1}, {Layer::reticular_dermis, 1.2, 3}, {Layer::hypodermis, 2., 3}};
    return patch;
  }

  inline SkinPatch slab(const Layer layer, const double size, const double thickness, const int cells)
  {
    SkinPatch patch;
    patch.width = patch.length = size;
    patch.cell_size = std::max(size, thickness) / cells;
    patch.growth = 10.;
    patch.layers = {{layer, thickness, cells}};
    return patch;
  }

  /** A patch of skin with mechanics and the default network, at rest. */
  template <int dim>
  struct Patch
  {
    using Mesh = typename RunSetup<dim>::Mesh;

    Run<dim> run;
    const Reactions *reactions = run.setup.model.reactions.get();
    Discretization<dim> &skin = run.discretization;
    const FieldLayout &layout = run.layout;
    State &state = run.state;
    Mechanics<dim> *mechanics = dynamic_cast<Mechanics<dim> *>(run.processes.back().get());

    explicit Patch(const SkinPatch &patch,
                   const MechanicsSettings &chosen = {},
                   const double age = 20.,
                   Kinetics *extra = nullptr)
      : Patch([&](Mesh &mesh) { make_skin_patch(patch, mesh); }, chosen, age, extra)
    {
    }

    explicit Patch(const std::function<void(Mesh &)> &make_mesh,
                   const MechanicsSettings &chosen = {},
                   const double age = 20.,
                   Kinetics *extra = nullptr)
      : run(setup(make_mesh, chosen, age, extra), MPI_COMM_WORLD)
    {
      start();
    }

    void start() { run.start(); }

    void set(const std::string &key, const double value)
    {
      set(key, [value](const dealii::Point<dim> &) { return value; });
    }

    void set(const std::string &key, const std::function<double(const dealii::Point<dim> &)> &f)
    {
      for (unsigned int i = 0; i < skin.graph.n_owned; ++i)
        state.fields().local_element(i * layout.n_fields() + layout.find(key)) = f(skin.positions[i]);
      skin.graph.complete(state.fields(), layout.n_fields());
    }

    void advance(const double step, const int n)
    {
      for (int i = 0; i < n; ++i)
        mechanics->advance(state.fields(), step, {}, state);
    }

    static RunSetup<dim> setup(const std::function<void(Mesh &)> &make_mesh,
                               const MechanicsSettings &chosen,
                               const double age,
                               Kinetics *extra)
    {
      Host host;
      host.age = age;
      host.ageing = false;
      RunSetup<dim> setup;
      std::vector<ChosenModule> modules;
      modules.push_back({make_module("dermis"), 0});
      setup.model.reactions =
        std::make_shared<Reactions>(std::move(modules),
                                    std::vector<Host>{host},
                                    extra ? std::vector<Kinetics *>{extra} : std::vector<Kinetics *>());
      setup.make_mesh = make_mesh;
      setup.contents = contents;
      setup.mechanics = chosen;
      setup.mechanics.enabled = true;
      return setup;
    }

    MechanicsReport report() { return *mechanics->report({0., 0., 1.}, state); }
  };

  inline double difference(const NodalVector &a, const NodalVector &b)
  {
    NodalVector d(a);
    d.zero_out_ghost_values();
    d.add(-1., b);
    return d.linfty_norm();
  }
} // namespace cutis::test
