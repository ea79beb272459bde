// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/stencil.h"

#include <deal.II/base/index_set.h>
#include <deal.II/base/partitioner.h>
#include <deal.II/lac/la_parallel_vector.h>

#include <map>
#include <memory>
#include <vector>

namespace cutis
{
  class MultigridGrids;

  /** Values of several fields at the nodes, interleaved: field `f` of local node `i` is entry `i * n_fields + f`. */
  using NodalVector = dealii::LinearAlgebra::distributed::Vector<double>;

  /** A copy with its ghosts, which the copy constructor of deal.II leaves out. */
  NodalVector copy_of(const NodalVector &vector);

  /**
   * The mesh as the transport of fields sees it: nodes, their volumes, and the edges between them. It knows neither the
   * dimension nor the fields; all fields of a kind share it. Local nodes are first those that this rank owns, then
   * ghosts.
   */
  struct NodeGraph
  {
    MPI_Comm                        communicator = MPI_COMM_SELF;
    unsigned int                    n_owned      = 0;
    dealii::types::global_dof_index n_global     = 0;
    dealii::IndexSet                owned, ghosts;

    std::vector<double> volume;        ///< of owned nodes [mm^dim]; 0 at hanging nodes
    std::vector<double> tissue_volume; ///< the same weighted with the content of the layers
    std::vector<double> content;       ///< tissue_volume / volume, 1 at hanging nodes
    std::vector<double> dermis_volume; ///< the part of the volume that lies in the dermis

    std::vector<unsigned int> row_start; ///< n_owned + 1
    std::vector<unsigned int> column;    ///< local node at the other end of the edge
    std::vector<double>       soluble;   ///< -K_ij of a unit diffusivity [mm^(dim-2)]
    std::vector<double>       tissue;    ///< the same weighted with the content; empty if it is 1 everywhere

    /** Hanging nodes of this rank: value = sum of weight * value of the masters. */
    struct HangingNode
    {
      unsigned int                                 node;
      std::vector<std::pair<unsigned int, double>> masters;
    };
    std::vector<HangingNode> hanging;
    bool                     any_hanging = false; ///< on any rank

    /** Coarser grids for the diffusion solves; null where the nodes form no tensor grid. */
    std::shared_ptr<const MultigridGrids> grids;

    /** A vector of `n_fields` interleaved fields, zero, with room for ghosts. */
    NodalVector make_vector(unsigned int n_fields) const;
    /** Fill the ghosts and the hanging nodes from the owned, free nodes. */
    void complete(NodalVector &vector, unsigned int n_fields) const;
    /** Sum over all nodes of volume times field. */
    std::vector<double>
            integrals(const NodalVector &vector, unsigned int n_fields, const std::vector<double> &volume) const;
    Stencil stencil() const;

  private:
    mutable std::map<unsigned int, std::shared_ptr<const dealii::Utilities::MPI::Partitioner>> partitioners_;
  };
} // namespace cutis
