// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/kinetics.h"
#include "model/network.h"

namespace cutis
{
  /** What follows a session. */
  struct RfConstants
  {
    double clearance   = .0408; ///< of denatured collagen, half-life 17 d [1/d]
    double shock_decay = .5;    ///< [1/d]
    double shock_gain  = 1.;    ///< G, of collagen synthesis under heat shock
  };

  /**
   * Clearance of denatured collagen, decay of heat shock, and the synthesis that it adds:
   *
   *     Cd' = -k Cd,  H' = -.5 H,  Cn' += G H s,  C3n' += G H s3
   *
   * with the rates s and s3 at which the network makes new collagen and its type III.
   */
  class RfKinetics : public Kinetics
  {
  public:
    struct Indices
    {
      int denatured, shock, collagen_new, collagen3_new;
    };

    RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices);

    std::vector<std::pair<int, int>> dependencies() const override;
    void                             bind(const JacobianPattern &pattern) override { pattern_ = pattern; }
    void                             set_time(double) override {}
    void                             add_rates(const NodeBlock &nodes, double *rates) const override;
    /** The integrator allows for what is left out: the derivatives of the synthesis itself. */
    void add_jacobian(const NodeBlock &nodes, double *values) const override;

  private:
    RfConstants     constants_;
    const Network  &network_;
    Indices         indices_;
    JacobianPattern pattern_;
  };
} // namespace cutis
