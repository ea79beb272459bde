// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reactions.h"
#include "numerics/diffusion/stencil.h"
#include "numerics/space/node_graph.h"

#include <vector>

namespace cutis
{
  /** The fields whose account is kept, see `Reactions::counted`, and the volumes in which each is counted. */
  class CountedFields
  {
  public:
    /** Volumes of the owned nodes for each field, null for those of which no account is kept. Keeps references to all
     * of them. */
    CountedFields(const NodeGraph &graph, std::vector<const std::vector<double> *> volumes);

    const NodeGraph &graph() const { return graph_; }
    const std::vector<double> *volume(const unsigned int field) const { return volumes_[field]; }

    /** The total of a field is below zero by more than this share of all totals. Collective. */
    bool any_total_is_negative(const NodalVector &fields, double share) const;
    /**
     * Values below zero become zero. That adds matter, which an account does not allow: counted fields are scaled back
     * to the totals that they had. Ghosts and hanging nodes are left as they are. Collective.
     */
    void clip(NodalVector &fields) const;

  private:
    std::vector<double> totals(const NodalVector &fields) const;

    const NodeGraph &graph_;
    const std::vector<const std::vector<double> *> volumes_;
  };

  CountedFields counted_fields(const NodeGraph &graph, const Motion &motion, const Reactions &reactions);
} // namespace cutis
