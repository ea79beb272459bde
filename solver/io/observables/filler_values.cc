// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    /** Volume of gel per volume of tissue at a node. */
    double gel_at(const Observation &o, const std::vector<unsigned int> &fields, const unsigned int node)
    {
      double volume = 0.;
      for (const unsigned int f : fields)
        volume += o.value(node, f) * o.layout.fields[f].volume;
      return volume;
    }

    std::vector<unsigned int> gel(Sources &sources)
    {
      return sources.fields({"filler_fast", "filler_slow", "filler_dry"});
    }

    Observable::Value gel_volume(Sources &sources)
    {
      return [fields = gel(sources)](const Observation &o)
      { return o.sum([&](const unsigned int i) { return o.graph.volume[i] * gel_at(o, fields, i); }); };
    }

    Observable::Value densest_gel(Sources &sources)
    {
      return [fields = gel(sources)](const Observation &o)
      { return o.maximum_over_nodes([&](const unsigned int i) { return gel_at(o, fields, i); }); };
    }
  } // namespace

  std::vector<Observable> filler_observables()
  {
    return {{"filler_volume",
             "mm^3",
             "Volume of gel that is left; of a 2-D patch in a slice of 1 mm.",
             "integral of f = (1 + sw)(filler_fast + filler_slow) - sw filler_dry, sw = `Swelling`",
             "",
             gel_volume},
            {"filler_fraction_peak", "1", "Largest volume of gel per volume of tissue.", "largest f", "", densest_gel}};
  }
} // namespace cutis
