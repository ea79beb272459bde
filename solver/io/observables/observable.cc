// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <iterator>

namespace cutis
{
  namespace
  {
    void append(std::vector<Observable> &all, const std::vector<Observable> &more)
    {
      all.insert(all.end(), more.begin(), more.end());
    }

    std::vector<Observable> all_observables(const std::vector<Observable> &of_fields)
    {
      std::vector<Observable> all;
      append(all, clock_observables());
      append(all, collagen_observables());
      append(all, tissue_observables());
      append(all, synthesis_observables());
      append(all, plla_observables());
      append(all, needle_observables());
      append(all, mechanics_observables());
      append(all, of_fields);
      append(all, size_observables());
      return all;
    }

    bool exists(const std::string &need, const FieldLayout &layout, const bool mechanics)
    {
      if (need == "mechanics")
        return mechanics;
      if (need.back() != '*')
        return layout.find(need) >= 0;
      const std::string beginning = need.substr(0, need.size() - 1);
      const auto is_like = [&](const std::string &key) { return key.rfind(beginning, 0) == 0; };
      return std::any_of(
               layout.fields.begin(), layout.fields.end(), [&](const Species &s) { return is_like(s.key); }) ||
             std::any_of(layout.doses.begin(), layout.doses.end(), is_like);
    }
  } // namespace

  std::vector<Observable> describe_observables()
  {
    Species any;
    any.key = "KEY";
    any.meaning = "any field";
    any.unit = "unit of KEY";
    FieldLayout layout;
    layout.fields = {any};
    auto of_fields = field_observables(layout, 1);
    of_fields.back().name = "at_N_KEY";
    return all_observables(of_fields);
  }

  ObservableTable::ObservableTable(const FieldLayout &layout, const unsigned int n_probes, const bool mechanics)
  {
    const auto all = all_observables(field_observables(layout, n_probes));
    const auto available = [&](const Observable &o)
    {
      return std::all_of(
        o.needs.begin(), o.needs.end(), [&](const auto &need) { return exists(need, layout, mechanics); });
    };
    std::copy_if(all.begin(), all.end(), std::back_inserter(columns_), available);
  }

  std::vector<std::string> ObservableTable::headers() const
  {
    std::vector<std::string> headers;
    for (const Observable &column : columns_)
      headers.push_back(column.header());
    return headers;
  }

  std::vector<double> ObservableTable::evaluate(const Observation &observation) const
  {
    std::vector<double> values;
    for (const Observable &column : columns_)
      values.push_back(column.value(observation));
    // MPI only recommends that a sum is the same on all ranks.
    return dealii::Utilities::MPI::broadcast(observation.graph.communicator, values, 0);
  }
} // namespace cutis
