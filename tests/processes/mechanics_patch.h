// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/skin_patch.h"
#include "model/tissue/prestress.h"
#include "processes/mechanics/mechanics_output.h"
#include "test_run.h"

#include <optional>

/** Patches of skin with mechanics, without a case around them. */
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

  /** A patch of skin with mechanics and the default network. */
  template <int dim>
  struct Patch
  {
    std::unique_ptr<Network> network = make_network("dermis");
    MechanicsSettings settings;
    Discretization<dim> skin;
    FieldLayout layout;
    State state;
    std::optional<KineticsSum> kinetics;
    std::unique_ptr<Mechanics<dim>> mechanics;

    using Mesh = dealii::parallel::distributed::Triangulation<dim>;

    explicit Patch(const SkinPatch &patch, const MechanicsSettings &chosen = {}, const double age = 20.)
      : Patch([&](Mesh &mesh) { make_skin_patch(patch, mesh); }, chosen, age)
    {
    }

    explicit Patch(const std::function<void(Mesh &)> &make_mesh,
                   const MechanicsSettings &chosen = {},
                   const double age = 20.)
      : settings(chosen)
      , skin(MPI_COMM_WORLD)
    {
      Host host;
      host.age = age;
      host.ageing = false;
      network->prepare(host);
      layout = layout_of(*network);
      kinetics.emplace(layout.n_fields(), std::vector<Kinetics *>{network.get()});
      make_mesh(skin.triangulation);
      start();
    }

    void start()
    {
      skin.carry_displacement(settings.degree());
      skin.rebuild(contents);
      mechanics = std::make_unique<Mechanics<dim>>(settings, *network, *kinetics, skin, contents, layout);
      mechanics->rebuild();
      fill(state, skin.graph, layout, network->healthy());
      mechanics->start(state);
    }

    void set(const std::string &key, const double value)
    {
      set(key, [value](const dealii::Point<dim> &) { return value; });
    }

    void set(const std::string &key, const std::function<double(const dealii::Point<dim> &)> &f)
    {
      for (unsigned int i = 0; i < skin.graph.n_owned; ++i)
        state.fields.local_element(i * layout.n_fields() + layout.find(key)) = f(skin.positions[i]);
      skin.graph.complete(state.fields, layout.n_fields());
    }

    void advance(const double step, const int n)
    {
      for (int i = 0; i < n; ++i)
        mechanics->advance(state.fields, step, state);
    }

    MechanicsReport report() { return cutis::report(*mechanics, skin, {0., 0., 1.}, state); }
  };

  inline double difference(const NodalVector &a, const NodalVector &b)
  {
    NodalVector d(a);
    d.zero_out_ghost_values();
    d.add(-1., b);
    return d.linfty_norm();
  }
} // namespace cutis::test
