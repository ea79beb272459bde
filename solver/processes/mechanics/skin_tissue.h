// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reactions.h"
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

  inline constexpr const char *displacement_block = "displacement"; ///< along the coordinates of the mesh [mm]
  inline constexpr const char *rate_block = "displacement_rate";    ///< of the last step [mm/d]
  inline constexpr const char *fibres_block = "fibres";             ///< P of new and of mature collagen
  constexpr unsigned int n_fibre_components = 2 * symmetric_components;

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
    /** Columns of the table; after the scalars P of new and of mature collagen. */
    enum Column : unsigned int
    {
      collagen_new,
      collagen_mature,
      elastin,
      growth,      ///< Jg - 1 by what the tissue lays, where its content is that of the dermis
      particles,   ///< volume that particles take up
      swelling,    ///< Jw - 1 by the water of hyaluronan, where the content is that of the dermis
      gel,         ///< volume of gel in the matrix, and
      gel_modulus, ///< shear modulus that it adds [kPa]
      shrinkage,   ///< stress of denatured collagen along the new fibres [kPa]
      contraction, ///< stress of cells in the plane of the skin [kPa]
      planar,      ///< share of what is laid that myofibroblasts lay in the plane of the skin
      fibres,
      n_columns = fibres + n_fibre_components
    };

    /** The reactions say what healthy skin is at each site. */
    SkinTissue(const MechanicsSettings &settings,
               const Reactions &reactions,
               const Discretization<dim> &discretization,
               const LayerContents &contents);

    /** Derive the healthy state on the present mesh. BadInput if a layer cannot rest under its tension. */
    void rebuild();

    /** Directions h0 of healthy skin, a symmetric tensor per node, complete. */
    NodalVector directions() const;
    void set_directions(const NodalVector &directions);
    /** P of new and mature collagen of healthy skin, complete. */
    NodalVector resting_fibres() const;

    /** The table for these fields and fibres, complete. */
    NodalVector table(const NodalVector &fields, const NodalVector &fibres) const;
    NodalVector table(const State &state) const;
    NodalVector healthy_table() const;

    /** Visit all cells of this rank. `displacement` has dim components per node [mm]; both have their ghosts. */
    void for_cells(const NodalVector &table,
                   const NodalVector &displacement,
                   const std::function<void(const TissueCell<dim> &)> &visit) const;

    /** Fi of an owned node. */
    Symmetric inelastic_at(const NodalVector &table, unsigned int node) const;
    /** Normal of the undeformed skin at a local node, of length 1. */
    Direction normal_at(unsigned int node) const;

    const MechanicsSettings &settings() const { return settings_; }

  private:
    NodalVector layers_at_nodes() const;
    void remember_rest();
    static Symmetric inelastic_of(const double *row, const Direction &normal, double content);
    TissuePoint present_at(const double *row, const double *rest, double content) const;
    TissuePoint healthy_at(const double *rest, const TissueConstants &constants) const;

    const std::vector<double> &healthy(unsigned int node) const;

    const MechanicsSettings &settings_;
    const Reactions &reactions_;
    const Discretization<dim> &discretization_;
    const LayerContents &contents_;
    const unsigned int n_fields_;
    int collagen_new_, collagen_mature_, elastin_, hyaluronan_, fibroblast_, myofibroblast_;
    int denatured_; ///< -1 if nothing denatures collagen
    int graft_;     ///< -1 if no wound is grafted
    double growth_per_collagen_, growth_per_hyaluronan_;
    std::vector<unsigned int> voluminous_; ///< fields that take up volume
    dealii::QGauss<dim> gauss_;
    dealii::FullMatrix<double> field_shape_; ///< at the quadrature points: point, vertex
    NodalVector rest_;                       ///< of healthy skin per node: h0, P_e, contents, normal
    std::vector<double> rest_volume_;        ///< J_s and
    std::vector<Symmetric> healthy_stress_;  ///< S at F = I of every quadrature point, in the order of the cells
  };
} // namespace cutis
