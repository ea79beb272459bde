// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/reactions/kinetics.h"

#include <algorithm>

namespace cutis
{
  JacobianPattern::JacobianPattern(const unsigned int n_fields, const std::vector<std::pair<int, int>> &entries)
    : n_fields_(n_fields)
    , entries_(entries)
    , slots_(n_fields * n_fields, -1)
  {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    for (std::size_t s = 0; s < entries_.size(); ++s)
      slots_[entries_[s].first * n_fields_ + entries_[s].second] = static_cast<int>(s);
  }
} // namespace cutis
