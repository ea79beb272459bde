// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/space/punch_biopsy.h"
#include "processes/mechanics/equilibrium.h"

namespace cutis
{
  /** Of the whole patch, undeformed [mm^2; in a section mm]. Collective. */
  template <int dim>
  double surface_area(const Discretization<dim> &discretization);

  /** Forces of the suction test on the middle of the surface, out of the skin [mN; in a section mN/mm]. */
  template <int dim>
  void add_suction(const Equilibrium<dim> &equilibrium,
                   const MechanicsSettings &settings,
                   const Discretization<dim> &discretization,
                   NodalVector &load);

  /** Mean displacement of the surface along gravity [mm]; 0 without gravity. Collective. */
  template <int dim>
  double surface_sag(const Discretization<dim> &discretization,
                     const MechanicsSettings &settings,
                     const NodalVector &displacement);

  /** Mean displacement out of the skin of the surface under the punch [mm]; 0 if there is none under it. Collective. */
  template <int dim>
  double site_lift(const Discretization<dim> &discretization, const PunchBiopsy &site, const NodalVector &displacement);

  /**
   * Deformed area of the surface that lies under the punch before it deforms, relative to its area then; 1 if there is
   * no surface under it. Collective.
   */
  template <int dim>
  double site_area(const Discretization<dim> &discretization, const PunchBiopsy &site, const NodalVector &displacement);
} // namespace cutis
