// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "interventions/intervention.h"

namespace cutis
{
  /** Injection of poly-L-lactic acid microparticles: depots or a plane, one or several sessions. */
  class Plla : public Intervention
  {
  public:
    Plla();

    std::string name() const override { return "plla"; }
    std::string title() const override { return "Injection of poly-L-lactic acid (PLLA) microparticles"; }
    std::string section() const override { return "PLLA"; }
    void declare(Parameters &parameters) override;
    void check(const Parameters &parameters, const PatchExtent &patch, const Module &tissue) const override;

    Modules modules() const override;
    std::vector<std::string> needs() const override { return {"damage_signal"}; }
    std::vector<Amount> apply(unsigned int session, const Tissue &tissue, State &state) override;
    std::string in_words() const override;

    /** PLLA per volume of treated tissue [mg/cm^3]: the suspension takes the place of as much tissue. */
    double concentration() const;

  private:
    enum class Preset
    {
      fast,
      medium,
      slow,
      custom
    };

    Region region() const;

    Region region_;            ///< but for its radius
    double depot_volume_ = .1; ///< mL
    double radius_ = 0.;       ///< mm
    double trauma_ = 0.;
    Preset preset_ = Preset::medium;
    bool macrophages_ = true;
    std::unique_ptr<Module> module_; ///< its constants are settings of this intervention
  };
} // namespace cutis
