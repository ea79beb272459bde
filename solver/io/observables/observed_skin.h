// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/space/place.h"
#include "numerics/space/punch_biopsy.h"

#include <optional>
#include <vector>

namespace cutis
{
  /** What observables need of the geometry, whatever the dimension; to be made anew with every mesh. */
  struct ObservedSkin
  {
    /** The node that stands for a probe. */
    struct ProbeNode
    {
      unsigned int rank, node; ///< owner and its local node
      Place place;             ///< of the node
    };

    const NodeGraph *graph = nullptr;
    std::vector<Place> places;  ///< of the owned nodes
    std::vector<bool> in_punch; ///< of the owned nodes
    double surface_area = 0;    ///< mm^2; mm in 2-D
    double depth = 0;           ///< of the deepest node [mm]
    /** Thickness of the dermis along the normal at the site [mm]; empty on a patch whose surface is level. */
    std::optional<double> dermis_at_site;
    unsigned long long cells = 0; ///< on all ranks
    std::vector<ProbeNode> probes;
  };

  /**
   * Measure the mesh. Nodes belong to the punch if they are within its radius of its axis; on a mesh too coarse for
   * that, the nodes nearest to the axis. A probe is the node nearest to its place; of several equally near ones that
   * with the smallest coordinates, so that the choice does not depend on the ranks. Collective.
   */
  template <int dim>
  ObservedSkin
  observe_skin(const Discretization<dim> &discretization, const PunchBiopsy &punch, const std::vector<Place> &probes);
} // namespace cutis
