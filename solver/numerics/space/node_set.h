// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <deal.II/base/index_set.h>
#include <deal.II/base/partitioner.h>
#include <deal.II/lac/la_parallel_vector.h>

#include <map>
#include <memory>
#include <vector>

namespace cutis
{
  /** Values of several fields at the nodes, interleaved: field `f` of local node `i` is entry `i * n_fields + f`. */
  using NodalVector = dealii::LinearAlgebra::distributed::Vector<double>;

  /** A copy with its ghosts, which the copy constructor of deal.II leaves out. */
  NodalVector copy_of(const NodalVector &vector);

  /** Which nodes of the mesh values live on: those of the scalar fields, or those of the displacement. */
  enum class NodesOf
  {
    fields,
    displacement
  };

  /** The nodes that this rank knows: first those that it owns, then ghosts; and which of them hang. */
  struct NodeSet
  {
    MPI_Comm communicator = MPI_COMM_SELF;
    unsigned int n_owned = 0;
    dealii::types::global_dof_index n_global = 0;
    dealii::IndexSet owned, ghosts;

    /** Hanging nodes of this rank: value = sum of weight * value of the masters. */
    struct HangingNode
    {
      unsigned int node;
      std::vector<std::pair<unsigned int, double>> masters;
    };
    std::vector<HangingNode> hanging;
    bool any_hanging = false; ///< on any rank

    unsigned int n_local() const { return n_owned + ghosts.n_elements(); }
    /** A vector of `n_fields` interleaved fields, zero, with room for ghosts. */
    NodalVector make_vector(unsigned int n_fields) const;
    /** Fill the ghosts and the hanging nodes from the owned, free nodes. */
    void complete(NodalVector &vector, unsigned int n_fields) const;

  private:
    mutable std::map<unsigned int, std::shared_ptr<const dealii::Utilities::MPI::Partitioner>> partitioners_;
  };
} // namespace cutis
