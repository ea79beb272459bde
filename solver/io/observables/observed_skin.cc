// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/observables/observed_skin.h"

#include "numerics/space/skin_chart.h"

#include <deal.II/base/mpi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    constexpr double beyond_all = std::numeric_limits<double>::infinity();

    std::vector<bool> nodes_in_punch(const std::vector<Place> &places, const PunchBiopsy &punch, MPI_Comm communicator)
    {
      const auto distance = [&](const Place &p) { return std::hypot(p.x - punch.x, p.y - punch.y); };
      double nearest = beyond_all;
      for (const Place &place : places)
        nearest = std::min(nearest, distance(place));
      nearest = Utilities::MPI::min(nearest, communicator);
      const double radius = std::max(.5 * punch.diameter, nearest) * (1. + 1e-9);
      std::vector<bool> inside(places.size());
      for (std::size_t i = 0; i < places.size(); ++i)
        inside[i] = distance(places[i]) <= radius;
      return inside;
    }

    /** Distance, coordinates, rank and local node: the smallest in this order is the node of a probe. */
    using Candidate = std::array<double, 6>;

    Candidate nearest_node(const std::vector<Place> &places, const Place &probe, const unsigned int rank)
    {
      Candidate best;
      best.fill(beyond_all);
      for (std::size_t i = 0; i < places.size(); ++i)
      {
        const Place &p = places[i];
        const double distance = std::hypot(p.x - probe.x, p.y - probe.y, p.depth - probe.depth);
        best = std::min(best, Candidate{{distance, p.x, p.y, p.depth, double(rank), double(i)}});
      }
      return best;
    }

    ObservedSkin::ProbeNode probe_node(const std::vector<Place> &places, const Place &probe, MPI_Comm communicator)
    {
      const Candidate mine = nearest_node(places, probe, Utilities::MPI::this_mpi_process(communicator));
      const auto all = Utilities::MPI::all_gather(communicator, mine);
      const Candidate best = *std::min_element(all.begin(), all.end());
      return {static_cast<unsigned int>(best[4]), static_cast<unsigned int>(best[5]), {best[1], best[2], best[3]}};
    }
  } // namespace

  template <int dim>
  ObservedSkin observe_skin(const Discretization<dim> &d, const PunchBiopsy &punch, const std::vector<Place> &probes)
  {
    ObservedSkin skin;
    skin.graph = &d.graph;
    skin.places.assign(d.places.begin(), d.places.begin() + d.graph.n_owned);
    for (const Place &place : skin.places)
      skin.depth = std::max(skin.depth, place.depth);
    skin.depth = Utilities::MPI::max(skin.depth, d.communicator);
    if (!d.chart->is_flat())
      skin.dermis_at_site = dermis_on_the_way(d.triangulation, d.chart->inwards_at(punch.x, punch.y));
    skin.in_punch = nodes_in_punch(skin.places, punch, d.communicator);
    const std::vector<double> &area = d.graph.surface_area;
    skin.surface_area = Utilities::MPI::sum(std::accumulate(area.begin(), area.end(), 0.), d.communicator);
    skin.cells = d.triangulation.n_global_active_cells();
    for (const Place &probe : probes)
      skin.probes.push_back(probe_node(skin.places, probe, d.communicator));
    return skin;
  }

  template ObservedSkin observe_skin(const Discretization<2> &, const PunchBiopsy &, const std::vector<Place> &);
  template ObservedSkin observe_skin(const Discretization<3> &, const PunchBiopsy &, const std::vector<Place> &);
} // namespace cutis
