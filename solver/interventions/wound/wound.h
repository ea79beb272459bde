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
    void check(Parameters &parameters, const PatchExtent &patch, const Network &network) const override;
    void prepare(const FieldLayout &layout, const Network &network) override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;

  private:
    std::vector<std::pair<std::string, double>> values() const;

    Region region_;
    std::vector<std::string> inside_;            ///< `field=value`; empty: the reference wound of the dermis
    std::vector<std::pair<int, double>> values_; ///< by field index
  };
} // namespace cutis
