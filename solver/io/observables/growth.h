// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observable.h"

namespace cutis
{
  /**
   * How much the tissue at a node has grown, read from its collagen, its hyaluronan and foreign material:
   * \f[ J_g = 1 + 0.30\,(C_t - C_{t0}) + 0.05\,(h - h_0) + \sum_f v_f u_f \f]
   * with the healthy values \f$C_{t0}, h_0\f$ and the volume \f$v_f\f$ that a unit of field \f$f\f$ takes up, for PLLA
   * that over its density.
   */
  class Growth
  {
  public:
    explicit Growth(Sources &sources);

    /** New collagen, hyaluronan and the water that they bind: the part that scales with the content of a layer. */
    double tissue(const Observation &o, unsigned int node) const;
    /** Volume that foreign material takes up. */
    double foreign(const Observation &o, unsigned int node) const;

  private:
    unsigned int fresh_, mature_, hyaluronan_;
    std::vector<std::pair<unsigned int, double>> volumes_; ///< fields, and volume of a unit of each
  };
} // namespace cutis
