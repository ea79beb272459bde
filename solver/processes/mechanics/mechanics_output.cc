// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/mechanics/mechanics_output.h"

#include "base/text.h"
#include "numerics/space/skin_chart.h"
#include "processes/mechanics/mechanics.h"
#include "processes/mechanics/skin_surface.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>
#include <limits>

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

    constexpr double unchanged = 1e-12; // contents, fibres and displacement [mm], in which healthy skin drifts by 1e-15
    constexpr double precision = 1e-6;  // of the answers to small loads, relative

    /** The largest difference anywhere; infinite if they are not of the same mesh. Collective. */
    double largest_change(const NodalVector &before, const NodalVector &now)
    {
      if (before.size() != now.size())
        return std::numeric_limits<double>::infinity();
      double most = 0.;
      for (unsigned int k = 0; k < now.locally_owned_size(); ++k)
        most = std::max(most, std::abs(now.local_element(k) - before.local_element(k)));
      return Utilities::MPI::max(most, now.get_mpi_communicator());
    }

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
      DermisMeans(const Mechanics<dim> &mechanics,
                  const Discretization<dim> &discretization,
                  const State &state,
                  const NodalVector &table)
        : mechanics_(mechanics)
        , discretization_(discretization)
        , state_(state)
        , table_(table)
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
        for_points(
          [&](const TissueCell<dim> &c, const unsigned int q)
          {
            const double now = determinant(c.F[q]) * c.shape.JxW(q);
            sums[2] += now;
            if (!in_dermis(c))
              return;
            const Symmetric sigma = cauchy(stress(c.constants, c.present[q], c.F[q]), c.F[q]);
            sums[0] += c.shape.JxW(q);
            sums[1] += now;
            sums[3] += c.shape.JxW(q) * (a * (sigma * a));
            sums[4] += c.shape.JxW(q) * (b * (sigma * b));
          });
        Utilities::MPI::sum(ArrayView<const double>(sums, 5), discretization_.communicator, ArrayView<double>(sums, 5));
        const double area = surface_area(discretization_);
        report.dermal_thickness = sums[1] / area;
        report.tissue_thickness = sums[2] / area;
        report.tension_along = sums[0] > 0. ? sums[3] / sums[0] : 0.;
        report.tension_across = sums[0] > 0. ? sums[4] / sums[0] : 0.;
      }

      /** Volume of the dermis under the punch over that at rest; 1 if there is none. */
      double volume_at(const PunchBiopsy &site) const
      {
        double sums[2] = {0., 0.}; // at rest, now
        for_points(
          [&](const TissueCell<dim> &c, const unsigned int q)
          {
            Point<dim> point;
            for (unsigned int v = 0; v < c.nodes.size(); ++v)
              point += c.field(q, v) * discretization_.positions[c.nodes[v]];
            if (!in_dermis(c) ||
                distance_along_skin(discretization_.chart->place_of(point), site.x, site.y) > .5 * site.diameter)
              return;
            sums[0] += c.shape.JxW(q);
            sums[1] += determinant(c.F[q]) * c.shape.JxW(q);
          });
        Utilities::MPI::sum(ArrayView<const double>(sums, 2), discretization_.communicator, ArrayView<double>(sums, 2));
        return sums[0] > 0. ? sums[1] / sums[0] : 1.;
      }

      /** Mean increment of stress in the dermis along an axis of the lines, per strain of the patch along that axis. */
      double stiffness(const Tensor<1, 3> &axis, const ElasticSolver<dim> &tangent) const
      {
        const Symmetric strain = symmetrize(outer_product(axis, axis));
        NodalVector load = discretization_.displacement->make_vector(), answer = load;
        mechanics_.equilibrium().assemble_strain_load(table_, state_[displacement_block], strain, load);
        tangent.solve(load, precision, answer);
        mechanics_.equilibrium().constraints().distribute(answer);
        answer *= -1.;
        discretization_.displacement->complete(answer);
        return mean_increment(axis, strain, answer);
      }

      /** Lift of the surface under suction in the middle of the patch, linear [mm]. */
      double suction_lift(const ElasticSolver<dim> &tangent) const
      {
        NodalVector load = discretization_.displacement->make_vector(), answer = load;
        add_suction(mechanics_.equilibrium(), mechanics_.tissue().settings(), discretization_, load);
        tangent.solve(load, precision, answer);
        mechanics_.equilibrium().constraints().distribute(answer);
        double lift = 0.;
        for (unsigned int i = 0; i < discretization_.displacement->nodes.n_owned; ++i)
        {
          double up = 0.;
          for (int c = 0; c < dim; ++c)
            up += answer.local_element(i * dim + c) * discretization_.chart->upwards()[c];
          lift = std::max(lift, up);
        }
        return Utilities::MPI::max(lift, discretization_.communicator);
      }

      std::pair<Tensor<1, 3>, Tensor<1, 3>> axes() const
      {
        const double angle = mechanics_.tissue().settings().angle / degree;
        return {Tensor<1, 3>({std::cos(angle), std::sin(angle), 0.}),
                Tensor<1, 3>({-std::sin(angle), std::cos(angle), 0.})};
      }

    private:
      /** visit(cell, quadrature point) for all of this rank. */
      template <class Visit>
      void for_points(const Visit &visit) const
      {
        mechanics_.tissue().for_cells(table_,
                                      state_[displacement_block],
                                      [&](const TissueCell<dim> &c)
                                      {
                                        for (const unsigned int q : c.shape.quadrature_point_indices())
                                          visit(c, q);
                                      });
      }

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
          state_[displacement_block],
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

      const Mechanics<dim> &mechanics_;
      const Discretization<dim> &discretization_;
      const State &state_;
      const NodalVector &table_;
    };
  } // namespace

  template <int dim>
  std::vector<std::string> Mechanics<dim>::array_names() const
  {
    return mechanics_array_names();
  }

  template <int dim>
  std::vector<NodalArray> Mechanics<dim>::arrays(const State &state) const
  {
    const NodalVector table = tissue_.table(state);
    std::vector<NodalArray> arrays;
    for (const std::string &name : mechanics_array_names())
      arrays.push_back({name, name == displacement_block ? 3u : symmetric_components, {}});
    const NodalVector &displacement = state[displacement_block];
    for (unsigned int i = 0; i < discretization_.graph.n_owned; ++i)
    {
      const double *u = displacement.begin() + discretization_.displacement->at_field[i] * dim;
      for (int c = 0; c < 3; ++c)
        arrays[0].rows.push_back(c < dim ? static_cast<float>(u[c]) : 0.f);
      const SeenFibres seen = seen_at(tissue_, now_, table, i);
      append_tensor<dim>(now_.cauchy(i), arrays[1].rows);
      append_tensor<dim>(seen.fresh, arrays[2].rows);
      append_tensor<dim>(seen.mature, arrays[3].rows);
    }
    return arrays;
  }

  /** Measure how the patch answers small loads, with one tangent for all of them. */
  template <int dim>
  void Mechanics<dim>::load_a_little(const NodalVector &table, const State &state)
  {
    const DermisMeans<dim> means(*this, discretization_, state, table);
    const ElasticSolver<dim> &tangent = tangent_solver(state);
    const auto [along, across] = means.axes();
    answers_ = {copy_of(table),
                copy_of(state[displacement_block]),
                means.stiffness(along, tangent),
                means.stiffness(across, tangent),
                means.suction_lift(tangent)};
  }

  /** Measure the patch, and the skin surface at the site. Small loads are what takes time: only if the tissue is
   * another than last time. */
  template <int dim>
  std::optional<MechanicsReport> Mechanics<dim>::report(const PunchBiopsy &site, const State &state)
  {
    const NodalVector table = tissue_.table(state);
    if (largest_change(answers_.table, table) > unchanged ||
        largest_change(answers_.displacement, state[displacement_block]) > unchanged)
      load_a_little(table, state);
    const DermisMeans<dim> means(*this, discretization_, state, table);
    MechanicsReport report;
    means.fibres(report);
    means.thickness_and_tension(report);
    report.stiffness_along = answers_.stiffness_along;
    report.stiffness_across = answers_.stiffness_across;
    report.suction_lift = answers_.suction_lift;
    const NodalVector &displacement = state[displacement_block];
    report.site_volume = means.volume_at(site);
    report.site_area = site_area(discretization_, site, displacement);
    report.site_lift = site_lift(discretization_, site, displacement);
    report.sag = surface_sag(discretization_, settings_, displacement);
    report.iterations = static_cast<double>(statistics_.iterations);
    return report;
  }

  template <int dim>
  std::string Mechanics<dim>::cost() const
  {
    return "Mechanics took " + format_rounded(statistics_.seconds, 3) + " s: " + std::to_string(statistics_.tangents) +
           " tangents, " + std::to_string(statistics_.solves) + " linear solves, " +
           std::to_string(statistics_.iterations) + " iterations";
  }

  template std::vector<std::string> Mechanics<2>::array_names() const;
  template std::vector<NodalArray> Mechanics<2>::arrays(const State &) const;
  template std::optional<MechanicsReport> Mechanics<2>::report(const PunchBiopsy &, const State &);
  template std::string Mechanics<2>::cost() const;
  template std::vector<std::string> Mechanics<3>::array_names() const;
  template std::vector<NodalArray> Mechanics<3>::arrays(const State &) const;
  template std::optional<MechanicsReport> Mechanics<3>::report(const PunchBiopsy &, const State &);
  template std::string Mechanics<3>::cost() const;
} // namespace cutis
