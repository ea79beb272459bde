// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/region.h"
#include "model/reactions/kinetics.h"
#include "model/reactions/network.h"
#include "numerics/state/state.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis
{
  /** What an intervention may know of the tissue when it acts. */
  struct Tissue
  {
    const NodeGraph &graph;
    const std::vector<Place> &places; ///< of the local nodes
    const FieldLayout &layout;
    MPI_Comm communicator;
    unsigned int dimension = 2; ///< of the patch
  };

  /**
   * Something that is done to the skin in dated sessions. An impulse changes the state at the time of a session
   * (`apply`); a source acts over a time as `kinetics`. Fields that an intervention brings with it are `species`; what
   * a session fixes for good at each place are `doses`.
   */
  class Intervention
  {
  public:
    virtual ~Intervention() = default;

    virtual std::string name() const = 0;    ///< in `set Intervention = ...`
    virtual std::string title() const = 0;   ///< one sentence
    virtual std::string section() const = 0; ///< its subsection in parameter files

    virtual void declare(Parameters &parameters) = 0;
    /** Report what cannot be done on this patch and with this network. */
    virtual void check(Parameters &parameters, const PatchExtent &patch, const Network &network) const = 0;

    virtual std::vector<double> sessions() const { return sessions_; } ///< [d]
    virtual std::vector<Species> species() const { return {}; }
    virtual std::vector<std::string> doses() const { return {}; }

    /** Find the fields it works on; called once before the run. */
    virtual void prepare(const FieldLayout &layout, const Network &network) = 0;
    /** Rates that it adds; nullptr if it only acts in sessions. */
    virtual Kinetics *kinetics() { return nullptr; }
    /** Carry out a session; changes owned and ghost nodes alike. Returns what it did to the whole patch. Collective. */
    virtual std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) = 0;
    /** What the summary says of it on a patch of this dimension, beside the sessions. */
    virtual Account account(unsigned int) const { return {name(), {}, {}, {}}; }

  protected:
    void declare_sessions(Parameters &parameters);

    std::vector<double> sessions_ = {0.};
  };

  /** What those of them that act over a time do. */
  std::vector<Kinetics *> kinetics_of(const std::vector<std::unique_ptr<Intervention>> &interventions);

  /** What they say of themselves on a patch of this dimension. */
  std::vector<Account> accounts_of(const std::vector<std::unique_ptr<Intervention>> &interventions,
                                   unsigned int dimension);

  const std::vector<std::string> &intervention_names();
  std::unique_ptr<Intervention> make_intervention(const std::string &name);
} // namespace cutis
