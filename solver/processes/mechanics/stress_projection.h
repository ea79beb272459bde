// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "processes/mechanics/skin_tissue.h"

namespace cutis
{
  /** Deformation and stress at the nodes; what cells there feel. */
  class NodalStress
  {
  public:
    Deformation F(unsigned int node) const;
    Symmetric cauchy(unsigned int node) const { return unpack(row(node) + stress); } ///< kPa
    /** tr sigma of collagen and cells [kPa]. */
    double carried(unsigned int node) const { return row(node)[carried_stress]; }
    /** J tr sigma of collagen per content: the tension of the fibres [kPa]. */
    double felt(unsigned int node) const { return row(node)[felt_stress]; }

    /** Means over the cells around each node, unweighted by content: the lumped projection. Complete. */
    template <int dim>
    static NodalStress project(const SkinTissue<dim> &tissue,
                               const NodeGraph &graph,
                               const NodalVector &table,
                               const NodalVector &displacement);

  private:
    enum Column : unsigned int
    {
      deformation,
      stress = 9,
      carried_stress = 15,
      felt_stress,
      volume,
      n_columns
    };
    const double *row(const unsigned int node) const { return values_.begin() + std::size_t(node) * n_columns; }

    NodalVector values_;
  };

  /** Directions of the collagen at a node as they lie in the deformed tissue, of trace 1. */
  struct SeenFibres
  {
    Symmetric fresh, mature, both; ///< `both` weighted with the contents of the pools
    double content;                ///< of both
  };

  template <int dim>
  SeenFibres
  seen_at(const SkinTissue<dim> &tissue, const NodalStress &stress, const NodalVector &table, unsigned int node);
} // namespace cutis
