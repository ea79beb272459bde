// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/diffusion/diffusion_solver.h"
#include "numerics/integrator/counted_fields.h"
#include "numerics/integrator/node_lu.h"
#include "numerics/integrator/solve_order.h"

#include <array>
#include <vector>

namespace cutis
{
  /** Errors that a step may make in each field: absolute + relative |u|, in the unit of the field. */
  struct ErrorWeights
  {
    double relative = 3e-3;
    std::vector<double> absolute;

    /** absolute = .1 relative magnitude, so that a field is resolved to its own size. */
    ErrorWeights(double relative, const std::vector<double> &magnitudes);
  };

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
    struct Statistics
    {
      unsigned long scalar_solves = 0; ///< diffusion solves, one per field and stage
      unsigned long iterations = 0;    ///< of conjugate gradients, per batch
    };

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
    const Statistics &statistics() const { return statistics_; }

  private:
    /** One level of the solve order: its fields, and the couplings to fields of earlier levels. */
    struct Level
    {
      DiffusionSolver solver;
      NodalVector residual, correction;
      std::vector<std::pair<int, int>> couplings; ///< (position in this level, field)
      std::vector<int> slots;                     ///< of the couplings in the Jacobian
      std::vector<float> values;                  ///< of -gh J at each node, coupling by coupling
    };

    void linearise(double t, double gh, const NodalVector &u, const NodeConditions &conditions);
    void store_couplings(std::size_t first, std::size_t size, const double *jacobian, double gh);
    void scale_solvers(std::size_t node, const double *values);
    void evaluate_stage(unsigned int stage, double t, double h, const NodalVector &w, const NodeConditions &conditions);
    void diffuse_stage(unsigned int stage);
    void solve_level(std::size_t level, NodalVector &stage_value);
    void conserve(Level &level) const;
    void correct_bound_fields(NodalVector &stage_value);
    double finish(const NodalVector &u, NodalVector &next);
    NodeBlock nodes(const NodalVector &fields, const NodeConditions &conditions) const;

    const NodeGraph &graph_;
    const Motion &motion_;
    Reactions &reactions_;
    const CountedFields counted_;
    ErrorWeights weights_;
    unsigned int n_fields_;
    NodeLU lu_;
    std::vector<float> factors_;
    std::vector<Level> levels_;
    std::vector<std::pair<int, int>> where_; ///< level and position of each moving field

    std::vector<std::pair<int, int>> bound_couplings_; ///< (bound field, field before it), with the diagonal last
    std::vector<int> bound_slots_;
    std::vector<float> bound_values_;

    std::array<NodalVector, 4> stages_;
    Statistics statistics_;
    double step_ = 0.;
  };
} // namespace cutis
