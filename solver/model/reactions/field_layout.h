// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/field.h"

#include <string>
#include <vector>

namespace cutis
{
  /** Which fields a run solves for, in the order in which they are interleaved: those that move come first. */
  struct FieldLayout
  {
    std::vector<Species> fields;
    std::vector<std::string> doses; ///< what sessions fix at each place

    unsigned int n_fields() const { return fields.size(); }
    unsigned int n_doses() const { return doses.size(); }
    unsigned int n_moving() const;
    int find(const std::string &key) const; ///< -1 if there is none
    int find_dose(const std::string &name) const;
    /** Positions of the fields that cohorts have for themselves under this name; none if there are none. */
    std::vector<unsigned int> family(const std::string &name) const;
  };

  /** Name of what a cohort (counted from 0) has for itself: `plla_mass_1`. */
  std::string of_cohort(const std::string &family, unsigned int cohort);
} // namespace cutis
