// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/mechanics.h"

#include "base/errors.h"
#include "base/interrupt.h"
#include "model/tissue/prestress.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr double over_relaxation = 1.4; // of directions, which by themselves close in by .6 a sweep

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
  } // namespace

  template <int dim>
  Mechanics<dim>::Mechanics(const MechanicsSettings &settings,
                            const Reactions &reactions,
                            const Discretization<dim> &discretization,
                            const LayerContents &contents)
    : settings_(settings)
    , reactions_(reactions)
    , discretization_(discretization)
    , collagen_new_(reactions.index("collagen_new"))
    , collagen_mature_(reactions.index("collagen_mature"))
    , tissue_(settings, reactions, discretization, contents)
    , splint_(reactions, discretization, tissue_)
    , equilibrium_(tissue_, splint_, discretization)
    , guidance_(discretization, contents)
  {
  }

  template <int dim>
  void Mechanics<dim>::rebuild()
  {
    const NodeGraph &graph = discretization_.graph;
    const DisplacementSpace<dim> &space = *discretization_.displacement;
    tissue_.rebuild();
    balance_directions();
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
    update_tension();
  }

  /** Where layers meet, nodes see a mean stress: move the directions of healthy skin until they are laid as they lie.
   */
  template <int dim>
  void Mechanics<dim>::balance_directions()
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
        const Symmetric before = unpack(h0.begin() + i * symmetric_components);
        const Symmetric laid = laying_direction(settings_.fibres, stress.cauchy(i), stress.carried(i), before);
        most = std::max(most, (laid - before).norm());
        pack(before + over_relaxation * (laid - before), h0.begin() + i * symmetric_components);
      }
      graph.complete(h0, symmetric_components);
      tissue_.set_directions(h0);
      if (Utilities::MPI::max(most, graph.communicator) < 1e-14)
        return;
    }
    spdlog::warn("The directions of the fibres of healthy skin are not in balance to round-off.");
  }

  template <int dim>
  std::vector<BlockShape> Mechanics<dim>::blocks() const
  {
    BlockShape displacement{displacement_block, {"x", "y", "z"}, NodesOf::displacement, Rule::any_sign};
    displacement.components.resize(dim);
    BlockShape rate = displacement; // of the displacement over the last step [mm/d], from which the next is guessed
    rate.name = rate_block;
    std::vector<BlockShape> all = {displacement, rate, tensor_block(fibres_block, {"new", "mature"})};
    for (const BlockShape &shape : splint_.blocks())
      all.push_back(shape);
    return all;
  }

  template <int dim>
  void Mechanics<dim>::start(State &state) const
  {
    for (const BlockShape &shape : blocks())
      state.put({shape, discretization_.nodes_of(shape.nodes).make_vector(shape.n_components())});
    NodalVector &fibres = state[fibres_block];
    fibres = tissue_.resting_fibres();
    if (!settings_.disordered)
      return;
    const Symmetric isotropic = resting_fibres(settings_.fibres, unit_symmetric_tensor<3>() / 3.);
    for (unsigned int t = 0; t < fibres.locally_owned_size() / symmetric_components; ++t)
      pack(isotropic, fibres.begin() + t * symmetric_components);
    discretization_.graph.complete(fibres, n_fibre_components);
  }

  template <int dim>
  void Mechanics<dim>::surround(Surroundings &surroundings) const
  {
    surroundings.relative_tension = &relative_tension_;
    surroundings.guided = settings_.contact_guidance ? &guidance_.edges() : nullptr;
  }

  template <int dim>
  void Mechanics<dim>::equilibrate(State &state)
  {
    const Stopwatch watch(statistics_.seconds);
    tangent_stands_ = false;
    answers_ = {}; // a splint is not seen in the tissue
    splint_.let_go(state);
    try
    {
      approach(tissue_.table(state), copy_of(state[displacement_block]), state[displacement_block]);
    }
    catch (const StepRejected &rejection)
    {
      throw RunFailed(rejection.what());
    }
    splint_.take_hold(state);
    restore(state);
  }

  template <int dim>
  void Mechanics<dim>::restore(const State &state)
  {
    splint_.look(state);
    const NodalVector table = tissue_.table(state);
    now_ = NodalStress::project(tissue_, discretization_.graph, table, state[displacement_block]);
    update_tension();
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
  void Mechanics<dim>::update_tension()
  {
    relative_tension_.resize(felt_at_rest_.size());
    for (std::size_t i = 0; i < relative_tension_.size(); ++i)
      relative_tension_[i] = felt_at_rest_[i] > 0. ? now_.felt(i) / felt_at_rest_[i] - 1. : 0.;
  }

  template <int dim>
  double Mechanics<dim>::advance(const NodalVector &before, const double h, const Surroundings &, State &state)
  {
    const Stopwatch watch(statistics_.seconds);
    tangent_stands_ = false; // so that a resumed run goes the same way
    NodalVector &fibres = state[fibres_block], &displacement = state[displacement_block], &rate = state[rate_block];
    const NodalVector start = copy_of(fibres), rested = copy_of(displacement);
    const NodalVector middle = sum(.5, before, .5, state.fields());
    turn_over(
      sum(.75, before, .25, state.fields()), state.doses(), targets(tissue_.table(before, start)), .5 * h, fibres);
    const NodalVector half = tissue_.table(middle, fibres);
    stop_if_interrupted(discretization_.communicator);
    approach(half, sum(1., rested, .5 * h, rate), displacement);
    stop_if_interrupted(discretization_.communicator);
    now_ = NodalStress::project(tissue_, discretization_.graph, half, displacement);

    fibres = copy_of(start);
    turn_over(middle, state.doses(), targets(half), h, fibres);
    approach(tissue_.table(state), sum(-1., rested, 2., displacement), displacement);
    rate = sum(-1. / h, rested, 1. / h, displacement);
    restore(state);
    return 0.;
  }

  /** What P of collagen laid now tends to, a symmetric tensor per node. */
  template <int dim>
  NodalVector Mechanics<dim>::targets(const NodalVector &table) const
  {
    const NodeGraph &graph = discretization_.graph;
    NodalVector targets = graph.make_vector(symmetric_components);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const Deformation Fe = elastic_part(now_.F(i), tissue_.inelastic_at(table, i));
      const double *row = table.begin() + std::size_t(i) * SkinTissue<dim>::n_columns;
      const Symmetric P = unpack(row + SkinTissue<dim>::fibres);
      const Symmetric present = symmetrize(Fe * Deformation(P) * transpose(Fe));
      const Symmetric h = laying_direction(settings_.fibres,
                                           now_.cauchy(i),
                                           now_.carried(i),
                                           present,
                                           row[SkinTissue<dim>::planar],
                                           deformed_normal(tissue_.normal_at(i), now_.F(i)));
      pack(fibre_target(settings_.fibres, h, Fe), targets.begin() + i * symmetric_components);
    }
    return targets;
  }

  /** Pn' = qn (target - Pn), Pm' = qm (Pn - Pm): the rates are those at which the pools are filled. */
  template <int dim>
  void Mechanics<dim>::turn_over(const NodalVector &fields,
                                 const NodalVector &doses,
                                 const NodalVector &target,
                                 const double h,
                                 NodalVector &fibres) const
  {
    constexpr double least = 1e-6; // content
    const NodeGraph &graph = discretization_.graph;
    const FieldLayout &layout = reactions_.layout();
    const NodeBlock nodes = graph.nodes(fields, layout.n_fields(), doses, layout.n_doses(), relative_tension_.data());
    const std::vector<double> laid = reactions_.production(collagen_new_, nodes),
                              retained = reactions_.production(collagen_mature_, nodes);
    fibres.zero_out_ghost_values();
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const double *u = fields.begin() + std::size_t(i) * layout.n_fields();
      const double qn = laid[i] / std::max(u[collagen_new_], least);
      const double qm = retained[i] / std::max(u[collagen_mature_], least);
      double *at_new = fibres.begin() + i * n_fibre_components, *at_mature = at_new + symmetric_components;
      const Symmetric aim = unpack(target.begin() + i * symmetric_components), fresh = unpack(at_new);
      const Symmetric mature = unpack(at_mature);
      pack(turned_over(fresh, aim, qn, h), at_new);
      pack(turned_over(mature, mean_of_turnover(fresh, aim, qn, h), qm, h), at_mature);
    }
    graph.complete(fibres, n_fibre_components);
  }

  template class Mechanics<2>;
  template class Mechanics<3>;
} // namespace cutis
