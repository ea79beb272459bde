// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "../model/at_a_point.h"
#include "numerics/integrator/rosenbrock.h"
#include "numerics/state/state.h"

#include <functional>

namespace cutis::test
{
  /** Diffusivities and taxis of a network, as the integrator takes them. */
  inline Motion motion_of(const Reactions &network)
  {
    Motion motion;
    for (unsigned int f = 0; f < network.layout().n_moving(); ++f)
    {
      const Species &s = network.species()[f];
      motion.diffusivity.push_back(s.diffusivity);
      motion.in_tissue.push_back(s.matter == Matter::tissue);
      for (const Taxis &t : s.taxis)
        motion.taxis.push_back({f, network.index(t.attractant), t.coefficient});
      if (!s.crowd.empty())
        motion.crowding.push_back({f, {}, s.crowded_at});
      for (const std::string &key : s.crowd)
        motion.crowding.back().crowd.push_back(network.index(key));
    }
    return motion;
  }

  inline SolveOrder solve_order_of(const Reactions &network)
  {
    const AtAPoint point(network);
    return solve_order({point.jacobian(network.healthy()), point.jacobian(network.active())},
                       magnitudes(network),
                       motion_of(network).n());
  }

  /**
   * Steps of a given size with the integrator itself: no error control, and solves so exact that they leave no trace
   * beside the error of the method.
   */
  class FixedSteps
  {
  public:
    FixedSteps(const NodeGraph &graph, Reactions &network, unsigned int n_doses = 0)
      : graph_(graph)
      , n_fields_(network.layout().n_fields())
      , n_doses_(n_doses)
      , motion_(motion_of(network))
      , order_(solve_order_of(network))
      , integrator_(graph, motion_, network, order_, ErrorWeights(tolerance, magnitudes(network)))
      , u(graph.make_vector(n_fields_))
      , doses(graph.make_vector(n_doses))
      , next_(u)
    {
    }
    FixedSteps(const FixedSteps &) = delete; // its parts refer to each other
    FixedSteps &operator=(const FixedSteps &) = delete;

    /** Give a field the value of f(local node) at all nodes. */
    void set(const unsigned int field, const std::function<double(unsigned int)> &f)
    {
      for (unsigned int i = 0; i < graph_.n_owned; ++i)
        u.local_element(i * n_fields_ + field) = f(i);
      graph_.complete(u, n_fields_);
    }

    double value(const unsigned int node, const unsigned int field) const
    {
      return u.local_element(node * n_fields_ + field);
    }

    /** `n` steps of h days; returns the largest estimate of the error of a step, in sizes of the fields. */
    double advance(const double h, const unsigned int n)
    {
      double error = 0.;
      for (unsigned int i = 0; i < n; ++i)
      {
        error = std::max(error, tolerance * integrator_.step(time, h, u, {doses, n_doses_}, next_));
        u.swap(next_);
        time += h;
      }
      return error;
    }

  private:
    static constexpr double tolerance = 1e-11;

    const NodeGraph &graph_;
    unsigned int n_fields_, n_doses_;
    Motion motion_;
    SolveOrder order_;
    Rosenbrock integrator_;

  public:
    NodalVector u, doses;
    double time = 0.; ///< d

  private:
    NodalVector next_;
  };

  /** log2 of the ratio of two errors, the second of half the step or cell size. */
  inline double order_of(const double coarse, const double fine)
  {
    return std::log2(coarse / fine);
  }
} // namespace cutis::test
