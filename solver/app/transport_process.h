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
    /** Keeps references to all of them; `graph` is that of the mesh at hand. `remembers`: the state has earlier fields,
     * so that fields can be read off between steps. */
    TransportProcess(TransportKinetics &transport,
                     const Reactions &reactions,
                     const NodeGraph &graph,
                     const bool remembers)
      : transport_(transport)
      , reactions_(reactions)
      , graph_(graph)
      , remembers_(remembers)
    {
    }

    std::vector<BlockShape> blocks() const override
    {
      std::vector<BlockShape> blocks = blocks_of(reactions_.layout());
      if (remembers_)
        for (const BlockShape &shape : blocks_of_earlier_fields(reactions_.layout()))
          blocks.push_back(shape);
      return blocks;
    }
    void rebuild() override { transport_.rebuild(graph_); }
    void start(State &state) const override
    {
      fill_healthy(state, graph_, reactions_);
      if (remembers_)
        for (const BlockShape &shape : blocks_of_earlier_fields(reactions_.layout()))
          state.put({shape, copy_of(state.fields())});
    }
    double advance(const NodalVector &, const double h, const Surroundings &felt, State &state) override
    {
      return transport_.advance(state, h, felt);
    }

  private:
    TransportKinetics &transport_;
    const Reactions &reactions_;
    const NodeGraph &graph_;
    const bool remembers_;
  };
} // namespace cutis
