// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/tissue/mechanics_report.h"
#include "numerics/space/nodal_array.h"
#include "numerics/space/punch_biopsy.h"
#include "processes/mechanics/mechanics.h"

namespace cutis
{
  /** Names of what `nodal_arrays` gives. */
  const std::vector<std::string> &mechanics_array_names();

  /**
   * For ParaView: displacement [mm], Cauchy stress [kPa], and the directions of new and of mature collagen, Fe P Fe^T
   * over its trace. In a section the third axis is that across it.
   */
  template <int dim>
  std::vector<NodalArray>
  nodal_arrays(const Mechanics<dim> &mechanics, const Discretization<dim> &discretization, const State &state);

  /** Measure the patch, and the skin surface at the site. Stiffness takes two linear solves. Collective. */
  template <int dim>
  MechanicsReport report(Mechanics<dim> &mechanics,
                         const Discretization<dim> &discretization,
                         const PunchBiopsy &site,
                         const State &state);
} // namespace cutis
