// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/node_layout.h"

#include <deal.II/base/types.h>

#include <mpi.h>

#include <vector>

namespace cutis
{
  /** A field of a batch, and its place among the fields of the slab vectors that it is computed in. */
  struct SlabField
  {
    unsigned int field, slot;
  };
  using SlabFields = std::vector<SlabField>;

  /** Several fields on the planes of a grid that a rank holds, one after the other, with a plane more at both ends. */
  class SlabVector
  {
  public:
    void reinit(std::size_t plane, std::size_t n_planes, unsigned int n_fields);
    double *field(unsigned int slot) { return values_.data() + slot * stride_ + plane_; }
    const double *field(unsigned int slot) const { return values_.data() + slot * stride_ + plane_; }

  private:
    std::size_t plane_ = 0, stride_ = 0;
    std::vector<double> values_;
  };

  /** The ranks that hold the planes next to those of this one; -1 where there are none. */
  struct SlabNeighbours
  {
    int before = -1, after = -1;

    /** Fill the planes at both ends with those of the neighbours. */
    void update(SlabVector &vector,
                std::size_t plane,
                std::size_t n_planes,
                const SlabFields &fields,
                MPI_Comm communicator) const;
  };

  /** Every rank holds the planes [first[rank], first[rank + 1]) in their place among all: collect them everywhere. */
  void collect_planes(SlabVector &vector,
                      std::size_t plane,
                      const std::vector<unsigned int> &first,
                      const SlabFields &fields,
                      MPI_Comm communicator);

  /** Moves values between the nodes that the ranks own in the mesh and the slabs of a grid. */
  class SlabExchange
  {
  public:
    /**
     * @param places number of the grid node at each owned node of the mesh
     * @param first  number of the first grid node in the slab of each rank, then the number of all
     */
    SlabExchange(const std::vector<dealii::types::global_dof_index> &places,
                 const std::vector<dealii::types::global_dof_index> &first,
                 MPI_Comm communicator);

    /** Fields of the nodes to their slots. Number is float or double. */
    template <class Number>
    void to_slabs(const Number *values, const NodeLayout &layout, const SlabFields &fields, SlabVector &slabs) const;
    void to_nodes(const SlabVector &slabs, const SlabFields &fields, const NodeLayout &layout, double *values) const;

  private:
    /** The nodes that are exchanged with one rank. */
    struct Partner
    {
      int rank;
      std::vector<unsigned int> places; ///< here: nodes of the mesh, or of the slab
    };
    void send(const std::vector<Partner> &senders,
              const std::vector<std::vector<double>> &sent,
              const std::vector<Partner> &receivers,
              std::vector<std::vector<double>> &received,
              std::size_t n_fields) const;

    MPI_Comm communicator_;
    std::vector<unsigned int> here_, here_in_slab_; ///< nodes that stay on this rank
    std::vector<Partner> mesh_side_, slab_side_;
  };
} // namespace cutis
