// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/network.h"
#include "numerics/integrator/rosenbrock.h"
#include "numerics/state/state.h"

#include <memory>

namespace cutis
{
  /** What cells feel of the tissue, where there is mechanics. */
  struct Surroundings
  {
    const std::vector<double> *stretch = nullptr; ///< of the owned nodes, see NodeBlock
    const GuidedEdges *guided = nullptr;
  };

  /**
   * Diffusion, taxis and reactions of all scalar fields: the network and the kinetics of the interventions on the nodes
   * of the mesh.
   */
  class TransportKinetics
  {
  public:
    /** `extra` are the kinetics of the interventions; `tolerance` is the relative error per step. */
    TransportKinetics(Network &network, const FieldLayout &layout, std::vector<Kinetics *> extra, double tolerance);

    /** Make the integrator anew, for a new mesh. */
    void rebuild(const NodeGraph &graph);
    /**
     * Try a step of h days from `state`, whose fields it replaces if the error is within the tolerance. Returns the
     * error over the tolerance. `felt`: what cells feel of the tissue, where there is mechanics. StepRejected if the
     * step must be repeated smaller; `state` is then as before.
     */
    double advance(State &state, double h, const Surroundings &felt = {});

    /** Size of the next step after one of size h with this error [d]. */
    static double suggested_step(double h, double error, bool after_rejection);
    static constexpr double first_step = 1e-3; ///< after an event [d]

    /** The reactions as they are at this time [d]. */
    const KineticsSum &kinetics_at(double time);
    const KineticsSum &kinetics() const { return kinetics_; } ///< at the time that was looked at last

    const SolveOrder &order() const { return order_; }
    const Rosenbrock::Statistics &statistics() const { return statistics_; }

  private:
    const FieldLayout &layout_;
    SolveOrder order_; // before kinetics_: finding it binds the network to a pattern of its own
    Motion motion_;
    ErrorWeights weights_;
    KineticsSum kinetics_;
    std::unique_ptr<Rosenbrock> integrator_;
    NodalVector next_;
    Rosenbrock::Statistics statistics_;
  };
} // namespace cutis
