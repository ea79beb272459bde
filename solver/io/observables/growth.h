// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observation.h"

namespace cutis
{
  /**
   * How much the tissue at a node has grown, read from its collagen, hyaluronan and PLLA:
   * \f[ J_g = 1 + 0.30\,(C_t - C_{t0}) + 0.05\,(h - h_0) + w/\rho \f]
   * with the healthy values \f$C_{t0}, h_0\f$ and the PLLA mass per volume \f$w\f$ [mg/cm^3] of density
   * \f$\rho\f$ = 1250 mg/cm^3. The observation needs collagen_new, collagen_mature and hyaluronan.
   */
  class Growth
  {
  public:
    explicit Growth(const Observation &observation);

    /** New collagen, hyaluronan and the water that they bind: the part that scales with the content of a layer. */
    double tissue(unsigned int node) const;
    /** Volume that the particles take. */
    double particles(unsigned int node) const;

  private:
    const Observation &observation_;
    const unsigned int fresh_, mature_, hyaluronan_;
    const std::vector<unsigned int> plla_;
  };
} // namespace cutis
