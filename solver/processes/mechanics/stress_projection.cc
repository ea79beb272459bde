// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/stress_projection.h"

#include <algorithm>

namespace cutis
{
  using namespace dealii;

  Deformation NodalStress::F(const unsigned int node) const
  {
    Deformation F;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        F[i][j] = row(node)[deformation + 3 * i + j];
    return F;
  }

  template <int dim>
  NodalStress NodalStress::project(const SkinTissue<dim> &tissue,
                                   const NodeGraph &graph,
                                   const NodalVector &table,
                                   const NodalVector &displacement)
  {
    NodalStress nodal;
    nodal.values_ = graph.make_vector(n_columns);
    tissue.for_cells(table,
                     displacement,
                     [&](const TissueCell<dim> &c)
                     {
                       for (const unsigned int q : c.shape.quadrature_point_indices())
                       {
                         const Deformation &F = c.F[q];
                         const TissuePoint &p = c.present[q];
                         double row[n_columns];
                         for (int i = 0; i < 3; ++i)
                           for (int j = 0; j < 3; ++j)
                             row[deformation + 3 * i + j] = F[i][j];
                         const CarriedStress carried = cutis::carried_stress(c.constants, p, F);
                         const double content = std::max(p.collagen_new + p.collagen_mature, 1e-6);
                         pack(cutis::cauchy(carried.stress, F), row + stress);
                         row[carried_stress] = carried.collagen + carried.cells;
                         row[felt_stress] = determinant(F) * carried.collagen / content;
                         row[volume] = 1.;
                         for (std::size_t v = 0; v < c.nodes.size(); ++v)
                         {
                           const double weight = c.field(q, v) * c.shape.JxW(q);
                           double *sum = nodal.values_.begin() + std::size_t(c.nodes[v]) * n_columns;
                           for (unsigned int n = 0; n < n_columns; ++n)
                             sum[n] += weight * row[n];
                         }
                       }
                     });
    nodal.values_.compress(VectorOperation::add);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
    {
      double *values = nodal.values_.begin() + std::size_t(i) * n_columns;
      const double all = values[volume];
      for (unsigned int n = 0; n < n_columns; ++n)
        values[n] /= all;
    }
    graph.complete(nodal.values_, n_columns);
    return nodal;
  }

  template <int dim>
  SeenFibres
  seen_at(const SkinTissue<dim> &tissue, const NodalStress &stress, const NodalVector &table, const unsigned int node)
  {
    using Tissue = SkinTissue<dim>;
    const double *row = table.begin() + std::size_t(node) * Tissue::n_columns;
    const Deformation Fe = elastic_part(stress.F(node), tissue.inelastic_at(table, node));
    SeenFibres seen;
    seen.fresh = seen_directions(unpack(row + Tissue::fibres), Fe);
    seen.mature = seen_directions(unpack(row + Tissue::fibres + symmetric_components), Fe);
    seen.content = std::max(row[Tissue::collagen_new] + row[Tissue::collagen_mature], 1e-12);
    const double share = row[Tissue::collagen_new] / seen.content;
    seen.both = share * seen.fresh + (1. - share) * seen.mature;
    return seen;
  }

  template NodalStress
  NodalStress::project(const SkinTissue<2> &, const NodeGraph &, const NodalVector &, const NodalVector &);
  template NodalStress
  NodalStress::project(const SkinTissue<3> &, const NodeGraph &, const NodalVector &, const NodalVector &);
  template SeenFibres seen_at(const SkinTissue<2> &, const NodalStress &, const NodalVector &, unsigned int);
  template SeenFibres seen_at(const SkinTissue<3> &, const NodalStress &, const NodalVector &, unsigned int);
} // namespace cutis
