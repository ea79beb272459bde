// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>
#include <vector>

/** Units as papers and people write them, for UDUNITS-2, which reads raised 1 to 3 but no raised minus. */
namespace cutis
{
  /** Letters of the longest text that is taken for a unit. */
  inline constexpr std::size_t longest_unit = 100;

  /** Raised digits and signs as `^-1`, the true minus sign and dots as ASCII: `W·m⁻¹` becomes `W.m^-1`. */
  std::string in_plain_letters(const std::string &unit);

  /**
   * What else a unit may have been meant to be, likelier ones first: `W/mK` is a watt per millikelvin to UDUNITS, but
   * `W/(m K)` to its writer; `J/kg K` stands for `J/(kg K)`, `hrs` for `h`, `C` for `celsius`. They need not be units.
   */
  std::vector<std::string> other_readings(const std::string &unit);
} // namespace cutis
