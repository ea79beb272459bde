// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/equilibrium.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_tools.h>

#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr double to_kPa_per_mm = 1e-6; // kg/m^3 m/s^2

    using Dofs = std::vector<types::global_dof_index>;

    template <int dim>
    Dofs components_of(const Dofs &nodes)
    {
      Dofs dofs;
      for (const auto node : nodes)
        for (int c = 0; c < dim; ++c)
          dofs.push_back(node * dim + c);
      return dofs;
    }

    /** Gradients of the shape functions at a quadrature point, in the frame of the skin. */
    template <int dim>
    void gradients(const TissueCell<dim> &c, const unsigned int q, std::vector<Tensor<1, 3>> &G)
    {
      for (std::size_t v = 0; v < G.size(); ++v)
      {
        G[v] = 0.;
        for (int j = 0; j < dim; ++j)
          G[v][skin_axis<dim>(j)] = c.shape.shape_grad(v, q)[j];
      }
    }

    /** The tangent as a matrix that takes strains with off-diagonals twice to stresses. */
    void as_matrix(const Stiffness &tangent, double (&D)[symmetric_components][symmetric_components])
    {
      for (unsigned int m = 0; m < symmetric_components; ++m)
        for (unsigned int n = 0; n < symmetric_components; ++n)
          D[m][n] = tangent.access_raw_entry(m * symmetric_components + n);
    }

    /**
     * Add the stiffness of one quadrature point: material part B^T D B and geometric part G S G. It is symmetric; of
     * the blocks above the diagonal nothing is filled here, see `mirror`.
     */
    template <int dim>
    void add_stiffness(const std::vector<Tensor<1, 3>> &G,
                       const Deformation &F,
                       const TissueResponse &r,
                       const double JxW,
                       FullMatrix<double> &matrix)
    {
      constexpr unsigned int most_nodes = dim == 2 ? 9 : 27;
      Strain B[most_nodes * dim], DB[dim];
      double D[symmetric_components][symmetric_components];
      as_matrix(r.tangent, D);
      for (unsigned int v = 0; v < G.size(); ++v)
      {
        const Tensor<1, 3> geometric = JxW * (r.stress * G[v]);
        for (int i = 0; i < dim; ++i)
        {
          B[v * dim + i] = strain_of(F, skin_axis<dim>(i), G[v]);
          for (unsigned int m = 0; m < symmetric_components; ++m)
          {
            DB[i][m] = 0.;
            for (unsigned int k = 0; k < symmetric_components; ++k)
              DB[i][m] += JxW * D[m][k] * B[v * dim + i][k];
          }
        }
        for (unsigned int w = 0; w <= v; ++w)
          for (int i = 0; i < dim; ++i)
            for (int j = 0; j < dim; ++j)
            {
              double sum = i == j ? geometric * G[w] : 0.;
              for (unsigned int k = 0; k < symmetric_components; ++k)
                sum += DB[i][k] * B[w * dim + j][k];
              matrix(v * dim + i, w * dim + j) += sum;
            }
      }
    }

    /** Copy the lower half to the upper one. */
    void mirror(FullMatrix<double> &matrix)
    {
      for (unsigned int a = 0; a < matrix.m(); ++a)
        for (unsigned int b = 0; b < a; ++b)
          matrix(b, a) = matrix(a, b);
    }
  } // namespace

  Strain strain_of(const Deformation &F, const int axis, const Tensor<1, 3> &gradient)
  {
    const Tensor<1, 3> &f = F[axis];
    return {{f[0] * gradient[0],
             f[1] * gradient[1],
             f[2] * gradient[2],
             f[0] * gradient[1] + f[1] * gradient[0],
             f[0] * gradient[2] + f[2] * gradient[0],
             f[1] * gradient[2] + f[2] * gradient[1]}};
  }

  template <int dim>
  Equilibrium<dim>::Equilibrium(const SkinTissue<dim> &tissue,
                                const Splint<dim> &splint,
                                const Discretization<dim> &discretization)
    : tissue_(tissue)
    , splint_(splint)
    , discretization_(discretization)
  {
  }

  template <int dim>
  void Equilibrium<dim>::rebuild()
  {
    make_constraints();
    const DisplacementSpace<dim> &space = *discretization_.displacement;
    const NodalVector sample = space.make_vector();
    const IndexSet &owned = sample.locally_owned_elements();
    pattern_.reinit(owned, owned, constraints_.get_local_lines(), discretization_.communicator);
    Dofs nodes(space.element.n_dofs_per_cell());
    for (const auto &cell : space.handler.active_cell_iterators())
      if (cell->is_locally_owned())
      {
        cell->get_dof_indices(nodes);
        constraints_.add_entries_local_to_global(components_of<dim>(nodes), pattern_, true);
      }
    pattern_.compress();
    make_springs();
    measure_reference();
  }

  template <int dim>
  void Equilibrium<dim>::make_constraints()
  {
    const DisplacementSpace<dim> &d = *discretization_.displacement;
    IndexSet nodes;
    DoFTools::extract_locally_relevant_dofs(d.handler, nodes);
    IndexSet relevant(d.handler.n_dofs() * dim);
    for (const auto node : nodes)
      relevant.add_range(node * dim, (node + 1) * dim);
    constraints_.clear();
    constraints_.reinit(relevant);

    const MechanicsSettings &s = tissue_.settings();
    const auto fix = [&](const types::global_dof_index node, const int component)
    {
      if (!d.hanging.is_constrained(node) && !constraints_.is_constrained(node * dim + component))
        constraints_.add_line(node * dim + component);
    };
    Dofs face_nodes(d.element.n_dofs_per_face());
    for (const auto &cell : d.handler.active_cell_iterators())
      if (!cell->is_artificial())
        for (const auto &face : cell->face_iterators())
          if (face->at_boundary())
          {
            const Boundary side = static_cast<Boundary>(face->boundary_id());
            face->get_dof_indices(face_nodes);
            for (const auto node : face_nodes)
              if (side == Boundary::base)
              {
                if (s.base == MechanicsSettings::Base::clamped)
                  for (int c = 0; c < dim; ++c)
                    fix(node, c);
                else if (s.base == MechanicsSettings::Base::sliding)
                  fix(node, dim - 1);
              }
              else if (side != Boundary::surface)
                for (int c = 0; c < dim; ++c)
                  if (s.sides == MechanicsSettings::Sides::held ||
                      (s.sides == MechanicsSettings::Sides::fixed &&
                       c == (side == Boundary::left || side == Boundary::right ? 0 : 1)))
                    fix(node, c);
          }
    for (const auto node : nodes)
      if (d.hanging.is_constrained(node))
        for (int c = 0; c < dim; ++c)
        {
          constraints_.add_line(node * dim + c);
          for (const auto &[master, weight] : *d.hanging.get_constraint_entries(node))
            constraints_.add_entry(node * dim + c, master * dim + c, weight);
        }
    constraints_.close();
  }

  /** Stiffness of the springs, lumped to the nodes. */
  template <int dim>
  void Equilibrium<dim>::make_springs()
  {
    const DisplacementSpace<dim> &d = *discretization_.displacement;
    const MechanicsSettings &s = tissue_.settings();
    springs_ = d.make_vector();
    const QGaussLobatto<dim - 1> at_nodes(d.element.degree + 1);
    FEFaceValues<dim> shape(discretization_.mapping, d.element, at_nodes, update_values | update_JxW_values);
    Dofs nodes(d.element.n_dofs_per_cell());
    for (const auto &cell : d.handler.active_cell_iterators())
      if (cell->is_locally_owned())
        for (const unsigned int face : cell->face_indices())
          if (cell->face(face)->at_boundary())
          {
            const Boundary side = static_cast<Boundary>(cell->face(face)->boundary_id());
            double k = 0.;
            if (side == Boundary::base && s.base == MechanicsSettings::Base::elastic)
              k = s.base_stiffness;
            if (side != Boundary::base && side != Boundary::surface && s.sides == MechanicsSettings::Sides::springs)
              k = s.side_stiffness;
            if (k == 0.)
              continue;
            shape.reinit(cell, face);
            cell->get_dof_indices(nodes);
            for (const unsigned int q : shape.quadrature_point_indices())
              for (unsigned int v = 0; v < nodes.size(); ++v)
                if (shape.shape_value(v, q) > .5) // the quadrature point is this node
                  for (int c = 0; c < dim; ++c)
                    springs_(nodes[v] * dim + c) += k * shape.JxW(q);
          }
    springs_.compress(VectorOperation::add);
  }

  template <int dim>
  void Equilibrium<dim>::measure_reference()
  {
    const MechanicsSettings &s = tissue_.settings();
    const Tensor<1, 3> weight({s.gravity[0], s.gravity[1], s.gravity[2]});
    double sum = 0.;
    std::vector<Tensor<1, 3>> G(discretization_.displacement->element.n_dofs_per_cell());
    tissue_.for_cells(tissue_.healthy_table(),
                      discretization_.displacement->make_vector(),
                      [&](const TissueCell<dim> &c)
                      {
                        for (const unsigned int q : c.shape.quadrature_point_indices())
                        {
                          gradients(c, q, G);
                          const Symmetric &S = c.healthy_stress[q];
                          for (unsigned int v = 0; v < G.size(); ++v)
                          {
                            const double pull = to_kPa_per_mm * s.density * c.shape.shape_value(v, q);
                            sum += ((S * G[v]).norm_square() + pull * pull * weight.norm_square()) * c.shape.JxW(q) *
                                   c.shape.JxW(q);
                          }
                        }
                      });
    reference_force_ = std::sqrt(Utilities::MPI::sum(sum, discretization_.communicator));
  }

  /** All ranks speak of the same element: that of the first rank that has one. */
  template <int dim>
  typename Equilibrium<dim>::Inversion Equilibrium<dim>::of_first_rank(Inversion inversion) const
  {
    const int here = inversion.found ? Utilities::MPI::this_mpi_process(discretization_.communicator) : 1 << 30;
    const int first = Utilities::MPI::min(here, discretization_.communicator);
    inversion.found = first != 1 << 30;
    if (inversion.found)
      inversion.place = Utilities::MPI::broadcast(discretization_.communicator, inversion.place, first);
    return inversion;
  }

  template <int dim>
  void Equilibrium<dim>::add_springs(const NodalVector &displacement,
                                     NodalVector &residual,
                                     TrilinosWrappers::SparseMatrix *matrix) const
  {
    for (const auto dof : residual.locally_owned_elements())
      if (springs_(dof) > 0. && !constraints_.is_constrained(dof))
      {
        residual(dof) += springs_(dof) * displacement(dof);
        if (matrix)
          matrix->add(dof, dof, springs_(dof));
      }
  }

  template <int dim>
  typename Equilibrium<dim>::Inversion Equilibrium<dim>::assemble(const NodalVector &table,
                                                                  const NodalVector &displacement,
                                                                  const double gravity_share,
                                                                  NodalVector &residual,
                                                                  TrilinosWrappers::SparseMatrix *matrix) const
  {
    const MechanicsSettings &s = tissue_.settings();
    const unsigned int n = discretization_.displacement->element.n_dofs_per_cell() * dim;
    FullMatrix<double> cell_matrix(n, n);
    Vector<double> cell_force(n);
    std::vector<Tensor<1, 3>> G(n / dim);
    Inversion inversion;
    residual.zero_out_ghost_values();
    residual = 0.;
    if (matrix)
      *matrix = 0.;
    tissue_.for_cells(table,
                      displacement,
                      [&](const TissueCell<dim> &c)
                      {
                        cell_matrix = 0.;
                        cell_force = 0.;
                        for (const unsigned int q : c.shape.quadrature_point_indices())
                        {
                          const Deformation &F = c.F[q];
                          if (!(determinant(F) > 0.))
                          {
                            inversion = {true, c.cell->center()};
                            return;
                          }
                          const double JxW = c.shape.JxW(q);
                          const double grown = determinant(c.present[q].inelastic);
                          const TissueResponse r = matrix ? response(c.constants, c.present[q], F)
                                                          : TissueResponse{stress(c.constants, c.present[q], F), {}};
                          const Deformation excess = F * Deformation(r.stress) - Deformation(c.healthy_stress[q]);
                          gradients(c, q, G);
                          for (unsigned int a = 0; a < n; ++a)
                          {
                            const int axis = skin_axis<dim>(a % dim);
                            cell_force[a] += JxW * (excess[axis] * G[a / dim] - gravity_share * to_kPa_per_mm *
                                                                                  s.density * s.gravity[axis] * grown *
                                                                                  c.shape.shape_value(a / dim, q));
                          }
                          if (matrix)
                            add_stiffness<dim>(G, F, r, JxW, cell_matrix);
                        }
                        const Dofs dofs = components_of<dim>(c.moved);
                        if (matrix)
                        {
                          mirror(cell_matrix);
                          constraints_.distribute_local_to_global(cell_matrix, cell_force, dofs, *matrix, residual);
                        }
                        else
                          constraints_.distribute_local_to_global(cell_force, dofs, residual);
                      });
    residual.compress(VectorOperation::add);
    add_springs(displacement, residual, matrix);
    splint_.add_forces(displacement, constraints_, residual, matrix);
    if (matrix)
      matrix->compress(VectorOperation::add);
    return of_first_rank(inversion);
  }

  template <int dim>
  void Equilibrium<dim>::assemble_strain_load(const NodalVector &table,
                                              const NodalVector &displacement,
                                              const Symmetric &strain,
                                              NodalVector &load) const
  {
    const unsigned int n = discretization_.displacement->element.n_dofs_per_cell() * dim;
    Vector<double> cell_force(n);
    std::vector<Tensor<1, 3>> G(n / dim);
    load.zero_out_ghost_values();
    load = 0.;
    tissue_.for_cells(table,
                      displacement,
                      [&](const TissueCell<dim> &c)
                      {
                        cell_force = 0.;
                        for (const unsigned int q : c.shape.quadrature_point_indices())
                        {
                          const Deformation &F = c.F[q];
                          const TissueResponse r = response(c.constants, c.present[q], F);
                          // The strained tissue: dF = strain F, dE = F^T strain F.
                          const Deformation dF = Deformation(strain) * F;
                          const Symmetric dS = r.tangent * symmetrize(transpose(F) * dF);
                          const Deformation dP = dF * Deformation(r.stress) + F * Deformation(dS);
                          gradients(c, q, G);
                          for (unsigned int a = 0; a < n; ++a)
                            cell_force[a] += c.shape.JxW(q) * (dP[skin_axis<dim>(a % dim)] * G[a / dim]);
                        }
                        constraints_.distribute_local_to_global(cell_force, components_of<dim>(c.moved), load);
                      });
    load.compress(VectorOperation::add);
  }

  template class Equilibrium<2>;
  template class Equilibrium<3>;
} // namespace cutis
