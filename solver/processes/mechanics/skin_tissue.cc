// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/skin_tissue.h"

#include "model/tissue/prestress.h"
#include "numerics/space/skin_chart.h"

#include <algorithm>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** What is known of healthy skin at a node: h0, P_e, the contents that carry load, and its normal. */
    enum Rest : unsigned int
    {
      rest_directions,
      rest_elastin_tensor = rest_directions + symmetric_components,
      rest_collagen_new = rest_elastin_tensor + symmetric_components,
      rest_collagen_mature,
      rest_elastin,
      rest_normal,
      n_rest = rest_normal + 3
    };

    Direction normal_of(const double *rest)
    {
      Direction n;
      for (int i = 0; i < 3; ++i)
        n[i] = rest[rest_normal + i];
      return n / n.norm();
    }

    /** Out of the skin at a place, in the frame of the skin. */
    template <int dim>
    Direction outwards(const SkinChart<dim> &chart, const Place &place)
    {
      if (chart.is_flat())
        return flat_normal();
      const Tensor<1, dim> inwards = chart.inwards_at(place.x, place.y).direction;
      Direction n;
      for (int i = 0; i < dim; ++i)
        n[skin_axis<dim>(i)] = -inwards[i];
      return n;
    }

    /** What a node between layers takes the mean of: tension, constants that the healthy state follows from, volume. */
    enum Mean : unsigned int
    {
      mean_tension,
      mean_elastin_modulus = mean_tension + symmetric_components,
      mean_fibre_modulus,
      mean_fibre_exponent,
      mean_fibre_limit,
      mean_elastin_normal,
      mean_volume,
      n_means
    };

    void interpolate(const NodalVector &vector,
                     const unsigned int n,
                     const std::vector<unsigned int> &nodes,
                     const double *weights,
                     double *values)
    {
      std::fill(values, values + n, 0.);
      for (std::size_t v = 0; v < nodes.size(); ++v)
        for (unsigned int c = 0; c < n; ++c)
          values[c] += weights[v] * vector.local_element(nodes[v] * n + c);
    }
  } // namespace

  template <int dim>
  SkinTissue<dim>::SkinTissue(const MechanicsSettings &settings,
                              const Reactions &reactions,
                              const Discretization<dim> &discretization,
                              const LayerContents &contents)
    : settings_(settings)
    , reactions_(reactions)
    , discretization_(discretization)
    , contents_(contents)
    , n_fields_(reactions.layout().n_fields())
    , collagen_new_(reactions.layout().find("collagen_new"))
    , collagen_mature_(reactions.layout().find("collagen_mature"))
    , elastin_(reactions.layout().find("elastin"))
    , hyaluronan_(reactions.layout().find("hyaluronan"))
    , fibroblast_(reactions.layout().find("fibroblast"))
    , myofibroblast_(reactions.layout().find("myofibroblast"))
    , denatured_(reactions.layout().find("denatured_collagen"))
    , graft_(reactions.layout().find("graft"))
    , growth_per_collagen_(reactions.species()[collagen_mature_].growth)
    , growth_per_hyaluronan_(reactions.species()[hyaluronan_].growth)
    , gauss_(settings.degree() + 1)
    , field_shape_(gauss_.size(), discretization.element.n_dofs_per_cell())
  {
    for (unsigned int q = 0; q < field_shape_.m(); ++q)
      for (unsigned int v = 0; v < field_shape_.n(); ++v)
        field_shape_(q, v) = discretization.element.shape_value(v, gauss_.point(q));
    for (unsigned int f = 0; f < n_fields_; ++f)
      if (reactions.species()[f].volume != 0.)
        voluminous_.push_back(f);
  }

  template <int dim>
  const std::vector<double> &SkinTissue<dim>::healthy(const unsigned int node) const
  {
    const std::vector<unsigned char> &site = discretization_.graph.site;
    return reactions_.healthy(site.empty() ? 0 : site[node]);
  }

  /** Means over the cells around each node, weighted with their volume. */
  template <int dim>
  NodalVector SkinTissue<dim>::layers_at_nodes() const
  {
    const NodeGraph &graph = discretization_.graph;
    NodalVector means = graph.make_vector(n_means);
    std::vector<types::global_dof_index> dofs(discretization_.element.n_dofs_per_cell());
    for (const auto &cell : discretization_.nodes.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        const Layer layer = static_cast<Layer>(cell->material_id());
        const TissueConstants &k = settings_.of(layer).constants;
        const Symmetric t = settings_.tension_of(layer);
        cell->get_dof_indices(dofs);
        for (const auto dof : dofs)
        {
          double row[n_means] = {};
          pack(t, row + mean_tension);
          row[mean_elastin_modulus] = k.elastin_modulus;
          row[mean_fibre_modulus] = k.fibre_modulus;
          row[mean_fibre_exponent] = k.fibre_exponent;
          row[mean_fibre_limit] = k.fibre_limit;
          row[mean_elastin_normal] = k.elastin_normal;
          row[mean_volume] = 1.;
          for (unsigned int c = 0; c < n_means; ++c)
            means(dof * n_means + c) += cell->measure() * row[c];
        }
      }
    means.compress(VectorOperation::add);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      for (unsigned int c = 0; c < mean_volume; ++c)
        means.local_element(i * n_means + c) /= means.local_element(i * n_means + mean_volume);
    return means;
  }

  template <int dim>
  void SkinTissue<dim>::rebuild()
  {
    const NodalVector means = layers_at_nodes();
    rest_ = discretization_.graph.make_vector(n_rest);
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
    {
      const double *mean = means.begin() + i * n_means;
      TissueConstants k;
      k.elastin_modulus = mean[mean_elastin_modulus];
      k.fibre_modulus = mean[mean_fibre_modulus];
      k.fibre_exponent = mean[mean_fibre_exponent];
      k.fibre_limit = mean[mean_fibre_limit];
      k.elastin_normal = mean[mean_elastin_normal];
      const std::vector<double> &h = healthy(i);
      const HealthyTissue node = healthy_tissue(
        k, settings_.fibres, h[collagen_new_] + h[collagen_mature_], h[elastin_], unpack(mean + mean_tension));
      double *rest = rest_.begin() + i * n_rest;
      pack(node.directions, rest + rest_directions);
      pack(node.elastin_tensor, rest + rest_elastin_tensor);
      rest[rest_collagen_new] = h[collagen_new_];
      rest[rest_collagen_mature] = h[collagen_mature_];
      rest[rest_elastin] = h[elastin_];
      const Direction n = outwards(*discretization_.chart, discretization_.places[i]);
      std::copy(n.begin_raw(), n.end_raw(), rest + rest_normal);
    }
    discretization_.graph.complete(rest_, n_rest);
    remember_rest();
  }

  template <int dim>
  NodalVector SkinTissue<dim>::directions() const
  {
    NodalVector h0 = discretization_.graph.make_vector(symmetric_components);
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
      for (unsigned int c = 0; c < symmetric_components; ++c)
        h0.local_element(i * symmetric_components + c) = rest_.local_element(i * n_rest + c);
    discretization_.graph.complete(h0, symmetric_components);
    return h0;
  }

  template <int dim>
  void SkinTissue<dim>::set_directions(const NodalVector &directions)
  {
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
      for (unsigned int c = 0; c < symmetric_components; ++c)
        rest_.local_element(i * n_rest + c) = directions.local_element(i * symmetric_components + c);
    discretization_.graph.complete(rest_, n_rest);
    remember_rest();
  }

  /** What does not change as long as the mesh does not: evaluated once instead of with every stress. */
  template <int dim>
  void SkinTissue<dim>::remember_rest()
  {
    rest_volume_.clear();
    healthy_stress_.clear();
    std::vector<types::global_dof_index> dofs(discretization_.element.n_dofs_per_cell());
    std::vector<unsigned int> nodes(dofs.size());
    double rest[n_rest];
    for (const auto &cell : discretization_.nodes.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        const TissueConstants &constants = settings_.of(static_cast<Layer>(cell->material_id())).constants;
        cell->get_dof_indices(dofs);
        for (unsigned int v = 0; v < dofs.size(); ++v)
          nodes[v] = rest_.get_partitioner()->global_to_local(dofs[v] * n_rest) / n_rest;
        for (unsigned int q = 0; q < gauss_.size(); ++q)
        {
          interpolate(rest_, n_rest, nodes, &field_shape_(q, 0), rest);
          const TissuePoint healthy = healthy_at(rest, constants);
          rest_volume_.push_back(healthy.rest_volume);
          healthy_stress_.push_back(stress(constants, healthy, unit_symmetric_tensor<3>()));
        }
      }
  }

  template <int dim>
  NodalVector SkinTissue<dim>::resting_fibres() const
  {
    NodalVector fibres = discretization_.graph.make_vector(n_fibre_components);
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
      for (unsigned int pool = 0; pool < 2; ++pool)
        pack(cutis::resting_fibres(settings_.fibres, unpack(rest_.begin() + i * n_rest)),
             fibres.begin() + i * n_fibre_components + pool * symmetric_components);
    discretization_.graph.complete(fibres, n_fibre_components);
    return fibres;
  }

  template <int dim>
  NodalVector SkinTissue<dim>::table(const NodalVector &fields, const NodalVector &fibres) const
  {
    const MechanicsSettings &s = settings_;
    const NodeGraph &graph = discretization_.graph;
    NodalVector table = graph.make_vector(n_columns);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      const double *u = fields.begin() + std::size_t(i) * n_fields_;
      double *row = table.begin() + std::size_t(i) * n_columns;
      const std::vector<double> &h = healthy(i);
      const double Ct = u[collagen_new_] + u[collagen_mature_], rest = h[collagen_new_] + h[collagen_mature_];
      row[collagen_new] = u[collagen_new_];
      row[collagen_mature] = u[collagen_mature_];
      row[elastin] = u[elastin_];
      row[growth] = growth_per_collagen_ * (Ct - rest);
      for (const unsigned int f : voluminous_)
      {
        const Species &matter = reactions_.species()[f];
        row[matter.gel ? gel : particles] += u[f] * matter.volume;
        row[gel_modulus] += u[f] * matter.modulus;
      }
      row[swelling] = growth_per_hyaluronan_ * (u[hyaluronan_] - h[hyaluronan_]);
      const double M = std::max(u[myofibroblast_], 0.), more = std::max(u[fibroblast_] - h[fibroblast_], 0.);
      row[contraction] =
        s.active_stress * (M + s.fibroblast_share * more) * Ct / (s.active_half * s.active_half + Ct * Ct);
      if (graft_ >= 0)
        row[contraction] *= 1. - std::clamp(u[graft_], 0., 1.);
      row[planar] = M / (M + s.fibres.planar_half);
      if (denatured_ >= 0)
        row[shrinkage] = s.shrinkage_stress * u[denatured_];
      std::copy_n(fibres.begin() + i * n_fibre_components, n_fibre_components, row + Column::fibres);
    }
    graph.complete(table, n_columns);
    return table;
  }

  template <int dim>
  NodalVector SkinTissue<dim>::table(const State &state) const
  {
    return table(state.fields(), state[fibres_block]);
  }

  template <int dim>
  NodalVector SkinTissue<dim>::healthy_table() const
  {
    const NodeGraph &graph = discretization_.graph;
    NodalVector fields = graph.make_vector(n_fields_);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      std::copy(healthy(i).begin(), healthy(i).end(), fields.begin() + std::size_t(i) * n_fields_);
    return table(fields, resting_fibres());
  }

  template <int dim>
  Symmetric SkinTissue<dim>::inelastic_at(const NodalVector &table, const unsigned int node) const
  {
    return inelastic_of(
      table.begin() + std::size_t(node) * n_columns, normal_at(node), discretization_.graph.content[node]);
  }

  template <int dim>
  Direction SkinTissue<dim>::normal_at(const unsigned int node) const
  {
    return normal_of(rest_.begin() + std::size_t(node) * n_rest);
  }

  /** Fi where the content of the layer is this: what is laid, and particles, push along the thickness. */
  template <int dim>
  Symmetric SkinTissue<dim>::inelastic_of(const double *row, const Direction &normal, const double content)
  {
    return grown_along_thickness(1. + content * row[growth] + row[particles], normal);
  }

  template <int dim>
  TissuePoint SkinTissue<dim>::present_at(const double *row, const double *rest, const double content) const
  {
    TissuePoint p;
    p.collagen_new = row[collagen_new];
    p.collagen_mature = row[collagen_mature];
    p.elastin = row[elastin];
    p.fibres_new = unpack(row + fibres);
    p.fibres_mature = unpack(row + fibres + symmetric_components);
    p.elastin_tensor = unpack(rest + rest_elastin_tensor);
    p.normal = normal_of(rest);
    p.inelastic = inelastic_of(row, p.normal, content);
    p.swelling = 1. + content * row[swelling] + row[gel];
    p.gel_modulus = row[gel_modulus];
    p.shrinkage = content * row[shrinkage];
    p.contraction = content * row[contraction];
    return p;
  }

  template <int dim>
  TissuePoint SkinTissue<dim>::healthy_at(const double *rest, const TissueConstants &constants) const
  {
    TissuePoint p;
    p.collagen_new = rest[rest_collagen_new];
    p.collagen_mature = rest[rest_collagen_mature];
    p.elastin = rest[rest_elastin];
    p.fibres_new = p.fibres_mature = cutis::resting_fibres(settings_.fibres, unpack(rest));
    p.elastin_tensor = unpack(rest + rest_elastin_tensor);
    p.rest_volume = balancing_volume(constants, p);
    return p;
  }

  template <int dim>
  void SkinTissue<dim>::for_cells(const NodalVector &table,
                                  const NodalVector &displacement,
                                  const std::function<void(const TissueCell<dim> &)> &visit) const
  {
    const DisplacementSpace<dim> &space = *discretization_.displacement;
    FEValues<dim> shape(
      discretization_.mapping, space.element, gauss_, update_values | update_gradients | update_JxW_values);

    const unsigned int n_points = gauss_.size();
    std::vector<types::global_dof_index> vertices(field_shape_.n()), moved(space.element.n_dofs_per_cell());
    std::vector<unsigned int> nodes(vertices.size()), local(moved.size());
    std::vector<TissuePoint> present(n_points);
    std::vector<Deformation> F(n_points);
    std::vector<double> row(n_columns), rest(n_rest);
    std::size_t point = 0; // of all of this rank
    for (const auto &cell : discretization_.nodes.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        const typename DoFHandler<dim>::active_cell_iterator there(*cell, &space.handler);
        shape.reinit(there);
        cell->get_dof_indices(vertices);
        there->get_dof_indices(moved);
        for (unsigned int v = 0; v < nodes.size(); ++v)
          nodes[v] = table.get_partitioner()->global_to_local(vertices[v] * n_columns) / n_columns;
        for (unsigned int v = 0; v < local.size(); ++v)
          local[v] = displacement.get_partitioner()->global_to_local(moved[v] * dim) / dim;
        const TissueConstants &constants = settings_.of(static_cast<Layer>(cell->material_id())).constants;
        for (unsigned int q = 0; q < n_points; ++q)
        {
          F[q] = unit_symmetric_tensor<3>();
          for (unsigned int v = 0; v < local.size(); ++v)
          {
            const Tensor<1, dim> &gradient = shape.shape_grad(v, q);
            for (int i = 0; i < dim; ++i)
              for (int j = 0; j < dim; ++j)
                F[q][skin_axis<dim>(i)][skin_axis<dim>(j)] +=
                  displacement.local_element(local[v] * dim + i) * gradient[j];
          }
          interpolate(table, n_columns, nodes, &field_shape_(q, 0), row.data());
          interpolate(rest_, n_rest, nodes, &field_shape_(q, 0), rest.data());
          present[q] = present_at(row.data(), rest.data(), contents_[cell->material_id()]);
          present[q].rest_volume = rest_volume_[point + q];
        }
        visit({cell, shape, moved, local, field_shape_, nodes, constants, present, F, &healthy_stress_[point]});
        point += n_points;
      }
  }

  template class SkinTissue<2>;
  template class SkinTissue<3>;
} // namespace cutis
