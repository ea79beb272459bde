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
  } // namespace

  Observation::Observation(const ObservedSkin &skin,
                           const State &state,
                           const Reactions &reactions,
                           const MechanicsReport *mechanics,
                           const double *relative_tension)
    : skin(skin)
    , graph(*skin.graph)
    , layout(reactions.layout())
    , state(state)
    , reactions(reactions)
    , mechanics(mechanics)
    , dermis_volume(total(graph.dermis_volume, graph.communicator) > 0. ? graph.dermis_volume : graph.volume)
    , n_fields_(layout.n_fields())
    , n_doses_(layout.n_doses())
    , relative_tension_(relative_tension)
    , dermis_total_(total(dermis_volume, graph.communicator))
    , means_(graph.integrals(state.fields(), n_fields_, dermis_volume))
  {
    for (double &mean : means_)
      mean /= dermis_total_;
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

  std::vector<double> Observation::synthesis(const unsigned int field) const
  {
    const std::vector<double> made =
      reactions.production(field, graph.nodes(state.fields(), n_fields_, state.doses(), n_doses_, relative_tension_));
    std::vector<double> relative(made.size());
    for (std::size_t i = 0; i < made.size(); ++i)
      relative[i] = ratio(made[i], reactions.resting_production(field, graph.site.empty() ? 0 : graph.site[i]));
    return relative;
  }

  double Observation::healthy_mean(const unsigned int field) const
  {
    if (graph.site.empty())
      return reactions.healthy()[field];
    return sum([&](const unsigned int i) { return dermis_volume[i] * healthy(i, field); }) / dermis_total_;
  }

  double Observation::sum(const std::function<double(unsigned int node)> &term) const
  {
    double result = 0.;
    for (unsigned int i = 0; i < graph.n_owned; ++i)
      result += term(i);
    return dealii::Utilities::MPI::sum(result, graph.communicator);
  }

  double Observation::mean_in_punch(const std::function<double(unsigned int node)> &value) const
  {
    return ratio(sum_in_punch([&](const unsigned int i) { return dermis_volume[i] * value(i); }),
                 sum_in_punch([&](const unsigned int i) { return dermis_volume[i]; }));
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
