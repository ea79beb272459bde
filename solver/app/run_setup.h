// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "app/case.h"
#include "app/output_times.h"
#include "numerics/space/punch_biopsy.h"

#include <functional>

namespace cutis
{
  /** What a run is made of, whoever describes it. */
  template <int dim>
  struct RunSetup
  {
    using Mesh = dealii::parallel::distributed::Triangulation<dim>;

    CaseModel model;
    TimeSettings time;
    OutputTimes outputs{28.};
    std::vector<double> turns;             ///< when habits of the hosts begin or end, for steps to land on [d]
    std::function<void(Mesh &)> make_mesh; ///< empty: the mesh is put into the run before it starts
    std::vector<LayerExtent> layers;       ///< for interventions
    std::function<unsigned char(const Place &)> site_of; ///< empty: the skin is the same everywhere
    LayerContents contents = {{1., 1., 1., 1., 1.}};
    AdaptationSettings adaptation;
    int refinement = 0; ///< of the mesh at its making, of which adaptation may take back
    MechanicsSettings mechanics;
    PunchBiopsy site;          ///< where histology is read
    std::vector<Place> probes; ///< places whose values are observed

    /** Tissue that deforms is in equilibrium at steps only. */
    bool reads_between_steps() const { return time.rows == Rows::between_steps && !mechanics.enabled; }
  };

  /** A case as a user has described it. Keeps a reference to it until the mesh is made. */
  template <int dim>
  RunSetup<dim> setup_of(const Case &problem);

  /** Make the mesh of a case and throw it away: BadInput as from a run, before the run. Returns its size. Of one rank.
   */
  template <int dim>
  MeshSize check_mesh(const Case &problem);
} // namespace cutis
