// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observable.h"

namespace cutis
{
  /**
   * How much the tissue at a node has grown, read from its collagen, its hyaluronan and foreign material:
   * \f[ J_g = 1 + \sum_f g_f (u_f - u_{f0}) + \sum_f v_f u_f \f]
   * with the healthy values \f$u_{f0}\f$, what the tissue grows by per unit of collagen and hyaluronan, \f$g_f\f$
   * (Species::growth), and the volume \f$v_f\f$ that a unit of field \f$f\f$ takes up, for PLLA that over its density.
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
    std::vector<std::pair<unsigned int, double>> growths_; ///< fields, and what tissue grows by per unit of each
    std::vector<std::pair<unsigned int, double>> volumes_; ///< fields, and volume of a unit of each
  };
} // namespace cutis
