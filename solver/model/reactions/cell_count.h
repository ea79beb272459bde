// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  /** Cells per mm^3 that a stored value of 1 of fibroblasts, or of cells that are brought, stands for. */
  constexpr double cells_per_unit = 3000.;
  /** The same of macrophages and leukocytes that are free, and of macrophages that are bound. */
  constexpr double free_macrophages_per_unit = 500., bound_macrophages_per_unit = 2500.;
} // namespace cutis
