// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reactions.h"
#include "numerics/diffusion/guidance.h"
#include "numerics/elastic/elastic_solver.h"
#include "processes/mechanics/equilibrium.h"
#include "processes/mechanics/stress_projection.h"
#include "processes/process.h"

#include <deal.II/base/timer.h>

#include <vector>

namespace cutis
{
  /** of_a a + of_b b, complete. */
  NodalVector sum(double of_a, const NodalVector &a, double of_b, const NodalVector &b);

  /**
   * The deforming tissue and its fibres: quasi-static equilibrium at finite strain, collagen laid along the stress
   * lines and turned over, and the tension that cells feel. Acts on blocks of its own.
   */
  template <int dim>
  class Mechanics : public Process
  {
  public:
    struct Statistics
    {
      unsigned long tangents = 0;   ///< stiffness matrices
      unsigned long solves = 0;     ///< linear systems
      unsigned long iterations = 0; ///< of conjugate gradients
      double seconds = 0.;          ///< of steps and equilibria
    };

    /** The reactions say what healthy skin is, and how fast fibres are laid. */
    Mechanics(const MechanicsSettings &settings,
              const Reactions &reactions,
              const Discretization<dim> &discretization,
              const LayerContents &contents);

    /** Derive healthy skin on the present mesh. BadInput if it cannot rest under its tension. */
    void rebuild() override;
    std::vector<BlockShape> blocks() const override;
    /** Healthy fibres and no displacement, which does not change. */
    void start(State &state) const override;
    void surround(Surroundings &surroundings) const override;
    /**
     * Bring the tissue into equilibrium with the state, as after an impulse or on a new mesh. RunFailed if that cannot
     * be done.
     */
    void equilibrate(State &state) override;

    /**
     * Fibres and displacement over a step of h [d], in which the fields went from `before` to those of the state.
     * Second order: half a step of turnover, equilibrium, and a whole step with the targets of the middle.
     * StepRejected, and the state is left half done, if there is no equilibrium. It has no error of its own.
     */
    double advance(const NodalVector &before, double h, const Surroundings &felt, State &state) override;
    /** Look again at a state that is in equilibrium. */
    void restore(const State &state) override;

    std::optional<MechanicsReport> report(const PunchBiopsy &site, const State &state) override;
    std::vector<std::string> array_names() const override;
    std::vector<NodalArray> arrays(const State &state) const override;
    std::string cost() const override;

    /** Tension of the fibres over that at rest, minus 1, of the owned nodes; see NodeBlock. */
    const std::vector<double> &relative_tension() const { return relative_tension_; }

    /** Edges along which cells crawl; null if fibres do not guide them. */
    const GuidedEdges *guided_edges() const { return settings_.contact_guidance ? &guidance_.edges() : nullptr; }

    const NodalStress &nodal_stress() const { return now_; }
    const SkinTissue<dim> &tissue() const { return tissue_; }
    const Equilibrium<dim> &equilibrium() const { return equilibrium_; }
    const Statistics &statistics() const { return statistics_; }
    /** Derivative of the forces in the last state that was solved for, with its multigrid set up. */
    const ElasticSolver<dim> &tangent_solver(const State &state);
    /** Residuals of the last Newton iteration, relative to healthy stress: each about the square of the one before. */
    const std::vector<double> &convergence() const { return convergence_; }

  private:
    /** What the tissue is to be in equilibrium with. */
    struct Load
    {
      NodalVector table;
      double gravity; ///< share of it
    };

    /** How the patch answers small loads in the tissue at hand; see the observables of these names. */
    struct Answers
    {
      NodalVector table, displacement; ///< the tissue
      double stiffness_along, stiffness_across, suction_lift;
    };

    void balance_directions();
    void approach(const NodalVector &table, const NodalVector &guess, NodalVector &displacement);
    bool solve_for(const Load &load, NodalVector &displacement);
    bool solve_for_change(double size);
    double go_along_change(const Load &load, double size, unsigned int most_trials, NodalVector &displacement);
    double
    out_of_balance(const Load &load, const NodalVector &displacement, dealii::TrilinosWrappers::SparseMatrix *matrix);
    void make_tangent(const Load &load, const NodalVector &displacement);
    NodalVector targets(const NodalVector &table) const;
    void turn_over(const NodalVector &fields,
                   const NodalVector &doses,
                   const NodalVector &target,
                   double h,
                   NodalVector &fibres) const;
    void update_tension();
    void guide(const NodalVector &table);
    void load_a_little(const NodalVector &table, const State &state);

    const MechanicsSettings &settings_;
    const Reactions &reactions_;
    const Discretization<dim> &discretization_;
    const unsigned int collagen_new_, collagen_mature_;
    SkinTissue<dim> tissue_;
    Splint<dim> splint_;
    Equilibrium<dim> equilibrium_;
    dealii::TrilinosWrappers::SparseMatrix matrix_;
    ElasticSolver<dim> solver_;
    bool tangent_stands_ = false; ///< the matrix is of this time step and serves
    NodalVector residual_, change_;
    Load solved_; ///< for which there is equilibrium
    NodalStress now_;
    Guidance<dim> guidance_;
    std::vector<double> felt_at_rest_, relative_tension_;
    Answers answers_; ///< of the last report
    std::vector<double> convergence_;
    std::string failure_;
    Statistics statistics_;
  };
} // namespace cutis
