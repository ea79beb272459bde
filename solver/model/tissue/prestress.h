// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/tissue/fibres.h"
#include "model/tissue/tissue.h"

namespace cutis
{
  /**
   * Healthy tissue under the tension that it has in the living body. Its shape there is the reference, so that F = I;
   * fibres and elastin are not given but follow from the tension.
   */
  struct HealthyTissue
  {
    Symmetric directions;     ///< h0, of trace 1: where collagen is laid, and lies
    Symmetric elastin_tensor; ///< P_e
  };

  /** The stress with principal values `along` at `angle` [rad] from axis 0, `across` and none normal to the skin [kPa].
   */
  Symmetric tension(double along, double across, double angle);

  /**
   * Derive it: h0 is the rule of laying under dev t and the stress A that the collagen carries,
   * \f[ A = 2 \phi \psi'(l_g^2 - 1) l_g^2, \quad p_0 = \mu_e El\, P_{e,nn} + A h_{0,nn}, \quad
   *     P_e = (t + p_0 I - A h_0) / (\mu_e El). \f]
   * The contents are relative to healthy young tissue. BadInput if Pe is not positive definite: no elastin can hold
   * this tension beside that much collagen.
   */
  HealthyTissue healthy_tissue(const TissueConstants &tissue,
                               const FibreConstants &fibres,
                               double collagen,
                               double elastin,
                               const Symmetric &tension);

  /** P of both collagen pools in that state, lg^2 h0. */
  Symmetric resting_fibres(const FibreConstants &fibres, const Symmetric &directions);

  /**
   * Volume ratio Js of the matrix that balances the normal stress p0 of collagen and elastin at F = I:
   * kappa / (sqrt(p0^2 + kappa^2) - p0). Growth and swelling of the point are not looked at.
   */
  double balancing_volume(const TissueConstants &tissue, const TissuePoint &healthy);

  /** A point of healthy young tissue at rest under this tension [kPa]. */
  TissuePoint
  healthy_young_point(const TissueConstants &tissue, const FibreConstants &fibres, const Symmetric &tension);
} // namespace cutis
