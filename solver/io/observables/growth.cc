// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"

#include "model/tissue/growth.h"

namespace cutis
{
  Growth::Growth(const Observation &observation)
    : observation_(observation)
    , fresh_(observation.field("collagen_new"))
    , mature_(observation.field("collagen_mature"))
    , hyaluronan_(observation.field("hyaluronan"))
    , plla_(observation.fields_like("plla_mass_"))
  {
  }

  double Growth::tissue(const unsigned int node) const
  {
    const auto excess = [&](const unsigned int f) { return observation_.value(node, f) - observation_.healthy(f); };
    return growth::per_collagen * (excess(fresh_) + excess(mature_)) + growth::per_hyaluronan * excess(hyaluronan_);
  }

  double Growth::particles(const unsigned int node) const
  {
    double mass = 0.;
    for (const unsigned int w : plla_)
      mass += observation_.value(node, w);
    return mass / growth::plla_density;
  }
} // namespace cutis
