// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"

namespace cutis
{
  namespace
  {
    constexpr double per_collagen   = .30;
    constexpr double per_hyaluronan = .05;
    constexpr double plla_density   = 1250.; // mg/cm^3
  }                                          // namespace

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
    return per_collagen * (excess(fresh_) + excess(mature_)) + per_hyaluronan * excess(hyaluronan_);
  }

  double Growth::particles(const unsigned int node) const
  {
    double mass = 0.;
    for (const unsigned int w : plla_)
      mass += observation_.value(node, w);
    return mass / plla_density;
  }
} // namespace cutis
