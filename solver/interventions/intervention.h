// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "base/problem.h"
#include "interventions/region.h"
#include "interventions/session_plan.h"
#include "mesh/skin_patch.h"
#include "model/reactions/reactions.h"
#include "numerics/state/state.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis
{
  constexpr double mm3_per_mL = 1e3;

  /** A text that an intervention leaves beside the results. */
  struct Document
  {
    std::string file, text;
  };

  using Modules = std::vector<std::unique_ptr<Module>>;

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
   * Something that is done to the skin in sessions. An impulse changes the state at the time of a session (`apply`);
   * what acts over a time are the reactions of the module that it brings, with fields of its own.
   */
  class Intervention
  {
  public:
    virtual ~Intervention() = default;

    virtual std::string name() const = 0;    ///< in `set Intervention = ...`
    virtual std::string title() const = 0;   ///< one sentence
    virtual std::string section() const = 0; ///< its subsection in parameter files

    virtual void declare(Parameters &parameters) = 0;
    /** Report what cannot be done on this patch and in this tissue. */
    virtual void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const = 0;
    /** What is wrong with its constants on any patch. */
    virtual std::vector<Problem> problems() const { return {}; }

    const SessionPlan &plan() const { return plan_; }
    SessionPlan &plan() { return plan_; }
    /** Fields and reactions that it brings along, made anew for each run. */
    virtual Modules modules() const { return {}; }
    /** All that it brings with one setting or another, to be described. */
    virtual Modules every_module() const { return modules(); }
    /** Whether it leaves denatured collagen or a clot, which the dermis replaces by the module `repair`. */
    virtual bool wounds() const { return false; }
    /** Keys of the fields that its sessions read or change beside those that it brings. */
    virtual std::vector<std::string> needs() const { return {}; }

    /** Find out what its sessions do to skin of these layers; called once before the run, on all ranks alike. */
    virtual std::vector<Document> begin(const std::vector<LayerExtent> &) { return {}; }
    /** Carry out a session; changes owned and ghost nodes alike. Returns what it did to the whole patch. Collective. */
    virtual std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) = 0;
    /** For how long a session goes on after that [d]; what it then takes away. A session that follows sooner takes over
     * from the one before, which then ends without this. */
    virtual double lasts() const { return 0.; }
    virtual void end(const Tissue &, State &) {}
    /** What does not happen in a run without mechanics, a sentence; empty if nothing is missing. */
    virtual std::string missing_without_mechanics() const { return ""; }
    /** What one session brings, in words and numbers, without a full stop; empty: nothing that could be counted. */
    virtual std::string in_words() const { return ""; }
    /** What the summary says of it on a patch of this dimension, beside the sessions. */
    virtual Account account(unsigned int) const { return {name(), {}, {}, {}}; }

  protected:
    SessionPlan plan_;
  };

  /** The modules that they bring, ready to be linked, with as many cohorts as their plans need at a time. */
  std::vector<ChosenModule> modules_of(const std::vector<std::unique_ptr<Intervention>> &interventions);

  /** What they say of themselves on a patch of this dimension. */
  std::vector<Account> accounts_of(const std::vector<std::unique_ptr<Intervention>> &interventions,
                                   unsigned int dimension);

  /** A sentence for every field that they, or the modules that they bring, need and that neither the modules of the
   * tissue have nor one of them that is named before. */
  std::vector<std::string> missing_fields(const std::vector<std::unique_ptr<Intervention>> &interventions,
                                          const std::vector<const Module *> &tissue);

  /** Warn of what they do not do in a run without mechanics. */
  void tell_what_needs_mechanics(const std::vector<std::unique_ptr<Intervention>> &interventions);

  const std::vector<std::string> &intervention_names();
  std::unique_ptr<Intervention> make_intervention(const std::string &name);
} // namespace cutis
