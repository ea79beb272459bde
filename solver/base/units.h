// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <string>

/**
 * Physical quantities as users write them: `150 mg`, `1e-7 cm^2/s`, `8 mg/mL`, `1e5 cells/mL`, `104 weeks`, `37 degC`.
 *
 * UDUNITS-2 knows the units. Added to its database are `deg` (angle), `wk`, `mo`, `cell` and `cells` (numbers without
 * dimension) and the dalton `Da`, as a molar mass, because that is how molecules are weighed (1 kDa = 1 kg/mol). `a` is
 * UDUNITS' are, a year is `yr` or `year` with 365.242 d, a month its twelfth part. Quantities of reciprocal dimensions
 * are not taken for each other: `5 d` is no rate. A temperature is an absolute one.
 */
namespace cutis
{
  /** A number and its unit, which is empty if the user gave none. */
  struct Quantity
  {
    double value;
    std::string unit;
  };

  /** Split `150 mg` into number and unit. Throws BadInput with a sentence if it does not start with a finite number. */
  Quantity parse_quantity(const std::string &text);

  /** True if the unit can be understood; the empty unit and `1` are those of pure numbers. */
  bool is_unit(const std::string &unit);

  /** What a unit measures, as `"a length in mm"`; only `"a value in X"` if the dimension has no common name. */
  std::string kind_of_quantity(const std::string &unit);

  /** The same quantity in another unit. Throws BadInput with a sentence if there is no such quantity. */
  double convert(double value, const std::string &from, const std::string &to);

  /** The value of `150 mg` in `unit`; a bare number is already in `unit`. Throws BadInput with a sentence. */
  double read_quantity(const std::string &text, const std::string &unit);
} // namespace cutis
