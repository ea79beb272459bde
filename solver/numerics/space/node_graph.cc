// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/node_graph.h"

namespace cutis
{
  std::vector<double>
  NodeGraph::integrals(const NodalVector &vector, const unsigned int n_fields, const std::vector<double> &volume) const
  {
    std::vector<double> sums(n_fields, 0.);
    for (unsigned int i = 0; i < n_owned; ++i)
      for (unsigned int f = 0; f < n_fields; ++f)
        sums[f] += volume[i] * vector.local_element(i * n_fields + f);
    dealii::Utilities::MPI::sum(sums, communicator, sums);
    return sums;
  }

  Stencil NodeGraph::stencil() const
  {
    return {n_owned,
            row_start.data(),
            column.data(),
            soluble.data(),
            tissue.empty() ? soluble.data() : tissue.data(),
            volume.data(),
            tissue_volume.data()};
  }

  NodeBlock NodeGraph::nodes(const NodalVector &fields,
                             const unsigned int n_fields,
                             const NodalVector &doses,
                             const unsigned int n_doses,
                             const double *relative_tension) const
  {
    return {n_owned,
            n_fields,
            fields.begin(),
            n_doses,
            n_doses > 0 ? doses.begin() : nullptr,
            content.data(),
            surface.empty() ? nullptr : surface.data(),
            relative_tension,
            site.empty() ? nullptr : site.data()};
  }
} // namespace cutis
