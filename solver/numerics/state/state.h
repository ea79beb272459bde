// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/species.h"
#include "numerics/space/node_graph.h"
#include "numerics/state/account.h"

#include <string>
#include <vector>

namespace cutis
{
  /** Which fields a run solves for, in the order in which they are interleaved: those that move come first. */
  struct FieldLayout
  {
    std::vector<Species> fields;    ///< of the network, then of the interventions
    std::vector<std::string> doses; ///< fields that interventions set once per session and nothing changes after

    unsigned int n_fields() const { return fields.size(); }
    unsigned int n_doses() const { return doses.size(); }
    unsigned int n_moving() const;
    int find(const std::string &key) const; ///< -1 if there is none
    int find_dose(const std::string &name) const;
  };

  /** Where the run is in time. All in days since the start. */
  struct Clock
  {
    double time = 0.;
    double end = 0.;
    double last_step = 0.;  ///< size of the last accepted step
    double next_step = 0.;  ///< size that the error control suggests
    unsigned int steps = 0; ///< accepted
    unsigned int rejected = 0;

    bool finished() const { return time >= end; }
  };

  /** A field file that has been written, so that the index of all of them can be written again. */
  struct OutputEntry
  {
    double time;
    std::string fields_file, mesh_file; ///< relative to the output folder
    unsigned int nodes, cells, dimension;
  };

  /** What has been written. */
  struct OutputLedger
  {
    unsigned int outputs = 0; ///< field and time-series outputs so far
    double next_output = 0.;  ///< [d]
    unsigned int meshes = 0;  ///< mesh files so far
    std::vector<OutputEntry> entries;
  };

  /** Everything that cannot be recomputed. Restart, adaptation of the mesh and rejected steps act on this alone. */
  struct State
  {
    Clock clock;
    NodalVector fields;                 ///< complete with ghosts and hanging nodes
    NodalVector doses;                  ///< of the interventions; may have no component
    NodalVector displacement;           ///< along the coordinates of the mesh [mm]; empty without mechanics
    NodalVector fibres;                 ///< two symmetric tensors, six components each; empty without mechanics
    std::vector<SessionEntry> sessions; ///< carried out so far, in the order of the schedule
    bool mesh_changed = true;           ///< since the last field output
    OutputLedger ledger;
  };

  /** Fields with these values at all nodes; those beyond the list, and all doses, are 0. */
  void fill(State &state, const NodeGraph &graph, const FieldLayout &layout, const std::vector<double> &values);
} // namespace cutis
