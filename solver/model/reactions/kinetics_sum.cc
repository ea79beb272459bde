// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/reactions/kinetics_sum.h"

#include <algorithm>

namespace cutis
{
  KineticsSum::KineticsSum(const unsigned int n_fields, std::vector<Kinetics *> parts)
    : parts_(std::move(parts))
    , inert_(n_fields, true)
  {
    std::vector<std::pair<int, int>> entries;
    for (const Kinetics *part : parts_)
      for (const auto &[i, j] : part->dependencies())
      {
        entries.emplace_back(i, j);
        inert_[i] = false;
      }
    for (unsigned int i = 0; i < n_fields; ++i)
      entries.emplace_back(i, i);
    pattern_ = JacobianPattern(n_fields, entries);
    for (Kinetics *part : parts_)
      part->bind(pattern_);
  }

  void KineticsSum::set_time(const double time)
  {
    for (Kinetics *part : parts_)
      part->set_time(time);
  }

  void KineticsSum::add_rates(const NodeBlock &nodes, double *rates) const
  {
    for (const Kinetics *part : parts_)
      part->add_rates(nodes, rates);
  }

  double KineticsSum::gain(const int field, const double *fields) const
  {
    double sum = 0.;
    for (const Kinetics *part : parts_)
      sum += part->gain(field, fields);
    return sum;
  }

  void KineticsSum::jacobian(const NodeBlock &nodes, double *values) const
  {
    std::fill(values, values + nodes.size * pattern_.size(), 0.);
    for (const Kinetics *part : parts_)
      part->add_jacobian(nodes, values);
  }
} // namespace cutis
