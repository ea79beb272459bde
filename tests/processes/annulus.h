// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"
#include "processes/electro_thermal/electro_thermal.h"
#include "processes/electro_thermal/lesion.h"

#include <deal.II/grid/grid_generator.h>

namespace cutis
{
  namespace test
  {
    inline constexpr double inner_radius = .1175, outer_radius = 1.25; ///< mm

    /**
     * Uniform tissue without needles, whose inner and outer walls are the electrodes: everything depends on the
     * distance from the axis alone. The cells grow with it.
     */
    inline void make_annulus(const unsigned int n_cells, TreatmentCell<2> &cell)
    {
      std::vector<std::vector<double>> sizes(2, std::vector<double>(1, 1.));
      sizes[0].resize(n_cells);
      const double growth = std::pow(outer_radius / inner_radius, 1. / n_cells);
      for (unsigned int i = 0; i < n_cells; ++i)
        sizes[0][i] = inner_radius * std::pow(growth, i) * (growth - 1.);
      auto &mesh = cell.triangulation;
      mesh.clear();
      dealii::GridGenerator::subdivided_hyper_rectangle(
        mesh, sizes, dealii::Point<2>(inner_radius, -1.), dealii::Point<2>(outer_radius, 0.));
      for (const auto &c : mesh.active_cell_iterators())
      {
        c->set_material_id(static_cast<dealii::types::material_id>(Layer::dermis));
        for (const auto &face : c->face_iterators())
          if (face->at_boundary())
          {
            const double r = face->center()[0];
            const auto boundary = r < inner_radius * 1.0001  ? TreatmentBoundary::electrode
                                  : r > outer_radius * .9999 ? TreatmentBoundary::ground
                                  : face->center()[1] == 0.  ? TreatmentBoundary::surface
                                                             : TreatmentBoundary::insulated;
            face->set_boundary_id(static_cast<dealii::types::boundary_id>(boundary));
          }
      }
    }

    /** The tissue of all reference values, which does not boil. */
    inline ElectroThermalSetting reference_tissue(const double slope = 0.)
    {
      ElectroThermalSetting setting;
      setting.tissues = TissueTable::uniform({.25, .40, 1115., 3450.});
      setting.heat.start_temperature = 35.;
      setting.conductivity = {slope, 35., 1e4};
      setting.water = BoilingWater::never();
      return setting;
    }

    inline RfDrive drive(const RfDrive::Control control, const double target)
    {
      RfDrive drive;
      drive.control = control;
      drive.target = target;
      return drive;
    }

    /** Rise of the temperature at a place [K]. */
    template <int dim>
    double rise_at(const ElectroThermal<dim> &session, const dealii::Point<3> &place)
    {
      TreatmentSampler<dim> sampler(session.space());
      if (!sampler.go_to(place))
        throw RunFailed("The place lies outside of the treatment cell.");
      return sampler.value(session.temperature()) - 35.;
    }

    /** Heat that is in neither of the accounts, relative to the heat supplied. */
    template <int dim>
    double missing_heat(const ElectroThermal<dim> &session)
    {
      const HeatBalance heat = session.balance();
      return (heat.supplied - heat.stored - heat.lost) / heat.supplied;
    }
  } // namespace test
} // namespace cutis
