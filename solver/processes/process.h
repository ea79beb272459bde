// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/tissue/mechanics_report.h"
#include "numerics/diffusion/guidance.h"
#include "numerics/space/nodal_array.h"
#include "numerics/space/punch_biopsy.h"
#include "numerics/state/state.h"

#include <optional>
#include <string>
#include <vector>

namespace cutis
{
  /** What cells feel of the tissue, where there is mechanics. */
  struct Surroundings
  {
    const std::vector<double> *relative_tension = nullptr; ///< of the owned nodes, see NodeBlock
    const GuidedEdges *guided = nullptr;
  };

  /**
   * A part of what happens in the tissue. It keeps blocks of the state; all else it can find out from the state and the
   * mesh anew. All functions are collective.
   */
  class Process
  {
  public:
    virtual ~Process() = default;

    /** What it keeps in the state. */
    virtual std::vector<BlockShape> blocks() const = 0;
    /** Everything that follows from the mesh. */
    virtual void rebuild() = 0;
    /** Put its blocks into the state, as they are in healthy skin. */
    virtual void start(State &state) const = 0;

    /** Tell what cells feel at the beginning of a step. */
    virtual void surround(Surroundings &) const {}
    /**
     * Take its blocks over a step of h [d] from the time of the state; the fields were `before`, and those who come
     * earlier in the list have taken theirs. Returns the error over the tolerance. StepRejected, and its blocks may be
     * half done, if the step must be repeated smaller; the first in the list leaves the state as it was. `before` are
     * the fields of the state itself for a process that is alone.
     */
    virtual double advance(const NodalVector &before, double h, const Surroundings &surroundings, State &state) = 0;
    /** Look again at a state that was taken back or loaded. */
    virtual void restore(const State &) {}
    /** After what has changed the state or the mesh at once. RunFailed if that cannot be followed. */
    virtual void equilibrate(State &) {}

    /** What it measures of the patch at the site of the biopsy, for observables. */
    virtual std::optional<MechanicsReport> report(const PunchBiopsy &, const State &) { return {}; }
    /** Names of what `arrays` gives for ParaView beside the fields. */
    virtual std::vector<std::string> array_names() const { return {}; }
    virtual std::vector<NodalArray> arrays(const State &) const { return {}; }
    /** A sentence on what it has cost, for the log; may be empty. */
    virtual std::string cost() const { return ""; }
  };
} // namespace cutis
