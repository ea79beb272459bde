// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observation.h"

#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /** A number that a run reports at every output time: a column of the time series. */
  struct Observable
  {
    std::string name, unit;
    std::string meaning; ///< a sentence
    std::string formula; ///< in keys of fields; empty if the meaning says it all
    std::string source;
    /** Keys of fields; `plla_mass_*` stands for one or more like it, `mechanics` for mechanics. */
    std::vector<std::string> needs;
    std::function<double(const Observation &)> value;

    /** Name and unit as in the header of the time series. */
    std::string header() const { return name + " [" + unit + "]"; }
  };

  /** Families of observables, one per file. */
  std::vector<Observable> clock_observables();
  std::vector<Observable> collagen_observables();
  std::vector<Observable> synthesis_observables();
  std::vector<Observable> needle_observables();
  std::vector<Observable> tissue_observables();
  std::vector<Observable> plla_observables();
  std::vector<Observable> mechanics_observables();
  std::vector<Observable> size_observables();
  /** Mean, smallest and largest value of each field, and its value at each probe. */
  std::vector<Observable> field_observables(const FieldLayout &layout, unsigned int n_probes);

  /** All observables there are, for `cutis describe observables`; KEY stands for any field, N for a probe. */
  std::vector<Observable> describe_observables();

  /** The observables of one run: those whose fields exist. */
  class ObservableTable
  {
  public:
    ObservableTable(const FieldLayout &layout, unsigned int n_probes, bool mechanics = false);

    const std::vector<Observable> &columns() const { return columns_; }
    std::vector<std::string> headers() const;
    /** One value per column, to the last bit the same on all ranks. Collective. */
    std::vector<double> evaluate(const Observation &observation) const;

  private:
    std::vector<Observable> columns_;
  };
} // namespace cutis
