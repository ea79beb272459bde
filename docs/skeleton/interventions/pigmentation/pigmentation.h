// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

namespace cutis
{
  /** A pigmenting factor that sessions bring into the skin: an example to copy. */
  class Pigmentation : public Intervention
  {
  public:
    explicit Pigmentation(std::unique_ptr<Module> module = make_module("pigment"));

    std::string name() const override { return "pigmentation"; }
    std::string title() const override { return "A factor that makes cells lay down pigment"; }
    std::string section() const override { return "Pigmentation"; } // as the module says
    void declare(Parameters &parameters) override;
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;

    Modules modules() const override; ///< fields and reactions that it brings
    // `needs` would name the fields of the tissue that `apply` changes; that of the module is its own matter.
    /** Adds the factor inside the region, and tells how much that is: mm^3 of healthy skin hold as much. */
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;

  private:
    Region region_;
    double added_ = 4.;              ///< factor in the middle of the region, relative to healthy skin
    std::unique_ptr<Module> module_; ///< its constants are settings of this intervention
  };
} // namespace cutis
