// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

namespace cutis
{
  /** Injection of a gel of hyaluronic acid, which takes up volume between the fibres: the comparator. */
  class Filler : public Intervention
  {
  public:
    Filler();

    std::string name() const override { return "filler"; }
    std::string title() const override { return "Injection of a hyaluronic acid gel that takes up volume"; }
    std::string section() const override { return "Filler"; }
    void declare(Parameters &parameters) override;
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;

    Modules modules() const override;
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;
    std::string in_words() const override;
    std::string missing_without_mechanics() const override;

  private:
    enum class Preset
    {
      midface,
      lip,
      custom
    };

    Region region() const;

    Preset preset_ = Preset::midface;
    double fraction_ = .25;
    double depot_volume_ = 0.; ///< mL
    Region region_;            ///< but for its radius
    double radius_ = 3.;
    std::unique_ptr<Module> module_; ///< its constants are settings of this intervention
  };
} // namespace cutis
