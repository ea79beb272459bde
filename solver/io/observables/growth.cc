// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/growth.h"

namespace cutis
{
  Growth::Growth(Sources &sources) : growths_(sources.growths()), volumes_(sources.volumes()) {}

  double Growth::tissue(const Observation &o, const unsigned int node) const
  {
    double sum = 0.;
    for (const auto &[f, growth] : growths_)
      sum += growth * (o.value(node, f) - o.healthy(node, f));
    return sum;
  }

  double Growth::foreign(const Observation &o, const unsigned int node) const
  {
    double sum = 0.;
    for (const auto &[f, volume] : volumes_)
      sum += volume * o.value(node, f);
    return sum;
  }
} // namespace cutis
