// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <algorithm>
#include <limits>

namespace cutis
{
  /** How a layer of skin, or the steel of a needle, conducts current and heat. */
  struct TissueHeat
  {
    double conductivity;         ///< sigma0 at the reference temperature [S/m]
    double thermal_conductivity; ///< k [W/(m K)]
    double density;              ///< rho [kg/m^3]
    double specific_heat;        ///< c [J/(kg K)]
    double perfusion = 0.;       ///< wb rhob cb of the blood [W/(m^3 K)]

    /** rho c [J/(m^3 K)] */
    double heat_capacity() const { return density * specific_heat; }
  };

  /**
   * The layers at 1 MHz. Electric: dielectric data of skin at radio frequencies (wet skin for epidermis and dermis,
   * average infiltrated fat); at 400 kHz .1635 S/m and .0248 S/m. Pig skin conducts .27 to .38 S/m. Thermal: tissue
   * property databases (dermis and epidermis .37-.42 W/(m K), 1109-1125 kg/m^3, 3391-3500 J/(kg K)). Perfusion of the
   * dermis 8065 W/(m^3 K), about .2 % of its heat a second.
   */
  namespace skin_heat
  {
    inline constexpr TissueHeat epidermis{.2214, .37, 1109., 3391.};
    inline constexpr TissueHeat dermis{.2214, .40, 1115., 3450., 8065.};
    inline constexpr TissueHeat fat{.0251, .167, 1000., 3060.};
  } // namespace skin_heat

  /** Stainless steel of a needle; it conducts so well that its potential is uniform, and no current is solved for. */
  inline constexpr TissueHeat needle_steel{1.4e6, 15., 7900., 500.};

  /**
   * Ions move faster in warm tissue: sigma = sigma0 (1 + beta (T - T0)), up to the temperature at which water boils.
   * The law is linear because data are known for some ten kelvin only.
   */
  struct ConductivityLaw
  {
    double slope = .02;     ///< beta [1/K]; .015 to .02 in tissue, assumed
    double reference = 37.; ///< T0 [degrees Celsius]
    double highest = 100.;  ///< no further rise above [degrees Celsius]

    /** sigma/sigma0, never below a hundredth: far below T0 the line would cross zero. */
    double factor(const double temperature) const
    {
      return std::max(1. + slope * (std::min(temperature, highest) - reference), .01);
    }
  };

  /**
   * Enthalpy of the water in tissue: at the boiling point the temperature rests until the latent heat is taken up,
   * 65 % water by mass, 2.257 MJ/kg, 1115 kg/m^3. Steam stays where it forms and gives its heat back when it condenses.
   */
  struct BoilingWater
  {
    double temperature = 100.;   ///< degrees Celsius; infinity: the tissue never boils
    double latent_heat = 1.64e9; ///< per volume of tissue [J/m^3]

    static BoilingWater never() { return {std::numeric_limits<double>::infinity(), 1.64e9}; }
  };
} // namespace cutis
