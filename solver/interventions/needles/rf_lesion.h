// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/needles/rf_microneedling.h"
#include "processes/electro_thermal/electro_thermal_setting.h"
#include "processes/electro_thermal/lesion.h"

#include <string>
#include <vector>

namespace cutis
{
  /** What the generator did and what the tissue around one pair of needles, or one needle, looks like afterwards. */
  struct RfReport
  {
    double first_resistance = 0., last_resistance = 0.; ///< ohm
    double energy = 0.;                                 ///< that the generator gave [J]
    double heat_defect = 0.;                            ///< supplied less stored and lost heat, over the supplied
    double peak = 0.;                                   ///< of the tissue [degrees Celsius]
    double boiled = 0.;                                 ///< mm^3 that reached 100 degrees Celsius
    double overshoot = 0.;                              ///< of the metal beyond a held temperature [K]
    Lesion collagen, cells;
    unsigned int needles = 1; ///< that energy and volumes are of
    unsigned int nodes = 0, steps = 0;

    /** The vertical plane through the row, from the middle outwards: what the tissue has been through. */
    struct PlanePoint
    {
      double x, depth;            ///< mm
      double highest_temperature; ///< degrees Celsius
      LesionDamage damage;
    };
    std::vector<PlanePoint> plane;
    NeedleGeometry geometry;

    std::string as_json() const;
    std::string plane_as_csv() const;
    FiringRecord record() const; ///< the share of one needle
  };

  /**
   * Fire the needles of the intervention into skin of these layers and tabulate the damage around them; with residual
   * heat a second time, into warm skin. Every rank does the same; a pair takes about a minute.
   */
  LesionTable compute_lesion(const RfMicroneedling &rf,
                             const ElectroThermalSetting &setting,
                             const std::vector<LayerExtent> &layers,
                             RfReport &report);
} // namespace cutis
