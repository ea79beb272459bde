// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

namespace cutis
{
  namespace
  {
    // Each function asks the sources for what it reads, once, and returns how it is computed from an observation. If
    // the run has no such field, the observable is not in the run. What runs over nodes is called for owned nodes.

    Observable::Value factor_excess(Sources &sources)
    {
      return [factor = sources.field("pigment_factor")](const Observation &o)
      {
        return o.sum([&](const unsigned int i)
                     { return o.graph.volume[i] * (o.value(i, factor) - o.healthy(i, factor)); });
      };
    }

    Observable::Value darkest(Sources &sources)
    {
      return [pigment = sources.field("pigment")](const Observation &o) {
        return o.maximum_over_nodes([&](const unsigned int i) { return o.value(i, pigment) - o.healthy(i, pigment); });
      };
    }

    constexpr double seen = .1; ///< of the healthy pigment; an assumption

    Observable::Value pigmented_surface(Sources &sources)
    {
      return [pigment = sources.field("pigment")](const Observation &o)
      {
        return o.sum(
                 [&](const unsigned int i)
                 {
                   const bool dark = o.value(i, pigment) > (1. + seen) * o.healthy(i, pigment);
                   return dark ? o.graph.surface_area[i] : 0.;
                 }) /
               o.skin.surface_area;
      };
    }
  } // namespace

  // Name, unit, a sentence, the formula in keys of fields, the source, the function. Means, extremes and probes of each
  // field are columns already.
  std::vector<Observable> pigment_observables()
  {
    return {{"pigment_factor_excess",
             "mm^3",
             "Pigmenting factor beyond health, as the volume of healthy skin that holds as much; of a 2-D patch in a "
             "slice of 1 mm.",
             "integral of pigment_factor - healthy",
             "",
             factor_excess},
            {"pigment_darkest",
             "1",
             "Pigment of the darkest place beyond healthy skin.",
             "largest pigment - healthy",
             "",
             darkest},
            {"pigmented_surface",
             "1",
             "Share of the skin surface that is seen to be darker.",
             "share of the surface with pigment > 1.1 healthy",
             "A tenth more is taken to be seen: assumed.",
             pigmented_surface}};
  }
} // namespace cutis
