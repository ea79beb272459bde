// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/kinetics.h"
#include "model/network.h"

#include <array>

namespace cutis
{
  /** What follows a session. */
  struct RfConstants
  {
    double clearance      = .0408; ///< of denatured collagen, half-life 17 d [1/d]
    double shock_decay    = .5;    ///< [1/d]
    double shock_gain     = 1.;    ///< G, of collagen synthesis under heat shock
    double elastin_gain   = 10.;   ///< GE, of elastin synthesis where all collagen is denatured
    double pore_half_life = .97;   ///< [d]
  };

  /**
   * Clearance of denatured collagen, decay of heat shock, closure of pores, and the synthesis that is added:
   *
   *     Cd' = -k Cd,  H' = -.5 H,  p' = -(ln 2/t) p,  Cn' += G H s,  C3n' += G H s3,  El' += GE Cd sE
   *
   * with the rates s, s3 and sE at which the network makes new collagen, its type III and elastin.
   */
  class RfKinetics : public Kinetics
  {
  public:
    struct Indices
    {
      int denatured, shock, pore, collagen_new, collagen3_new, elastin;
    };

    RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices);

    std::vector<std::pair<int, int>> dependencies() const override;
    void                             bind(const JacobianPattern &pattern) override { pattern_ = pattern; }
    void                             set_time(double) override {}
    void                             add_rates(const NodeBlock &nodes, double *rates) const override;
    /** The integrator allows for what is left out: the derivatives of the synthesis itself. */
    void   add_jacobian(const NodeBlock &nodes, double *values) const override;
    double gain(int species, const double *fields) const override;

  private:
    struct Fading
    {
      int    field;
      double rate; ///< 1/d
    };
    /** A field whose synthesis is raised in proportion to another one. */
    struct Raised
    {
      int    made, by;
      double gain;
    };

    const Network        &network_;
    std::array<Fading, 3> fading_;
    std::array<Raised, 3> raised_;
    JacobianPattern       pattern_;
  };
} // namespace cutis
