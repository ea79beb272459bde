// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors

// How mechanics finds its equilibrium: in parts of a load, each by Newton's method.
#include "base/errors.h"
#include "base/text.h"
#include "processes/mechanics/mechanics.h"

#include <deal.II/lac/solver_control.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr unsigned int most_iterations = 25;
    constexpr unsigned int most_halvings = 8; // of a Newton step
    constexpr double smallest_advance = 1e-3; // of a load

    template <int dim>
    std::string in_words(const Point<dim> &place)
    {
      std::string text = "x = " + format_rounded(place[0], 3) + " mm";
      if (dim == 3)
        text += ", y = " + format_rounded(place[1], 3) + " mm";
      return text + ", depth " + format_rounded(-place[dim - 1], 3) + " mm";
    }
  } // namespace

  NodalVector sum(const double of_a, const NodalVector &a, const double of_b, const NodalVector &b)
  {
    NodalVector total(a);
    total.zero_out_ghost_values();
    total.sadd(of_a, of_b, b);
    total.update_ghost_values();
    return total;
  }

  /** Equilibrium under a load: from the guess, or else in as many parts of the way from the last one as it takes. */
  template <int dim>
  void Mechanics<dim>::approach(const NodalVector &table, const NodalVector &guess, NodalVector &displacement)
  {
    const Load origin{copy_of(solved_.table), solved_.gravity};
    double done = 0., part = 1.;
    while (done < 1.)
    {
      const double next = std::min(1., done + part);
      Load way{sum(1. - next, origin.table, next, table), origin.gravity + next * (1. - origin.gravity)};
      NodalVector trial = copy_of(part < 1. || done > 0. ? displacement : guess);
      if (solve_for(way, trial))
      {
        displacement = copy_of(trial);
        solved_ = {copy_of(way.table), way.gravity};
        done = next;
        part *= 1.5;
      }
      else if ((part *= .5) < smallest_advance)
        throw StepRejected(StepRejected::Reason::no_equilibrium,
                           "The tissue finds no equilibrium" + failure_ + ".",
                           0.); // whoever steps halves it
      else
        tangent_stands_ = false;
    }
  }

  /** Forces out of balance, relative to the stress of healthy skin; infinite if an element turns inside out. */
  template <int dim>
  double Mechanics<dim>::out_of_balance(const Load &load,
                                        const NodalVector &displacement,
                                        TrilinosWrappers::SparseMatrix *matrix)
  {
    const auto inversion = equilibrium_.assemble(load.table, displacement, load.gravity, residual_, matrix);
    if (inversion.found)
      failure_ = ": an element turns inside out at " + in_words(inversion.place);
    return inversion.found ? std::numeric_limits<double>::infinity()
                           : residual_.l2_norm() / equilibrium_.reference_force();
  }

  /** Newton's method. A tangent of the same time step is kept while it serves. */
  template <int dim>
  bool Mechanics<dim>::solve_for(const Load &load, NodalVector &u)
  {
    failure_.clear();
    convergence_.clear();
    double size = out_of_balance(load, u, nullptr);
    for (unsigned int iteration = 0; iteration < most_iterations; ++iteration)
    {
      convergence_.push_back(size);
      if (size <= settings_.tolerance)
        return true;
      if (!std::isfinite(size))
        return false;
      const bool own_tangent = !tangent_stands_;
      if (own_tangent)
        make_tangent(load, u);
      if (!solve_for_change(size))
        return false;
      const double next = go_along_change(load, size, own_tangent ? most_halvings : 1, u);
      if (!(next < size) && own_tangent)
      {
        if (failure_.empty())
          failure_ = ": forces out of balance of " + format_rounded(size, 2) + " of healthy stress do not become less";
        return false;
      }
      tangent_stands_ = next < settings_.reuse_of_tangent * size;
      size = std::min(size, next);
    }
    failure_ = ": Newton's method does not converge";
    return false;
  }

  template <int dim>
  bool Mechanics<dim>::solve_for_change(const double size)
  {
    try
    {
      ++statistics_.solves;
      // No better than Newton's method itself comes with this step, about the square of the size.
      const double precision = std::clamp(std::max(.1 * settings_.tolerance / size, .01 * size), 1e-10, 1e-4);
      statistics_.iterations += solver_.solve(residual_, precision, change_);
      equilibrium_.constraints().distribute(change_);
      return true;
    }
    catch (const SolverControl::NoConvergence &)
    {
      failure_ = ": conjugate gradients do not converge, the stiffness is not positive";
      return false;
    }
  }

  /** Take the change off, or a half of it, or a quarter ...: the first that leaves less out of balance, if one does. */
  template <int dim>
  double
  Mechanics<dim>::go_along_change(const Load &load, const double size, const unsigned int most_trials, NodalVector &u)
  {
    double next = size, share = -1.;
    for (unsigned int trial = 0; trial < most_trials; ++trial, share *= .5)
    {
      NodalVector moved(u);
      moved.zero_out_ghost_values();
      moved.add(share, change_);
      discretization_.displacement->complete(moved);
      next = out_of_balance(load, moved, nullptr);
      if (next < size)
      {
        u = copy_of(moved);
        return next;
      }
    }
    return next;
  }

  template <int dim>
  void Mechanics<dim>::make_tangent(const Load &load, const NodalVector &displacement)
  {
    out_of_balance(load, displacement, &matrix_);
    solver_.prepare(matrix_, *discretization_.displacement);
    ++statistics_.tangents;
  }

  template <int dim>
  const ElasticSolver<dim> &Mechanics<dim>::tangent_solver(const State &state)
  {
    make_tangent({tissue_.table(state), 1.}, state[displacement_block]);
    return solver_;
  }

  template void Mechanics<2>::approach(const NodalVector &, const NodalVector &, NodalVector &);
  template const ElasticSolver<2> &Mechanics<2>::tangent_solver(const State &);
  template void Mechanics<3>::approach(const NodalVector &, const NodalVector &, NodalVector &);
  template const ElasticSolver<3> &Mechanics<3>::tangent_solver(const State &);
} // namespace cutis
