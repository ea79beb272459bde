// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observation.h"

#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /** Where an observable finds what it reads. What it asks for in vain is not in this run, and then neither is it. */
  class Sources
  {
  public:
    Sources(const FieldLayout &layout, const bool mechanics) : layout_(layout), mechanics_(mechanics) {}

    /** Position of a field, which the observable cannot do without. */
    unsigned int field(const std::string &key);
    std::vector<unsigned int> fields(const std::vector<std::string> &keys);
    /** Position of a field that counts if it is there; -1 if not. */
    int field_if_any(const std::string &key);
    /** Positions of the fields, or doses, that cohorts have for themselves under this name; at least one. */
    std::vector<unsigned int> family(const std::string &name);
    std::vector<unsigned int> doses(const std::string &name);
    void mechanics(); ///< the observable cannot do without
    /** Fields that take up volume, and the volume of a unit of each [1 per its unit]; there may be none. */
    std::vector<std::pair<unsigned int, double>> volumes();
    /** Fields with which tissue grows, and by what per unit of each; at least one. */
    std::vector<std::pair<unsigned int, double>> growths();

    bool complete() const { return missing_.empty(); }
    const std::vector<std::string> &asked_for() const { return asked_for_; }

  private:
    const FieldLayout &layout_;
    const bool mechanics_;
    std::vector<std::string> asked_for_, missing_;
  };

  /** A number that a run reports at every output time: a column of the time series. */
  struct Observable
  {
    using Value = std::function<double(const Observation &)>;

    std::string name, unit;
    std::string meaning; ///< a sentence
    std::string formula; ///< in keys of fields; empty if the meaning says it all
    std::string source;
    /** Finds what it reads, and returns the function that computes it. */
    std::function<Value(Sources &)> read;

    /** Name and unit as in the header of the time series. */
    std::string header() const { return name + " [" + unit + "]"; }
  };

  /** Families of observables, one per file. */
  std::vector<Observable> clock_observables();
  std::vector<Observable> collagen_observables();
  std::vector<Observable> synthesis_observables();
  std::vector<Observable> needle_observables();
  std::vector<Observable> wound_observables();
  std::vector<Observable> tissue_observables();
  std::vector<Observable> plla_observables();
  std::vector<Observable> msc_observables();
  std::vector<Observable> filler_observables();
  std::vector<Observable> mechanics_observables();
  std::vector<Observable> size_observables();
  /** Mean, smallest and largest value of each field, and its value at each probe. */
  std::vector<Observable> field_observables(const FieldLayout &layout, unsigned int n_probes);

  /** An observable as it is told to the user, with the names of what it reads. */
  struct DescribedObservable
  {
    Observable observable;
    std::vector<std::string> reads;
  };

  /** All observables there are, for `cutis describe observables`; KEY stands for any field, N for a probe. */
  std::vector<DescribedObservable> describe_observables();
  /** Names of those that a run with these fields has. */
  std::vector<std::string> observable_names(const FieldLayout &layout, unsigned int n_probes, bool mechanics);

  /** The observables of one run: those whose sources exist. */
  class ObservableTable
  {
  public:
    ObservableTable(const FieldLayout &layout, unsigned int n_probes, bool mechanics = false);

    const std::vector<Observable> &columns() const { return columns_; }
    std::vector<std::string> headers() const;
    /** One value per column, to the last bit the same on all ranks. Collective. */
    std::vector<double> evaluate(const Observation &observation) const;
    /** One of them, by its name. Collective. */
    double value(const std::string &name, const Observation &observation) const;

  private:
    std::vector<Observable> columns_;
    std::vector<Observable::Value> values_;
  };
} // namespace cutis
