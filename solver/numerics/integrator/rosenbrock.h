// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/integrator/coupled_diffusion.h"
#include "numerics/integrator/node_lu.h"

#include <array>
#include <vector>

namespace cutis
{
  /** What the kinetics depend on beside the fields; constant over a step. */
  struct NodeConditions
  {
    const NodalVector &doses;
    unsigned int n_doses = 0;
    const double *relative_tension = nullptr; ///< of the owned nodes, see NodeBlock
    const GuidedEdges *guided = nullptr;      ///< null where fibres guide no field
  };

  /**
   * One step of the W-method ROS34PW2 (Rang and Angermann, BIT 45 (2005)), order 3 with an embedded order 2, for
   *
   *     u' = F(t, u) = transport(u) + reactions(t, u).
   *
   * The right-hand side is always the full one, so that a steady state is exact at any step; the order conditions hold
   * for any approximation W of the Jacobian. Here, with the reaction Jacobian J at each node, the diffusion L of each
   * field, B = I - gh tril(J) in the order of the solves, and gh = g h,
   *
   *     W = (I - gh J) B^-1 (B - gh L),
   *
   * so that one solve is a sparse LU at each node followed by scalar diffusion solves, level by level. Taxis is
   * explicit. So is diffusion along fibres, while L is isotropic with its largest principal value: the method is stable
   * as long as the diffusion in W is at least .7 of the true one, and has no upper limit.
   */
  class Rosenbrock
  {
  public:
    using Statistics = CoupledDiffusion::Statistics;

    Rosenbrock(const NodeGraph &graph,
               const Motion &motion,
               Reactions &reactions,
               const SolveOrder &order,
               const ErrorWeights &weights);

    /**
     * Step from `u` at time t [d] over h [d]. On return `next` holds the new values, complete with ghosts, no value
     * below zero. Returns the error over its weight in the maximum norm: above 1 the step must not be accepted.
     * StepRejected if a value is not finite or below zero by more than its absolute error, or if a solve fails.
     */
    double step(double t, double h, const NodalVector &u, const NodeConditions &conditions, NodalVector &next);

    const CountedFields &counted() const { return counted_; }
    const Statistics &statistics() const { return diffusion_.statistics(); }

  private:
    void linearise(double t, double gh, const NodalVector &u, const NodeConditions &conditions);
    void evaluate_stage(unsigned int stage, double t, double h, const NodalVector &w, const NodeConditions &conditions);
    double finish(const NodalVector &u, NodalVector &next);
    StageSum sum_of_stages(unsigned int n, const double *factors) const;
    NodeBlock nodes(const NodalVector &fields, const NodeConditions &conditions) const;

    const NodeGraph &graph_;
    const Motion &motion_;
    Reactions &reactions_;
    const CountedFields counted_;
    ErrorWeights weights_;
    unsigned int n_fields_;
    NodeLU lu_;
    std::vector<float> factors_;
    CoupledDiffusion diffusion_;
    std::array<NodalVector, 4> stages_;
    double step_ = 0.;
  };
} // namespace cutis
