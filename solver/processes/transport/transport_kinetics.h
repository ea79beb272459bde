// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/integrator/rosenbrock.h"
#include "numerics/state/state.h"
#include "processes/process.h"

#include <memory>

namespace cutis
{
  /**
   * Diffusion, taxis and reactions of all scalar fields on the nodes of the mesh.
   */
  class TransportKinetics
  {
  public:
    /** `tolerance` is the relative error per step. */
    TransportKinetics(Reactions &reactions, double tolerance);

    /** Make the integrator anew, for a new mesh. */
    void rebuild(const NodeGraph &graph);
    /**
     * Try a step of h days from `state`, whose fields it replaces if the error is within the tolerance. Returns the
     * error over the tolerance. `felt`: what cells feel of the tissue, where there is mechanics. StepRejected if the
     * step must be repeated smaller; `state` is then as before.
     */
    double advance(State &state, double h, const Surroundings &felt = {});

    /** The fields at the beginning of the last step that was accepted, until the next is tried. May be swapped. */
    NodalVector &former() { return next_; }
    const CountedFields &counted() const { return integrator_->counted(); }

    /** The reactions at the moment of a state, with its cohorts. */
    const Reactions &reactions_at(const State &state);

    /**
     * Size of the next step after one of size h with this error [d]. `trend`: factor by which error/h^3 changed from
     * the step before to this one, and will again (Gustafsson, ACM Trans. Math. Softw. 20 (1994)): while the answer to
     * a session dies away, steps must grow from one to the next, and a rule that looks at one error is always late.
     */
    static double suggested_step(double h, double error, double trend);
    static constexpr double first_step = 1e-3; ///< after an event [d]

    const SolveOrder &order() const { return order_; }
    const Rosenbrock::Statistics &statistics() const { return statistics_; }

  private:
    Reactions &reactions_;
    const SolveOrder order_;
    const Motion motion_;
    const ErrorWeights weights_;
    std::unique_ptr<Rosenbrock> integrator_;
    NodalVector next_; ///< of the step that is tried; after it, what was before
    Rosenbrock::Statistics statistics_;
  };
} // namespace cutis
