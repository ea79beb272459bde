// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/kinetics.h"

namespace cutis
{
  /** The network and the interventions together: their rates add. Does not own its parts. */
  class KineticsSum
  {
  public:
    KineticsSum(unsigned int n_fields, std::vector<Kinetics *> parts);

    const JacobianPattern &pattern() const { return pattern_; } ///< with the full diagonal
    void set_time(double time);

    /** Rates at the nodes, added to size x n_fields. */
    void add_rates(const NodeBlock &nodes, double *rates) const;
    /** Derivatives at the nodes, size x pattern().size(), overwritten. */
    void jacobian(const NodeBlock &nodes, double *values) const;
    /** Rate at which all parts together make a field at a node [field unit / d]. */
    double gain(int field, const double *fields) const;
    /** True for a field on which no reaction acts. */
    bool inert(unsigned int field) const { return inert_[field]; }

  private:
    std::vector<Kinetics *> parts_;
    JacobianPattern pattern_;
    std::vector<char> inert_;
  };
} // namespace cutis
