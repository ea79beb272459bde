// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/errors.h"

namespace cutis
{
  template <int dim>
  class Run;

  /** Watches a run and keeps or shows something of it. All functions are collective. */
  template <int dim>
  class Recorder
  {
  public:
    virtual ~Recorder() = default;

    virtual void opened(Run<dim> &) {}       ///< the state is there, nothing has happened yet
    virtual void mesh_changed(Run<dim> &) {} ///< before a row or fields
    virtual void row_due(Run<dim> &) {}      ///< of the time series
    virtual void fields_due(Run<dim> &) {}
    virtual void step_done(Run<dim> &) {}
    virtual void finished(Run<dim> &, ExitCode) {} ///< at the end of the time, or interrupted
    virtual void failed(Run<dim> &) {}             ///< with RunFailed
  };
} // namespace cutis
