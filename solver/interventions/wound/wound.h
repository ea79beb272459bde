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
    bool wounds() const override { return true; }
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;

  private:
    std::vector<double> goals(const FieldLayout &layout) const;

    /** Where epidermis can grow from again. */
    enum class Regrowth
    {
      from_rim,      ///< skin is gone in all its thickness: from the rim alone
      from_all_sides ///< glands and hair follicles are left in the bed; or the plane of the patch is seen from above
    };

    Region region_;
    Regrowth regrowth_ = Regrowth::from_rim;
    std::vector<std::string> inside_; ///< `field=value`; empty: the reference wound of the dermis
  };
} // namespace cutis
