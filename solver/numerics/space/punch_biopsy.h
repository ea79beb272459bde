// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

namespace cutis
{
  /** Where histology is read and the skin surface measured: the axis of a punch biopsy and its diameter [mm]. */
  struct PunchBiopsy
  {
    double x = 0., y = 0.;
    double diameter = 3.;
  };
} // namespace cutis
