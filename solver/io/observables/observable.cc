// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observable.h"

#include <deal.II/base/mpi.h>

#include <algorithm>

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
      append(all, msc_observables());
      append(all, filler_observables());
      append(all, needle_observables());
      append(all, wound_observables());
      append(all, mechanics_observables());
      append(all, of_fields);
      append(all, size_observables());
      return all;
    }
  } // namespace

  unsigned int Sources::field(const std::string &key)
  {
    const int found = field_if_any(key);
    if (found < 0)
      missing_.push_back(key);
    return found < 0 ? 0 : found;
  }

  std::vector<unsigned int> Sources::fields(const std::vector<std::string> &keys)
  {
    std::vector<unsigned int> found;
    for (const std::string &key : keys)
      found.push_back(field(key));
    return found;
  }

  int Sources::field_if_any(const std::string &key)
  {
    asked_for_.push_back(key);
    return layout_.find(key);
  }

  std::vector<unsigned int> Sources::family(const std::string &name)
  {
    asked_for_.push_back(name + "_*");
    const std::vector<unsigned int> found = layout_.family(name);
    if (found.empty())
      missing_.push_back(name);
    return found;
  }

  std::vector<unsigned int> Sources::doses(const std::string &name)
  {
    asked_for_.push_back(name + "_*");
    std::vector<unsigned int> found;
    for (int d; (d = layout_.find_dose(of_cohort(name, found.size()))) >= 0;)
      found.push_back(d);
    if (found.empty())
      missing_.push_back(name);
    return found;
  }

  std::vector<std::pair<unsigned int, double>> Sources::growths()
  {
    std::vector<std::pair<unsigned int, double>> growths;
    for (unsigned int f = 0; f < layout_.n_fields(); ++f)
      if (layout_.fields[f].growth != 0.)
      {
        asked_for_.push_back(layout_.fields[f].key);
        growths.emplace_back(f, layout_.fields[f].growth);
      }
    if (growths.empty())
      missing_.push_back("what tissue grows with");
    return growths;
  }

  std::vector<std::pair<unsigned int, double>> Sources::volumes()
  {
    asked_for_.push_back("all that takes up volume");
    std::vector<std::pair<unsigned int, double>> volumes;
    for (unsigned int f = 0; f < layout_.n_fields(); ++f)
      if (layout_.fields[f].volume != 0.)
        volumes.emplace_back(f, layout_.fields[f].volume);
    return volumes;
  }

  void Sources::mechanics()
  {
    asked_for_.push_back("mechanics");
    if (!mechanics_)
      missing_.push_back("mechanics");
  }

  std::vector<DescribedObservable> describe_observables()
  {
    Species any;
    any.key = "KEY";
    any.meaning = "any field";
    any.unit = "unit of KEY";
    FieldLayout layout;
    layout.fields = {any};
    auto of_fields = field_observables(layout, 1);
    of_fields.back().name = "at_N_KEY";
    std::vector<DescribedObservable> described;
    for (const Observable &o : all_observables(of_fields))
    {
      Sources sources(layout, false);
      o.read(sources);
      described.push_back({o, sources.asked_for()});
    }
    return described;
  }

  std::vector<std::string>
  observable_names(const FieldLayout &layout, const unsigned int n_probes, const bool mechanics)
  {
    const ObservableTable table(layout, n_probes, mechanics);
    std::vector<std::string> names;
    for (const Observable &column : table.columns())
      names.push_back(column.name);
    return names;
  }

  ObservableTable::ObservableTable(const FieldLayout &layout, const unsigned int n_probes, const bool mechanics)
  {
    for (const Observable &o : all_observables(field_observables(layout, n_probes)))
    {
      Sources sources(layout, mechanics);
      Observable::Value value = o.read(sources);
      if (sources.complete())
      {
        columns_.push_back(o);
        values_.push_back(std::move(value));
      }
    }
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
    for (const Observable::Value &value : values_)
      values.push_back(value(observation));
    // MPI only recommends that a sum is the same on all ranks.
    return dealii::Utilities::MPI::broadcast(observation.graph.communicator, values, 0);
  }

  double ObservableTable::value(const std::string &name, const Observation &observation) const
  {
    const auto column =
      std::find_if(columns_.begin(), columns_.end(), [&](const Observable &o) { return o.name == name; });
    Assert(column != columns_.end(), dealii::ExcMessage("There is no observable " + name));
    const double value = values_[column - columns_.begin()](observation);
    return dealii::Utilities::MPI::broadcast(observation.graph.communicator, value, 0);
  }
} // namespace cutis
