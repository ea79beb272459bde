// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "numerics/space/discretization.h"

#include "numerics/diffusion/multigrid_grids.h"
#include "numerics/diffusion/tensor_grid.h"
#include "numerics/elastic/matrix_rows.h"
#include "numerics/space/node_numbering.h"
#include "numerics/space/skin_chart.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/trilinos_sparse_matrix.h>
#include <deal.II/lac/trilinos_sparsity_pattern.h>

#include <algorithm>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    /** Everything that is integrated over the cells, with the hanging nodes condensed. */
    template <int dim>
    struct Assembly
    {
      NodalVector volume, tissue_volume, dermis_volume;
      TrilinosWrappers::SparseMatrix soluble, tissue;
    };

    template <int dim>
    void assemble(const Discretization<dim> &d,
                  const IndexSet &relevant,
                  const LayerContents &contents,
                  Assembly<dim> &assembly)
    {
      const auto &owned = d.nodes.locally_owned_dofs();
      for (NodalVector *v : {&assembly.volume, &assembly.tissue_volume, &assembly.dermis_volume})
        v->reinit(owned, relevant, d.communicator);
      TrilinosWrappers::SparsityPattern pattern(owned, owned, relevant, d.communicator);
      DoFTools::make_sparsity_pattern(
        d.nodes, pattern, d.constraints, false, Utilities::MPI::this_mpi_process(d.communicator));
      pattern.compress();
      assembly.soluble.reinit(pattern);
      assembly.tissue.reinit(pattern);

      const QGauss<dim> gauss(2);
      const QGaussLobatto<dim> vertices(2);
      FEValues<dim> shape(d.mapping, d.element, gauss, update_values | update_JxW_values);
      FEValues<dim> gradient(d.mapping, d.element, vertices, update_gradients | update_JxW_values);

      const unsigned int n = d.element.n_dofs_per_cell();
      FullMatrix<double> cell_matrix(n, n);
      Vector<double> cell_volume(n);
      std::vector<types::global_dof_index> dofs(n);
      for (const auto &cell : d.nodes.active_cell_iterators())
        if (cell->is_locally_owned())
        {
          shape.reinit(cell);
          gradient.reinit(cell);
          cell->get_dof_indices(dofs);
          cell_matrix = 0.;
          cell_volume = 0.;
          for (const unsigned int q : shape.quadrature_point_indices())
            for (unsigned int i = 0; i < n; ++i)
              cell_volume(i) += shape.shape_value(i, q) * shape.JxW(q);
          for (const unsigned int q : gradient.quadrature_point_indices())
            for (unsigned int i = 0; i < n; ++i)
              for (unsigned int j = 0; j < n; ++j)
                cell_matrix(i, j) += gradient.shape_grad(i, q) * gradient.shape_grad(j, q) * gradient.JxW(q);

          const double content = contents[cell->material_id()];
          d.constraints.distribute_local_to_global(cell_matrix, dofs, assembly.soluble);
          d.constraints.distribute_local_to_global(cell_volume, dofs, assembly.volume);
          if (is_dermis(static_cast<Layer>(cell->material_id())))
            d.constraints.distribute_local_to_global(cell_volume, dofs, assembly.dermis_volume);
          cell_matrix *= content;
          cell_volume *= content;
          d.constraints.distribute_local_to_global(cell_matrix, dofs, assembly.tissue);
          d.constraints.distribute_local_to_global(cell_volume, dofs, assembly.tissue_volume);
        }
      for (NodalVector *v : {&assembly.volume, &assembly.tissue_volume, &assembly.dermis_volume})
        v->compress(VectorOperation::add);
      assembly.soluble.compress(VectorOperation::add);
      assembly.tissue.compress(VectorOperation::add);
    }

    /** Nodes of other ranks at the far ends of the edges, and masters of hanging nodes. */
    IndexSet
    needed_ghosts(const IndexSet &owned, const IndexSet &relevant, const TrilinosWrappers::SparseMatrix &matrix)
    {
      const Epetra_Map &columns = matrix.trilinos_matrix().ColMap();
      std::vector<types::global_dof_index> used(columns.NumMyElements());
      for (unsigned int c = 0; c < used.size(); ++c)
        used[c] = columns.GID(c);
      std::sort(used.begin(), used.end());
      IndexSet ghosts = relevant;
      ghosts.add_indices(used.begin(), used.end());
      ghosts.subtract_set(owned);
      ghosts.compress();
      return ghosts;
    }

    /** Rows of the two matrices as edges: off-diagonal entries that are not round-off, with the sign of a conductance.
     */
    template <int dim>
    void extract_edges(const Assembly<dim> &assembly,
                       const Utilities::MPI::Partitioner &local,
                       const AffineConstraints<double> &constraints,
                       const bool uniform,
                       NodeGraph &graph)
    {
      graph.row_start.assign(1, 0);
      graph.column.clear();
      graph.soluble.clear();
      graph.tissue.clear();
      const Epetra_Map &columns = assembly.soluble.trilinos_matrix().ColMap();
      for (const auto row : graph.owned)
      {
        if (!constraints.is_constrained(row))
        {
          const double round_off = 1e-13 * std::abs(assembly.soluble.diag_element(row));
          const MatrixRow soluble(assembly.soluble, row), tissue(assembly.tissue, row);
          for (int e = 0; e < soluble.n; ++e)
          {
            const types::global_dof_index column = columns.GID(soluble.columns[e]);
            if (column == row || std::abs(soluble.values[e]) <= round_off)
              continue;
            graph.column.push_back(local.global_to_local(column));
            graph.soluble.push_back(-soluble.values[e]);
            if (!uniform)
              graph.tissue.push_back(-tissue.values[e]);
          }
        }
        graph.row_start.push_back(graph.column.size());
      }
    }

    template <int dim>
    void set_volumes(const Assembly<dim> &assembly, const AffineConstraints<double> &constraints, NodeGraph &graph)
    {
      for (std::vector<double> *v : {&graph.volume, &graph.tissue_volume, &graph.dermis_volume})
        v->assign(graph.n_owned, 0.);
      graph.content.assign(graph.n_owned, 1.);
      for (unsigned int i = 0; i < graph.n_owned; ++i)
        if (!constraints.is_constrained(graph.owned.nth_index_in_set(i)))
        {
          graph.volume[i] = assembly.volume.local_element(i);
          graph.tissue_volume[i] = assembly.tissue_volume.local_element(i);
          graph.dermis_volume[i] = assembly.dermis_volume.local_element(i);
          graph.content[i] = graph.tissue_volume[i] / graph.volume[i];
        }
    }

    /** Each face of the skin surface is shared by its nodes; hanging ones pass theirs on. */
    template <int dim>
    void set_surface(const Discretization<dim> &d, NodeGraph &graph)
    {
      NodalVector sum = graph.make_vector(1);
      const unsigned int n = d.element.n_dofs_per_face();
      std::vector<types::global_dof_index> dofs(n);
      Vector<double> shares(n);
      for (const auto &cell : d.nodes.active_cell_iterators())
        if (cell->is_locally_owned())
          for (const auto &face : cell->face_iterators())
            if (face->at_boundary() && face->boundary_id() == static_cast<types::boundary_id>(Boundary::surface))
            {
              face->get_dof_indices(dofs);
              shares = face->measure() / n;
              d.constraints.distribute_local_to_global(shares, dofs, sum);
            }
      sum.compress(VectorOperation::add);
      graph.surface_area.assign(sum.begin(), sum.begin() + graph.n_owned);
      graph.surface.assign(graph.n_owned, 0.);
      for (unsigned int i = 0; i < graph.n_owned; ++i)
        if (graph.volume[i] > 0.)
          graph.surface[i] = graph.surface_area[i] / graph.volume[i];
    }
  } // namespace

  template <int dim>
  Discretization<dim>::Discretization(MPI_Comm communicator)
    : communicator(communicator)
    // Only what halves more cells or merges fewer: with that ranks can agree on the mesh, see smooth_flags.
    , triangulation(communicator,
                    typename Triangulation<dim>::MeshSmoothing(Triangulation<dim>::smoothing_on_refinement |
                                                               Triangulation<dim>::do_not_produce_unrefined_islands))
    , element(1)
    , nodes(triangulation)
  {
  }

  template <int dim>
  void Discretization<dim>::rebuild(const LayerContents &contents)
  {
    nodes.distribute_dofs(element);
    const IndexSet relevant = constrain_hanging_nodes(nodes, constraints);
    Assembly<dim> assembly;
    assemble(*this, relevant, contents, assembly);

    graph = NodeGraph();
    number_nodes(nodes, constraints, needed_ghosts(nodes.locally_owned_dofs(), relevant, assembly.soluble), graph);
    set_volumes(assembly, constraints, graph);
    bool uniform = true;
    for (const auto &cell : triangulation.active_cell_iterators())
      uniform = uniform && contents[cell->material_id()] == 1.;
    extract_edges(assembly,
                  Utilities::MPI::Partitioner(graph.owned, graph.ghosts, communicator),
                  constraints,
                  Utilities::MPI::min(uniform ? 1 : 0, communicator) == 1,
                  graph);
    positions = positions_of(mapping, nodes, graph);
    set_surface(*this, graph);
    chart = std::make_shared<SkinChart<dim>>(triangulation);
    places.clear();
    for (const Point<dim> &position : positions)
      places.push_back(chart->place_of(position));
    if (site_of)
      for (unsigned int i = 0; i < graph.n_owned; ++i)
        graph.site.push_back(site_of(places[i]));
    if (const auto grid = find_tensor_grid(nodes, positions, std::vector<double>(contents.begin(), contents.end())))
      graph.grids = std::make_shared<MultigridGrids>(*grid, communicator);
    if (displacement)
      displacement->rebuild(mapping, nodes);
  }

  template <int dim>
  void Discretization<dim>::carry_displacement(const unsigned int degree)
  {
    displacement = std::make_unique<DisplacementSpace<dim>>(triangulation, degree);
  }

  template <int dim>
  const NodeSet &Discretization<dim>::nodes_of(const NodesOf which) const
  {
    Assert(which == NodesOf::fields || displacement, ExcMessage("The mesh carries no displacement"));
    return which == NodesOf::fields ? static_cast<const NodeSet &>(graph) : displacement->nodes;
  }

  template class Discretization<2>;
  template class Discretization<3>;
} // namespace cutis
