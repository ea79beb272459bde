// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/skin_patch.h"
#include "numerics/space/discretization.h"
#include "numerics/space/place.h"
#include "numerics/state/state.h"

#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /** Content 1 in the dermis and 1/5 in the hypodermis. */
  inline constexpr LayerContents contents_of_small_skin = {{1., 1., 1., 1., .2}};

  /** 4 mm wide (and long), 1 mm of dermis on 2 mm of hypodermis, cells of 1/2 mm. */
  inline SkinPatch small_patch()
  {
    SkinPatch patch;
    patch.width = patch.length = 4.;
    patch.layers = {{Layer::dermis, 1., 2}, {Layer::hypodermis, 2., 4}};
    patch.cell_size = .5;
    return patch;
  }

  template <int dim>
  void make_small_skin(Discretization<dim> &d)
  {
    make_skin_patch(small_patch(), d.triangulation);
    d.rebuild(contents_of_small_skin);
  }

  /** Refine the cells near the middle of the surface, which leaves hanging nodes. */
  template <int dim>
  void refine_middle(Discretization<dim> &d)
  {
    for (const auto &cell : d.triangulation.active_cell_iterators())
      if (cell->is_locally_owned() && cell->center().norm() < 1.2)
        cell->set_refine_flag();
    d.triangulation.execute_coarsening_and_refinement();
    d.rebuild(contents_of_small_skin);
  }

  inline FieldLayout layout_of(const std::vector<std::string> &keys, const std::vector<std::string> &doses = {})
  {
    FieldLayout layout;
    for (const std::string &key : keys)
    {
      Species s;
      s.key = key;
      s.meaning = key;
      if (key.rfind("plla_mass_", 0) == 0)
      {
        s.family = "plla_mass";
        s.volume = 1. / 1250.;
        s.particle = 82e-6;
      }
      layout.fields.push_back(s);
    }
    layout.doses = doses;
    return layout;
  }

  /** Value of a field at a place. */
  using Profile = std::function<double(const Place &place, unsigned int field)>;

  template <int dim>
  NodalVector nodal(const Discretization<dim> &d, const unsigned int n_fields, const Profile &profile)
  {
    NodalVector vector = d.graph.make_vector(n_fields);
    for (unsigned int i = 0; i < d.graph.n_owned; ++i)
      for (unsigned int f = 0; f < n_fields; ++f)
        vector.local_element(i * n_fields + f) = profile(place_of(d.positions[i]), f);
    d.graph.complete(vector, n_fields);
    return vector;
  }

  /** Fields and doses with these values. */
  template <int dim>
  void set(State &state, const Discretization<dim> &d, const FieldLayout &layout, const Profile &profile)
  {
    for (const BlockShape &shape : blocks_of(layout))
      state.put({shape, nodal(d, shape.n_components(), profile)});
  }
} // namespace cutis
