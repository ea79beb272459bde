// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/tissue/tissue.h"

namespace cutis
{
  /** How cells lay collagen. */
  struct FibreConstants
  {
    double slope = 2.;                ///< beta, alignment with the stress over the stress that the fibres carry
    double isotropic_share = .1;      ///< w_i, laid in all directions alike
    double guided_share = 0.;         ///< w_c, laid along the fibres that are there
    double resting_stress = 3.;       ///< sigma* [kPa], below which stress gives no direction
    double deposition_stretch = 1.08; ///< lg, elastic stretch at which fibres are laid
    double planar_half = .3;          ///< myofibroblasts that lay half of the collagen in the plane of the skin

    /** Slope of the rule at isotropy; near 3 and above fibres align by themselves, without any tension. */
    double self_alignment() const { return slope * (1. - isotropic_share - guided_share) / (1. - guided_share); }
  };

  /** Slope of the rule from where an aligned state persists by itself in isotropic tissue. */
  constexpr double self_alignment_threshold = 2.75;

  /**
   * Second moment of the directions in which collagen is laid now, of trace 1:
   * \f[ h = (1 - w_i - w_c) \frac{e^{b s}}{\mathrm{tr}\, e^{b s}} + w_c \frac{q}{\mathrm{tr}\, q} + w_i \frac{I}{3},
   *     \quad s = \mathrm{dev}\,\sigma, \quad b = \frac{\beta}{\mathrm{tr}\,\sigma_{collagen} + \mathrm{tr}\,
   *     \sigma_{active} + \sigma^*}, \f]
   * with \f$|b s| \le 10\f$. Because b falls with the stress that the fibres carry, the slope of the rule depends
   * neither on their content nor on the activity of the cells.
   *
   * Of this, myofibroblasts lay a share in the plane of the skin: h becomes (1 - v) h + v Pi h Pi/tr(Pi h Pi).
   *
   * @param stress Cauchy stress [kPa].
   * @param carried tr sigma_collagen + tr sigma_active [kPa].
   * @param present q = Fe P Fe^T of the collagen that is there.
   * @param planar_share v, from 0 to 1.
   * @param normal of the deformed skin, of length 1.
   */
  Symmetric laying_direction(const FibreConstants &constants,
                             const Symmetric &stress,
                             double carried,
                             const Symmetric &present,
                             double planar_share = 0.,
                             const Direction &normal = flat_normal());

  /** Normal of the deformed skin, of length 1. */
  Direction deformed_normal(const Direction &normal, const Deformation &F);

  /** What P tends to while collagen is laid with direction h: lg^2 Fe^-1 h Fe^-T. */
  Symmetric fibre_target(const FibreConstants &constants, const Symmetric &laying, const Deformation &elastic);

  /** P after a time dt [d] of turnover with a rate [1/d] towards a constant target: the exact solution. */
  Symmetric turned_over(const Symmetric &P, const Symmetric &target, double rate, double dt);

  /** Its mean over that time. */
  Symmetric mean_of_turnover(const Symmetric &P, const Symmetric &target, double rate, double dt);

  /** Fe P Fe^T over its trace: the directions as they lie in the deformed tissue. */
  Symmetric seen_directions(const Symmetric &P, const Deformation &elastic);

  /** exp(A) by scaling and squaring; keeps every symmetry of A to the last digits. */
  Symmetric exponential(const Symmetric &A);
} // namespace cutis
