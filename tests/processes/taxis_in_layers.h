// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../numerics/test_networks.h"
#include "../numerics/test_nodes.h"
#include "test_run.h"

#include <cmath>

/** The hardest case for what moves: cells under strong taxis across layers, with or without hanging nodes. */
namespace cutis::test
{
  inline const LayerContents layer_contents = {{.01, 1., 1., 1., .2}};

  /** Skin of three layers of different content, 4 mm wide, with hanging nodes around the middle of the surface. */
  template <int dim>
  void make_layers(TissueRun<dim> &run, const bool hanging)
  {
    SkinPatch patch;
    patch.width = patch.length = 4.;
    patch.cell_size = .4;
    patch.layers = {{Layer::epidermis, .2, 1}, {Layer::dermis, 1.4, 2}, {Layer::hypodermis, 2.4, 2}};
    make_skin_patch(patch, run.mesh.triangulation);
    if (hanging)
      refine_box(run.mesh, -1.3, 1.3);
    run.start(layer_contents);
  }

  /** Cells in a band at the side, and an attractant so steep in the middle that they are drawn empty behind. */
  template <int dim>
  void set_strong_taxis(TissueRun<dim> &run)
  {
    run.set("u", [](const Place &p) { return p.x < -.5 ? 1. : 0.; });
    run.set("v", [](const Place &p) { return 20. * std::exp(-4. * (p.x * p.x + p.y * p.y + p.depth * p.depth)); });
    run.set("x", [](const Place &) { return 1.; });
  }
} // namespace cutis::test
