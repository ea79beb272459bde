// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"
#include "model/reactions/network.h"

#include <array>

namespace cutis
{
  /** What follows a session. */
  struct RfConstants
  {
    double clearance = .0408;    ///< of denatured collagen, half-life 17 d [1/d]
    double shock_decay = .5;     ///< [1/d]
    double shock_gain = 1.;      ///< G, of collagen synthesis under heat shock
    double elastin_gain = 10.;   ///< GE, of elastin synthesis where all collagen is denatured
    double rebuilding = 6.;      ///< GD, of collagen synthesis where all collagen is denatured
    double retention = 60.;      ///< GR, of the retention of new collagen where all collagen is denatured
    double pore_half_life = .97; ///< [d]
  };

  /**
   * Clearance of denatured collagen, decay of heat shock, closure of pores, and the synthesis that is added:
   *
   *     Cd' = -k Cd,  H' = -.5 H,  p' = -(ln 2/t) p,  Cn' += G H s,  C3n' += G H s3,  El' += GE Cd sE
   *
   * with the rates s, s3 and sE at which the network makes new collagen, its type III and elastin. Where collagen is
   * denatured it is rebuilt, as far as its share of all collagen goes:
   *
   *     d = Cd/(Cd + Cn + Cm):  Cn' += max(0, (1 + GD d) s1 - s) - k,  Cm' += k,  k = max(0, (1 + GR d) r1 - r) Cn
   *
   * and the same for their type III, with the synthesis s1 and the retention r1 at resting TGF-beta and r as it is.
   * TGF-beta and denatured collagen do not add up: what calls for more decides.
   */
  class RfKinetics : public Kinetics
  {
  public:
    struct Indices
    {
      int tgf, denatured, shock, pore, collagen_new, collagen_mature, collagen3_new, collagen3_mature, elastin;
    };

    RfKinetics(const RfConstants &constants, const Network &network, const Indices &indices);

    std::vector<std::pair<int, int>> dependencies() const override;
    void bind(const JacobianPattern &pattern) override { pattern_ = pattern; }
    void set_time(double) override {}
    void add_rates(const NodeBlock &nodes, double *rates) const override;
    /** The integrator allows for what is left out: the derivatives of s, s3, sE and r, and of d by intact collagen. */
    void add_jacobian(const NodeBlock &nodes, double *values) const override;
    double gain(int species, const double *fields) const override;

  private:
    struct Fading
    {
      int field;
      double rate; ///< 1/d
    };
    /** A field whose synthesis is raised in proportion to another one. */
    struct Raised
    {
      int made, by;
      double gain;
    };
    /** A pool of new collagen and that of what is retained of it, which are rebuilt where collagen is denatured. */
    struct Rebuilt
    {
      int fresh, mature;
    };

    /** What is added to the synthesis [field unit / d] and retention [1/d] of a pool, and the derivatives by Cd. */
    struct Addition
    {
      double made = 0., kept = 0., made_by_denatured = 0., kept_by_denatured = 0.;
    };

    Addition addition(const Rebuilt &pool, const double *fields) const;

    const Network &network_;
    const double rebuilding_, retention_;
    const Indices at_;
    std::array<Fading, 3> fading_;
    std::array<Raised, 3> raised_;
    std::array<Rebuilt, 2> rebuilt_;
    JacobianPattern pattern_;
  };
} // namespace cutis
