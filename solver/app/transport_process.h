// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/process.h"
#include "processes/transport/transport_kinetics.h"

namespace cutis
{
  /** Transport and kinetics of the fields as one of the processes of a run. */
  class TransportProcess : public Process
  {
  public:
    /** Keeps references to all of them; `graph` is that of the mesh at hand. */
    TransportProcess(TransportKinetics &transport, const Reactions &reactions, const NodeGraph &graph)
      : transport_(transport)
      , reactions_(reactions)
      , graph_(graph)
    {
    }

    std::vector<BlockShape> blocks() const override { return blocks_of(reactions_.layout()); }
    void rebuild() override { transport_.rebuild(graph_); }
    void start(State &state) const override { fill_healthy(state, graph_, reactions_); }
    double advance(const NodalVector &, const double h, const Surroundings &felt, State &state) override
    {
      return transport_.advance(state, h, felt);
    }

  private:
    TransportKinetics &transport_;
    const Reactions &reactions_;
    const NodeGraph &graph_;
  };
} // namespace cutis
