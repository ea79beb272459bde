// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/errors.h"
#include "base/text.h"
#include "mesh/skin_patch.h"

#include <algorithm>

namespace cutis
{
  const std::vector<std::string> &layer_names()
  {
    static const std::vector<std::string> names = {
      "epidermis", "papillary dermis", "reticular dermis", "dermis", "hypodermis"};
    return names;
  }

  const std::string &layer_name(const Layer layer)
  {
    return layer_names().at(static_cast<std::size_t>(layer));
  }

  bool is_dermis(const Layer layer)
  {
    return layer == Layer::dermis || layer == Layer::papillary_dermis || layer == Layer::reticular_dermis;
  }

  Layer layer_of_name(const std::string &name)
  {
    const auto &names = layer_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw BadInput("There is no skin layer '" + name + "'" + did_you_mean(name, names));
    return static_cast<Layer>(found - names.begin());
  }
} // namespace cutis
