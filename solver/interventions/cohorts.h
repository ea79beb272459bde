// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

namespace cutis
{
  /**
   * Where a session puts what it brings: a cohort of `module` that was never used, or else the one of which the least
   * is left, `family` over its dose. Its remains are added to the field `remains`, so that none of it vanishes, and its
   * fields of that family and its doses are emptied. RunFailed if more than 1e-4 of every cohort is left. Collective.
   */
  unsigned int begin_cohort(const std::string &module,
                            const std::string &family,
                            const std::string &dose,
                            unsigned int remains,
                            const Tissue &tissue,
                            State &state);
} // namespace cutis
