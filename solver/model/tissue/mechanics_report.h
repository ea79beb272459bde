// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once


namespace cutis
{
  /** What mechanics has to say about the whole patch at one moment. */
  struct MechanicsReport
  {
    double fibre_anisotropy = 0.; ///< (H1 - H2)/(H1 + H2) of the principal values along the skin, mean over the dermis
    double fibre_angle = 0.;      ///< of the larger one to the width of the patch [deg], in (-90, 90]
    double new_fibre_anisotropy = 0., new_fibre_angle = 0.; ///< the same of new collagen alone
    double stiffness_along = 0., stiffness_across = 0.;     ///< of the dermis, to the tension lines [kPa]
    double suction_lift = 0.;     ///< of the skin in the suction test, by the stiffness at its beginning [mm]
    double site_area = 1.;        ///< of the skin surface under the punch, deformed over undeformed
    double site_lift = 0.;        ///< mean displacement of that surface out of the skin [mm]
    double sag = 0.;              ///< mean displacement of the surface along gravity [mm]
    double site_volume = 1.;      ///< of the dermis under the punch, deformed over undeformed
    double dermal_thickness = 0.; ///< of the deformed tissue [mm]
    double tissue_thickness = 0.;
    double tension_along = 0., tension_across = 0.; ///< mean stress of the dermis [kPa]
    double iterations = 0.;                         ///< of conjugate gradients so far
  };
} // namespace cutis
