// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

/**
 * Growth of the tissue, from what has been laid in it and put into it:
 * Jg = 1 + .30 (Ct - Ct0) + .05 (h - h0) + w/1250 with the collagen Ct = Cn + Cm and hyaluronan h, both relative to
 * healthy young skin, their values Ct0 and h0 at rest, and the PLLA mass per volume w [mg/cm^3].
 */
namespace cutis::growth
{
  constexpr double per_collagen = .30;
  constexpr double per_hyaluronan = .05; ///< the water that it binds
  constexpr double plla_density = 1250.; ///< mg/cm^3
} // namespace cutis::growth
