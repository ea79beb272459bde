// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"
#include "numerics/diffusion/stencil.h"
#include "numerics/space/node_set.h"

#include <memory>
#include <vector>

namespace cutis
{
  class MultigridGrids;

  /**
   * The mesh as the transport of fields sees it: nodes, their volumes, and the edges between them. It knows neither the
   * dimension nor the fields; all fields of a kind share it.
   */
  struct NodeGraph : NodeSet
  {
    std::vector<double> volume;        ///< of owned nodes [mm^dim]; 0 at hanging nodes
    std::vector<double> tissue_volume; ///< the same weighted with the content of the layers
    std::vector<double> content;       ///< tissue_volume / volume, 1 at hanging nodes
    std::vector<double> dermis_volume; ///< the part of the volume that lies in the dermis
    std::vector<double> surface_area;  ///< the part of the skin surface that each node stands for [mm^(dim-1)]
    std::vector<double> surface;       ///< surface_area / volume [1/mm], 0 at hanging nodes
    std::vector<unsigned char> site;   ///< by number; empty if the skin is the same everywhere

    std::vector<unsigned int> row_start; ///< n_owned + 1
    std::vector<unsigned int> column;    ///< local node at the other end of the edge
    std::vector<double> soluble;         ///< -K_ij of a unit diffusivity [mm^(dim-2)]
    std::vector<double> tissue;          ///< the same weighted with the content; empty if it is 1 everywhere

    /** Coarser grids for the diffusion solves; null where the nodes form no tensor grid. */
    std::shared_ptr<const MultigridGrids> grids;

    /** Sum over all nodes of volume times field. */
    std::vector<double>
    integrals(const NodalVector &vector, unsigned int n_fields, const std::vector<double> &volume) const;
    Stencil stencil() const;
    /** The owned nodes as reactions see them. `relative_tension`: of the owned nodes; null without mechanics. */
    NodeBlock nodes(const NodalVector &fields,
                    unsigned int n_fields,
                    const NodalVector &doses,
                    unsigned int n_doses,
                    const double *relative_tension = nullptr) const;
  };
} // namespace cutis
