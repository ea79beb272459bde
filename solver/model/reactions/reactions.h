// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/reactions/module.h"

namespace cutis
{
  /** A module of a case, and how many cohorts it must keep apart at a time. */
  struct ChosenModule
  {
    std::unique_ptr<Module> module;
    unsigned int n_cohorts = 0;
  };

  /** A sentence for every field that one of these modules needs and none of them has. The first is the tissue. */
  std::vector<std::string> missing_fields(const std::vector<const Module *> &modules);

  /**
   * All modules of a case put together: their fields in one layout, their rates added. Fields that move come first,
   * then bound ones; those that interventions bring come before the bound ones of the tissue, which react to them.
   */
  class Reactions
  {
  public:
    /** The first module is the tissue. `extra` are kinetics that are written by hand for this layout, which is then
     * that of the modules; they must live longer. BadInput if a field is missing, or if the constants leave no rest. */
    Reactions(std::vector<ChosenModule> modules, const std::vector<Host> &sites, std::vector<Kinetics *> extra = {});

    /** Fields whose reactions are all written by hand; healthy skin is what their rows say. */
    Reactions(FieldLayout layout, std::vector<Kinetics *> parts);

    const FieldLayout &layout() const { return layout_; }
    const std::vector<Species> &species() const { return layout_.fields; }
    /** Position of a field. BadInput if there is none of that key. */
    unsigned int index(const std::string &key) const;
    const Module &tissue() const { return *modules_.front().module; }
    const std::vector<ChosenModule> &modules() const { return modules_; }
    /** The value of a constant of a module, both by their names, which must exist. */
    double constant(const std::string &module, const std::string &name) const;
    std::size_t n_sites() const { return healthy_.size(); }

    /** Healthy state at the start of the run, one value per field. */
    const std::vector<double> &healthy(const unsigned int site = 0) const { return healthy_[site]; }
    /** A state in which every signal and cell is at work: with `healthy` it fixes the order of the implicit solves. */
    std::vector<double> active() const;
    /** Weights w of all fields with sum_f w_f u_f unchanged by every reaction. */
    std::vector<std::vector<double>> conserved_sums() const;

    /** When the cohorts of a module were brought in. */
    void set_cohorts(const std::string &module, const CohortStarts &starts);

    const JacobianPattern &pattern() const { return pattern_; } ///< with the full diagonal
    void set_time(double time);
    /** Rates at the nodes, added to size x n_fields. */
    void add_rates(const NodeBlock &nodes, double *rates) const;
    /** Derivatives at most n_lanes nodes, overwritten; see Kinetics. */
    void jacobian(const NodeBlock &nodes, double *values) const;
    /** Rate at which a field is made at each of the nodes [field unit / d]; see Kinetics. */
    std::vector<double> production(unsigned int field, const NodeBlock &nodes) const;
    /** The same in healthy skin of a site at the start of the run, where layers hold what the dermis holds. */
    double resting_production(const unsigned int field, const unsigned int site = 0) const
    {
      return resting_production_[site][field];
    }
    /** True for a field on which no reaction acts. */
    bool inert(const unsigned int field) const { return inert_[field]; }
    /** True for matter whose account is kept: what an intervention has brought, or what no reaction acts on. */
    bool counted(const unsigned int field) const { return inert_[field] || layout_.fields[field].implanted; }

  private:
    void lay_out();
    void bind();
    void note_resting_production();

    std::vector<ChosenModule> modules_;
    std::vector<Kinetics *> parts_; ///< all modules, then the extra ones
    FieldLayout layout_;
    std::vector<std::vector<double>> healthy_, resting_production_; ///< of each site
    JacobianPattern pattern_;
    std::vector<char> inert_;
  };

  /** A tissue by itself, with all its constants as they are by default. */
  Reactions tissue_alone(const std::string &network, const Host &host, std::vector<Kinetics *> extra = {});
} // namespace cutis
