// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/integrator/counted_fields.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  CountedFields::CountedFields(const NodeGraph &graph, std::vector<const std::vector<double> *> volumes)
    : graph_(graph)
    , volumes_(std::move(volumes))
  {
  }

  std::vector<double> CountedFields::totals(const NodalVector &fields) const
  {
    const std::size_t n_fields = volumes_.size();
    std::vector<double> sums(n_fields, 0.);
    for (std::size_t i = 0; i < graph_.n_owned; ++i)
      for (std::size_t f = 0; f < n_fields; ++f)
        if (volumes_[f])
          sums[f] += (*volumes_[f])[i] * fields.local_element(i * n_fields + f);
    dealii::Utilities::MPI::sum(sums, graph_.communicator, sums);
    return sums;
  }

  bool CountedFields::any_total_is_negative(const NodalVector &fields, const double share) const
  {
    double all = 0., lowest = 0.;
    for (const double total : totals(fields))
    {
      all += std::abs(total);
      lowest = std::min(lowest, total);
    }
    return lowest < -share * all;
  }

  void CountedFields::clip(NodalVector &fields) const
  {
    const std::vector<double> goal = totals(fields);
    for (double &value : fields)
      value = std::max(value, 0.);
    const std::vector<double> now = totals(fields);
    const std::size_t n_fields = volumes_.size();
    for (std::size_t i = 0; i < graph_.n_owned; ++i)
      for (std::size_t f = 0; f < n_fields; ++f)
        if (now[f] > 0.)
          fields.local_element(i * n_fields + f) *= std::max(goal[f], 0.) / now[f];
  }

  CountedFields counted_fields(const NodeGraph &graph, const Motion &motion, const Reactions &reactions)
  {
    std::vector<const std::vector<double> *> volumes(reactions.layout().n_fields(), nullptr);
    for (unsigned int f = 0; f < volumes.size(); ++f)
      if (reactions.counted(f))
        volumes[f] = f < motion.n() && motion.in_tissue[f] ? &graph.tissue_volume : &graph.volume;
    return {graph, volumes};
  }
} // namespace cutis
