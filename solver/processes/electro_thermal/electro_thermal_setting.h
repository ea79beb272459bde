// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "mesh/treatment_cell.h"
#include "model/heat/thermal_damage.h"
#include "model/heat/tissue_heat.h"

#include <array>
#include <string>
#include <vector>

namespace cutis
{
  class Parameters;

  /** Constants of the layers of skin and of the metal. */
  struct TissueTable
  {
    TissueHeat epidermis = skin_heat::epidermis;
    TissueHeat dermis = skin_heat::dermis;
    TissueHeat fat = skin_heat::fat;
    TissueHeat steel = needle_steel;

    /** Skin of the same constants in all layers. */
    static TissueTable uniform(const TissueHeat &tissue) { return {tissue, tissue, tissue, needle_steel}; }

    /** By material id; all layers of the dermis are alike. */
    const TissueHeat &at(dealii::types::material_id id) const;
  };

  /** What holds the temperature at the boundaries; without a setting no heat leaves the cell. */
  struct HeatSetting
  {
    double start_temperature = 34.;   ///< of tissue and needle [degrees Celsius]
    double surface_transfer = 0.;     ///< Robin coefficient h of the skin surface [W/(m^2 K)]
    double coolant_temperature = 25.; ///< beyond the surface [degrees Celsius]
    bool perfused = false;            ///< blood at the start temperature; stopped within a session
    bool needle_as_hole = false;      ///< leave the metal out, for comparison: tips then come out twice too hot
    bool walls_held = false;          ///< electrode and ground stay at the start temperature, for closed forms
  };

  /** Everything about the tissue and the numerics of a session that is not the drive. */
  struct ElectroThermalSetting
  {
    TissueTable tissues;
    ConductivityLaw conductivity;
    BoilingWater water;
    HeatSetting heat;
    DamageKinetics collagen = collagen_denaturation;
    DamageKinetics cells = cell_death;
    double tolerance = .01;  ///< local error of a step, relative to the largest rise or to 10 K
    unsigned int degree = 2; ///< of the elements

    /** Constants of the tissue and its state, and the numerics. */
    void declare(Parameters &parameters);
  };

  /** A sentence for all constants that cannot be computed with. */
  std::vector<Problem> problems_of(const ElectroThermalSetting &setting);
} // namespace cutis
