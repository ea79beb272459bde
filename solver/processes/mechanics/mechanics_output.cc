// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/mechanics_output.h"

#include "processes/mechanics/skin_surface.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>

namespace cutis
{
  using namespace dealii;

  const std::vector<std::string> &mechanics_array_names()
  {
    static const std::vector<std::string> names = {"displacement", "stress", "fibre_new", "fibre_mature"};
    return names;
  }

  namespace
  {
    constexpr double degree = 180. / 3.14159265358979323846;

    /** A tensor in the frame of the mesh. A section shows along and normal; out of it points minus across. */
    template <int dim>
    void append_tensor(const Symmetric &t, std::vector<float> &rows)
    {
      if (dim == 3)
        for (const double entry : {t[0][0], t[0][1], t[0][2], t[1][1], t[1][2], t[2][2]})
          rows.push_back(static_cast<float>(entry));
      else
        for (const double entry : {t[0][0], t[0][2], -t[0][1], t[2][2], -t[1][2], t[1][1]})
          rows.push_back(static_cast<float>(entry));
    }

    double anisotropy(const Symmetric &h)
    {
      return std::hypot(h[0][0] - h[1][1], 2. * h[0][1]) / (h[0][0] + h[1][1]);
    }

    double angle(const Symmetric &h)
    {
      return .5 * degree * std::atan2(2. * h[0][1], h[0][0] - h[1][1]);
    }

    /** Sums over the dermis of all ranks. */
    template <int dim>
    class DermisMeans
    {
    public:
      DermisMeans(Mechanics<dim> &mechanics, const Discretization<dim> &discretization, const State &state)
        : mechanics_(mechanics)
        , discretization_(discretization)
        , state_(state)
        , table_(mechanics.tissue().table(state.fields, state.fibres))
        , tangent_(mechanics.tangent_solver(state))
      {
      }

      void fibres(MechanicsReport &report) const
      {
        const NodeGraph &graph = discretization_.graph;
        Symmetric both, fresh;
        for (unsigned int i = 0; i < graph.n_owned; ++i)
          if (graph.dermis_volume[i] > 0.)
          {
            const SeenFibres seen = seen_at(mechanics_.tissue(), mechanics_.nodal_stress(), table_, i);
            both += graph.dermis_volume[i] * seen.content * seen.both;
            fresh += graph.dermis_volume[i] * seen.fresh;
          }
        both = Utilities::MPI::sum(both, graph.communicator);
        fresh = Utilities::MPI::sum(fresh, graph.communicator);
        report.fibre_anisotropy = anisotropy(both);
        report.fibre_angle = angle(both);
        report.new_fibre_anisotropy = anisotropy(fresh);
        report.new_fibre_angle = angle(fresh);
      }

      void thickness_and_tension(MechanicsReport &report) const
      {
        const auto [a, b] = axes();
        double sums[5] = {0., 0., 0., 0., 0.}; // volumes: dermis at rest, dermis, all; stress along, across
        mechanics_.tissue().for_cells(table_,
                                      state_.displacement,
                                      [&](const TissueCell<dim> &c)
                                      {
                                        for (const unsigned int q : c.shape.quadrature_point_indices())
                                        {
                                          const double now = determinant(c.F[q]) * c.shape.JxW(q);
                                          sums[2] += now;
                                          if (!in_dermis(c))
                                            continue;
                                          const Symmetric sigma =
                                            cauchy(stress(c.constants, c.present[q], c.F[q]), c.F[q]);
                                          sums[0] += c.shape.JxW(q);
                                          sums[1] += now;
                                          sums[3] += c.shape.JxW(q) * (a * (sigma * a));
                                          sums[4] += c.shape.JxW(q) * (b * (sigma * b));
                                        }
                                      });
        Utilities::MPI::sum(ArrayView<const double>(sums, 5), discretization_.communicator, ArrayView<double>(sums, 5));
        const double area = surface_area(discretization_);
        report.dermal_thickness = sums[1] / area;
        report.tissue_thickness = sums[2] / area;
        report.tension_along = sums[0] > 0. ? sums[3] / sums[0] : 0.;
        report.tension_across = sums[0] > 0. ? sums[4] / sums[0] : 0.;
      }

      /** Mean increment of stress in the dermis along an axis of the lines, per strain of the patch along that axis. */
      double stiffness(const Tensor<1, 3> &axis) const
      {
        const Symmetric strain = symmetrize(outer_product(axis, axis));
        NodalVector load = discretization_.displacement->make_vector(), answer = load;
        mechanics_.equilibrium().assemble_strain_load(table_, state_.displacement, strain, load);
        tangent_.solve(load, 1e-8, answer);
        mechanics_.equilibrium().constraints().distribute(answer);
        answer *= -1.;
        discretization_.displacement->complete(answer);
        return mean_increment(axis, strain, answer);
      }

      /** Lift of the surface under suction in the middle of the patch, linear [mm]. */
      double suction_lift() const
      {
        NodalVector load = discretization_.displacement->make_vector(), answer = load;
        add_suction(mechanics_.equilibrium(), mechanics_.tissue().settings(), discretization_, load);
        tangent_.solve(load, 1e-8, answer);
        mechanics_.equilibrium().constraints().distribute(answer);
        double lift = 0.;
        for (unsigned int i = 0; i < discretization_.displacement->nodes.n_owned; ++i)
          lift = std::max(lift, answer.local_element(i * dim + dim - 1));
        return Utilities::MPI::max(lift, discretization_.communicator);
      }

      std::pair<Tensor<1, 3>, Tensor<1, 3>> axes() const
      {
        const double angle = mechanics_.tissue().settings().angle / degree;
        return {Tensor<1, 3>({std::cos(angle), std::sin(angle), 0.}),
                Tensor<1, 3>({-std::sin(angle), std::cos(angle), 0.})};
      }

    private:
      static bool in_dermis(const TissueCell<dim> &c)
      {
        const Layer layer = static_cast<Layer>(c.cell->material_id());
        return layer != Layer::epidermis && layer != Layer::hypodermis;
      }

      double mean_increment(const Tensor<1, 3> &axis, const Symmetric &strain, const NodalVector &answer) const
      {
        double sums[2] = {0., 0.};
        mechanics_.tissue().for_cells(
          table_,
          state_.displacement,
          [&](const TissueCell<dim> &c)
          {
            if (!in_dermis(c))
              return;
            for (const unsigned int q : c.shape.quadrature_point_indices())
            {
              const Deformation &F = c.F[q];
              const TissueResponse r = response(c.constants, c.present[q], F);
              Deformation dF = Deformation(strain) * F;
              for (std::size_t v = 0; v < c.local.size(); ++v)
                for (int i = 0; i < dim; ++i)
                  for (int j = 0; j < dim; ++j)
                    dF[skin_axis<dim>(i)][skin_axis<dim>(j)] +=
                      answer.local_element(c.local[v] * dim + i) * c.shape.shape_grad(v, q)[j];
              const Symmetric dE = symmetrize(transpose(F) * dF);
              const Deformation dP = dF * Deformation(r.stress) + F * Deformation(r.tangent * dE);
              const Deformation P = F * Deformation(r.stress);
              const double J = determinant(F), dJ = J * trace(invert(F) * dF);
              const Deformation sigma = P * transpose(F) / J;
              const Deformation d = dP * transpose(F) / J + P * transpose(dF) / J - dJ / J * sigma;
              sums[0] += c.shape.JxW(q) * (axis * (d * axis));
              sums[1] += c.shape.JxW(q);
            }
          });
        Utilities::MPI::sum(ArrayView<const double>(sums, 2), discretization_.communicator, ArrayView<double>(sums, 2));
        return sums[1] > 0. ? sums[0] / sums[1] : 0.;
      }

      Mechanics<dim> &mechanics_;
      const Discretization<dim> &discretization_;
      const State &state_;
      const NodalVector table_;
      const ElasticSolver<dim> &tangent_; ///< one for all the small loads
    };
  } // namespace

  template <int dim>
  std::vector<NodalArray>
  nodal_arrays(const Mechanics<dim> &mechanics, const Discretization<dim> &discretization, const State &state)
  {
    const NodalVector table = mechanics.tissue().table(state.fields, state.fibres);
    std::vector<NodalArray> arrays;
    for (const std::string &name : mechanics_array_names())
      arrays.push_back({name, name == "displacement" ? 3u : 6u, {}});
    for (unsigned int i = 0; i < discretization.graph.n_owned; ++i)
    {
      const double *u = state.displacement.begin() + discretization.displacement->at_field[i] * dim;
      for (int c = 0; c < 3; ++c)
        arrays[0].rows.push_back(c < dim ? static_cast<float>(u[c]) : 0.f);
      const SeenFibres seen = seen_at(mechanics.tissue(), mechanics.nodal_stress(), table, i);
      append_tensor<dim>(mechanics.nodal_stress().cauchy(i), arrays[1].rows);
      append_tensor<dim>(seen.fresh, arrays[2].rows);
      append_tensor<dim>(seen.mature, arrays[3].rows);
    }
    return arrays;
  }

  template <int dim>
  MechanicsReport report(Mechanics<dim> &mechanics,
                         const Discretization<dim> &discretization,
                         const PunchBiopsy &site,
                         const State &state)
  {
    const DermisMeans<dim> means(mechanics, discretization, state);
    MechanicsReport report;
    means.fibres(report);
    means.thickness_and_tension(report);
    const auto [along, across] = means.axes();
    report.stiffness_along = means.stiffness(along);
    report.stiffness_across = means.stiffness(across);
    report.suction_lift = means.suction_lift();
    report.site_area = site_area(discretization, site, state.displacement);
    report.sag = surface_sag(discretization, mechanics.tissue().settings(), state.displacement);
    report.iterations = static_cast<double>(mechanics.statistics().iterations);
    return report;
  }

  template std::vector<NodalArray> nodal_arrays(const Mechanics<2> &, const Discretization<2> &, const State &);
  template std::vector<NodalArray> nodal_arrays(const Mechanics<3> &, const Discretization<3> &, const State &);
  template MechanicsReport report(Mechanics<2> &, const Discretization<2> &, const PunchBiopsy &, const State &);
  template MechanicsReport report(Mechanics<3> &, const Discretization<3> &, const PunchBiopsy &, const State &);
} // namespace cutis
