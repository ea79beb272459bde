// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What heat has destroyed at a node, as fractions. */
  struct ThermalInjury
  {
    double collagen = 0.; ///< denatured
    double cells = 0.;    ///< dead

    /** Keys of the fields that it changes. */
    static std::vector<std::string> fields();
    /** Change the values of a node: collagen becomes denatured collagen, and cells are gone, also those that somebody
     * has brought. The damage signal is left to whoever calls this. */
    void act_on(double *u, const FieldLayout &layout) const;
  };
} // namespace cutis
