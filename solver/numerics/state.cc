// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/state.h"

#include <algorithm>

namespace cutis
{
  unsigned int FieldLayout::n_moving() const
  {
    return std::count_if(fields.begin(), fields.end(), [](const Species &s) { return s.diffusivity > 0.; });
  }

  int FieldLayout::find(const std::string &key) const
  {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const Species &s) { return s.key == key; });
    return field == fields.end() ? -1 : static_cast<int>(field - fields.begin());
  }

  int FieldLayout::find_dose(const std::string &name) const
  {
    const auto dose = std::find(doses.begin(), doses.end(), name);
    return dose == doses.end() ? -1 : static_cast<int>(dose - doses.begin());
  }
} // namespace cutis
