// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "io/observables/observable.h"

namespace cutis
{
  template <int dim>
  class Run;

  /** What is seen of a run from outside: its observables, for the time series and for sessions that follow from them.
   */
  template <int dim>
  class Observer
  {
  public:
    Observer(const PunchBiopsy &site, std::vector<Place> probes, const FieldLayout &layout, bool mechanics)
      : site_(site)
      , probes_(std::move(probes))
      , table_(layout, probes_.size(), mechanics)
    {
    }

    /** Measure the mesh, whenever it has changed. Collective. */
    void look_at(const Discretization<dim> &discretization) { skin_ = observe_skin(discretization, site_, probes_); }

    /** All observables of the present state. Collective. */
    std::vector<double> row(Run<dim> &run) const;
    /** One of them in a state on the same mesh. Collective. */
    double value(const std::string &name, Run<dim> &run, const State &state) const;

    std::vector<std::string> headers() const { return table_.headers(); }
    const ObservedSkin &skin() const { return skin_; }

  private:
    template <class Look>
    auto observe(Run<dim> &run, const State &state, const Look &look) const;

    PunchBiopsy site_;
    std::vector<Place> probes_;
    ObservableTable table_;
    ObservedSkin skin_;
  };
} // namespace cutis
