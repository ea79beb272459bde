// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/mechanics.h"

#include "base/errors.h"
#include "base/text.h"
#include "model/tissue/prestress.h"

#include <deal.II/lac/solver_control.h>

#include <spdlog/spdlog.h>

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
    constexpr double over_relaxation = 1.4;   // of directions, which by themselves close in by .6 a sweep

    /** Adds the time between its making and its end. */
    class Stopwatch
    {
    public:
      explicit Stopwatch(double &seconds) : seconds_(seconds) {}
      ~Stopwatch() { seconds_ += timer_.wall_time(); }

    private:
      double &seconds_;
      const Timer timer_;
    };

    NodalVector mix(const NodalVector &a, const double share_of_b, const NodalVector &b)
    {
      NodalVector mixed(a);
      mixed.zero_out_ghost_values();
      mixed.sadd(1. - share_of_b, share_of_b, b);
      mixed.update_ghost_values();
      return mixed;
    }

    template <int dim>
    std::string in_words(const Point<dim> &place)
    {
      std::string text = "x = " + format_rounded(place[0], 3) + " mm";
      if (dim == 3)
        text += ", y = " + format_rounded(place[1], 3) + " mm";
      return text + ", depth " + format_rounded(-place[dim - 1], 3) + " mm";
    }
  } // namespace

  template <int dim>
  Mechanics<dim>::Mechanics(const MechanicsSettings &settings,
                            const Network &network,
                            const KineticsSum &kinetics,
                            const Discretization<dim> &discretization,
                            const LayerContents &contents,
                            const FieldLayout &layout)
    : settings_(settings)
    , kinetics_(kinetics)
    , discretization_(discretization)
    , n_fields_(layout.n_fields())
    , collagen_new_(layout.find("collagen_new"))
    , collagen_mature_(layout.find("collagen_mature"))
    , tissue_(settings,
              discretization,
              contents,
              layout,
              [&]
              {
                std::vector<double> healthy = network.healthy();
                healthy.resize(layout.n_fields(), 0.);
                return healthy;
              }())
    , equilibrium_(tissue_, discretization)
    , guidance_(discretization, contents)
  {
  }

  template <int dim>
  void Mechanics<dim>::rebuild()
  {
    const NodeGraph &graph = discretization_.graph;
    const DisplacementSpace<dim> &space = *discretization_.displacement;
    tissue_.rebuild();
    settle_directions();
    equilibrium_.rebuild();
    guidance_.rebuild();
    matrix_.reinit(equilibrium_.pattern());
    residual_ = space.make_vector();
    change_ = space.make_vector();
    solved_ = {tissue_.healthy_table(), 0.};
    now_ = NodalStress::project(tissue_, graph, solved_.table, space.make_vector());
    felt_at_rest_.resize(graph.n_owned);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      felt_at_rest_[i] = now_.felt(i);
    feel();
  }

  /** Where layers meet, nodes see a mean stress: move the directions of healthy skin until they are laid as they lie.
   */
  template <int dim>
  void Mechanics<dim>::settle_directions()
  {
    const NodeGraph &graph = discretization_.graph;
    const NodalVector still = discretization_.displacement->make_vector();
    for (int sweep = 0; sweep < 200; ++sweep)
    {
      const NodalStress stress = NodalStress::project(tissue_, graph, tissue_.healthy_table(), still);
      NodalVector h0 = tissue_.directions();
      double most = 0.;
      for (unsigned int i = 0; i < graph.n_owned; ++i)
      {
        const Symmetric before = unpack(h0.begin() + i * 6);
        const Symmetric laid = laying_direction(settings_.fibres, stress.cauchy(i), stress.carried(i), before);
        most = std::max(most, (laid - before).norm());
        pack(before + over_relaxation * (laid - before), h0.begin() + i * 6);
      }
      graph.complete(h0, 6);
      tissue_.set_directions(h0);
      if (Utilities::MPI::max(most, graph.communicator) < 1e-14)
        return;
    }
    spdlog::warn("The directions of the fibres of healthy skin have not settled to round-off.");
  }

  template <int dim>
  void Mechanics<dim>::start(State &state) const
  {
    state.displacement = discretization_.displacement->make_vector();
    state.fibres = tissue_.resting_fibres();
    if (!settings_.disordered)
      return;
    const Symmetric isotropic = resting_fibres(settings_.fibres, unit_symmetric_tensor<3>() / 3.);
    for (unsigned int i = 0; i < 2 * discretization_.graph.n_owned; ++i)
      pack(isotropic, state.fibres.begin() + i * 6);
    discretization_.graph.complete(state.fibres, 12);
  }

  template <int dim>
  void Mechanics<dim>::settle(State &state)
  {
    const Stopwatch watch(statistics_.seconds);
    tangent_stands_ = false;
    try
    {
      approach(tissue_.table(state.fields, state.fibres), state.displacement);
    }
    catch (const StepRejected &rejection)
    {
      throw RunFailed(rejection.what());
    }
    look(state);
  }

  template <int dim>
  void Mechanics<dim>::look(const State &state)
  {
    const NodalVector table = tissue_.table(state.fields, state.fibres);
    now_ = NodalStress::project(tissue_, discretization_.graph, table, state.displacement);
    feel();
    if (settings_.contact_guidance)
      guide(table);
    solved_ = {copy_of(table), 1.};
  }

  /** Cells crawl along all collagen: d H with its directions H, as many-dimensional as the mesh, pulled back to it. */
  template <int dim>
  void Mechanics<dim>::guide(const NodalVector &table)
  {
    guidance_.update(
      [&](const unsigned int node)
      {
        const Deformation F = now_.F(node), back = invert(F);
        const Symmetric seen = seen_at(tissue_, now_, table, node).both;
        const Symmetric D = determinant(F) * symmetrize(back * Deformation(seen) * transpose(back));
        typename Guidance<dim>::Tensor here;
        double trace = 0.;
        for (int i = 0; i < dim; ++i)
          trace += seen[skin_axis<dim>(i)][skin_axis<dim>(i)];
        for (int i = 0; i < dim; ++i)
          for (int j = i; j < dim; ++j)
            here[i][j] = dim / trace * D[skin_axis<dim>(i)][skin_axis<dim>(j)];
        return here;
      });
  }

  template <int dim>
  void Mechanics<dim>::feel()
  {
    stretch_.resize(felt_at_rest_.size());
    for (std::size_t i = 0; i < stretch_.size(); ++i)
      stretch_[i] = felt_at_rest_[i] > 0. ? now_.felt(i) / felt_at_rest_[i] - 1. : 0.;
  }

  template <int dim>
  void Mechanics<dim>::advance(const NodalVector &before, const double h, State &state)
  {
    const Stopwatch watch(statistics_.seconds);
    tangent_stands_ = false; // so that a resumed run goes the same way
    const NodalVector start = copy_of(state.fibres);
    const NodalVector middle = mix(before, .5, state.fields);
    turn_over(mix(before, .25, state.fields), targets(tissue_.table(before, start)), .5 * h, state.fibres);
    const NodalVector half = tissue_.table(middle, state.fibres);
    approach(half, state.displacement);
    now_ = NodalStress::project(tissue_, discretization_.graph, half, state.displacement);

    state.fibres = copy_of(start);
    turn_over(middle, targets(half), h, state.fibres);
    approach(tissue_.table(state.fields, state.fibres), state.displacement);
    look(state);
  }

  /** Equilibrium under a load, in as many parts of the way from the last one as it takes. */
  template <int dim>
  void Mechanics<dim>::approach(const NodalVector &table, NodalVector &displacement)
  {
    const Load origin{copy_of(solved_.table), solved_.gravity};
    double done = 0., part = 1.;
    while (done < 1.)
    {
      const double next = std::min(1., done + part);
      Load way{mix(origin.table, next, table), origin.gravity + next * (1. - origin.gravity)};
      NodalVector trial = copy_of(displacement);
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
                           0.); // the time loop halves its step
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
    make_tangent({tissue_.table(state.fields, state.fibres), 1.}, state.displacement);
    return solver_;
  }

  /** What P of collagen laid now tends to, six components per node. */
  template <int dim>
  NodalVector Mechanics<dim>::targets(const NodalVector &table) const
  {
    const NodeGraph &graph = discretization_.graph;
    NodalVector targets = graph.make_vector(6);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const Deformation Fe = elastic_part(now_.F(i), tissue_.growth_at(table, i));
      const Symmetric P = unpack(table.begin() + std::size_t(i) * SkinTissue<dim>::n_columns + SkinTissue<dim>::fibres);
      const Symmetric present = symmetrize(Fe * Deformation(P) * transpose(Fe));
      const Symmetric h = laying_direction(settings_.fibres, now_.cauchy(i), now_.carried(i), present);
      pack(fibre_target(settings_.fibres, h, Fe), targets.begin() + i * 6);
    }
    return targets;
  }

  /** Pn' = qn (target - Pn), Pm' = qm (Pn - Pm): the rates are those at which the pools are filled. */
  template <int dim>
  void Mechanics<dim>::turn_over(const NodalVector &fields,
                                 const NodalVector &target,
                                 const double h,
                                 NodalVector &fibres) const
  {
    constexpr double least = 1e-6; // content
    const NodeGraph &graph = discretization_.graph;
    fibres.zero_out_ghost_values();
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const double *u = fields.begin() + std::size_t(i) * n_fields_;
      const double qn = kinetics_.gain(collagen_new_, u) / std::max(u[collagen_new_], least);
      const double qm = kinetics_.gain(collagen_mature_, u) / std::max(u[collagen_mature_], least);
      const Symmetric aim = unpack(target.begin() + i * 6), fresh = unpack(fibres.begin() + i * 12);
      const Symmetric mature = unpack(fibres.begin() + i * 12 + 6);
      pack(turned_over(fresh, aim, qn, h), fibres.begin() + i * 12);
      pack(turned_over(mature, mean_of_turnover(fresh, aim, qn, h), qm, h), fibres.begin() + i * 12 + 6);
    }
    graph.complete(fibres, 12);
  }

  template class Mechanics<2>;
  template class Mechanics<3>;
} // namespace cutis
