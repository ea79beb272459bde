// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/tissue/tissue.h"

#include <array>

namespace cutis
{
  /** A uniform piece of tissue whose principal axes are those of the skin, as it is cut out and tested. */
  struct Specimen
  {
    TissueConstants constants;
    TissuePoint point;

    /**
     * Stretches along the three axes when the `free` ones carry no stress and the others are held as given. RunFailed
     * if there is no such equilibrium nearby.
     */
    std::array<double, 3> equilibrium(std::array<double, 3> stretches, const std::array<bool, 3> &free) const;

    /** Principal Cauchy stresses at these stretches [kPa]. */
    std::array<double, 3> stresses(const std::array<double, 3> &stretches) const;

    /**
     * Increment of the Cauchy stress along `axis` over a small stretch beyond the state in the body, with the thickness
     * free [kPa]; the other axis is held ("strip") or keeps its stress ("uniaxial").
     */
    double incremental_modulus(int axis, bool other_held) const;
  };
} // namespace cutis
