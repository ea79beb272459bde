// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

/**
 * Growth of the tissue, from what has been laid in it and put into it:
 * Jg = 1 + .30 (Ct - Ct0) + .05 (h - h0) + v with the collagen Ct = Cn + Cm and hyaluronan h, both relative to healthy
 * young skin, their values Ct0 and h0 at rest, and the volume v that foreign material takes up (Species::volume).
 */
namespace cutis::growth
{
  constexpr double per_collagen = .30;
  constexpr double per_hyaluronan = .05; ///< the water that it binds
} // namespace cutis::growth
