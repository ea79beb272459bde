// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"

#include "model/tissue/growth.h"

namespace cutis
{
  Growth::Growth(Sources &sources)
    : fresh_(sources.field("collagen_new"))
    , mature_(sources.field("collagen_mature"))
    , hyaluronan_(sources.field("hyaluronan"))
    , volumes_(sources.volumes())
  {
  }

  double Growth::tissue(const Observation &o, const unsigned int node) const
  {
    const auto excess = [&](const unsigned int f) { return o.value(node, f) - o.healthy(node, f); };
    return growth::per_collagen * (excess(fresh_) + excess(mature_)) + growth::per_hyaluronan * excess(hyaluronan_);
  }

  double Growth::foreign(const Observation &o, const unsigned int node) const
  {
    double sum = 0.;
    for (const auto &[f, volume] : volumes_)
      sum += volume * o.value(node, f);
    return sum;
  }
} // namespace cutis
