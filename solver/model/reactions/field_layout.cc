// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/reactions/field_layout.h"

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

  std::vector<unsigned int> FieldLayout::family(const std::string &name) const
  {
    std::vector<unsigned int> members;
    for (unsigned int f = 0; f < n_fields(); ++f)
      if (fields[f].family == name)
        members.push_back(f);
    return members;
  }

  std::string of_cohort(const std::string &family, const unsigned int cohort)
  {
    return family + "_" + std::to_string(cohort + 1);
  }
} // namespace cutis
