// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "interventions/thermal_injury.h"

namespace cutis
{
  namespace
  {
    constexpr const char *collagens[] = {"collagen_new",
                                         "collagen_mature",
                                         "collagen3_new",
                                         "collagen3_mature",
                                         "collagen_fragmented",
                                         "collagen_crosslinked"};
    constexpr const char *killed_cells[] = {"fibroblast", "myofibroblast", "vessel", "epidermis"};
  } // namespace

  std::vector<std::string> ThermalInjury::fields()
  {
    std::vector<std::string> keys = {"denatured_collagen"};
    keys.insert(keys.end(), std::begin(collagens), std::end(collagens));
    keys.insert(keys.end(), std::begin(killed_cells), std::end(killed_cells));
    return keys;
  }

  void ThermalInjury::act_on(double *u, const FieldLayout &layout) const
  {
    const auto field = [&](const char *key) -> double & { return u[layout.find(key)]; };
    field("denatured_collagen") += collagen * (field("collagen_new") + field("collagen_mature"));
    for (const char *key : collagens)
      field(key) *= 1. - collagen;
    for (const char *key : killed_cells)
      field(key) *= 1. - cells;
    for (std::size_t f = 0; f < layout.fields.size(); ++f)
      if (const std::string &dead = layout.fields[f].dead; !dead.empty())
      {
        u[layout.find(dead)] += cells * u[f];
        u[f] *= 1. - cells;
      }
  }
} // namespace cutis
