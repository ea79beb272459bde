// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/treatment_space.h"

#include <deal.II/dofs/dof_renumbering.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/lac/dynamic_sparsity_pattern.h>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    template <int dim>
    bool has_id(const TriaIterator<DoFCellAccessor<dim, dim, false>> &cell,
                const unsigned int face,
                const TreatmentBoundary boundary)
    {
      return cell->face(face)->at_boundary() &&
             cell->face(face)->boundary_id() == static_cast<types::boundary_id>(boundary);
    }

    /** True for faces of tissue at bare metal, or at an electrode on the boundary. */
    template <int dim>
    bool is_electrode(const TriaIterator<DoFCellAccessor<dim, dim, false>> &tissue, const unsigned int face)
    {
      if (tissue->face(face)->at_boundary())
        return has_id<dim>(tissue, face, TreatmentBoundary::electrode);
      const auto neighbour = tissue->neighbor(face);
      return neighbour->is_active() && neighbour->material_id() == static_cast<types::material_id>(NeedlePart::exposed);
    }

    /** Nodes and areas of the electrode and the ground, and the volume of the tissue. */
    template <int dim>
    void mark(TreatmentSpace<dim> &space)
    {
      for (std::vector<bool> *nodes : {&space.in_tissue, &space.on_bare_metal, &space.on_ground})
        nodes->assign(space.n_nodes(), false);
      space.electrode_area.reinit(space.n_nodes());
      space.tissue_volume.reinit(space.n_nodes());

      FEValues<dim> inside(
        space.mapping, space.element, space.quadrature, update_values | update_quadrature_points | update_JxW_values);
      FEFaceValues<dim> wall(space.mapping,
                             space.element,
                             space.face_quadrature,
                             update_values | update_quadrature_points | update_JxW_values);

      const unsigned int n = space.element.n_dofs_per_cell();
      std::vector<types::global_dof_index> dofs(n), face_dofs(space.element.n_dofs_per_face());
      const auto add = [&](const FEValuesBase<dim> &values, Vector<double> &integral)
      {
        for (const unsigned int q : values.quadrature_point_indices())
          for (unsigned int i = 0; i < n; ++i)
            integral(dofs[i]) +=
              values.shape_value(i, q) * values.JxW(q) * space.around_axis(values.quadrature_point(q));
      };
      for (const auto &cell : space.nodes.active_cell_iterators())
      {
        if (is_needle(cell->material_id()))
          continue;
        cell->get_dof_indices(dofs);
        inside.reinit(cell);
        add(inside, space.tissue_volume);
        for (const auto dof : dofs)
          space.in_tissue[dof] = true;
        for (const unsigned int face : cell->face_indices())
        {
          const bool electrode = is_electrode<dim>(cell, face);
          if (!electrode && !has_id<dim>(cell, face, TreatmentBoundary::ground))
            continue;
          cell->face(face)->get_dof_indices(face_dofs);
          for (const auto dof : face_dofs)
            (electrode ? space.on_bare_metal : space.on_ground)[dof] = true;
          if (electrode)
          {
            wall.reinit(cell, face);
            add(wall, space.electrode_area);
          }
        }
      }
      space.hanging_nodes.condense(space.electrode_area);
      space.hanging_nodes.condense(space.tissue_volume);
    }
  } // namespace

  template <int dim>
  TreatmentSpace<dim>::TreatmentSpace(const TreatmentCell<dim> &cell, const unsigned int degree)
    : cell(cell)
    , element(degree)
    , mapping(degree)
    , quadrature(degree + 1)
    , face_quadrature(degree + 1)
    , nodes(cell.triangulation)
  {
    nodes.distribute_dofs(element);
    DoFRenumbering::Cuthill_McKee(nodes);
    DoFTools::make_hanging_node_constraints(nodes, hanging_nodes);
    hanging_nodes.close();

    DynamicSparsityPattern entries(n_nodes());
    DoFTools::make_sparsity_pattern(nodes, entries, hanging_nodes, false);
    pattern.copy_from(entries);
    positions.resize(n_nodes());
    DoFTools::map_dofs_to_support_points(mapping, nodes, positions);
    mark(*this);
  }

  template class TreatmentSpace<2>;
  template class TreatmentSpace<3>;
} // namespace cutis
