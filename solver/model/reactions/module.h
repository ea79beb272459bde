// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "model/host/host.h"
#include "model/reactions/field_layout.h"
#include "model/reactions/kinetics.h"

#include <memory>
#include <string>
#include <vector>

namespace cutis
{
  /** A reaction, as it is told to the user. */
  struct ReactionInfo
  {
    std::string text; ///< what happens, with the formula of the rate
    std::vector<std::string> reads;
    std::vector<std::string> changes; ///< `-fibroblast`, `+myofibroblast`
    std::string balances;             ///< field whose rest in healthy skin fixes the factor; empty if none
    double factor;                    ///< that factor; 1 if none
  };

  /** When each cohort was brought in [d]. A cohort is what one session brought, which ages together and does not mix
   * with others. */
  using CohortStarts = std::vector<double>;
  constexpr double never = -1e300;

  /**
   * Fields, constants and reactions that belong together: the tissue itself (a network), or what an intervention
   * brings.
   *
   * Life of a module: `declare` its constants, let the parameters be read, `link` it into the layout of a case, and, if
   * it is the tissue, `prepare` it for the hosts. Then evaluate it as Kinetics.
   */
  class Module : public Kinetics
  {
  public:
    virtual std::string name() const = 0;
    virtual std::string title() const = 0;             ///< one sentence, with the source
    virtual std::unique_ptr<Module> clone() const = 0; ///< with the same constants, not linked yet

    /** Declare the constants below `Network/<name>` for a tissue, else below the section of the intervention. */
    virtual void declare(Parameters &parameters) = 0;
    /** The value of a constant by its name. The name must exist. */
    virtual double &constant(const std::string &name) = 0;
    virtual double constant(const std::string &name) const = 0;

    /** Rows of its own fields, with one for each cohort where sessions do not mix; and the names of its doses. */
    virtual std::vector<Species> fields(unsigned int n_cohorts) const = 0;
    virtual std::vector<std::string> doses(unsigned int n_cohorts) const = 0;
    /** Days after which less than 1e-9 of what a session brought is left, whatever cells do; 0 if it has no cohorts. */
    virtual double cohort_lifetime() const = 0;
    /** Keys of the fields of other modules that it reads or changes. */
    virtual std::vector<std::string> needs() const = 0;
    /** Name of the module that it stands on; empty for a tissue. */
    virtual std::string stands_on() const = 0;

    /** Find the places of the fields in the layout. `tissue` is the module that it stands on; null for a tissue. */
    virtual void link(const FieldLayout &layout, unsigned int n_cohorts, const Module *tissue) = 0;
    /** Derive the balanced constants and the healthy state of each site. BadInput if one is not positive. */
    virtual void prepare(const std::vector<Host> &sites) = 0;
    /** Healthy state at the start of the run, all fields of the layout. */
    virtual const std::vector<double> &healthy(unsigned int site) const = 0;
    /** When its cohorts were brought in; never, if there is none. */
    virtual void set_cohorts(const CohortStarts &starts) = 0;

    virtual std::vector<ReactionInfo> reactions() const = 0;
    /** Row f: by how much each reaction changes field f of the layout. */
    virtual std::vector<std::vector<double>> stoichiometry() const = 0;
  };

  /** The networks that a case can be made of, and modules of interventions. BadInput for an unknown name. */
  const std::vector<std::string> &network_names();
  std::unique_ptr<Module> make_module(const std::string &name);
} // namespace cutis
