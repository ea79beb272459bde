// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/reactions.h"
#include "numerics/space/node_graph.h"
#include "numerics/state/account.h"
#include "numerics/state/block.h"

#include <array>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace cutis
{
  /** Where the run is in time. All in days since the start. */
  struct Clock
  {
    static constexpr double never = -std::numeric_limits<double>::infinity();

    double time = 0.;
    double end = 0.;
    double last_step = 0.; ///< size of the last accepted step
    double next_step = 0.; ///< size that the error control suggests
    /** When the blocks of earlier fields were, latest first; never: nothing is known since the last event. */
    std::array<double, 2> earlier = {{never, never}};
    double last_error = 0.; ///< of the last step over the cube of its size [1/d^3]; 0 if it says nothing about the next
    bool settling = false;  ///< the next step is a tiny one, because the mesh has just changed
    unsigned int steps = 0; ///< accepted
    unsigned int rejected = 0;

    /** Moments that are no farther apart are the same: numbers of days are rounded [d]. */
    static constexpr double resolution = 1e-9;

    bool reached(const double moment) const { return moment <= time + resolution; }
    bool finished() const { return reached(end); }
  };

  /** A field file that has been written, so that the index of all of them can be written again without reading it. */
  struct OutputEntry
  {
    /** A table of the file, and how many numbers a node has in it. */
    struct Table
    {
      std::string name;
      unsigned int n_columns;
    };

    double time;
    std::string fields_file, mesh_file; ///< relative to the output folder
    unsigned int nodes, cells, dimension;
    std::vector<Table> tables;
  };

  /** What has been written. */
  struct OutputLedger
  {
    double last_row = Clock::never; ///< time of the last row of the time series [d]
    unsigned int rows = 0;          ///< of the time series so far
    unsigned int meshes = 0;        ///< mesh files so far
    std::vector<OutputEntry> entries;

    double last_fields() const { return entries.empty() ? Clock::never : entries.back().time; }
  };

  /** How far the schedule of an intervention has come. */
  struct Course
  {
    unsigned int dates = 0, check_ups = 0; ///< passed
    unsigned int sessions = 0;             ///< carried out
    unsigned int ended = 0;                ///< of these, where they last for a time
  };

  inline constexpr const char *fields_block = "fields";
  inline constexpr const char *doses_block = "doses";
  /** The fields at the times `Clock::earlier`, which only outputs between steps read. */
  inline constexpr std::array<const char *, 2> earlier_fields_blocks = {{"earlier_fields", "fields_before_these"}};

  /** Everything that cannot be recomputed. Restart, adaptation of the mesh and rejected steps act on this alone. */
  struct State
  {
    Clock clock;
    std::vector<Block> blocks;             ///< each process declares its own; that of the fields is the first
    std::vector<SessionEntry> sessions;    ///< carried out so far, in the order of the schedule
    std::map<std::string, Course> courses; ///< of each intervention, by its name
    /** When the cohorts of each module were brought in [d], by its name; see Module. */
    std::map<std::string, std::vector<double>> cohorts;
    bool mesh_changed = true; ///< since the last field output
    OutputLedger ledger;

    bool has(const std::string &block) const;
    /** The values of a block that exists. Where many nodes are visited, take the reference once. */
    NodalVector &operator[](const std::string &block);
    const NodalVector &operator[](const std::string &block) const;
    NodalVector &fields() { return blocks.front().values; }
    const NodalVector &fields() const { return blocks.front().values; }
    NodalVector &doses() { return (*this)[doses_block]; } ///< of the interventions; may have no component
    const NodalVector &doses() const { return (*this)[doses_block]; }

    /** Add a block, or replace that of its name. */
    void put(Block block);
  };

  /** The blocks of fields and doses. */
  std::vector<BlockShape> blocks_of(const FieldLayout &layout);
  /** The blocks of `earlier_fields_blocks`. */
  std::vector<BlockShape> blocks_of_earlier_fields(const FieldLayout &layout);

  /** Healthy skin of its site at every node; all doses are 0. */
  void fill_healthy(State &state, const NodeGraph &graph, const Reactions &reactions);
  /** Fields with these values at all nodes; those beyond the list, and all doses, are 0. */
  void fill(State &state, const NodeGraph &graph, const FieldLayout &layout, const std::vector<double> &values);
} // namespace cutis
