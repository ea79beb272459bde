// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observed_skin.h"
#include "model/reactions/reactions.h"
#include "model/tissue/mechanics_report.h"
#include "numerics/state/state.h"

#include <functional>
#include <string>
#include <vector>

namespace cutis
{
  /** A part over the whole; 0 where there is nothing of the whole, as in a wound from which all collagen was taken. */
  inline double ratio(const double part, const double whole)
  {
    return whole == 0. ? 0. : part / whole;
  }

  /**
   * A look at the state at one moment. Making one is collective, and so are the sums and maxima, whose results are the
   * same on all ranks. Keeps references to everything it is made of.
   */
  class Observation
  {
  public:
    /** The reactions are those at the time of the state. */
    Observation(const ObservedSkin &skin,
                const State &state,
                const Reactions &reactions,
                const MechanicsReport *mechanics = nullptr,
                const double *relative_tension = nullptr);

    const ObservedSkin &skin;
    const NodeGraph &graph;
    const FieldLayout &layout;
    const State &state;
    const Reactions &reactions;       ///< at the time of the state
    const MechanicsReport *mechanics; ///< null without mechanics
    /** Volume of each owned node in the dermis; everywhere if the patch has no dermis [mm^dim]. */
    const std::vector<double> &dermis_volume;

    double value(const unsigned int node, const unsigned int field) const
    {
      return state.fields().local_element(node * n_fields_ + field);
    }
    double dose(const unsigned int node, const unsigned int dose) const
    {
      return state.doses().local_element(node * n_doses_ + dose);
    }

    /** Rate at which a field is made at each owned node, over that in healthy skin of its site at the start of the run.
     */
    std::vector<double> synthesis(unsigned int field) const;

    /** Value in healthy skin at the start of the run, at the site of an owned node. */
    double healthy(const unsigned int node, const unsigned int field) const
    {
      return reactions.healthy(graph.site.empty() ? 0 : graph.site[node])[field];
    }
    /** Mean of that over the dermis. Collective. */
    double healthy_mean(unsigned int field) const;
    double mean(const unsigned int field) const { return means_[field]; } ///< over the dermis
    double minimum(const unsigned int field) const { return minima_[field]; }
    double maximum(const unsigned int field) const { return maxima_[field]; }
    double probe_value(const unsigned int probe, const unsigned int field) const
    {
      return probes_[probe * n_fields_ + field];
    }

    /** Sum over the nodes of all ranks. */
    double sum(const std::function<double(unsigned int node)> &term) const;
    /** The same over the nodes in the punch biopsy. */
    double sum_in_punch(const std::function<double(unsigned int node)> &term) const;
    /** Mean over the dermis in the punch biopsy; 0 where it holds none. */
    double mean_in_punch(const std::function<double(unsigned int node)> &value) const;
    double maximum_over_nodes(const std::function<double(unsigned int node)> &term) const;

  private:
    void find_extremes();
    void read_probes();

    const unsigned int n_fields_, n_doses_;
    const double *relative_tension_;
    double dermis_total_;
    std::vector<double> means_, minima_, maxima_, probes_;
  };
} // namespace cutis
