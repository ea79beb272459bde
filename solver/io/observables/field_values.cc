// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    Observable
    of_field(const std::string &name, const Species &species, const std::string &what, const Observable::Value &value)
    {
      return {name,
              species.unit,
              what + species.meaning + ".",
              "",
              "",
              [key = species.key, value](Sources &sources)
              {
                sources.field(key);
                return value;
              }};
    }
  } // namespace

  std::vector<Observable> field_observables(const FieldLayout &layout, const unsigned int n_probes)
  {
    std::vector<Observable> list;
    for (unsigned int f = 0; f < layout.n_fields(); ++f)
    {
      const Species &s = layout.fields[f];
      list.push_back(
        of_field("mean_" + s.key, s, "Volume mean over the dermis: ", [f](const Observation &o) { return o.mean(f); }));
      list.push_back(
        of_field("min_" + s.key, s, "Smallest value at a node: ", [f](const Observation &o) { return o.minimum(f); }));
      list.push_back(
        of_field("max_" + s.key, s, "Largest value at a node: ", [f](const Observation &o) { return o.maximum(f); }));
    }
    for (unsigned int p = 0; p < n_probes; ++p)
      for (unsigned int f = 0; f < layout.n_fields(); ++f)
      {
        const Species &s = layout.fields[f];
        list.push_back(of_field("at_" + std::to_string(p + 1) + "_" + s.key,
                                s,
                                "Value at the node nearest to the probe: ",
                                [p, f](const Observation &o) { return o.probe_value(p, f); }));
      }
    return list;
  }
} // namespace cutis
