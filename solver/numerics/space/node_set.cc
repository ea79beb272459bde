// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/node_set.h"

namespace cutis
{
  namespace
  {
    /** The same set with every index replaced by a run of n. */
    dealii::IndexSet interleaved(const dealii::IndexSet &nodes, const unsigned int n)
    {
      dealii::IndexSet set(nodes.size() * n);
      for (auto interval = nodes.begin_intervals(); interval != nodes.end_intervals(); ++interval)
        set.add_range(*interval->begin() * n, (interval->last() + 1) * n);
      set.compress();
      return set;
    }
  } // namespace

  NodalVector copy_of(const NodalVector &vector)
  {
    NodalVector copy(vector);
    copy.update_ghost_values();
    return copy;
  }

  NodalVector NodeSet::make_vector(const unsigned int n_fields) const
  {
    if (n_fields == 0)
      return NodalVector(); // deal.II divides by the number of indices when it shares them out among several ranks
    auto &partitioner = partitioners_[n_fields];
    if (!partitioner)
      partitioner = std::make_shared<dealii::Utilities::MPI::Partitioner>(
        interleaved(owned, n_fields), interleaved(ghosts, n_fields), communicator);
    return NodalVector(partitioner);
  }

  void NodeSet::complete(NodalVector &vector, const unsigned int n_fields) const
  {
    vector.update_ghost_values();
    if (!any_hanging)
      return;
    for (const HangingNode &h : hanging)
      for (unsigned int f = 0; f < n_fields; ++f)
      {
        double value = 0.;
        for (const auto &[master, weight] : h.masters)
          value += weight * vector.local_element(master * n_fields + f);
        vector.local_element(h.node * n_fields + f) = value;
      }
    vector.update_ghost_values();
  }
} // namespace cutis
