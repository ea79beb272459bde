// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observation.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace cutis
{
  using dealii::Utilities::MPI::this_mpi_process;

  namespace
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();

    double total(const std::vector<double> &volume, MPI_Comm communicator)
    {
      return dealii::Utilities::MPI::sum(std::accumulate(volume.begin(), volume.end(), 0.), communicator);
    }

    bool starts_with(const std::string &text, const std::string &beginning)
    {
      return text.compare(0, beginning.size(), beginning) == 0;
    }
  } // namespace

  Observation::Observation(const ObservedSkin &skin,
                           const FieldLayout &layout,
                           const State &state,
                           const std::vector<double> &healthy,
                           const KineticsSum &kinetics,
                           const MechanicsReport *mechanics)
    : skin(skin)
    , graph(*skin.graph)
    , layout(layout)
    , state(state)
    , kinetics(kinetics)
    , mechanics(mechanics)
    , dermis_volume(total(graph.dermis_volume, graph.communicator) > 0. ? graph.dermis_volume : graph.volume)
    , n_fields_(layout.n_fields())
    , n_doses_(layout.n_doses())
    , healthy_(healthy)
    , means_(graph.integrals(state.fields, n_fields_, dermis_volume))
  {
    for (unsigned int f = healthy_.size(); f < n_fields_; ++f)
      healthy_.push_back(layout.fields[f].healthy);
    const double volume = total(dermis_volume, graph.communicator);
    for (double &mean : means_)
      mean /= volume;
    find_extremes();
    read_probes();
  }

  void Observation::find_extremes()
  {
    minima_.assign(n_fields_, infinity);
    maxima_.assign(n_fields_, -infinity);
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      for (unsigned int f = 0; f < n_fields_; ++f)
      {
        minima_[f] = std::min(minima_[f], value(i, f));
        maxima_[f] = std::max(maxima_[f], value(i, f));
      }
    dealii::Utilities::MPI::min(minima_, graph.communicator, minima_);
    dealii::Utilities::MPI::max(maxima_, graph.communicator, maxima_);
  }

  void Observation::read_probes()
  {
    const unsigned int rank = this_mpi_process(graph.communicator);
    probes_.assign(skin.probes.size() * n_fields_, 0.);
    for (std::size_t p = 0; p < skin.probes.size(); ++p)
      if (skin.probes[p].rank == rank)
        for (unsigned int f = 0; f < n_fields_; ++f)
          probes_[p * n_fields_ + f] = value(skin.probes[p].node, f);
    dealii::Utilities::MPI::sum(probes_, graph.communicator, probes_);
  }

  double Observation::synthesis(const unsigned int node, const unsigned int field) const
  {
    const double rest = kinetics.gain(field, healthy_.data());
    return rest > 0. ? kinetics.gain(field, state.fields.begin() + std::size_t(node) * n_fields_) / rest : 0.;
  }

  unsigned int Observation::field(const std::string &key) const
  {
    const int index = layout.find(key);
    Assert(index >= 0, dealii::ExcMessage("There is no field " + key));
    return index;
  }

  std::vector<unsigned int> Observation::fields_like(const std::string &beginning) const
  {
    std::vector<unsigned int> found;
    for (unsigned int f = 0; f < n_fields_; ++f)
      if (starts_with(layout.fields[f].key, beginning))
        found.push_back(f);
    return found;
  }

  std::vector<unsigned int> Observation::doses_like(const std::string &beginning) const
  {
    std::vector<unsigned int> found;
    for (unsigned int d = 0; d < n_doses_; ++d)
      if (starts_with(layout.doses[d], beginning))
        found.push_back(d);
    return found;
  }

  double Observation::sum(const std::function<double(unsigned int node)> &term) const
  {
    double result = 0.;
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      result += term(i);
    return dealii::Utilities::MPI::sum(result, graph.communicator);
  }

  double Observation::sum_in_punch(const std::function<double(unsigned int node)> &term) const
  {
    return sum([&](const unsigned int i) { return skin.in_punch[i] ? term(i) : 0.; });
  }

  double Observation::maximum_over_nodes(const std::function<double(unsigned int node)> &term) const
  {
    double result = -infinity;
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      result = std::max(result, term(i));
    return dealii::Utilities::MPI::max(result, graph.communicator);
  }
} // namespace cutis
