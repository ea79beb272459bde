// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "processes/electro_thermal/electro_thermal_setting.h"

#include "base/parameters.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace cutis
{
  namespace
  {
    const std::string section = "RF microneedling/";

    /** Constants of one layer, named after it. */
    void declare_tissue(Parameters &parameters, const std::string &name, const std::string &column, TissueHeat &tissue)
    {
      const auto add = [&](const std::string &what, double &value, const std::string &unit, const About &about)
      { parameters.add(section + "Tissue/" + name + "/" + what, value, unit, Range::positive(), about); };
      const auto recalled = [](const std::string &text) {
        return About{text, Provenance::recalled, "thermal data of tissue databases"};
      };
      add("Conductivity",
          tissue.conductivity,
          "S/m",
          {"Electric conductivity sigma0 at the reference temperature.",
           Provenance::published,
           column + " at 1 MHz, doi 10.1186/s12938-018-0473-9, table 3"});
      add("Thermal conductivity", tissue.thermal_conductivity, "W/(m K)", recalled("Thermal conductivity k."));
      add("Density", tissue.density, "kg/m^3", recalled("Density rho."));
      add("Specific heat", tissue.specific_heat, "J/(kg K)", recalled("Specific heat c."));
    }

    void declare_damage(Parameters &parameters, const std::string &name, const About &about, DamageKinetics &kinetics)
    {
      parameters.add(section + "Damage/" + name + " log frequency",
                     kinetics.log_frequency,
                     "1",
                     {0., 1000.},
                     {"ln(A s) of the damage to " + about.text + ".", about.provenance, about.source});
      parameters.add(section + "Damage/" + name + " activation energy",
                     kinetics.activation_energy,
                     "J/mol",
                     {5e4, 9e5},
                     {"Activation energy of the damage to " + about.text + ".", about.provenance, about.source});
    }
  } // namespace

  const TissueHeat &TissueTable::at(const dealii::types::material_id id) const
  {
    if (is_needle(id))
      return steel;
    switch (static_cast<Layer>(id))
    {
      case Layer::epidermis:
        return epidermis;
      case Layer::hypodermis:
        return fat;
      default:
        return dermis;
    }
  }

  void ElectroThermalSetting::declare(Parameters &parameters)
  {
    declare_tissue(parameters, "Epidermis", "wet skin", tissues.epidermis);
    declare_tissue(parameters, "Dermis", "wet skin", tissues.dermis);
    declare_tissue(parameters, "Fat", "fat", tissues.fat);
    declare_damage(parameters, "Collagen", {"collagen", Provenance::published, "Maitland and Walsh 1997"}, collagen);
    declare_damage(parameters, "Cells", {"cells", Provenance::recalled, "hyperthermia of cell cultures"}, cells);

    parameters.add(section + "Conductivity slope",
                   conductivity.slope,
                   "1/K",
                   {0., .05},
                   {"Rise of the electric conductivity with temperature, beta, up to 100 degC. It cuts lesions at a "
                    "held power and makes them larger at a held voltage.",
                    Provenance::assumed,
                    ".015 to .02 1/K"});
    parameters.add(section + "Conductivity reference",
                   conductivity.reference,
                   "degC",
                   {0., 60.},
                   {"Temperature at which the conductivity is sigma0.", Provenance::assumed, ""});
    parameters.add(section + "Latent heat",
                   water.latent_heat,
                   "J/m^3",
                   Range::positive(),
                   {"Heat that turns the water of tissue into steam.", Provenance::derived, "65 % water"});
    parameters.add(section + "Start temperature",
                   heat.start_temperature,
                   "degC",
                   {0., 45.},
                   {"Temperature of skin and needles; one kelvin is 8 or 9 % of the volume of a lesion."});
    parameters.add(section + "Surface cooling",
                   heat.surface_transfer,
                   "W/(m^2 K)",
                   Range::non_negative(),
                   {"Heat transfer of the skin surface; 0: adiabatic."});
    parameters.add(section + "Coolant temperature",
                   heat.coolant_temperature,
                   "degC",
                   {-60., 60.},
                   {"Temperature beyond the surface."});
    parameters.add(section + "Tolerance",
                   tolerance,
                   "1",
                   {1e-6, .1},
                   {"Error of a time step of the heat, relative to the largest rise of the temperature."});
  }

  std::vector<Problem> problems_of(const ElectroThermalSetting &setting)
  {
    std::vector<Problem> problems;
    const auto require = [&](const bool possible, const std::string &path, const std::string &sentence)
    {
      if (!possible)
        problems.push_back({section + path, sentence});
    };
    const auto check_tissue = [&](const std::string &path, const std::string &name, const TissueHeat &tissue)
    {
      const double least = std::min({tissue.conductivity,
                                     tissue.thermal_conductivity,
                                     tissue.density,
                                     tissue.specific_heat,
                                     tissue.heat_capacity()});
      require(least > 0. && std::isfinite(tissue.conductivity * tissue.thermal_conductivity * tissue.heat_capacity()),
              path,
              "Conductivities, density and specific heat of " + name + " must be positive and finite.");
    };
    check_tissue("Tissue/Epidermis/Conductivity", "the epidermis", setting.tissues.epidermis);
    check_tissue("Tissue/Dermis/Conductivity", "the dermis", setting.tissues.dermis);
    check_tissue("Tissue/Fat/Conductivity", "the fat", setting.tissues.fat);
    check_tissue("Tissue/Dermis/Conductivity", "the needles", setting.tissues.steel);

    // Tissue does not get hotter than it boils by more than a few hundred kelvin; at the start nothing must happen.
    const auto check_damage = [&](const std::string &path, const std::string &what, const DamageKinetics &kinetics)
    {
      const double at_rest = kinetics.log_rate(setting.heat.start_temperature), hot = kinetics.log_rate(1000.);
      require(std::isfinite(at_rest) && hot < 600.,
              path,
              "The damage to " + what + " overflows at high temperatures: ln(A s) of " +
                format_number(kinetics.log_frequency) + " is too large for an activation energy of " +
                format_number(kinetics.activation_energy) + " J/mol.");
      require(!(at_rest > std::log(1e-3)),
              path,
              "The " + what + " would be destroyed within minutes at the " +
                format_number(setting.heat.start_temperature) + " degC at which the tissue starts.");
    };
    check_damage("Damage/Collagen log frequency", "collagen", setting.collagen);
    check_damage("Damage/Cells log frequency", "cells", setting.cells);
    require(setting.conductivity.slope >= 0. && setting.conductivity.slope <= .05,
            "Conductivity slope",
            "The conductivity of tissue rises by up to .05 per kelvin, but " +
              format_number(setting.conductivity.slope) + " are asked for.");
    require(setting.heat.surface_transfer >= 0. && std::isfinite(setting.heat.surface_transfer),
            "Surface cooling",
            "The heat transfer of the surface must not be negative, but it is " +
              format_number(setting.heat.surface_transfer) + " W/(m^2 K).");
    require(setting.heat.start_temperature < setting.water.temperature,
            "Start temperature",
            "The tissue would boil before a session starts: it is at " + format_number(setting.heat.start_temperature) +
              " degC.");
    require(setting.tolerance > 0. && setting.tolerance <= .1,
            "Tolerance",
            "The tolerance of a time step of the heat must be positive and at most .1, but it is " +
              format_number(setting.tolerance) + ".");
    return problems;
  }
} // namespace cutis
