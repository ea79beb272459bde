// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

namespace cutis
{
  /** An open wound: inside it the fields take other values at once. */
  class Wound : public Intervention
  {
  public:
    Wound();

    std::string name() const override { return "wound"; }
    std::string title() const override { return "An open wound: fields take given values inside it"; }
    std::string section() const override { return "Wound"; }
    void declare(Parameters &parameters) override;
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;

  private:
    std::vector<double> goals(const FieldLayout &layout) const;

    Region region_;
    std::vector<std::string> inside_; ///< `field=value`; empty: the reference wound of the dermis
  };
} // namespace cutis
