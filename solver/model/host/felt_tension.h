// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/host.h"
#include "model/reactions/lanes.h"

namespace cutis
{
  /**
   * The factors of a host where the fibres are under another tension than at rest: synthesis times 1 + Gm tanh s, not
   * below zero, production of MMP times 1 + Gz tanh(-s) where they are slack, and release of TGF-beta by cells times
   * 1 + Gt tanh s where they are tense. `s` is the tension over that at rest, minus 1.
   */
  template <class N>
  HostFactorsOf<N> under_tension(HostFactorsOf<N> factors, const N &s, const TensionGains &gains)
  {
    const N felt = hyperbolic_tangent(s);
    factors.collagen_synthesis *= positive_part(1. + gains.synthesis * felt);
    factors.mmp_production *= 1. + gains.mmp * positive_part(-felt);
    factors.tgf_activation *= 1. + gains.tgf_beta * positive_part(felt);
    return factors;
  }

  /** The same factors for every node. */
  template <class N>
  HostFactorsOf<N> everywhere(const HostFactors &f)
  {
    return {f.collagen_synthesis,
            f.mmp_production,
            f.type_iii_share,
            f.tgf_activation,
            f.growing_older,
            f.perfusion,
            f.collagen};
  }
} // namespace cutis
