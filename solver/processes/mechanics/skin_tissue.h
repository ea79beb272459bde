// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/discretization.h"
#include "numerics/state/state.h"
#include "processes/mechanics/mechanics_settings.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/full_matrix.h>

#include <functional>
#include <vector>

namespace cutis
{
  /** Axis of the skin that a coordinate of the mesh runs along: in a section (along, normal), in a block all three. */
  template <int dim>
  constexpr int skin_axis(const int coordinate)
  {
    return dim == 3 || coordinate == 0 ? coordinate : thickness_axis;
  }

  /** One cell as mechanics sees it: everything at its quadrature points, two or with a quadratic displacement three a
   * direction. */
  template <int dim>
  struct TissueCell
  {
    typename dealii::DoFHandler<dim>::active_cell_iterator cell;
    const dealii::FEValues<dim> &shape;                        ///< of the displacement
    const std::vector<dealii::types::global_dof_index> &moved; ///< nodes of the displacement
    const std::vector<unsigned int> &local;                    ///< the same by their local numbers
    const dealii::FullMatrix<double> &field;                   ///< shape of the fields: point, vertex
    const std::vector<unsigned int> &nodes;                    ///< of the fields, local numbers
    const TissueConstants &constants;
    const std::vector<TissuePoint> &present;
    const std::vector<Deformation> &F;
    const Symmetric *healthy_stress; ///< at F = I, of each quadrature point [kPa]
  };

  /**
   * The tissue between the nodes: what its stress depends on, interpolated from fields at the nodes. The healthy state
   * of each layer is derived from its tension, and is at rest in the shape of the mesh.
   *
   * Everything of the fields that matters is first gathered in a table with one row per node, so that loads between two
   * states are tables between two tables.
   */
  template <int dim>
  class SkinTissue
  {
  public:
    /** Columns of the table; after the scalars P of new and of mature collagen, six components each. */
    enum Column : unsigned int
    {
      collagen_new,
      collagen_mature,
      elastin,
      growth,    ///< Jg - 1 by what the tissue lays, where its content is that of the dermis
      particles, ///< volume that particles take
      swelling,  ///< Jw - 1
      activity,  ///< stress of cells and of denatured collagen along the new fibres [kPa]
      fibres,
      n_columns = fibres + 12
    };

    SkinTissue(const MechanicsSettings &settings,
               const Discretization<dim> &discretization,
               const LayerContents &contents,
               const FieldLayout &layout,
               std::vector<double> healthy);

    /** Derive the healthy state on the present mesh. BadInput if a layer cannot rest under its tension. */
    void rebuild();

    /** Directions h0 of healthy skin, six components per node, complete. */
    NodalVector directions() const;
    void set_directions(const NodalVector &directions);
    /** P of new and mature collagen of healthy skin, twelve components per node, complete. */
    NodalVector resting_fibres() const;

    /** The table for these fields and fibres, complete. */
    NodalVector table(const NodalVector &fields, const NodalVector &fibres) const;
    NodalVector healthy_table() const;

    /** Visit all cells of this rank. `displacement` has dim components per node [mm]; both have their ghosts. */
    void for_cells(const NodalVector &table,
                   const NodalVector &displacement,
                   const std::function<void(const TissueCell<dim> &)> &visit) const;

    /** Jg of an owned node. */
    double growth_at(const NodalVector &table, unsigned int node) const;

    const MechanicsSettings &settings() const { return settings_; }

  private:
    NodalVector layers_at_nodes() const;
    void remember_rest();
    TissuePoint present_at(const double *row, const double *rest, double content) const;
    TissuePoint healthy_at(const double *rest, const TissueConstants &constants) const;

    const MechanicsSettings &settings_;
    const Discretization<dim> &discretization_;
    const LayerContents &contents_;
    const unsigned int n_fields_;
    const std::vector<double> healthy_;
    int collagen_new_, collagen_mature_, elastin_, hyaluronan_, myofibroblast_;
    int denatured_; ///< -1 if nothing denatures collagen
    std::vector<int> plla_;
    dealii::QGauss<dim> gauss_;
    dealii::FullMatrix<double> field_shape_; ///< at the quadrature points: point, vertex
    NodalVector rest_;                       ///< h0 and P_e of healthy skin, twelve components per node
    std::vector<double> rest_volume_;        ///< J_s and
    std::vector<Symmetric> healthy_stress_;  ///< S at F = I of every quadrature point, in the order of the cells
  };

  /** Six components of a symmetric tensor in a row of numbers, in the order of deal.II: 00 11 22 01 02 12. */
  Symmetric unpack(const double *six);
  void pack(const Symmetric &tensor, double *six);
} // namespace cutis
